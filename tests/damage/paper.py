"""A returned workbook as squares on pages, so that it can be damaged while the truth about each value is known."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from db.merge import Value
from db.script import fold
from exports.workbook import travel

Raw = str | int | float | date | None
_LIKE_A_CODE = re.compile(r"\s*\d\d\W.\d*\W\d\S{0,8}\s*")


@dataclass(slots=True, eq=False)
class Mark:
    """A value that a unit entered. ``expected`` is what the reader must make of it, None where it must be reported."""

    code: str
    field: str
    raw: Raw
    expected: Value
    places: list[tuple[str, str]] = dataclasses.field(default_factory=list)


@dataclass(slots=True)
class Square:
    """One cell: its value, the format of its number, the entered value it carries."""

    value: Raw = None
    format: str = "General"
    mark: Mark | None = None


Row = list[Square]


@dataclass(slots=True)
class Page:
    """One sheet. ``heading`` is the index of the row with the column titles, -1 where it has none left."""

    name: str
    rows: list[Row]
    heading: int
    merged: list[tuple[int, int, int, int]] = dataclasses.field(default_factory=list)

    def column(self, key: str) -> int | None:
        """Return the index of a field's column by the title it was sent with."""
        wanted = fold(travel.BY_KEY[key].title)
        titles = [fold(str(square.value or "")) for square in self.rows[self.heading]]
        return titles.index(wanted) if wanted in titles else None

    def columns(self) -> dict[str, int]:
        return {key: at for key in travel.BY_KEY if (at := self.column(key)) is not None}

    def task_rows(self) -> list[int]:
        """Return the indices of the rows with a code."""
        code = self.column("code")
        if code is None:
            return []
        return [
            place
            for place, row in enumerate(self.rows)
            if place > self.heading and code < len(row) and _LIKE_A_CODE.fullmatch(str(row[code].value or ""))
        ]


@dataclass(slots=True)
class Work:
    """A workbook with what says whose it is, and the values entered in it."""

    pages: list[Page]
    hidden: list[tuple[str, list[list[Raw]]]]
    properties: dict[str, str]
    file_name: str
    marks: list[Mark]
    has_codes: bool = True
    epoch_1904: bool = False

    @property
    def tables(self) -> list[Page]:
        """Return the pages that hold a table."""
        return [page for page in self.pages if page.rows]


def opened(path: Path) -> Work:
    """Return a dispatched workbook as squares."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[Square(_raw(cell.value), cell.number_format) for cell in row] for row in sheet.iter_rows()]
    heading = next(place for place, row in enumerate(rows) if any(fold(str(one.value)) == "编号" for one in row))
    merged = [(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in sheet.merged_cells.ranges]
    hidden = [(other.title, [_raws(row) for row in other.iter_rows(values_only=True)]) for other in book.worksheets[1:]]
    properties = {str(one.name): str(one.value) for one in _properties(book).props}
    return Work([Page(sheet.title, rows, heading, merged)], hidden, properties, path.name, [])


def _raw(value: object) -> Raw:
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, str | int | float | date), value
    return value


def _raws(row: Iterable[object]) -> list[Raw]:
    return [_raw(value) for value in row]


def _properties(book: Workbook) -> Any:  # noqa: ANN401 - the stubs do not know it yet
    return book.custom_doc_props  # type: ignore[attr-defined]


def saved(work: Work, folder: Path) -> Path:
    """Write the workbook and note where each entered value stands; return its path."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if work.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for mark in work.marks:
        mark.places.clear()
    for page in work.pages:
        _put(page, book.create_sheet(page.name))
    for name, lines in work.hidden:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
        sheet.sheet_state = "hidden"
    for name, value in work.properties.items():
        _properties(book).append(StringProperty(name=name, value=value))
    path = folder / work.file_name
    book.save(path)
    work.marks = [mark for mark in work.marks if mark.places]
    return path


def _put(page: Page, sheet: Worksheet) -> None:
    for r, row in enumerate(page.rows, start=1):
        for c, square in enumerate(row, start=1):
            if square.mark is not None:
                square.mark.places.append((page.name, f"{get_column_letter(c)}{r}"))
            if square.value is not None:
                cell = sheet.cell(r, c)
                cell.value = square.value
                cell.number_format = square.format
                if isinstance(square.value, str):
                    cell.data_type = "s"  # what begins with = stays a text
    for top, left, bottom, right in page.merged:
        if bottom < len(page.rows):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
