"""The ledger (工作臺賬) as rows of plain values, for the table on screen and the sheets on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from db import progress
from db.models import Assignment, Plan, ProgressEntry, WorkPoint
from db.terms import DeadlineKind, ReportState, TaskState, UnitRole


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One assignment with everything the ledger shows of it. ``sequence`` counts the rows from 1.

    ``point_lead`` and ``point_others`` are the names in the notice; ``lead`` and ``others`` the county's units.
    """

    sequence: int
    id: int
    code: str
    plan_id: int
    plan: str
    section: str
    point_id: int | None
    point_number: str
    point_text: str
    point_lead: tuple[str, ...]
    point_others: tuple[str, ...]
    standing_units: tuple[str, ...]
    measure: str
    target: str
    lead_id: int | None
    lead: str
    lead_reason: str
    others: tuple[str, ...]
    leader: str
    person: str
    contact: str
    deadline_text: str
    deadline_on: date | None
    deadline_kind: DeadlineKind
    confirmed: bool
    task_state: TaskState
    report_state: ReportState
    percent: int | None
    progress: str
    problem: str
    next_step: str
    note: str

    @property
    def deadline(self) -> str:
        """Return the deadline as printed: its wording, else its date."""
        return self.deadline_text or (self.deadline_on.isoformat() if self.deadline_on else "")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows with what stands above them on paper."""

    title: str
    doc_no: str
    year: int | None
    rows: tuple[LedgerRow, ...]


def read(session: Session, *, plan: int | None = None, with_withdrawn: bool = False) -> Ledger:
    """Return the ledger of one plan, or of all of them in order."""
    query = (
        select(Assignment)
        .join(Plan, Assignment.plan_id == Plan.id)
        .outerjoin(WorkPoint, Assignment.point_id == WorkPoint.id)
        .options(
            joinedload(Assignment.plan),
            joinedload(Assignment.lead),
            selectinload(Assignment.others),
            joinedload(Assignment.point).selectinload(WorkPoint.units),
            joinedload(Assignment.point).joinedload(WorkPoint.section),
        )
        .order_by(
            Plan.year.desc(), Plan.position, func.coalesce(WorkPoint.position, 0), Assignment.position, Assignment.id
        )
    )
    if plan is not None:
        query = query.where(Assignment.plan_id == plan)
    tasks = session.scalars(query).unique().all()
    reports = progress.latest(session, [task.id for task in tasks])
    kept = [task for task in tasks if with_withdrawn or task.task_state is not TaskState.WITHDRAWN]
    rows = tuple(_row(place, task, reports.get(task.id)) for place, task in enumerate(kept, start=1))
    return Ledger(*_heading(kept), rows)


def _heading(tasks: list[Assignment]) -> tuple[str, str, int | None]:
    plans = list({task.plan_id: task.plan for task in tasks}.values())
    numbers = dict.fromkeys(p.document.doc_no for p in plans if p.document and p.document.doc_no)
    years = {p.year for p in plans}
    titles = [p.title for p in plans]
    title = titles[0] if len(titles) == 1 else ""
    return title, "、".join(numbers), years.pop() if len(years) == 1 else None


def _row(place: int, task: Assignment, report: ProgressEntry | None) -> LedgerRow:
    point = task.point
    return LedgerRow(
        sequence=place,
        id=task.id,
        code=task.code,
        plan_id=task.plan_id,
        plan=task.plan.title,
        section=point.section.title if point and point.section else "",
        point_id=task.point_id,
        point_number=point.number if point else "",
        point_text=point.text if point else "",
        point_lead=tuple(point.named(UnitRole.LEAD)) if point else (),
        point_others=(*point.named(UnitRole.CO), *point.named(UnitRole.GROUP)) if point else (),
        standing_units=tuple(unit.name for unit in task.plan.standing_units),
        measure=task.measure,
        target=task.target,
        lead_id=task.lead_id,
        lead=task.lead.name if task.lead else "",
        lead_reason=task.lead_reason,
        others=tuple(line.unit.name for line in task.others),
        leader=task.leader,
        person=task.person,
        contact=task.contact,
        deadline_text=task.deadline_text,
        deadline_on=task.deadline_on,
        deadline_kind=task.deadline_kind,
        confirmed=task.confirmed,
        task_state=task.task_state,
        report_state=task.report_state,
        percent=task.percent,
        progress=report.text if report else "",
        problem=report.problem if report else "",
        next_step=report.next_step if report else "",
        note=task.note,
    )


def renumbered(rows: list[LedgerRow]) -> list[LedgerRow]:
    """Return the rows of a filtered view with their sequence counted anew."""
    return [replace(row, sequence=place) for place, row in enumerate(rows, start=1)]
