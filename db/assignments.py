"""Assignments (任務): adding, correcting, accepting, withdrawing. Proposals are made in ``db.proposals``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.codes import make_code, tidy
from db.database import Database
from db.drafts import DeadlineDraft
from db.errors import Refused
from db.keepers import user_of
from db.models import Assignment, AssignmentUnit, CourseStep, Plan, Unit, WorkPoint
from db.terms import CourseKind, DeadlineKind, TaskState

EDITABLE = frozenset(
    {
        "measure",
        "target",
        "lead_id",
        "leader",
        "person",
        "contact",
        "deadline_text",
        "deadline_on",
        "deadline_kind",
        "task_state",
        "report_state",
        "percent",
        "note",
        "position",
    }
)
FULL = 100
LAST = 999


def by_code(session: Session, code: str) -> Assignment:
    """Return the assignment with a typed or printed code; raise :class:`Refused` where none has it."""
    from db.codes import is_valid

    wanted = tidy(code)
    found = session.scalars(select(Assignment).where(Assignment.code == wanted)).first()
    if found is None and not is_valid(wanted):
        raise Refused("編號「{code}」有錯字（校驗字符不符）。請對照臺賬重新輸入。", code=code)
    if found is None:
        raise Refused("臺賬裏沒有編號「{code}」。", code=code)
    return found


def next_number(session: Session, point: WorkPoint) -> int:
    """Return the number of a point's next assignment; numbers of withdrawn ones are not given again."""
    used = session.scalars(select(Assignment.code).where(Assignment.point_id == point.id)).all()
    return max((int(code.rsplit("-", 1)[1][:-1]) for code in used), default=0) + 1


def new_assignment(session: Session, plan: Plan, point: WorkPoint) -> Assignment:
    """Return a new, unconfirmed assignment of a point with its code, at the end of the point's own."""
    number = next_number(session, point)
    code = make_code(year=plan.year, mark=plan.mark, point=point.ordinal, number=number)
    assignment = Assignment(plan_id=plan.id, point_id=point.id, code=code, position=number)
    session.add(assignment)
    return assignment


def add(
    database: Database,
    *,
    point: int,
    measure: str = "",
    lead: int | None = None,
    others: Sequence[int] = (),
    leader: str = "",
    deadline: DeadlineDraft | None = None,
) -> Changes:
    """Add an assignment to a point by hand; it counts as confirmed. ``others`` are its co-operating units."""
    with database.change("添加任務", operation="assignments.add") as change:
        row = change.session.get(WorkPoint, point)
        if row is None:
            raise Refused("這條要點已不存在。請刷新後再試。")
        task = new_assignment(change.session, row.plan, row)
        task.measure, task.lead_id, task.leader, task.confirmed = measure, lead, leader, True
        if deadline is not None:
            task.deadline_text, task.deadline_on = deadline.text, deadline.date
            task.deadline_kind = deadline.kind if deadline.date is None else DeadlineKind.FIXED
        if others:
            change.session.flush()
            put_others(task, others)
        change.title = f"添加任務 {task.code}"
    return change.changes


def chosen(session: Session, ids: Sequence[int]) -> Sequence[Assignment]:
    """Return the assignments with these ids; raise :class:`Refused` where one is gone."""
    found = session.scalars(select(Assignment).where(Assignment.id.in_(ids)).order_by(Assignment.id)).all()
    if len(found) != len(set(ids)):
        raise Refused("選中的任務有些已不存在。請刷新後再試。")
    return found


def named(tasks: Sequence[Assignment]) -> str:
    """Return what an operation's title calls these assignments: the code of one, the number of several."""
    return tasks[0].code if len(tasks) == 1 else f"{len(tasks)} 項任務"


def edit(database: Database, *, ids: Sequence[int], fields: Mapping[str, object]) -> Changes:
    """Set the same fields (see :data:`EDITABLE`) on one or many assignments as one step.

    ``position`` is the place among the assignments of the same point, from 1. Raises :class:`Refused` for a
    percentage outside 0-100 and for a place that is none.
    """
    unknown = set(fields) - EDITABLE
    if unknown:
        message = f"not editable: {sorted(unknown)}"
        raise ValueError(message)
    percent = fields.get("percent")
    if isinstance(percent, int) and not 0 <= percent <= FULL:
        raise Refused("進度應在 0 到 100 之間，不能是 {percent}。", percent=percent)
    position = fields.get("position")
    if isinstance(position, int) and not 1 <= position <= LAST:
        raise Refused("順序應在 1 到 {last} 之間，不能是 {position}。", last=LAST, position=position)
    with database.change("修改任務", operation="assignments.edit") as change:
        tasks = chosen(change.session, ids)
        change.title = f"修改 {named(tasks)}"
        for task in tasks:
            for key, value in fields.items():
                setattr(task, key, value)
            if fields.get("lead_id") is not None:
                task.lead_reason = ""
                _drop_lead_from_others(task)
            elif "lead_id" in fields and not task.lead_reason:
                task.lead_reason = "牽頭單位由經辦人清空，待指定。"
            if not task.deadline_text and task.deadline_on is None:
                task.deadline_kind = DeadlineKind.NONE
    return change.changes


