"""A sheet that has lost its headings: columns are told by the sent values that still stand in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exports.workbook import travel
from exports.workbook.collect.cells import Sheet
from exports.workbook.collect.headings import Heading
from exports.workbook.collect.rows import RowFinder, code_key, folded

_TOLD_BY = ("code", "task", "lead", "others", "deadline", "last_text", "deadline_on")
_RIGHT = "deadline_on"
"""The only column of ours behind the input columns."""
_LEAST_VOTES = 2


def heading_by_content(sheet: Sheet, finder: RowFinder, order: Sequence[str]) -> Heading | None:
    """Return where the columns are, None where nothing that was sent is found.

    Input columns hold nothing of ours: they are taken to follow the last locked column as they did when sent. They
    are left out, so that their contents are reported, where a column must have been put between them.
    """
    places = {key: place for place, key in enumerate(order)}
    shifts: dict[str, int] = {}
    for key in _TOLD_BY:
        if key in places:
            votes = _votes(sheet, finder, key, places[key])
            if votes and (key in ("code", "task") or max(votes.values()) >= _LEAST_VOTES):
                shifts[key] = max(votes, key=lambda one: (votes[one], -abs(one)))
    if not {"code", "task"} & set(shifts):
        return None
    columns = {key: places[key] + shift for key, shift in shifts.items()}
    left = [shift for key, shift in shifts.items() if key != _RIGHT][-1]
    last = len(order) - 1 + left
    wider = any(column > last for row in sheet.rows.values() for column, cell in row.items() if cell.text)
    whole = shifts[_RIGHT] == left if _RIGHT in shifts else not wider
    if whole:
        columns |= {key: places[key] + left for key in travel.INPUTS}
    return Heading(-1, {key: column for key, column in columns.items() if column >= 0}, {}, frozenset(columns))


def _votes(sheet: Sheet, finder: RowFinder, field: str, place: int) -> dict[int, int]:
    """Return by how many columns a field is shifted, counted over cells that say what was sent in it."""
    key: Callable[[str], str] = code_key if field == "code" else folded
    known = {key(str(row.sent.get(field) or "")) for row in finder.rows} - {""}
    votes: dict[int, int] = {}
    for row in sheet.rows.values():
        for column, cell in row.items():
            if isinstance(cell.value, str) and key(cell.text) in known:
                votes[column - place] = votes.get(column - place, 0) + 1
    return votes
