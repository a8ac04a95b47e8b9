"""A unit's whole year at a glance: its tasks as lead and co-operating unit, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import ledger, units
from db.ledger import LedgerRow
from db.models import Assignment, AssignmentUnit, Dispatch, Plan, ProgressEntry, Unit
from db.script import fold
from db.terms import TaskState

MONTHS = 12
FULL = 100


@dataclass(frozen=True, slots=True)
class Month:
    """What one task's report of one month said: ``percent`` is None where it gave none."""

    percent: int | None


@dataclass(frozen=True, slots=True)
class TaskYear:
    """A task with its twelve months from January on; None is a month without a report."""

    row: LedgerRow
    months: tuple[Month | None, ...]

    def owed(self, month: int) -> bool:
        """Tell whether a month, from 0, lacks a report although the task was not finished before it."""
        before = (said.percent for said in self.months[:month] if said is not None)
        return self.months[month] is None and FULL not in before


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit's year. ``percents`` is the mean of the led tasks at the end of each month that anyone reported in.

    ``reported`` counts, month by month, the led tasks with a report. ``asked`` are the months a report was asked for:
    one in which no unit at all reported and to which nothing was sent out asked for none.
    """

    unit: int
    name: str
    leader: str
    telephone: str
    year: int
    years: tuple[int, ...]
    asked: tuple[bool, ...]
    lead: tuple[TaskYear, ...]
    others: tuple[TaskYear, ...]
    percents: tuple[int | None, ...]
    reported: tuple[int, ...]


def read(session: Session, *, unit: int, year: int | None = None, on: date | None = None) -> UnitYear:
    """Return a unit's year, by default the latest with a task of its; raise ``Refused`` for a unit that is gone."""
    on = on or date.today()
    one = units.get(session, unit)
    named = select(AssignmentUnit.assignment_id).where(AssignmentUnit.unit_id == unit)
    mine = (
        select(Assignment.id, Plan.year)
        .join(Plan, Assignment.plan_id == Plan.id)
        .where(Assignment.task_state != TaskState.WITHDRAWN)
        .where((Assignment.lead_id == unit) | Assignment.id.in_(named))
    )
    found = dict(session.execute(mine).tuples().all())
    years = tuple(sorted(set(found.values()), reverse=True))
    shown = year or next(iter(years), on.year)
    of_year = {task for task, its in found.items() if its == shown}
    wanted = [task for task in ledger.ids(session, with_withdrawn=False) if task in of_year]
    rows = [row for batch in ledger.batches(session, wanted, on=on) for row in batch]
    months = _months(session, wanted, shown)
    tasks = [TaskYear(row, months[row.id]) for row in rows]
    lead = tuple(task for task in tasks if task.row.lead_id == unit)
    begun = MONTHS if shown < on.year else on.month if shown == on.year else 0
    return UnitYear(
        one.id,
        one.name,
        one.leader,
        one.telephone,
        shown,
        years,
        _asked(session, shown, begun),
        lead,
        tuple(task for task in tasks if task.row.lead_id != unit),
        tuple(_percents(lead, begun)),
        tuple(sum(task.months[month] is not None for task in lead) for month in range(MONTHS)),
    )


def find(session: Session, name: str) -> Unit:
    """Return the unit with this name or other name, in either script; raise ``Refused`` where there is none."""
    from db.errors import Refused

    wanted = fold(name)
    every = units.listed(session, with_ended=True)
    for unit in every:
        if wanted in (unit.folded, *(alias.folded for alias in unit.aliases)):
            return unit
    raise Refused("沒有名為「{name}」的單位。請用 taizhang units list 查看名稱。", name=name)


def _months(session: Session, tasks: Sequence[int], year: int) -> dict[int, tuple[Month | None, ...]]:
    """Return the last report of each month of the year, by task."""
    found: dict[int, list[Month | None]] = {task: [None] * MONTHS for task in tasks}
    query = (
        select(ProgressEntry.assignment_id, ProgressEntry.period, ProgressEntry.percent)
        .where(ProgressEntry.period.between(f"{year}-01", f"{year}-12"))
        .order_by(ProgressEntry.id)
    )
    for start in range(0, len(tasks), ledger.BATCH):
        some = query.where(ProgressEntry.assignment_id.in_(tasks[start : start + ledger.BATCH]))
        for task, period, percent in session.execute(some):
            found[task][int(period[5:7]) - 1] = Month(percent)
    return {task: tuple(months) for task, months in found.items()}


def _asked(session: Session, year: int, begun: int) -> tuple[bool, ...]:
    span = (f"{year}-01", f"{year}-12")
    reported = session.scalars(select(ProgressEntry.period).where(ProgressEntry.period.between(*span)).distinct())
    sent = session.scalars(select(Dispatch.period).where(Dispatch.period.between(*span)).distinct())
    months = {int(period[5:7]) for period in (*reported, *sent)}
    return tuple(month in months and month <= begun for month in range(1, MONTHS + 1))


def _percents(lead: Sequence[TaskYear], last: int) -> list[int | None]:
    """Return the mean percent at the end of each month; None before the first report and after the last month."""
    known = [0] * len(lead)
    means: list[int | None] = []
    begun = False
    for month in range(MONTHS):
        for place, task in enumerate(lead):
            said = task.months[month]
            if said is not None:
                begun = True
                known[place] = said.percent if said.percent is not None else known[place]
        means.append(sum(known) // len(known) if begun and month < last else None)
    return means
