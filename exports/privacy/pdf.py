"""PDF files: the text of every page as it is read, and every text that stands beside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.digits import COLUMN, LINE_END
from db.errors import UnreadableInput
from db.private import Hit
from db.terms import PrivateKind
from exports.privacy.finding import Finding, Place, found
from exports.privacy.glyphs import Glyphs
from exports.privacy.pdfparts import scan_parts
from exports.privacy.sought import Sought

_BETWEEN = re.compile(r"(?<=[0-9０-９xXｘＸ])[ \t\u00a0\u3000\r\n]+(?=[0-9０-９xXｘＸ])")
_LINES = re.compile(r"\r\n?")
_LINE = re.compile(r"[\r\n]")


def scan_pdf(source: Path | bytes, name: str, sought: Sought, *, pictures: bool) -> Iterator[Finding]:
    """Search the text layer of all pages, then properties, notes, bookmarks, forms, links and leftovers.

    PDFium is not safe for several threads: one job at a time may search, draw or print.
    """
    seen: set[str] = set()
    for place, hit in _pages(source, name, sought):
        if hit is None:
            yield Finding(name, place, PrivateKind.UNREAD)
        else:
            seen.add(hit.value)
            yield found(name, place, hit)
    yield from scan_parts(source, name, sought, pictures=pictures, seen=seen)


def _pages(source: Path | bytes, name: str, sought: Sought) -> Iterator[tuple[Place, Hit | None]]:
    """Yield what is on the pages, and with None the pages whose letters do not say what they are."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(source)
    except (PdfiumError, OSError) as error:
        raise UnreadableInput("「{name}」已損壞或設有密碼，不能檢查。請取得沒有密碼的原件。", name=name) from error
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except PdfiumError as error:
                raise UnreadableInput("「{name}」第 {page} 頁已損壞，不能檢查。", name=name, page=number + 1) from error
            text_page = page.get_textpage()
            text, hits = _hits(text_page, text_page.get_text_range(), sought)
            for hit in hits:
                line = 1 + sum(sign in (LINE_END, "\n") for sign in text[: hit.start])
                yield Place("第 {page} 頁第 {line} 行文字", {"page": number + 1, "line": line}), hit
            if Glyphs(text_page, text).are_nameless():
                yield Place("第 {page} 頁的文字（沒有編碼，只能看，不能查）", {"page": number + 1}), None
            text_page.close()
            page.close()
    finally:
        document.close()


def _hits(text_page: Any, text: str, sought: Sought) -> tuple[str, list[Hit]]:  # noqa: ANN401 - pypdfium2 has no types
    """Return a page's text with its ends of lines and columns marked, and what is found in it.

    The paper is measured only where the text alone, with nothing apart from anything, holds something.
    """
    plain = _LINES.sub("\n", text)
    if not sought.hits(plain):
        return plain, []
    text = _parted(text_page, text)
    return text, sought.hits(text)


def _parted(text_page: Any, text: str) -> str:  # noqa: ANN401
    """Return a page's text with the ends of its lines marked, and of its columns where digits stand far apart.

    The line breaks inside a cell stay line breaks: there a number may go on below.
    """
    page = Glyphs(text_page, text)

    def between(match: re.Match[str]) -> str:
        left, right = match.start() - 1, match.end()
        if _LINE.search(match.group()):
            return "\n" if page.wraps(left, right) else LINE_END
        return COLUMN if page.is_wide(left, right) else match.group()

    return _LINES.sub(LINE_END, _BETWEEN.sub(between, text))
