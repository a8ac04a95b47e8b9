"""The ledger (工作臺賬) as rows of plain values, for the table on screen and the sheets on paper.

Rows are made from plain columns in batches, so that a ledger of a hundred thousand tasks can be read beside a
window that goes on living, and a few changed ones can be read again by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db import progress
from db.changes import Changes
from db.lights import light_of
from db.models import (
    Assignment,
    AssignmentUnit,
    AuditRow,
    Plan,
    PointUnit,
    ProgressEntry,
    Section,
    SourceDocument,
    StandingUnit,
    Unit,
    WorkPoint,
)
from db.terms import DeadlineKind, Grouping, Light, ReportState, TaskState, UnitRole

BATCH = 500


@dataclass(slots=True)  # not frozen, which takes three times as long to make, and there are a hundred thousand
class LedgerRow:
    """One assignment with everything the ledger shows of it, never changed. ``sequence`` counts the rows from 1.

    ``point_lead`` and ``point_others`` are the names in the notice; ``lead`` and ``others`` the county's units.
    ``position`` is the place among the point's own. ``period`` is that of the last report; ``light`` is as of the
    day the row was read for.
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
    year: int = 0
    section_id: int | None = None
    other_ids: tuple[int, ...] = ()
    position: int = 0
    period: str = ""
    light: Light = Light.OPEN

    @property
    def deadline(self) -> str:
        """Return the deadline as printed: its wording, else its date."""
        return self.deadline_text or (self.deadline_on.isoformat() if self.deadline_on else "")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows with what stands above them on paper, and by what they stand together."""

    title: str
    doc_no: str
    year: int | None
    rows: tuple[LedgerRow, ...]
    grouping: Grouping = Grouping.SECTION


def read(session: Session, *, plan: int | None = None, with_withdrawn: bool = False, on: date | None = None) -> Ledger:
    """Return the ledger of one plan, or of all of them in order; ``on`` is the day of the lights, by default today."""
    wanted = ids(session, plan=plan, with_withdrawn=with_withdrawn)
    return made_of(session, [row for batch in batches(session, wanted, on=on) for row in batch])


def made_of(session: Session, rows: Sequence[LedgerRow], grouping: Grouping = Grouping.SECTION) -> Ledger:
    """Return a ledger of these rows: counted anew, under the heading that fits them."""
    return Ledger(*_heading(session, rows), tuple(renumbered(rows)), grouping)


def ids(session: Session, *, plan: int | None = None, with_withdrawn: bool = True) -> list[int]:
    """Return the ids of assignments in the ledger's order: by plan, latest year first, by point, by number."""
    query: Select[tuple[int]] = (
        select(Assignment.id)
        .join(Plan, Assignment.plan_id == Plan.id)
        .outerjoin(WorkPoint, Assignment.point_id == WorkPoint.id)
        .order_by(
            Plan.year.desc(), Plan.position, func.coalesce(WorkPoint.position, 0), Assignment.position, Assignment.id
        )
    )
    if plan is not None:
        query = query.where(Assignment.plan_id == plan)
    if not with_withdrawn:
        query = query.where(Assignment.task_state != TaskState.WITHDRAWN)
    return list(session.scalars(query))


def batches(session: Session, wanted: Sequence[int], *, on: date | None = None) -> Iterator[list[LedgerRow]]:
    """Yield the rows of these assignments in this order, some hundreds at a time; ids that are gone are left out."""
    reader = _Reader(session, on or date.today())
    for start in range(0, len(wanted), BATCH):
        yield reader.rows(wanted[start : start + BATCH], start + 1)


_COLUMNS = (
    *(Assignment.id, Assignment.code, Assignment.plan_id, Assignment.point_id, Assignment.confirmed),
    *(Assignment.measure, Assignment.target, Assignment.lead_id, Assignment.lead_reason, Assignment.leader),
    *(Assignment.person, Assignment.contact, Assignment.deadline_text, Assignment.deadline_on),
    *(Assignment.deadline_kind, Assignment.task_state, Assignment.report_state, Assignment.percent, Assignment.note),
    Assignment.position,
)


