"""Tasks ordered in passing (臨時交辦): added by hand, to a plan of their own or to one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import codes, units
from db.assignments import new_assignment, put_others
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Assignment, CourseStep, Plan, WorkPoint
from db.terms import CourseKind, DeadlineKind


@dataclass(frozen=True, slots=True)
class Order:
    """A task as it was ordered. ``source`` says who ordered it, where and when; empty and None are not stated.

    A task with a day is due on it, whatever ``deadline_kind`` says.
    """

    text: str
    lead: int
    others: Sequence[int] = ()
    source: str = ""
    deadline_text: str = ""
    deadline_on: date | None = None
    deadline_kind: DeadlineKind = DeadlineKind.NONE
    leader: str = ""
    person: str = ""
    contact: str = ""


def add(
    database: Database, *, order: Order, year: int | None = None, plan: int | None = None, on: date | None = None
) -> Changes:
    """Add a task ordered in passing, accepted at once.

    It joins ``plan`` where given, else the plan 「臨時交辦」 of ``year`` (that of ``on`` where None), which is made
    on demand. ``on`` is the day of the order, today where None. Raises :class:`Refused` without text.
    """
    with database.change("臨時交辦", operation="course_order.add") as change:
        task = enter(change.session, order=order, year=year, plan=plan, on=on)
        change.title = f"臨時交辦 {task.code}「{units.get(change.session, order.lead).name}」"
    return change.changes


def enter(
    session: Session, *, order: Order, year: int | None = None, plan: int | None = None, on: date | None = None
) -> Assignment:
    """Add the task within a running operation, see :func:`add`."""
    text = order.text.strip()
    day = on or date.today()
    if not text:
        raise Refused("請寫明交辦的事項。")
    unit = units.get(session, order.lead)
    row = _plan(session, plan) if plan is not None else passing_plan(session, year or day.year)
    point = new_point(session, row, text)
    task = new_assignment(session, row, point)
    task.confirmed, task.lead_id = True, unit.id
    task.leader = order.leader.strip() or unit.leader
    task.person, task.contact = order.person.strip(), order.contact.strip()
    task.deadline_text, task.deadline_on = order.deadline_text.strip(), order.deadline_on
    task.deadline_kind = order.deadline_kind if order.deadline_on is None else DeadlineKind.FIXED
    session.flush()
    put_others(task, order.others)
    session.add(CourseStep(assignment_id=task.id, kind=CourseKind.ADDED, on=day, reason=order.source.strip()))
    return task


def passing_plan(session: Session, year: int) -> Plan:
    """Return the plan 「臨時交辦」 of a year, made where it is not there yet."""
    return own_plan(session, title=f"臨時交辦 {year}", mark="臨", year=year)


def _plan(session: Session, plan: int) -> Plan:
    row = session.get(Plan, plan)
    if row is None:
        raise Refused("這個計劃已不存在。請刷新後再試。")
    return row


def own_plan(session: Session, *, title: str, mark: str, year: int) -> Plan:
    """Return the office's own plan of a year with this title, made where it is not there yet."""
    query = select(Plan).where(Plan.year == year, Plan.title == title, Plan.document_id.is_(None))
    found = session.scalars(query).first()
    if found is not None:
        return found
    taken = set(session.scalars(select(Plan.mark).where(Plan.year == year)))
    last = session.scalar(select(func.max(Plan.position)).where(Plan.year == year)) or 0
    made = Plan(title=title, year=year, mark=codes.free_mark([mark, *title], suffix="", taken=taken), position=last + 1)
    session.add(made)
    session.flush()
    return made


def new_point(session: Session, plan: Plan, text: str) -> WorkPoint:
    """Return a new point at the end of a plan; it stands in no notice, so it has no number and no span."""
    last = select(func.max(WorkPoint.position), func.max(WorkPoint.ordinal)).where(WorkPoint.plan_id == plan.id)
    position, ordinal = session.execute(last).one()
    point = WorkPoint(
        plan_id=plan.id,
        position=(position or 0) + 1,
        ordinal=(ordinal or 0) + 1,
        number="",
        text=text,
        by_duty=False,
        source_start=0,
        source_end=0,
    )
    point.plan = plan
    session.add(point)
    session.flush()
    return point
