"""From one year to the next (跨年結轉): unfinished tasks carried over, and the years beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db import codes, units
from db.assignments import put_others
from db.changes import Changes
from db.course import CLOSED
from db.course_order import own_plan
from db.database import Database
from db.errors import Refused
from db.models import Assignment, CourseStep, Plan, Unit
from db.terms import CourseKind, ReportState, TaskState

_COPIED = (
    *("point_id", "measure", "target", "leader", "person", "contact", "note"),
    *("deadline_text", "deadline_on", "deadline_kind", "task_state", "percent"),
)


def new_year(database: Database, *, from_year: int, to_year: int, on: date | None = None) -> Changes:
    """Carry the unfinished tasks of a year over into the plan 「…年結轉」 of a later one, each tied to its origin.

    Units, their counterparts and contacts are the same in every year; a unit that has ended by ``on`` (1 January of
    the new year where None) gives its tasks to its successor. What was carried over before is not carried twice, so
    this may be repeated. The old year stays as it was.
    """
    if to_year <= from_year:
        raise Refused("結轉要從較早的年度到較晚的年度，不能從 {a} 到 {b}。", a=from_year, b=to_year)
    day = on or date(to_year, 1, 1)
    with database.change("跨年結轉", operation="course_year.new_year") as change:
        session = change.session
        tasks = _of_year(session, from_year)
        done = _carried(session, to_year)
        ready = [t for t in tasks if t.confirmed and t.task_state not in CLOSED and t.id not in done]
        proposed = sum(not task.confirmed for task in tasks)
        if proposed:
            change.notes.append(f"{from_year} 年還有 {proposed} 項擬辦任務沒有採納，沒有結轉。")
        change.title = f"{from_year} 年未完成任務 {len(ready)} 項結轉到 {to_year} 年"
        if ready:
            plan = own_plan(session, title=f"{from_year}年結轉", mark="結", year=to_year)
            for number, task in enumerate(ready, start=_next_number(session, plan)):
                _carry(session, task, plan, number, day)
        elif not tasks:
            raise Refused("{year} 年沒有任務可以結轉。", year=from_year)
    return change.changes


def _of_year(session: Session, year: int) -> list[Assignment]:
    query = (
        select(Assignment)
        .join(Plan, Assignment.plan_id == Plan.id)
        .where(Plan.year == year)
        .options(selectinload(Assignment.others))
        .order_by(Plan.position, Assignment.code)
    )
    return list(session.scalars(query))


def _carried(session: Session, year: int) -> set[int]:
    """Return the tasks that some task of the year was carried over from."""
    query = (
        select(CourseStep.other_id)
        .join(Assignment, CourseStep.assignment_id == Assignment.id)
        .join(Plan, Assignment.plan_id == Plan.id)
        .where(Plan.year == year, CourseStep.kind == CourseKind.CARRIED_OVER)
    )
    return {other for other in session.scalars(query) if other is not None}


def _next_number(session: Session, plan: Plan) -> int:
    used = session.scalars(select(Assignment.code).where(Assignment.plan_id == plan.id))
    return max((int(code.split("-")[2]) for code in used), default=0) + 1


def _carry(session: Session, task: Assignment, plan: Plan, number: int, on: date) -> None:
    code = codes.make_code(year=plan.year, mark=plan.mark, point=number, number=1)
    made = Assignment(plan_id=plan.id, code=code, position=number, confirmed=True, lead_reason=task.lead_reason)
    for name in _COPIED:
        setattr(made, name, getattr(task, name))
    made.report_state = ReportState.NOT_DUE
    made.lead_id = _successor(session, task.lead_id, on) if task.lead_id else None
    session.add(made)
    session.flush()
    put_others(made, [_successor(session, line.unit_id, on) for line in task.others])
    step = CourseStep(
        assignment_id=made.id,
        kind=CourseKind.CARRIED_OVER,
        on=on,
        reason=f"結轉自 {task.code}",
        other_id=task.id,
        from_unit_id=task.lead_id,
        to_unit_id=made.lead_id,
    )
    session.add(step)


def _successor(session: Session, unit: int, on: date) -> int:
    return units.successor(session, units.get(session, unit), on=on).id


@dataclass(frozen=True, slots=True)
class YearLine:
    """The accepted tasks of a year, as a whole (``unit`` empty) or of one lead unit. ``percent`` is the mean progress.

    ``tasks`` leaves out the withdrawn ones; ``finished`` is the share done of them, 0-100, None without any.
    """

    year: int
    unit: str
    tasks: int
    done: int
    running: int
    withdrawn: int
    carried: int
    percent: int | None
    finished: int | None


def years(session: Session) -> list[int]:
    """Return the years that have a plan, the latest first."""
    return list(session.scalars(select(Plan.year).distinct().order_by(Plan.year.desc())))


def compare(session: Session, wanted: Sequence[int]) -> list[YearLine]:
    """Return the years beside each other: first each as a whole, then by lead unit in the office's order."""
    tasks = {year: [task for task in _of_year(session, year) if task.confirmed] for year in wanted}
    carried = {year: _made_by_carrying(session, year) for year in wanted}
    lines = [_line(year, "", tasks[year], carried[year]) for year in wanted]
    for unit in session.scalars(select(Unit).order_by(Unit.position, Unit.id)):
        for year in wanted:
            mine = [task for task in tasks[year] if task.lead_id == unit.id]
            if mine:
                lines.append(_line(year, unit.name, mine, carried[year]))
    return lines


def _made_by_carrying(session: Session, year: int) -> set[int]:
    query = (
        select(CourseStep.assignment_id)
        .join(Assignment, CourseStep.assignment_id == Assignment.id)
        .join(Plan, Assignment.plan_id == Plan.id)
        .where(Plan.year == year, CourseStep.kind == CourseKind.CARRIED_OVER)
    )
    return set(session.scalars(query))


def _line(year: int, unit: str, tasks: Sequence[Assignment], carried: set[int]) -> YearLine:
    standing = [task for task in tasks if task.task_state is not TaskState.WITHDRAWN]
    done = sum(task.task_state is TaskState.DONE for task in standing)
    return YearLine(
        year=year,
        unit=unit,
        tasks=len(standing),
        done=done,
        running=len(standing) - done,
        withdrawn=len(tasks) - len(standing),
        carried=sum(task.id in carried for task in standing),
        percent=round(sum(task.percent or 0 for task in standing) / len(standing)) if standing else None,
        finished=round(100 * done / len(standing)) if standing else None,
    )
