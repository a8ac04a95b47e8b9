"""The pages of a PDF as pictures: opened once, drawn one by one away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

POINT = 1 / 72
"""Inches in a point."""


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a page in points."""

    width: float
    height: float


class Pages:
    """An open PDF. PDFium is not safe for several threads, so one job at a time may use it."""

    def __init__(self, content: bytes) -> None:
        from pypdfium2 import PdfDocument

        self._document: Any = PdfDocument(content)
        self.sizes = tuple(Size(*self._document.get_page_size(number)) for number in range(len(self._document)))

    def draw(self, number: int, scale: float) -> QImage:
        """Return page ``number`` (from 0) at ``scale`` pixels per point."""
        page = self._document[number]
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        kind = QImage.Format.Format_RGB32
        picture = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind).copy()
        bitmap.close()
        page.close()
        return picture

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()
