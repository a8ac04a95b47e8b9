"""Reports returned to their unit for correction (退回補正): with a reason, until the unit reports again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import reports
from db.assignments import chosen, named
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import Assignment, CourseStep, Plan
from db.terms import CourseKind, ReportState, TaskState


@dataclass(frozen=True, slots=True)
class SentBack:
    """A report that waits to be corrected: whose it is, of which period, since when and why."""

    assignment: int
    code: str
    unit: str
    period: str
    on: date | None
    reason: str


def send_back(database: Database, *, ids: Sequence[int], reason: str, on: date | None = None) -> Changes:
    """Return the last report of each task's lead unit for correction; the task's next report clears it.

    What was reported stays as it is until then. A task without a report, a withdrawn one and one whose report is
    returned already are left alone, with a note.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("退回補正要寫明原因。")
    with database.change("退回補正", operation="sendback.send_back") as change:
        ready = [task for task in chosen(change.session, ids) if _may_go_back(change, task)]
        change.title = f"退回 {named(ready)} 補正：「{reason}」" if ready else "退回補正"
        for task in ready:
            task.report_state = ReportState.RETURNED
            change.session.add(
                CourseStep(assignment_id=task.id, kind=CourseKind.SENT_BACK, on=on or date.today(), reason=reason)
            )
    return change.changes


def _may_go_back(change: Change, task: Assignment) -> bool:
    if task.task_state is TaskState.WITHDRAWN:
        change.notes.append(f"{task.code} 已經撤銷，沒有退回。")
    elif not reports.of_lead(change.session, task):
        change.notes.append(f"{task.code} 還沒有填報，沒有可退回的。")
    elif task.report_state is ReportState.RETURNED:
        change.notes.append(f"{task.code} 早已退回，還沒有重報。")
    else:
        return True
    return False


def of_task(session: Session, task: Assignment) -> SentBack | None:
    """Return which report of a task waits to be corrected, None where none does."""
    return _told(session, task) if task.report_state is ReportState.RETURNED else None


def listed(session: Session, *, year: int | None = None) -> list[SentBack]:
    """Return the reports that wait to be corrected, of one plan year or of all, in the order of the codes."""
    query = (
        select(Assignment)
        .join(Plan, Assignment.plan_id == Plan.id)
        .where(Assignment.report_state == ReportState.RETURNED, Assignment.task_state != TaskState.WITHDRAWN)
        .order_by(Assignment.code)
    )
    if year is not None:
        query = query.where(Plan.year == year)
    return [_told(session, task) for task in session.scalars(query)]


def _told(session: Session, task: Assignment) -> SentBack:
    """``reason`` is empty where the state was set by hand."""
    query = select(CourseStep).where(CourseStep.assignment_id == task.id, CourseStep.kind == CourseKind.SENT_BACK)
    step = session.scalars(query.order_by(CourseStep.id.desc())).first()
    entries = reports.of_lead(session, task)
    return SentBack(
        task.id,
        task.code,
        task.lead.name if task.lead else "",
        entries[-1].period if entries else "",
        step.on if step else None,
        step.reason if step else "",
    )
