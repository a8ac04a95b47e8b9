"""A sheet that has lost its headings: columns are told by the sent values that still stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from exports.workbook import travel
from exports.workbook.collect.cells import Sheet
from exports.workbook.collect.headings import TEXTS, Heading
from exports.workbook.collect.rows import RowFinder, code_key, folded
from exports.workbook.collect.values import Setting, read

_TOLD_BY = ("code", "task", "measure", "lead", "others", "deadline", "last_text", "deadline_on")
_NUMBERS = ("sequence", "last_percent")
_MORE_ROWS = 10
"""Numbers beyond those of the rows that may stand in a column that counts them: rows were copied."""
_LEAST_SENT = 2
"""Cells a column must have been sent with for their absence to say that it was moved."""
_FITTING = 0.6
"""The least part of the filled cells of an input column that must read as what the column is for."""


def heading_by_content(sheet: Sheet, finder: RowFinder, order: Sequence[str]) -> Heading | None:
    """Return where the columns are, None where nothing that was sent is found.

    Input columns hold nothing of ours: they are taken to stand where they were sent as long as every column of ours
    still does, the table has not become wider, and what is in them fits. Else they are left out, so that their
    contents are reported. Running texts fit everywhere, so these wait for the clerk unless their order is evident.
    """
    places = {key: place for place, key in enumerate(order)}
    votes = {key: _votes(sheet, finder, key, places[key]) for key in _TOLD_BY if key in places}
    named = next((key for key in ("task", "code") if votes[key]), None)
    if named is None:
        return None
    shift = max(votes[named], key=lambda one: (votes[named][one], -abs(one)))
    sent = {key: sum(bool(row.sent.get(key)) for row in finder.rows) for key in votes}
    gone = [key for key in votes if not votes[key].get(shift) and key != "code"]
    moved = any(votes[key] or sent[key] >= _LEAST_SENT for key in gone)
    columns = {key: places[key] + shift for key in votes if votes[key].get(shift)}
    # What was moved may be a percent that is what it was last time: then last time's column is not told by it.
    numbers = _NUMBERS[:1] if moved else _NUMBERS
    columns |= {key: places[key] + shift for key in numbers if _numbered(sheet, places[key] + shift, finder, key)}
    inputs = {key: places[key] + shift for key in travel.INPUTS}
    if not moved and not _wider(sheet, len(order) + shift) and all(_fits(sheet, key, inputs[key]) for key in inputs):
        columns |= inputs
    columns = {key: column for key, column in columns.items() if column >= 0}
    doubtful = frozenset() if _evident(sheet, columns, order) else TEXTS
    return Heading(-1, columns, {}, frozenset(columns), doubtful)


def _evident(sheet: Sheet, columns: Mapping[str, int], order: Sequence[str]) -> bool:
    """Tell whether the order is the one sent: every column found, marked ones filled, the report the fullest text."""
    found = [key for key in order if key not in _MAY_BE_EMPTY]
    if not all(key in columns for key in found):
        return False
    rows = [row for row in sheet.rows.values() if columns["task"] in row and row[columns["task"]].text]
    filled = {key: sum(columns[key] in row for row in rows) for key in travel.INPUTS}
    return min(filled["percent"], filled["status"]) > 0 and filled["text"] > max(filled["problem"], filled["next_step"])


_MAY_BE_EMPTY = ("code", "measure", "others", "deadline", "last_percent", "last_text", "deadline_on")


def _numbered(sheet: Sheet, column: int, finder: RowFinder, key: str) -> bool:
    """Tell whether the numbers in a column are mostly those that such a column of ours was sent with."""
    texts = [text for row in sheet.rows if (text := sheet.text(row, column)).isdecimal()]
    known = {str(row.sent.get(key)) for row in finder.rows if row.sent.get(key) is not None}
    if key == "sequence":
        known = {str(number) for number in range(1, len(finder.rows) + _MORE_ROWS)}
    return bool(texts) and sum(text in known for text in texts) >= len(texts) * _FITTING


def column_told(sheet: Sheet, finder: RowFinder, field: str) -> int | None:
    """Return the column in which most of what was sent in a field stands, whatever is written over it."""
    votes = _votes(sheet, finder, field, 0)
    return max(votes, key=lambda one: votes[one]) if votes else None


def _wider(sheet: Sheet, columns: int) -> bool:
    return any(column >= columns for row in sheet.rows.values() for column, cell in row.items() if cell.text)


def _fits(sheet: Sheet, key: str, column: int) -> bool:
    """Tell whether most of what stands in a column reads as what the column is for."""
    cells = [cell for row in sheet.rows.values() if (cell := row.get(column)) is not None and cell.text]
    setting = Setting(_ANY_YEAR, mac_dates=sheet.mac_dates)
    good = sum(read(cell, travel.BY_KEY[key].kind, setting).answer is not None for cell in cells)
    return good >= len(cells) * _FITTING


_ANY_YEAR = 2000


def _votes(sheet: Sheet, finder: RowFinder, field: str, place: int) -> dict[int, int]:
    """Return by how many columns a field is shifted, counted over cells that say what was sent in it."""
    key: Callable[[str], str] = code_key if field == "code" else folded
    known = {key(str(row.sent.get(field) or "")) for row in finder.rows} - {""}
    votes: dict[int, int] = {}
    for row in sheet.rows.values():
        for column, cell in row.items():
            if key(cell.text) in known:
                votes[column - place] = votes.get(column - place, 0) + 1
    return votes
