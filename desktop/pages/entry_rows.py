"""What the page 填報 shows, read in one go as plain values: the list to go through, and one task with its reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from db.evidence import EvidenceLine
from db.terms import ReportState, TaskState, UnitRole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.models import Assignment
    from db.sendback import SentBack

CHUNK = 500  # ids named in one query


class Scope(Enum):
    """Which tasks the list goes through."""

    MISSING = "未報"
    RETURNED = "退回補正"
    ALL = "全部在辦"
    DRAFTS = "有草稿"
    GIVEN = "臺賬所選"


@dataclass(frozen=True, slots=True)
class Line:
    """A task in the list. ``reported``: its lead unit has reported for the period, and nothing is to be corrected."""

    id: int
    code: str
    text: str
    unit: str
    percent: int | None
    reported: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is shown beside the form."""

    id: int
    period: str
    unit_id: int | None
    unit: str
    percent: int | None
    state: TaskState | None
    text: str
    problem: str
    next_step: str
    finished_on: date | None
    source: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A unit that may report on the task; ``id`` is None where no lead unit is named."""

    id: int | None
    name: str
    role: UnitRole


@dataclass(frozen=True, slots=True)
class Card:
    """One task with everything the form and what stands beside it need. ``entries`` are the newest first."""

    id: int
    code: str
    text: str
    measure: str
    deadline: str
    percent: int | None
    state: TaskState
    parties: tuple[Party, ...]
    entries: tuple[Told, ...]
    draft: dict[str, Any] | None
    draft_at: datetime | None
    sent_back: SentBack | None = None  # the report that was returned and waits to be corrected

    def last(self, unit: int | None) -> Told | None:
        """Return the last entry of a unit."""
        return next((entry for entry in self.entries if entry.unit_id == unit), None)


def running_period(session: Session, today: date) -> str:
    """Return the period to report for: that of the last sending where it is recent, else the running one.

    Where the latest year that has a plan is over, it is that year's last one.
    """
    from sqlalchemy import func, select

    from db import periods, reports, settings
    from db.models import Plan, ProgressEntry

    last_month = today.replace(day=1) - timedelta(days=1)
    asked = reports.asked_period(session)
    if asked is not None and asked >= last_month.strftime("%Y-%m"):
        return asked
    latest = session.scalar(select(func.max(Plan.year)))
    if latest is None or latest >= today.year:
        return periods.running(settings.office(session), today)
    last = session.scalar(select(func.max(ProgressEntry.period)).where(ProgressEntry.period < f"{latest + 1}"))
    return last if last and last >= f"{latest}" else f"{latest}-{today.month:02}"


def beginning(session: Session, today: date) -> tuple[str, int]:
    """Return the running period and how many drafts wait to be gone on with."""
    from db import entrydrafts

    return running_period(session, today), len(entrydrafts.listed(session))


def lines(session: Session, *, scope: Scope, period: str, given: Sequence[int] = ()) -> list[Line]:
    """Return the list of a scope for a period, in the order of the ledger or as given."""
    from db import entrydrafts, reports, sendback

    if scope is Scope.MISSING:
        wanted: Sequence[int] = reports.unreported(session, period=period)
    elif scope is Scope.RETURNED:
        wanted = [one.assignment for one in sendback.listed(session, year=int(period[:4]))]
    elif scope is Scope.ALL:
        wanted = reports.open_tasks(session, year=int(period[:4]))
    elif scope is Scope.DRAFTS:
        wanted = [draft.assignment for draft in entrydrafts.listed(session)]
    else:
        wanted = given
    found = {line.id: line for chunk in _chunks(wanted) for line in _lines(session, chunk, period)}
    return [found[one] for one in wanted if one in found]


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _lines(session: Session, ids: Sequence[int], period: str) -> list[Line]:
    from sqlalchemy import func, select

    from db import reports
    from db.models import Assignment, EntryDraft, ProgressEntry, Unit, WorkPoint

    entry = select(func.max(ProgressEntry.period)).where(
        ProgressEntry.assignment_id == Assignment.id, ProgressEntry.unit_id == Assignment.lead_id
    )
    returned = (Assignment.report_state == ReportState.RETURNED) & (entry.scalar_subquery() == period)
    draft = select(EntryDraft.id).where(EntryDraft.assignment_id == Assignment.id).exists()
    query = (
        select(
            Assignment.id,
            Assignment.code,
            Assignment.measure,
            WorkPoint.text,
            Unit.name,
            Assignment.percent,
            reports.has_reported(period),
            returned,
            draft,
        )
        .outerjoin(WorkPoint, Assignment.point_id == WorkPoint.id)
        .outerjoin(Unit, Assignment.lead_id == Unit.id)
        .where(Assignment.id.in_(ids))
    )
    return [
        Line(number, code, measure or text or "", unit or "", percent, reported and not to_correct, has_draft)
        for number, code, measure, text, unit, percent, reported, to_correct, has_draft in session.execute(query)
    ]


def card(session: Session, assignment: int) -> Card | None:
    """Return a task with its reports and its draft, None where it is gone."""
    from db import entrydrafts, sendback
    from db.models import Assignment

    task = session.get(Assignment, assignment)
    if task is None:
        return None
    draft = next(iter(entrydrafts.listed(session, assignment=assignment)), None)
    return Card(
        id=task.id,
        code=task.code,
        text=task.point.text if task.point else task.measure,
        measure=task.measure if task.point else "",
        deadline=task.deadline_text or (task.deadline_on.isoformat() if task.deadline_on else ""),
        percent=task.percent,
        state=task.task_state,
        parties=tuple(_parties(session, task)),
        entries=tuple(_entries(session, assignment)),
        draft=dict(draft.content) if draft else None,
        draft_at=draft.saved_at if draft else None,
        sent_back=sendback.of_task(session, task),
    )


def _parties(session: Session, task: Assignment) -> Iterable[Party]:
    from db import reports
    from db.models import Unit

    for place, unit in enumerate(reports.parties(session, task)):
        name = session.get_one(Unit, unit).name if unit is not None else ""
        yield Party(unit, name, UnitRole.LEAD if place == 0 else UnitRole.CO)


def _entries(session: Session, assignment: int) -> Iterable[Told]:
    from sqlalchemy import select

    from db import evidence
    from db.models import ProgressEntry, Unit

    query = (
        select(ProgressEntry, Unit.name)
        .outerjoin(Unit, ProgressEntry.unit_id == Unit.id)
        .where(ProgressEntry.assignment_id == assignment)
        .order_by(ProgressEntry.period.desc(), ProgressEntry.id.desc())
    )
    found = [(entry, name or "") for entry, name in session.execute(query)]
    kept = evidence.of_entries(session, [entry.id for entry, _ in found])
    return [
        Told(
            entry.id,
            entry.period,
            entry.unit_id,
            name,
            entry.percent,
            entry.state,
            entry.text,
            entry.problem,
            entry.next_step,
            entry.finished_on,
            entry.source,
            tuple(kept.get(entry.id, ())),
        )
        for entry, name in found
    ]