@dataclass(frozen=True, slots=True)
class _Point:
    number: str = ""
    text: str = ""
    section_id: int | None = None
    lead: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class _Reader:
    """Reads rows; what many of them share is read once and is one object in all of them."""

    def __init__(self, session: Session, on: date) -> None:
        self._session, self._on = session, on
        self._units = dict(_pairs(session, select(Unit.id, Unit.name)))
        self._sections = dict(_pairs(session, select(Section.id, Section.title)))
        self._plans = {
            plan: (title, year) for plan, title, year in session.execute(select(Plan.id, Plan.title, Plan.year))
        }
        self._standing: dict[int, list[str]] = {}
        for plan, name in session.execute(
            select(StandingUnit.plan_id, StandingUnit.name).order_by(StandingUnit.plan_id, StandingUnit.position)
        ):
            self._standing.setdefault(plan, []).append(name)
        self._points: dict[int | None, _Point] = {None: _Point()}
        self._words: dict[str, str] = {}

    def rows(self, wanted: Sequence[int], first: int) -> list[LedgerRow]:
        """Return the rows of these assignments, counted from ``first``."""
        found = {row.id: row for row in self._session.execute(select(*_COLUMNS).where(Assignment.id.in_(wanted)))}
        self._learn({row.point_id for row in found.values()} - self._points.keys())
        others = self._others(wanted)
        reports = progress.latest(self._session, wanted)
        present = (found[one] for one in wanted if one in found)
        return [
            self._row(place, task, others.get(task.id, ()), reports.get(task.id))
            for place, task in enumerate(present, start=first)
        ]

    def _learn(self, points: set[int | None]) -> None:
        """Read points that no row had before."""
        if not points:
            return
        named: dict[tuple[int, bool], list[str]] = {}
        units = select(PointUnit.point_id, PointUnit.role, PointUnit.name).where(PointUnit.point_id.in_(points))
        for point, role, name in self._session.execute(units.order_by(PointUnit.position)):
            named.setdefault((point, role is UnitRole.LEAD), []).append(name)
        columns = (WorkPoint.id, WorkPoint.number, WorkPoint.text, WorkPoint.section_id)
        for point, number, text, section in self._session.execute(select(*columns).where(WorkPoint.id.in_(points))):
            leads, others = named.get((point, True), ()), named.get((point, False), ())
            self._points[point] = _Point(number, text, section, tuple(leads), tuple(others))

    def _others(self, wanted: Sequence[int]) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        query = select(AssignmentUnit.assignment_id, AssignmentUnit.unit_id)
        query = query.where(AssignmentUnit.assignment_id.in_(wanted))
        for task, unit in self._session.execute(query.order_by(AssignmentUnit.position)):
            found.setdefault(task, []).append(unit)
        return {task: tuple(units) for task, units in found.items()}

    def _same(self, text: str) -> str:
        return self._words.setdefault(text, text)

    def _row(self, place: int, task: Row[Any], others: tuple[int, ...], report: progress.Latest | None) -> LedgerRow:
        point = self._points[task.point_id]
        plan, year = self._plans[task.plan_id]
        led = task.lead_id is not None
        state: TaskState = task.task_state
        return LedgerRow(
            sequence=place,
            id=task.id,
            code=task.code,
            plan_id=task.plan_id,
            plan=plan,
            section=self._sections[point.section_id] if point.section_id is not None else "",
            point_id=task.point_id,
            point_number=point.number,
            point_text=point.text,
            point_lead=point.lead,
            point_others=point.others,
            standing_units=tuple(self._standing.get(task.plan_id, ())),
            measure=task.measure,
            target=task.target,
            lead_id=task.lead_id,
            lead=self._units[task.lead_id] if led else "",
            lead_reason=self._same(task.lead_reason),
            others=tuple([self._units[unit] for unit in others]),
            leader=self._same(task.leader),
            person=self._same(task.person),
            contact=task.contact,
            deadline_text=self._same(task.deadline_text),
            deadline_on=task.deadline_on,
            deadline_kind=task.deadline_kind,
            confirmed=task.confirmed,
            task_state=state,
            report_state=task.report_state,
            percent=task.percent,
            progress=report.text if report else "",
            problem=report.problem if report else "",
            next_step=report.next_step if report else "",
            note=task.note,
            year=year,
            section_id=point.section_id,
            other_ids=others,
            position=task.position,
            period=self._same(report.period) if report else "",
            light=light_of(confirmed=task.confirmed, led=led, state=state, due=task.deadline_on, on=self._on),
        )


def _pairs(session: Session, query: Select[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((key, value) for key, value in session.execute(query))


def _heading(session: Session, rows: Sequence[LedgerRow]) -> tuple[str, str, int | None]:
    """Return what stands above rows: the title where one plan is in them, all document numbers, the one year."""
    plans = dict.fromkeys(row.plan_id for row in rows)
    query = select(Plan.id, SourceDocument.doc_no).join(SourceDocument, Plan.document_id == SourceDocument.id)
    numbers = dict(_pairs(session, query.where(Plan.id.in_(plans))))
    told = dict.fromkeys(numbers[plan] for plan in plans if numbers.get(plan))
    titles = list(dict.fromkeys(row.plan for row in rows)) if len(plans) == 1 else []
    years = {row.year for row in rows}
    return titles[0] if titles else "", "、".join(told), years.pop() if len(years) == 1 else None


def renumbered(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Return the rows of a view with their sequence counted anew."""
    return [replace(row, sequence=place) for place, row in enumerate(rows, start=1)]


def touched(session: Session, changes: Changes) -> set[int] | None:
    """Return the assignments whose rows an operation changed, None where it may be any.

    Rows that belong to an assignment name it in their audit image, also where they are gone.
    """
    if changes.concerns(*_SHARED):
        return None
    found = set(changes.ids("assignment"))
    owned = [table for table in _OWNED if changes.concerns(table)]
    if not owned:
        return found
    query = select(AuditRow.table_name, AuditRow.row_id, AuditRow.before, AuditRow.after)
    for table, row, before, after in session.execute(
        query.where(AuditRow.batch_id == changes.batch, AuditRow.table_name.in_(owned))
    ):
        owner = (after or {}).get("assignment_id") or (before or {}).get("assignment_id")
        if owner is None:  # changed in other columns only, so it still stands
            kind = _OWNED[table]
            owner = session.scalar(select(kind.assignment_id).where(kind.id == row))
        if owner is not None:
            found.add(owner)
    return found


_SHARED = ("plan", "work_point", "point_unit", "section", "standing_unit", "unit")
_OWNED: dict[str, type[AssignmentUnit | ProgressEntry]] = {
    "assignment_unit": AssignmentUnit,
    "progress_entry": ProgressEntry,
}