def _drop_lead_from_others(task: Assignment) -> None:
    for line in [line for line in task.others if line.unit_id == task.lead_id]:
        task.others.remove(line)


def set_others(database: Database, *, ids: Sequence[int], units: Iterable[int]) -> Changes:
    """Give assignments exactly these co-operating units (責任單位), in order; the lead is left out."""
    wanted = list(dict.fromkeys(units))
    with database.change("修改責任單位", operation="assignments.set_others") as change:
        tasks = chosen(change.session, ids)
        change.title = f"修改 {named(tasks)} 的責任單位"
        for task in tasks:
            put_others(task, wanted)
    return change.changes


def put_others(task: Assignment, units: Sequence[int]) -> None:
    """Set the co-operating units of one assignment inside a running change."""
    wanted = [unit for unit in dict.fromkeys(units) if unit != task.lead_id]
    if wanted != [line.unit_id for line in task.others]:
        task.others[:] = [AssignmentUnit(position=place, unit_id=unit) for place, unit in enumerate(wanted, start=1)]


def accept(database: Database, *, ids: Sequence[int]) -> Changes:
    """Confirm proposed assignments (採納). One without a lead unit is left as a proposal and named in the notes."""
    with database.change("採納任務", operation="assignments.accept") as change:
        tasks = chosen(change.session, ids)
        ready = [task for task in tasks if task.lead_id is not None and not task.confirmed]
        for task in tasks:
            if task.lead_id is None and not task.confirmed:
                change.notes.append(f"{task.code} 還沒有牽頭單位，未採納：{task.lead_reason}")
        for task in ready:
            task.confirmed = True
        change.title = f"採納 {named(ready)}" if ready else "採納任務"
    return change.changes


def withdraw(database: Database, *, ids: Sequence[int], reason: str, on: date | None = None) -> Changes:
    """Withdraw assignments (撤銷任務) on a day, today where None, with a reason; they stay in the ledger's history."""
    reason = reason.strip()
    if not reason:
        raise Refused("撤銷任務要寫明原因。")
    with database.change("撤銷任務", operation="assignments.withdraw") as change:
        tasks = chosen(change.session, ids)
        ready = [task for task in tasks if task.task_state is not TaskState.WITHDRAWN]
        change.notes += [f"{task.code} 早已撤銷，沒有改動。" for task in tasks if task not in ready]
        change.title = f"撤銷 {named(ready)}：{reason}" if ready else "撤銷任務"
        for task in ready:
            task.task_state = TaskState.WITHDRAWN
            task.note = "；".join(part for part in (task.note, f"撤銷：{reason}") if part)
            change.session.add(
                CourseStep(assignment_id=task.id, kind=CourseKind.WITHDRAWN, on=on or date.today(), reason=reason)
            )
    return change.changes


def remove_proposals(database: Database, *, ids: Sequence[int]) -> Changes:
    """Throw away proposals that were never confirmed and that nothing refers to."""
    with database.change("刪除擬辦任務", operation="assignments.remove_proposals") as change:
        tasks = chosen(change.session, ids)
        confirmed = [task.code for task in tasks if task.confirmed]
        if confirmed:
            raise Refused("{code} 已經採納，不能刪除；請用「撤銷任務」。", code=confirmed[0])
        change.title = f"刪除擬辦的 {named(tasks)}"
        for task in tasks:
            user = user_of(change.session, task)
            if user is not None:
                raise Refused("{code} 已用於{user}，不能刪除；請用「撤銷任務」。", code=task.code, user=user)
            change.session.delete(task)
    return change.changes


def count_by_lead(session: Session, *, plan: int | None = None) -> list[tuple[Unit | None, int]]:
    """Return how many assignments each lead unit has, most first."""
    query = select(Assignment.lead_id, func.count()).group_by(Assignment.lead_id).order_by(func.count().desc())
    if plan is not None:
        query = query.where(Assignment.plan_id == plan)
    return [(session.get(Unit, lead) if lead else None, count) for lead, count in session.execute(query)]
