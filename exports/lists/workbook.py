"""A plain list as a printed workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, cast

from db.settings import Office
from exports.lists.listing import Listing, Value
from exports.words import Words
from exports.workbook import cells, fit, styles
from exports.workbook.ledger import set_properties
from exports.workbook.page import paper_named, set_page

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_SIZE = 11.0


def listing_bytes(listing: Listing, *, office: Office, words: Words) -> bytes:
    """Return a workbook with one list, A4 landscape."""
    book = styles.new_workbook(size=_SIZE)
    page = book.worksheets[0]
    page.title = listing.sheet
    _Writer(page, listing, words).write()
    set_properties(book, title=listing.title, office=office)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class _Writer:
    """Writes row under row; ``at`` is the last row written."""

    def __init__(self, page: Worksheet, listing: Listing, words: Words) -> None:
        self.page, self.listing, self.words = page, listing, words
        self.paper = paper_named("A4")
        whole = sum(heading.share for heading in listing.headings)
        self.widths = [self.paper.width * heading.share / whole for heading in listing.headings]
        self.at = 0

    def write(self) -> None:
        from openpyxl.utils import get_column_letter

        listing = self.listing
        for place, width in enumerate(self.widths, start=1):
            self.page.column_dimensions[get_column_letter(place)].width = styles.column_characters(width)
        self._across(listing.title, styles.TITLE, styles.title_size(_SIZE))
        self._across(listing.above, styles.INFO, _SIZE + 1)
        self._line([self.words.fixed(heading.title) for heading in listing.headings], head=True)
        heading_row = self.at
        for row in listing.rows:
            self._line(row)
        self.page.auto_filter.ref = f"A{heading_row}:{get_column_letter(len(self.widths))}{self.at}"
        self.page.freeze_panes = f"A{heading_row + 1}"
        if listing.below:
            self._across(listing.below, styles.INFO, _SIZE + 1)
        set_page(self.page, self.paper, heading_row=heading_row, words=self.words)

    def _line(self, values: Sequence[Value], *, head: bool = False) -> None:
        self.at += 1
        tallest = 0.0
        for place, (value, heading) in enumerate(zip(values, self.listing.headings, strict=True), start=1):
            cell = self._cell(place)
            look = styles.TEXT if isinstance(value, str) or value is None else styles.WHOLE
            look = styles.DAY if isinstance(value, date) else look
            cell.style = styles.HEAD if head else styles.body_style(centred=heading.centred, number_format=look)
            if isinstance(value, str):
                cells.put_text(cell, cells.tidy(value))
            elif value is not None:
                cell.value = value
            tallest = max(tallest, fit.height(cells.shown(value), width=self.widths[place - 1], size=_SIZE))
        self.page.row_dimensions[self.at].height = ceil(tallest + 4)

    def _across(self, text: str, style: str, size: float) -> None:
        self.at += 1
        for place in range(1, len(self.widths) + 1):
            self._cell(place).style = style
        cells.put_text(self._cell(1), cells.tidy(text))
        self.page.merge_cells(start_row=self.at, end_row=self.at, start_column=1, end_column=len(self.widths))
        self.page.row_dimensions[self.at].height = ceil(fit.height(text, width=self.paper.width, size=size) + 4)

    def _cell(self, place: int) -> Cell:
        return cast("Cell", self.page.cell(self.at, place))  # what is merged is written before it is merged
