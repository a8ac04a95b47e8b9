"""The text of a topic: Markdown, with its pictures no wider than the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from desktop import theme

_IMAGE = QTextDocument.ResourceType.ImageResource.value


class ManualText(QTextBrowser):
    """Shows one topic; ``anchorClicked`` carries the name of another one."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self._text, self._pictures, self._room = "", Path(), 0
        self.document().setDocumentMargin(4 * theme.STEP)

    def show_markdown(self, text: str, pictures: Path) -> None:
        """Show a topic from its top; its pictures lie in this folder."""
        self._text, self._pictures = text, pictures
        self._room = self._width()
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to another width."""
        super().resizeEvent(event)
        if self._text and self._room != self._width():
            place = self.verticalScrollBar().value()
            self.show_markdown(self._text, self._pictures)
            self.verticalScrollBar().setValue(place)

    def _width(self) -> int:
        """Return the room for a picture; that of a scroll bar is left free whether or not there is one."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - 10 * theme.STEP

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a picture made smaller where it is wider than the page."""
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        image = QImage(str(self._pictures / (name if isinstance(name, str) else name.path())))
        if image.width() <= self._room:
            return image
        ratio = self.devicePixelRatio()
        made = image.scaledToWidth(min(image.width(), round(self._room * ratio)), _SMOOTH)
        made.setDevicePixelRatio(made.width() / self._room)
        return made


_SMOOTH = Qt.TransformationMode.SmoothTransformation
