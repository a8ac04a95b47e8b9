"""Reports (進展) on assignments: a new entry each time, never an overwritten one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import entrydrafts, evidence, reports
from db.assignments import FULL, by_code
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Assignment, ProgressEntry, Unit
from db.reports import Latest, latest
from db.terms import ReportState, TaskState

__all__ = [
    "SOURCES",
    "Latest",
    "LowerPercent",
    "Report",
    "add",
    "carry_over",
    "checked_period",
    "enter",
    "latest",
    "listed",
]

_PERIOD = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
SOURCES = ("填報", "紙質", "表格", "微信", "郵件", "電話")  # how a report reached the office (來源)


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
    source: str = SOURCES[0]


class LowerPercent(Refused):
    """A percent below what was reported before: a question, not a mistake. ``earlier`` is the one before."""

    def __init__(self, code: str, entry: ProgressEntry, percent: int) -> None:
        super().__init__(
            "{code} 在 {period} 已報進度 {earlier}%，這次 {percent}% 比上次低，還沒有存入。確實降低的，請確認。",
            code=code,
            period=entry.period,
            earlier=entry.percent,
            percent=percent,
        )
        self.earlier = entry.percent


def add(
    database: Database,
    *,
    code: str,
    report: Report,
    unit: int | None = None,
    lower_agreed: bool = False,
    files: Sequence[evidence.Attachment] = (),
) -> Changes:
    """Enter a report with its evidence; ``unit`` is its author, the lead unit where None.

    The lead unit's report sets the task's own percent and state, see :func:`enter`. A draft of the same report is
    gone with it. Raises :class:`Refused` for what breaks a rule and :class:`LowerPercent` for what has to be agreed.
    """
    with database.change("填報進展", operation="progress.add") as change:
        task = by_code(change.session, code)
        change.title = f"填報 {task.code}（{report.period}）"
        if not files:
            _refuse_empty(report)
        entry = enter(change.session, task=task, report=report, unit=unit, lower_agreed=lower_agreed)
        change.notes += evidence.attach(change.session, entry, files)
        entrydrafts.drop(change.session, assignment=task.id)
        if task.percent is not None and entry.unit_id == task.lead_id and entry.percent not in (None, task.percent):
            change.notes.append(f"任務進度保持 {task.percent}%：由經辦人定，或以更晚一期的填報為準。")
    return change.changes


def enter(
    session: Session, *, task: Assignment, report: Report, unit: int | None = None, lower_agreed: bool = False
) -> ProgressEntry:
    """Enter a report inside a running change and return its entry.

    The task's own percent, task state and report state follow the last report of the lead unit, unless the clerk
    has set the percent otherwise by hand; entries of co-operating units leave them alone. Raises as :func:`add`.
    """
    author = unit if unit is not None else task.lead_id
    _check(session, task, report, author)
    before = reports.before(session, task, unit=author, period=report.period)
    if (
        before is not None
        and report.percent is not None
        and report.percent < (before.percent or 0)
        and not lower_agreed
    ):
        raise LowerPercent(task.code, before, report.percent)
    led_before = reports.of_lead(session, task)
    entry = ProgressEntry(
        assignment_id=task.id,
        unit_id=author,
        period=report.period,
        percent=report.percent,
        state=report.state,
        text=report.text.strip(),
        problem=report.problem.strip(),
        next_step=report.next_step.strip(),
        finished_on=report.finished_on,
        source=report.source,
    )
    session.add(entry)
    session.flush()
    if author == task.lead_id:
        carry_over(session, task, led_before, reports.of_lead(session, task))
    return entry


def checked_period(period: str) -> str:
    """Return a period that is one (``2022-06``); raise :class:`Refused` for any other text."""
    if not _PERIOD.fullmatch(period):
        raise Refused("報送期「{period}」應寫成 2022-06 的樣子。", period=period)
    return period


def _check(session: Session, task: Assignment, report: Report, author: int | None) -> None:
    checked_period(report.period)
    if report.percent is not None and not 0 <= report.percent <= FULL:
        raise Refused("進度應在 0 到 100 之間，不能是 {percent}。", percent=report.percent)
    if report.state is TaskState.DONE and report.finished_on is None:
        raise Refused("填報完成時要寫完成日期。")
    if report.state is TaskState.WITHDRAWN:
        raise Refused("撤銷任務不用填報：請用「撤銷任務」，並寫明原因。")
    if task.task_state is TaskState.WITHDRAWN:
        raise Refused("{code} 已經撤銷，不能填報。要繼續辦理，請先恢復這項任務。", code=task.code)
    if author not in reports.parties(session, task):
        name = session.get_one(Unit, author).name if author else "—"
        raise Refused("「{name}」不是 {code} 的牽頭或責任單位。請先在臺賬裏加上。", name=name, code=task.code)


def _refuse_empty(report: Report) -> None:
    said = (report.percent, report.state, report.finished_on)
    if all(one is None for one in said) and not (report.text + report.problem + report.next_step).strip():
        raise Refused("沒有填寫任何內容，沒有存入。請至少填進度、狀態、進展情況中的一項。")


def carry_over(session: Session, task: Assignment, before: list[ProgressEntry], now: list[ProgressEntry]) -> None:
    """Let the task follow its lead unit's reports: ``before`` and ``now`` are those without and with the new one.

    A report of an earlier period than the running one leaves the report state alone, unless it was returned.
    """
    told, tells = reports.percent_of(before), reports.percent_of(now)
    if task.percent in (None, told):
        task.percent = tells
    state = next((entry.state for entry in reversed(now) if entry.state is not None), None)
    if state is not None:
        task.task_state = state
    elif tells and task.task_state is TaskState.NOT_STARTED:
        task.task_state = TaskState.IN_PROGRESS
    known = {entry.id for entry in before}
    running = now[-1].period
    if task.report_state is not ReportState.RETURNED:  # what was asked to be corrected may be of an earlier period
        running = max(running, reports.asked_period(session) or "")
    if any(entry.period >= running for entry in now if entry.id not in known):
        task.report_state = ReportState.REPORTED


def mark_missing(database: Database, *, period: str) -> Changes:
    """Say of the open tasks that have no report of their lead unit for a period that it is missing (未報)."""
    checked_period(period)
    with database.change("標記未報", operation="progress.mark_missing") as change:
        missing = reports.unreported(change.session, period=period)
        change.title = f"標記 {period} 未報：{len(missing)} 項"
        for number in missing:
            change.session.get_one(Assignment, number).report_state = ReportState.MISSING
    return change.changes


def listed(session: Session, *, period: str | None = None) -> list[tuple[ProgressEntry, Assignment, Unit | None]]:
    """Return all entries, or those of one period, with their task and unit, oldest first."""
    query = (
        select(ProgressEntry, Assignment, Unit)
        .join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        .outerjoin(Unit, ProgressEntry.unit_id == Unit.id)
        .order_by(ProgressEntry.id)
    )
    if period is not None:
        query = query.where(ProgressEntry.period == period)
    return [(entry, task, unit) for entry, task, unit in session.execute(query)]
