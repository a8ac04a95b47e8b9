"""A plain list as a PDF."""

from __future__ import annotations

from datetime import date

from db.settings import Office
from exports.lists.listing import Listing, Value, day
from exports.pdf.blocks import Block, Gap, Line, Title
from exports.pdf.document import Document, Print, render
from exports.pdf.page import landscape
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column
from exports.words import Words, printable


def print_listing(listing: Listing, *, office: Office, words: Words) -> Print:
    """Print a list on A4 landscape."""
    page = landscape("A4")
    whole = sum(heading.share for heading in listing.headings)
    columns = [
        Column(words.fixed(heading.title), page.across * heading.share / whole, "center" if heading.centred else "left")
        for heading in listing.headings
    ]
    rows = [Row([_shown(value) for value in row]) for row in listing.rows]
    blocks: list[Block] = [
        Title(printable(listing.title)),
        Line(printable(listing.above), listing.size + 1, role="表頭說明", after=4),
        Table(columns, rows, listing.size),
    ]
    if listing.below:
        blocks += [Gap(6), Line(printable(listing.below), listing.size + 1)]
    return render(Document(listing.title, blocks, page, author=office.office_name or office.county))


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return day(value)
    return "" if value is None else printable(str(value))
