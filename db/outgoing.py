"""What goes out to units (分發): the rows of each unit for a period as plain values, as they go into files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import ledger, telephones
from db.models import ProgressEntry, Unit
from db.terms import TaskState, UnitRole

Values = Mapping[str, Any]
FIELDS = ("percent", "status", "text", "problem", "next_step", "finished_on")
"""The fields of a report as they are named wherever it travels."""


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """An assignment on a unit's sheet. ``sent`` maps the sheet's locked columns to what they show.

    ``base`` maps :data:`FIELDS` to the unit's entry for the period as the ledger has it; None or empty where none.
    Days are ISO texts, percents whole numbers, ``status`` the stored value of a task's state.
    """

    assignment_id: int
    role: UnitRole
    code: str
    sent: Values
    base: Values


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a sheet is mailed to."""

    name: str
    duty: str
    telephone: str
    email: str


@dataclass(frozen=True, slots=True)
class OutgoingSheet:
    """The sheet of one unit: first the rows it leads, then those it co-operates in."""

    unit_id: int
    unit: str
    token: str
    rows: tuple[OutgoingRow, ...]
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One sending: ``number`` counts from 1 within ``period`` (``2022-06``)."""

    period: str
    number: int
    year: int
    title: str
    due_on: date
    sheets: tuple[OutgoingSheet, ...]

    @property
    def code(self) -> str:
        """Return what the sending is called on its sheets, such as ``2022-06-1``."""
        return f"{self.period}-{self.number}"


def values_of(entry: ProgressEntry | None) -> dict[str, Any]:
    """Return a report's fields as plain values (see :class:`OutgoingRow`)."""
    if entry is None:
        return dict.fromkeys(FIELDS) | {"status": "", "text": "", "problem": "", "next_step": ""}
    return {
        "percent": entry.percent,
        "status": entry.state.value if entry.state else "",
        "text": entry.text,
        "problem": entry.problem,
        "next_step": entry.next_step,
        "finished_on": entry.finished_on.isoformat() if entry.finished_on else None,
    }


Reports = Mapping[tuple[int, int], Sequence[ProgressEntry]]
"""Assignment and unit → that unit's reports on it, oldest period first, later corrections behind."""


def reports(session: Session, assignments: Iterable[int]) -> Reports:
    """Return all reports on assignments by assignment and unit."""
    wanted = set(assignments)
    query = select(ProgressEntry).order_by(ProgressEntry.period, ProgressEntry.id)
    found: dict[tuple[int, int], list[ProgressEntry]] = {}
    for entry in session.scalars(query):
        if entry.assignment_id in wanted and entry.unit_id is not None:
            found.setdefault((entry.assignment_id, entry.unit_id), []).append(entry)
    return found


def entry_of(reports: Reports, *, assignment: int, unit: int, period: str) -> ProgressEntry | None:
    """Return the entry that holds for a unit and period: the last one entered; None where there is none."""
    return next((one for one in reversed(reports.get((assignment, unit), ())) if one.period == period), None)


def entry_before(reports: Reports, *, assignment: int, unit: int, period: str) -> ProgressEntry | None:
    """Return the unit's last entry for an earlier period."""
    return next((one for one in reversed(reports.get((assignment, unit), ())) if one.period < period), None)


def rows_by_unit(session: Session, *, period: str, plan: int | None = None) -> dict[int, list[OutgoingRow]]:
    """Return what each unit would get for a period, what it leads first; proposals and withdrawn tasks stay here."""
    rows = [row for row in ledger.read(session, plan=plan).rows if row.confirmed]
    known = reports(session, [row.id for row in rows])
    found: dict[int, list[OutgoingRow]] = {}
    for row in rows:
        if row.lead_id is not None:
            found.setdefault(row.lead_id, []).append(_row(row, row.lead_id, UnitRole.LEAD, known, period))
    for row in rows:
        for unit in row.other_ids:
            if unit != row.lead_id:
                found.setdefault(unit, []).append(_row(row, unit, UnitRole.CO, known, period))
    return found


def _row(row: ledger.LedgerRow, unit: int, role: UnitRole, known: Reports, period: str) -> OutgoingRow:
    last = entry_before(known, assignment=row.id, unit=unit, period=period)
    now = entry_of(known, assignment=row.id, unit=unit, period=period)
    closed = row.task_state is TaskState.DONE
    sent = {
        "code": row.code,
        "task": row.point_text or row.measure,
        "measure": row.measure if row.point_text else "",
        "lead": row.lead,
        "others": "、".join(row.others),
        "deadline": row.deadline,
        "deadline_on": row.deadline_on.isoformat() if row.deadline_on and not closed else "",
        "last_period": last.period if last else "",
        "last_percent": last.percent if last else None,
        "last_text": last.text if last else "",
    }
    return OutgoingRow(row.id, role, row.code, sent, values_of(now))


def people_of(unit: Unit) -> tuple[Person, ...]:
    """Return whom a unit's sheet is mailed to: its contacts, else the unit's own address."""
    people = tuple(Person(one.name, one.duty, telephones.shown(one), one.email) for one in unit.contacts)
    if any(one.email for one in people) or not (unit.email or unit.telephone):
        return people
    return (*people, Person(unit.name, "", unit.telephone, unit.email))
