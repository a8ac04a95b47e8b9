"""Reading the reports of assignments: whose they are, what was said before, who has not reported."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Assignment, AssignmentUnit, CourseStep, Dispatch, Plan, ProgressEntry, WorkPoint
from db.terms import CourseKind, TaskState

_HANDED = (CourseKind.HANDED_OVER, CourseKind.REFORMED)
_MANY = 500  # ids named one by one in a query; beyond that all are read


def former_leads(session: Session, assignments: Collection[int] | None = None) -> dict[tuple[int, int], str]:
    """Return who led which assignment before a handover or reform, with the last period that was still theirs."""
    query = select(CourseStep).where(CourseStep.kind.in_(_HANDED), CourseStep.from_unit_id.is_not(None))
    if assignments is not None and len(assignments) <= _MANY:
        query = query.where(CourseStep.assignment_id.in_(assignments))
    found: dict[tuple[int, int], str] = {}
    for step in session.scalars(query):
        key = (step.assignment_id, int(step.from_unit_id or 0))
        found[key] = max(found.get(key, ""), _period(step.on - timedelta(days=1)))
    return found


def _period(day: date) -> str:
    return day.strftime("%Y-%m")


def parties(session: Session, task: Assignment) -> list[int | None]:
    """Return the units that may report on a task, the lead (or None) first: then co-operating and former leads."""
    former = [unit for _task, unit in former_leads(session, [task.id])]
    return list(dict.fromkeys([task.lead_id, *(line.unit_id for line in task.others), *former]))


def of_lead(session: Session, task: Assignment) -> list[ProgressEntry]:
    """Return the entries of whoever led the task at their time, by period and order of entry.

    Those of a unit that only co-operates are left out; those of an earlier lead unit stay the task's own, and so do
    those of the task of an earlier year that it was carried over from.
    """
    query = select(ProgressEntry).where(ProgressEntry.assignment_id == task.id)
    entries = session.scalars(query.order_by(ProgressEntry.period, ProgressEntry.id)).all()
    others = {line.unit_id for line in task.others}
    former = former_leads(session, [task.id])
    origin = _origin(session, task)
    earlier = of_lead(session, origin) if origin is not None else []
    return [*earlier, *(entry for entry in entries if entry.unit_id not in others or _led(entry, former))]


def _origin(session: Session, task: Assignment) -> Assignment | None:
    step = select(CourseStep.other_id).where(
        CourseStep.assignment_id == task.id, CourseStep.kind == CourseKind.CARRIED_OVER
    )
    return session.scalars(select(Assignment).where(Assignment.id.in_(step))).first()


def _led(entry: ProgressEntry, former: dict[tuple[int, int], str]) -> bool:
    return entry.period <= former.get((entry.assignment_id, entry.unit_id or 0), "")


def percent_of(entries: Sequence[ProgressEntry]) -> int | None:
    """Return the last percent stated in entries that are in order, None where none is."""
    return next((entry.percent for entry in reversed(entries) if entry.percent is not None), None)


def before(session: Session, task: Assignment, *, unit: int | None, period: str) -> ProgressEntry | None:
    """Return the entry whose percent a new one of this unit and period follows; for the lead, also a former lead's."""
    mine: Sequence[ProgressEntry]
    if unit == task.lead_id:
        mine = of_lead(session, task)
    else:
        query = select(ProgressEntry).where(ProgressEntry.assignment_id == task.id, ProgressEntry.unit_id == unit)
        mine = session.scalars(query.order_by(ProgressEntry.period, ProgressEntry.id)).all()
    earlier = [entry for entry in mine if entry.percent is not None and entry.period <= period]
    return earlier[-1] if earlier else None


def last_entry(
    session: Session, task: Assignment, *, unit: int | None, period: str | None = None
) -> ProgressEntry | None:
    """Return what a unit entered last of a period, by default of its latest; None where there is nothing."""
    query = select(ProgressEntry).where(ProgressEntry.assignment_id == task.id, ProgressEntry.unit_id == unit)
    if period is not None:
        query = query.where(ProgressEntry.period == period)
    return session.scalars(query.order_by(ProgressEntry.period.desc(), ProgressEntry.id.desc())).first()


class Latest(NamedTuple):
    """The last report on an assignment."""

    assignment: int
    period: str
    text: str
    problem: str
    next_step: str


def latest(session: Session, assignments: Sequence[int]) -> dict[int, Latest]:
    """Return the last report of each assignment that has one: the lead unit's, of its latest period, entered last."""
    place = func.row_number().over(
        partition_by=(ProgressEntry.assignment_id, ProgressEntry.unit_id),
        order_by=(ProgressEntry.period.desc(), ProgressEntry.id.desc()),
    )
    columns = (ProgressEntry.period, ProgressEntry.text, ProgressEntry.problem, ProgressEntry.next_step)
    ranked = (
        select(ProgressEntry.id, ProgressEntry.unit_id, ProgressEntry.assignment_id, *columns, place.label("place"))
        .where(ProgressEntry.assignment_id.in_(assignments))
        .subquery()
    )
    kept = (ranked.c[name] for name in ("unit_id", "assignment_id", "period", "text", "problem", "next_step"))
    query = select(*kept).where(ranked.c.place == 1).order_by(ranked.c.period, ranked.c.id)
    # Asked for by themselves: as a condition in the query these lines would be looked up by unit, which has thousands.
    lines = select(AssignmentUnit.assignment_id, AssignmentUnit.unit_id)
    helping = set(session.execute(lines.where(AssignmentUnit.assignment_id.in_(assignments))).tuples())
    former = former_leads(session, assignments)
    found = {}
    for unit, *report in session.execute(query):
        last = Latest(*report)
        helped = (last.assignment, unit) in helping
        if not helped or last.period <= former.get((last.assignment, unit or 0), ""):
            found[last.assignment] = last
    return found


def asked_period(session: Session) -> str | None:
    """Return the latest period for which sheets were sent out, None before the first sending."""
    return session.scalar(select(func.max(Dispatch.period)))


def has_reported(period: str) -> ColumnElement[bool]:
    """Return the condition that an assignment's lead unit has an entry of the period."""
    entry = aliased(ProgressEntry)
    return (
        select(entry.id)
        .where(
            entry.assignment_id == Assignment.id,
            entry.period == period,
            or_(entry.unit_id == Assignment.lead_id, entry.unit_id.is_(None)),
        )
        .exists()
    )


def unreported(session: Session, *, period: str, year: int | None = None) -> list[int]:
    """Return the open, accepted assignments of a plan year whose lead unit has not reported for a period (未報).

    ``year`` is the period's own where None. They come in the order of the ledger.
    """
    return list(session.scalars(_open(year or int(period[:4])).where(~has_reported(period))))


def open_tasks(session: Session, *, year: int) -> list[int]:
    """Return the open, accepted assignments of a plan year in the order of the ledger."""
    return list(session.scalars(_open(year)))


def _open(year: int) -> Select[tuple[int]]:
    return (
        select(Assignment.id)
        .join(Plan, Assignment.plan_id == Plan.id)
        .outerjoin(WorkPoint, Assignment.point_id == WorkPoint.id)
        .where(
            Plan.year == year,
            Assignment.confirmed.is_(True),
            Assignment.task_state.not_in((TaskState.DONE, TaskState.WITHDRAWN)),
        )
        .order_by(Plan.position, func.coalesce(WorkPoint.position, 0), Assignment.position, Assignment.id)
    )
