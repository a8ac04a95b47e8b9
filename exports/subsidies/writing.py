"""The list of policies as a workbook (補貼政策表) that can be corrected and brought in again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy.orm import Session

from db import subsidylist
from db.settings import Office
from db.subsidyitems import BESIDE, FROM, ITEMS, PARTS, PROFILE, TO
from db.subsidylist import PolicyBook, PolicyLine
from exports.safewrite import named_kind, safe_write_bytes
from exports.words import Words, words_of
from exports.workbook import cells, styles
from exports.workbook.ledger import set_properties
from exports.workbook.page import paper_named, set_page

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "補貼政策"
_SIZE = 10.5
_SHORT = 10  # width of a column for dates, in digits
_TOP = ("standard", *PARTS)  # under one heading, as real lists have it
_HEADED = 2  # rows


def write_policies(session: Session, target: Path, *, office: Office, on: date | None = None) -> Path:
    """Write the policies with all their versions, or those that held ``on`` a day; return the path.

    Bringing the file in again changes nothing.
    """
    words = words_of(office)
    book = styles.new_workbook(size=_SIZE)
    sheet = book.worksheets[0]
    sheet.title = words.fixed(SHEET)
    _head(sheet, words)
    last = _HEADED
    for last, values in enumerate(_lines(session, on, words), start=_HEADED + 1):
        for place, text in enumerate(values, start=1):
            cell = cast("Cell", sheet.cell(last, place))
            cell.style = styles.body_style(centred=False, number_format=styles.TEXT)
            cells.put_text(cell, cells.tidy(text))
    sheet.freeze_panes = "C3"
    set_page(sheet, paper_named("A3"), heading_row=_HEADED, words=words)
    set_properties(book, title=words.fixed("補貼政策表"), office=office)
    content = BytesIO()
    book.save(content)
    return safe_write_bytes(named_kind(target, ".xlsx"), content.getvalue())


def _columns() -> Iterator[tuple[str, str, str, int]]:
    """Yield key, upper heading, lower heading and width in digits of every column in the order of the sheet."""
    standards = {key: "合計" if key == "standard" else "" for key in _TOP}
    ordered = [item for item in ITEMS if item.key not in PARTS]
    shares = [item for item in ITEMS if item.key in PARTS]
    for item in ordered:
        if item.key == "standard":
            for one in (item, *shares):
                yield one.key, item.label, standards[one.key] or one.label, 2 * one.width
        else:
            yield item.key, item.label, "", 2 * item.width
    for key, label in BESIDE.items():
        yield key, label, "", _SHORT


def _head(sheet: Worksheet, words: Words) -> None:
    """Write the heading of two rows; whole columns are text, so that a number typed later stays as typed."""
    from openpyxl.utils import get_column_letter

    told = list(_columns())
    for place, (key, upper, lower, width) in enumerate(told, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = width, styles.TEXT
        for row, text in ((1, upper), (_HEADED, lower)):
            cell = cast("Cell", sheet.cell(row, place))
            cell.style = styles.HEAD
            if text and not (row == 1 and key in PARTS):
                cells.put_text(cell, words.fixed(text))
    keys = [key for key, *_rest in told]
    for place, key in enumerate(keys, start=1):
        if key not in _TOP:
            sheet.merge_cells(start_row=1, end_row=_HEADED, start_column=place, end_column=place)
    first = keys.index("standard") + 1
    sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + len(PARTS))


def _lines(session: Session, on: date | None, words: Words) -> Iterator[list[str]]:
    for book in subsidylist.books(session):
        for line in book.versions:
            if on is None or line.holds_on(on):
                yield [_text(key, book, line, words) for key, *_rest in _columns()]


def _text(key: str, book: PolicyBook, line: PolicyLine, words: Words) -> str:
    if key == PROFILE:
        return words.fixed(book.profile.label)
    if key in (FROM, TO):
        day = line.valid_from if key == FROM else line.valid_to
        return day.isoformat() if day else ""
    return book.texts[line.version][key]
