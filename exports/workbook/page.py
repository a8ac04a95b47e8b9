"""The printed page of a sheet: paper, margins with a binding edge, repeated heading, page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import Refused
from exports.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MM = 72 / 25.4
"""Points in a millimetre."""
_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as it lies. ``across`` and ``down`` are its sides and the margins are in mm; ``code`` is Excel's."""

    name: str
    code: int
    across: int
    down: int
    left: int
    right: int = 12
    top: int = 18
    bottom: int = 16

    @property
    def width(self) -> float:
        """Return the printable width in points."""
        return (self.across - self.left - self.right) * MM

    @property
    def height(self) -> float:
        """Return the printable height in points."""
        return (self.down - self.top - self.bottom) * MM


# Bound at the left, where the standard leaves 28 mm; the smaller sheet has to spare some of it.
PORTRAIT = Paper("A4", 9, 210, 297, left=28, right=26)
_PAPERS = {"A3": Paper("A3", 8, 420, 297, left=28), "A4": Paper("A4", 9, 297, 210, left=20)}


def paper_named(name: str) -> Paper:
    """Return a paper by name; raise :class:`Refused` for one that office printers do not take here."""
    found = _PAPERS.get(name.strip().upper())
    if found is None:
        raise Refused("紙張「{name}」不能用。請選 {known}。", name=name, known="、".join(_PAPERS))
    return found


def set_page(sheet: Worksheet, paper: Paper, *, heading_row: int, words: Words) -> None:
    """Set a sheet up for print: one page wide and as many long as it takes."""
    from openpyxl.worksheet.properties import PageSetupProperties

    setup = sheet.page_setup
    setup.paperSize = paper.code
    setup.orientation = "landscape" if paper.across > paper.down else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right = paper.left / _INCH, paper.right / _INCH
    margins.top, margins.bottom = paper.top / _INCH, paper.bottom / _INCH
    margins.header = margins.footer = 8 / _INCH
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    footer.center.text, footer.center.size = words.fixed("第 &P 頁　共 &N 頁"), 10
