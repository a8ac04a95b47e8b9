"""A plain list as a printed workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, cast

from db.settings import Office
from exports.lists.listing import Heading, Listing, Value
from exports.words import Words
from exports.workbook import cells, fit, styles
from exports.workbook.ledger import set_properties
from exports.workbook.page import Paper, paper_named, set_page

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def listing_bytes(listing: Listing, *, office: Office, words: Words) -> bytes:
    """Return a workbook with one list, A4 landscape."""
    return listings_bytes([listing], office=office, words=words, paper=paper_named("A4"))


def listings_bytes(listings: Sequence[Listing], *, office: Office, words: Words, paper: Paper) -> bytes:
    """Return a workbook with a sheet for each of some lists of one size; it is called as the first of them."""
    book = styles.new_workbook(size=listings[0].size)
    for place, listing in enumerate(listings):
        page = book.worksheets[0] if place == 0 else book.create_sheet()
        page.title = listing.sheet
        _Writer(page, listing, words, paper).write()
    set_properties(book, title=listings[0].title, office=office)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class _Writer:
    """Writes row under row; ``at`` is the last row written."""

    def __init__(self, page: Worksheet, listing: Listing, words: Words, paper: Paper) -> None:
        self.page, self.listing, self.words, self.paper = page, listing, words, paper
        self.size = listing.size
        whole = sum(heading.share for heading in listing.headings)
        self.widths = [self.paper.width * heading.share / whole for heading in listing.headings]
        self.at = 0

    def write(self) -> None:
        from openpyxl.utils import get_column_letter

        listing = self.listing
        for place, width in enumerate(self.widths, start=1):
            self.page.column_dimensions[get_column_letter(place)].width = styles.column_characters(width)
        self._across(listing.title, styles.TITLE, styles.title_size(self.size))
        self._across(listing.above, styles.INFO, self.size + 1)
        self._line([self.words.fixed(heading.title) for heading in listing.headings], head=True)
        heading_row = self.at
        for row in listing.rows:
            self._line(row)
        self.page.auto_filter.ref = f"A{heading_row}:{get_column_letter(len(self.widths))}{self.at}"
        self.page.freeze_panes = f"A{heading_row + 1}"
        if listing.below:
            self._across(listing.below, styles.INFO, self.size + 1)
        set_page(self.page, self.paper, heading_row=heading_row, words=self.words)

    def _line(self, values: Sequence[Value], *, head: bool = False) -> None:
        """Write one row; where it needs more than a row can be high, its cells are merged over several."""
        needed = 4 + max(
            fit.height(cells.shown(value), width=width, size=self.size)
            for value, width in zip(values, self.widths, strict=True)
        )
        rows = max(1, ceil(needed / styles.TALLEST))
        first, self.at = self.at + 1, self.at + rows
        for row in range(first, self.at + 1):
            self.page.row_dimensions[row].height = ceil(needed / rows)
            for place, (value, heading) in enumerate(zip(values, self.listing.headings, strict=True), start=1):
                self._put(row, place, value if row == first else None, heading, head=head)
        if rows > 1:
            for place in range(1, len(values) + 1):
                self.page.merge_cells(start_row=first, end_row=self.at, start_column=place, end_column=place)

    def _put(self, row: int, place: int, value: Value, heading: Heading, *, head: bool) -> None:
        cell = cast("Cell", self.page.cell(row, place))  # what is merged is written before it is merged
        look = styles.WHOLE
        if isinstance(value, str) or value is None:
            look = styles.text_look(value or "")
        elif isinstance(value, date):
            look = styles.DAY
        cell.style = styles.HEAD if head else styles.body_style(centred=heading.centred, number_format=look)
        if isinstance(value, str):
            cells.put_text(cell, cells.tidy(value))
        elif value is not None:
            cell.value = value

    def _across(self, text: str, style: str, size: float) -> None:
        self.at += 1
        for place in range(1, len(self.widths) + 1):
            self._cell(place).style = style
        cells.put_text(self._cell(1), cells.tidy(text))
        self.page.merge_cells(start_row=self.at, end_row=self.at, start_column=1, end_column=len(self.widths))
        self.page.row_dimensions[self.at].height = ceil(fit.height(text, width=self.paper.width, size=size) + 4)

    def _cell(self, place: int) -> Cell:
        return cast("Cell", self.page.cell(self.at, place))  # what is merged is written before it is merged
