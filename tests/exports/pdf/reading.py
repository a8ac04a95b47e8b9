"""What a finished PDF holds, as pypdf reads it."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def texts(content: bytes) -> list[str]:
    """Return the text of each page without white space, which no reader of PDFs keeps."""
    return [re.sub(r"\s", "", page.extract_text()) for page in reader(content).pages]


def fonts(content: bytes) -> list[DictionaryObject]:
    """Return every font that any page names, each as the one that holds its signs."""
    found = {}
    for page in reader(content).pages:
        for name, reference in page["/Resources"]["/Font"].items():  # type: ignore[index]
            font = reference.get_object()
            found[name] = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return list(found.values())


def placed(content: bytes, page: int = 0) -> list[tuple[float, float, str]]:
    """Return the texts of a page with their places in points from its lower left corner."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.append((matrix[4], matrix[5], text.strip()))

    reader(content).pages[page].extract_text(visitor_text=visit)
    return found


def boxes(content: bytes, *words: str, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Return where each word first stands on a page: left, bottom, right, top of its first sign."""
    text = pypdfium2.PdfDocument(content)[page].get_textpage()
    found = []
    for word in words:
        place = text.search(word, match_case=True).get_next()
        assert place is not None, word
        found.append(text.get_charbox(place[0]))
    return found


def as_pdfium_reads(content: bytes) -> list[str]:
    """Return the text of each page without white space, as another reader finds it."""
    return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(content)]
