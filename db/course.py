"""The year's course of assignments (年中變動): resumed, merged, handed over, each with reason and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db import reports, units
from db.assignments import chosen, named, put_others
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import Assignment, CourseStep, Unit
from db.terms import CourseKind, TaskState

CLOSED = (TaskState.DONE, TaskState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an assignment's course as it is shown; ``other`` is the code of the assignment it is tied to."""

    id: int
    assignment_id: int
    kind: CourseKind
    on: date
    reason: str
    other: str
    from_unit: str
    to_unit: str


def steps(session: Session, assignment: int) -> list[Step]:
    """Return the course of an assignment by day; for one that others were merged into or carried on by, those too."""
    other, before, after, own = aliased(Assignment), aliased(Unit), aliased(Unit), aliased(Assignment)
    query = (
        select(CourseStep, own.code, other.code, before.name, after.name)
        .join(own, CourseStep.assignment_id == own.id)
        .outerjoin(other, CourseStep.other_id == other.id)
        .outerjoin(before, CourseStep.from_unit_id == before.id)
        .outerjoin(after, CourseStep.to_unit_id == after.id)
        .where((CourseStep.assignment_id == assignment) | (CourseStep.other_id == assignment))
        .order_by(CourseStep.on, CourseStep.id)
    )
    return [
        Step(
            row.id,
            row.assignment_id,
            row.kind,
            row.on,
            row.reason,
            (other_code if row.assignment_id == assignment else own_code) or "",
            before_name or "",
            after_name or "",
        )
        for row, own_code, other_code, before_name, after_name in session.execute(query)
    ]


def _reason(reason: str, what: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(f"{what}要寫明原因。")
    return reason


def _noted(task: Assignment, words: str) -> None:
    task.note = "；".join(part for part in (task.note, words) if part)


def resume(database: Database, *, ids: Sequence[int], reason: str, on: date | None = None) -> Changes:
    """Take up withdrawn assignments again (恢復任務); their state is that of their last report.

    One that was merged into another is left alone, with a note: the other goes on in its place.
    """
    reason = _reason(reason, "恢復任務")
    with database.change("恢復任務", operation="course.resume") as change:
        tasks = chosen(change.session, ids)
        ready = [task for task in tasks if _may_resume(change, task)]
        change.title = f"恢復 {named(ready)}：{reason}" if ready else "恢復任務"
        for task in ready:
            entries = reports.of_lead(change.session, task)
            told = next((entry.state for entry in reversed(entries) if entry.state is not None), None)
            task.task_state = told or (TaskState.IN_PROGRESS if task.percent else TaskState.NOT_STARTED)
            _noted(task, f"恢復：{reason}")
            change.session.add(
                CourseStep(assignment_id=task.id, kind=CourseKind.RESUMED, on=on or date.today(), reason=reason)
            )
    return change.changes


def _may_resume(change: Change, task: Assignment) -> bool:
    if task.task_state is not TaskState.WITHDRAWN:
        change.notes.append(f"{task.code} 沒有撤銷，不用恢復。")
        return False
    ends = (CourseKind.WITHDRAWN, CourseKind.MERGED)
    query = select(CourseStep).where(CourseStep.assignment_id == task.id, CourseStep.kind.in_(ends))
    last = change.session.scalars(query.order_by(CourseStep.id.desc())).first()
    if last is not None and last.kind is CourseKind.MERGED:
        change.notes.append(f"{task.code} 已併入別的任務，沒有恢復；要分開請撤銷那次「併入」。")
        return False
    return True


def merge(database: Database, *, ids: Sequence[int], into: int, reason: str, on: date | None = None) -> Changes:
    """Merge assignments into one of them or another (併入): it goes on, with their units as co-operating ones.

    The merged ones are withdrawn; their reports stay theirs. Raises :class:`Refused` where ``into`` is withdrawn
    or nothing but it was chosen.
    """
    reason = _reason(reason, "併入任務")
    with database.change("併入任務", operation="course.merge") as change:
        target = chosen(change.session, [into])[0]
        tasks = [task for task in chosen(change.session, ids) if task.id != into]
        if not tasks:
            raise Refused("請至少選擇兩項任務，再選其中一項繼續辦理。")
        if target.task_state in CLOSED:
            raise Refused(
                "{code} 已經{state}，不能併入。請選擇還在辦理的任務。", code=target.code, state=_ended(target)
            )
        ready = [task for task in tasks if _is_open(change, task)]
        change.title = f"{named(ready)} 併入 {target.code}：{reason}" if ready else "併入任務"
        for task in ready:
            _merge(change, task, target, reason, on or date.today())
    return change.changes


def _merge(change: Change, task: Assignment, target: Assignment, reason: str, on: date) -> None:
    helpers = [line.unit_id for line in (*target.others, *task.others)]
    put_others(target, [*helpers, *([task.lead_id] if task.lead_id else [])])
    if task.deadline_on and (target.deadline_on is None or task.deadline_on < target.deadline_on):
        change.notes.append(
            f"{task.code} 的時限「{task.deadline_text or task.deadline_on}」更早，{target.code} 的時限沒有改。"
        )
    task.task_state = TaskState.WITHDRAWN
    _noted(task, f"併入 {target.code}：{reason}")
    change.session.add(
        CourseStep(assignment_id=task.id, kind=CourseKind.MERGED, on=on, reason=reason, other_id=target.id)
    )


def _ended(task: Assignment) -> str:
    return "完成" if task.task_state is TaskState.DONE else "撤銷"


def _is_open(change: Change, task: Assignment) -> bool:
    if task.task_state in CLOSED:
        change.notes.append(f"{task.code} 已經{_ended(task)}，沒有改動。")
        return False
    return True


def hand_over(
    database: Database, *, ids: Sequence[int], to: int, reason: str, on: date | None = None, stays: bool = False
) -> Changes:
    """Hand assignments to another lead unit in the course of the year (移交), from a day on.

    Reports made before stay those of the unit that led then. Person and contact belonged to the old unit and are
    emptied; the county leader in charge is the new unit's. With ``stays`` the old unit goes on as a co-operating one.
    """
    reason = _reason(reason, "移交任務")
    with database.change("移交任務", operation="course.hand_over") as change:
        unit = units.get(change.session, to)
        if unit.ended_on is not None:
            raise Refused("「{name}」已於 {on} 撤銷，不能接辦。請選擇接續它的單位。", name=unit.name, on=unit.ended_on)
        ready = [task for task in chosen(change.session, ids) if _may_hand_over(change, task, unit)]
        change.title = f"{named(ready)} 移交「{unit.name}」：{reason}" if ready else "移交任務"
        for task in ready:
            old = task.lead_id
            step = CourseStep(
                assignment_id=task.id,
                kind=CourseKind.HANDED_OVER,
                on=on or date.today(),
                reason=reason,
                from_unit_id=old,
                to_unit_id=unit.id,
            )
            change.session.add(step)
            task.lead_id, task.lead_reason = unit.id, ""
            task.leader, task.person, task.contact = unit.leader, "", ""
            helpers = [line.unit_id for line in task.others]
            put_others(task, [*helpers, *([old] if stays and old else [])])
    return change.changes


def _may_hand_over(change: Change, task: Assignment, unit: Unit) -> bool:
    if task.lead_id == unit.id:
        change.notes.append(f"{task.code} 已由「{unit.name}」牽頭，沒有改動。")
        return False
    return _is_open(change, task)
