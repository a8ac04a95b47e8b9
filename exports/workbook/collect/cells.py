"""Cells and sheets as they came, sparse: what is not there takes no room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

LONGEST_NUMBER = 1e15
"""A spreadsheet keeps fifteen digits; a longer number has lost some already."""
Place = tuple[int, int]
"""Row and column, both counted from 0."""


@dataclass(slots=True)
class Cell:
    """One cell that holds something; never changed once read. ``percent`` tells a number's format."""

    value: str | float | bool | date
    percent: bool = False
    formula: bool = False
    error: bool = False

    @property
    def text(self) -> str:
        """Return the cell as it stood, for showing and for comparing."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, datetime):
            whole_day = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
        if isinstance(value, date):
            return value.isoformat()
        if self.percent:
            return f"{number_text(round(value * 100, 10))}%"
        return number_text(value)


def number_text(value: float) -> str:
    """Return a number without the trace of its storage: ``80``, not ``80.0``."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < LONGEST_NUMBER):
        return str(int(value))
    return repr(value)


@dataclass(slots=True)
class Sheet:
    """One sheet. ``merged`` are first and last place of each merged range; ``mac_dates`` counts days from 1904."""

    name: str
    rows: dict[int, dict[int, Cell]]
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden: bool = False
    mac_dates: bool = False

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, empty where nothing does."""
        cell = self.rows.get(row, _NO_CELLS).get(column)
        return cell.text if cell is not None else ""


_NO_CELLS: Mapping[int, Cell] = {}


@dataclass(slots=True)
class Book:
    """A workbook. ``properties`` are the document's own, by name; ``modified`` is when it was last saved."""

    sheets: list[Sheet]
    properties: dict[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    notes: list[str] = field(default_factory=list)


def inherited(sheet: Sheet, columns: Iterable[int]) -> dict[Place, Place]:
    """Return for each empty cell under a cell merged downwards where its content stands, in these columns."""
    wanted = set(columns)
    found: dict[Place, Place] = {}
    for (top, left), (bottom, right) in sheet.merged:
        if left != right or left not in wanted or (top not in sheet.rows):
            continue
        for row in [one for one in sheet.rows if top < one <= bottom]:
            if left not in sheet.rows[row]:
                found[row, left] = (top, left)
    return found
