"""A paper as blocks on pages, and its printing to a PDF file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO
from unicodedata import category

from exports.pdf import fonts
from exports.pdf.blocks import Block
from exports.pdf.page import Page, portrait
from exports.pdf.press import Press, Tick


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. ``title`` and ``author`` are the file's properties; what is seen are the ``blocks``."""

    title: str
    blocks: Sequence[Block]
    page: Page = field(default_factory=portrait)
    author: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Missing:
    """A sign that no font has and that is printed as 〓: where it stands, and the text around it."""

    place: str
    sign: str
    text: str

    def __str__(self) -> str:
        return self.told(str)

    def told(self, convert: Callable[[str], str]) -> str:
        """Return a sentence with our own words passed through ``convert``."""
        why = "是自造字" if category(self.sign) == "Co" else "字庫裏沒有"
        sentence = convert("{place}：「{text}」裏的「{sign}」（U+{code}）" + why + "，印成「〓」。")
        return sentence.format(place=convert(self.place), text=self.text, sign=self.sign, code=f"{ord(self.sign):04X}")


@dataclass(frozen=True, slots=True)
class Print:
    """The finished file, and every sign that is not in it; whoever asked for the file has to show them."""

    content: bytes
    missing: tuple[Missing, ...]


_AROUND = 6  # signs quoted before and after a missing one


def missing(document: Document) -> list[Missing]:
    """Return the signs of a document that cannot be printed, each with its place."""
    found = []
    for block in document.blocks:
        for place, text, face in block.texts():
            for sign in fonts.missing(text, face):
                at = text.index(sign)
                found.append(Missing(place, sign, text[max(0, at - _AROUND) : at + _AROUND + 1].replace("\n", "")))
    return found


def render_to(document: Document, out: BinaryIO, tick: Tick | None = None) -> tuple[Missing, ...]:
    """Print a document into a file and return what is missing, which is looked for before.

    Pages are written as they are filled, so that a paper of any length takes little memory; the same document gives
    the same bytes. ``tick`` is told how many rows of a table are printed, of how many; it may raise to stop.
    """
    lacking = tuple(missing(document))
    _placed(document, out, tick).finish()
    return lacking


def pages(document: Document) -> int:
    """Return how many pages a document fills, so that a paper of one page can be set smaller to remain one."""
    return _placed(document, BytesIO(), None).number


def _placed(document: Document, out: BinaryIO, tick: Tick | None) -> Press:
    press = Press(
        document.page, out, title=document.title, author=document.author, numbered=document.numbered, tick=tick
    )
    for block in document.blocks:
        block.place(press)
    return press


def render(document: Document, tick: Tick | None = None) -> Print:
    """Print a document as :func:`render_to` does, in memory."""
    out = BytesIO()
    lacking = render_to(document, out, tick)
    return Print(out.getvalue(), lacking)
