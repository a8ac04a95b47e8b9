"""Reports (進展) on assignments: a new entry each time, never an overwritten one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.assignments import FULL, by_code
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Assignment, ProgressEntry, Unit
from db.terms import ReportState, TaskState

_PERIOD = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Report:
    """What a unit reports for a period (``2022-06``); None and empty say nothing. ``percent`` is 0-100."""

    period: str
    percent: int | None = None
    state: TaskState | None = None
    text: str = ""
    problem: str = ""
    next_step: str = ""
    finished_on: date | None = None
    source: str = "填報"


def add(database: Database, *, code: str, report: Report) -> Changes:
    """Enter a report of the lead unit; it sets the task's own percent and state.

    Raises :class:`Refused` for a period or percentage that is none, and for a completion without its date.
    """
    if not _PERIOD.fullmatch(report.period):
        raise Refused("報送期「{period}」應寫成 2022-06 的樣子。", period=report.period)
    if report.percent is not None and not 0 <= report.percent <= FULL:
        raise Refused("進度應在 0 到 100 之間，不能是 {percent}。", percent=report.percent)
    if report.state is TaskState.DONE and report.finished_on is None:
        raise Refused("填報完成時要寫完成日期。")
    with database.change("填報進展", operation="progress.add") as change:
        task = by_code(change.session, code)
        change.title = f"填報 {task.code}（{report.period}）"
        change.session.add(
            ProgressEntry(
                assignment_id=task.id,
                unit_id=task.lead_id,
                period=report.period,
                percent=report.percent,
                state=report.state,
                text=report.text,
                problem=report.problem,
                next_step=report.next_step,
                finished_on=report.finished_on,
                source=report.source,
            )
        )
        _carry_over(task, report)
    return change.changes


def _carry_over(task: Assignment, report: Report) -> None:
    task.report_state = ReportState.REPORTED
    if report.percent is not None:
        task.percent = report.percent
    if report.state is not None:
        task.task_state = report.state
    elif report.percent and task.task_state is TaskState.NOT_STARTED:
        task.task_state = TaskState.IN_PROGRESS


class Latest(NamedTuple):
    """The last report on an assignment."""

    assignment: int
    period: str
    text: str
    problem: str
    next_step: str


def latest(session: Session, assignments: Sequence[int]) -> dict[int, Latest]:
    """Return the last report of each assignment that has one: of its latest period, entered last."""
    newest_first = (ProgressEntry.period.desc(), ProgressEntry.id.desc())
    place = func.row_number().over(partition_by=ProgressEntry.assignment_id, order_by=newest_first)
    ranked = (
        select(ProgressEntry.id, place.label("place")).where(ProgressEntry.assignment_id.in_(assignments)).subquery()
    )
    query = (
        select(
            ProgressEntry.assignment_id,
            ProgressEntry.period,
            ProgressEntry.text,
            ProgressEntry.problem,
            ProgressEntry.next_step,
        )
        .join(ranked, ranked.c.id == ProgressEntry.id)
        .where(ranked.c.place == 1)
    )
    return {found[0]: Latest(*found) for found in session.execute(query)}


def listed(session: Session) -> list[tuple[ProgressEntry, Assignment, Unit | None]]:
    """Return all entries with their task and unit, oldest first."""
    query = (
        select(ProgressEntry, Assignment, Unit)
        .join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        .outerjoin(Unit, ProgressEntry.unit_id == Unit.id)
        .order_by(ProgressEntry.id)
    )
    return [(entry, task, unit) for entry, task, unit in session.execute(query)]
