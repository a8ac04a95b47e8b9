"""What would be written into a form, cell by cell, before anything is: to be shown, corrected, then applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from db.ledger import LedgerRow
from db.terms import TaskState
from exports.upward.fields import FIELDS
from exports.upward.form import Form, FormRow
from exports.upward.match import Match, match
from exports.words import Words, printable
from exports.workbook.grid import address

Value = str | int


@dataclass(frozen=True, slots=True)
class Fill:
    """A cell to be written: its row and column from 0, the field, the value."""

    row: int
    column: int
    field: str
    value: Value

    @property
    def address(self) -> str:
        """Return the cell's address: ``B7``."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class UpwardPlan:
    """``kept`` are cells that hold something already and stay; ``lost`` are rows that no task was found for."""

    form: Form
    fields: Mapping[int, str]
    matches: tuple[Match, ...]
    fills: tuple[Fill, ...]
    kept: tuple[str, ...]
    lost: tuple[FormRow, ...]


def plan(form: Form, fields: Mapping[int, str], ledger: Sequence[LedgerRow], words: Words) -> UpwardPlan:
    """Return what would be written. Cells with a formula or anything else in them are never touched."""
    matches, lost = match(form.rows, fields, ledger)
    fills: list[Fill] = []
    kept: list[str] = []
    for one in matches:
        for column, key in fields.items():
            if not FIELDS[key].fills or (one.row.at, column) in form.covered:
                continue
            value = value_of(key, one.rows, words)
            if value in (None, ""):
                continue
            if column in form.sheet.rows.get(one.row.at, {}):
                if form.sheet.text(one.row.at, column) != str(value):
                    kept.append(address(one.row.at, column))
                continue
            assert value is not None
            fills.append(Fill(one.row.at, column, key, value))
    return UpwardPlan(form, dict(fields), tuple(matches), tuple(fills), tuple(kept), tuple(lost))


def value_of(key: str, rows: Sequence[LedgerRow], words: Words) -> Value | None:
    """Return what a field says of one or several assignments of a point.

    Several units' texts stand one after the other, each under its name; the percent is the lowest of theirs, so that
    nothing is overstated, and the task is done when all have done their part.
    """
    if key == "percent":
        percents = [row.percent for row in rows]
        known = [percent for percent in percents if percent is not None]
        return min(known) if len(known) == len(percents) else None
    if key == "task_state":
        states = {row.task_state for row in rows}
        return words.fixed((states.pop() if len(states) == 1 else TaskState.IN_PROGRESS).label)
    get = _LISTED.get(key)
    if get is not None:
        names = dict.fromkeys(name for row in rows for name in get(row) if name)
        return words.data("、".join(names))
    told = [(row.lead, printable(_TOLD[key](row))) for row in rows]
    texts = dict.fromkeys((lead, text) for lead, text in told if text)
    if len(texts) == 1 and len(rows) == 1:
        return words.data(next(iter(texts))[1])
    return words.data("\n".join(f"{lead}：{text}" if lead else text for lead, text in texts))


_LISTED: Mapping[str, Callable[[LedgerRow], Sequence[str]]] = {
    "lead": lambda row: [row.lead],
    "others": lambda row: row.others,
    "leader": lambda row: [row.leader],
    "person": lambda row: [row.person],
    "contact": lambda row: [row.contact],
    "deadline": lambda row: [row.deadline],
    "target": lambda row: [row.target],
}
_TOLD: Mapping[str, Callable[[LedgerRow], str]] = {
    "measure": lambda row: row.measure,
    "progress": lambda row: row.progress,
    "problem": lambda row: row.problem,
    "next_step": lambda row: row.next_step,
    "note": lambda row: row.note,
}
