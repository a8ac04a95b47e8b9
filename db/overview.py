"""The year as a whole (總覽): what is due, late or not reported, and how far units and sections are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.filters import LedgerFilter
from db.lights import in_window, light_of
from db.models import Assignment, Plan, Section, Unit, WorkPoint
from db.terms import DueWindow, Light, ReportState, TaskState, Term

FULL = 100
OPEN = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


class Figure(Term):
    """What is counted."""

    TODAY = "today", "今天到期"
    WEEK = "week", "本週到期"
    MONTH = "month", "本月到期"
    LATE = "late", "逾期"
    MISSING = "missing", "未報"
    RETURNED = "returned", "退回補正"
    PROPOSED = "proposed", "待採納或待定"


_WINDOWS = {
    Figure.TODAY: DueWindow.TODAY,
    Figure.WEEK: DueWindow.WEEK,
    Figure.MONTH: DueWindow.MONTH,
    Figure.LATE: DueWindow.LATE,
}


@dataclass(frozen=True, slots=True)
class Share:
    """How far the tasks of one unit or one section are: ``percent`` is their mean, 0-100.

    ``name`` is empty for tasks without a lead unit or without a section; ``plan`` names the section's plan.
    ``wanted`` shows exactly these tasks in the ledger, None where no filter can.
    """

    name: str
    plan: str
    tasks: int
    done: int
    late: int
    percent: int
    wanted: LedgerFilter | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A year at a glance. ``years`` are those there are plans of, the latest first; ``plans`` counts this year's.

    ``tasks`` counts what is not withdrawn; ``units`` begin with the one that is furthest behind.
    """

    year: int | None
    years: tuple[int, ...]
    plans: int
    tasks: int
    done: int
    percent: int
    figures: dict[Figure, int]
    units: tuple[Share, ...]
    sections: tuple[Share, ...]


def filter_of(figure: Figure, year: int) -> LedgerFilter:
    """Return the filter that shows the tasks a figure counts."""
    if figure is Figure.MISSING:
        return LedgerFilter(years=(year,), report_states=(ReportState.MISSING,), task_states=OPEN)
    if figure is Figure.RETURNED:
        return LedgerFilter(years=(year,), report_states=(ReportState.RETURNED,))
    if figure is Figure.PROPOSED:
        return LedgerFilter(years=(year,), lights=(Light.PROPOSED, Light.NO_LEAD))
    return LedgerFilter(years=(year,), window=_WINDOWS[figure])


def read(session: Session, *, year: int | None = None, on: date | None = None) -> Overview:
    """Return the overview of a year, by default the latest, as seen on a day, by default today."""
    on = on or date.today()
    years = tuple(session.scalars(select(Plan.year).distinct().order_by(Plan.year.desc())))
    shown = year if year in years else next(iter(years), None)
    plans = dict(session.execute(select(Plan.id, Plan.title).where(Plan.year == shown)).tuples().all())
    tasks = [_Task.of(row, on) for row in session.execute(_QUERY.where(Plan.year == shown))]
    figures = Counter(figure for task in tasks for figure in task.counted(on))
    return Overview(
        shown,
        years,
        len(plans),
        len(tasks),
        sum(task.row.task_state is TaskState.DONE for task in tasks),
        _mean(tasks),
        {figure: figures[figure] for figure in Figure},
        tuple(_by_unit(session, tasks, shown or 0)),
        tuple(_by_section(session, tasks, plans)),
    )


_QUERY = (
    select(
        Assignment.plan_id,
        Assignment.lead_id,
        WorkPoint.section_id,
        Assignment.confirmed,
        Assignment.task_state,
        Assignment.report_state,
        Assignment.percent,
        Assignment.deadline_on,
    )
    .join(Plan, Assignment.plan_id == Plan.id)
    .outerjoin(WorkPoint, Assignment.point_id == WorkPoint.id)
    .where(Assignment.task_state != TaskState.WITHDRAWN)
)


@dataclass(frozen=True, slots=True)
class _Task:
    row: Row[Any]
    light: Light

    @classmethod
    def of(cls, row: Row[Any], on: date) -> _Task:
        led = row.lead_id is not None
        return cls(row, light_of(confirmed=row.confirmed, led=led, state=row.task_state, due=row.deadline_on, on=on))

    @property
    def percent(self) -> int:
        """Return how far the task is; one that is done is done, whatever was reported."""
        return FULL if self.row.task_state is TaskState.DONE else self.row.percent or 0

    def counted(self, on: date) -> Iterator[Figure]:
        """Yield the figures that count this task."""
        row = self.row
        if row.confirmed and row.task_state in OPEN:
            yield from (one for one, window in _WINDOWS.items() if in_window(window, due=row.deadline_on, on=on))
        if row.report_state is ReportState.MISSING and row.task_state in OPEN:
            yield Figure.MISSING
        if row.report_state is ReportState.RETURNED:
            yield Figure.RETURNED
        if self.light in (Light.PROPOSED, Light.NO_LEAD):
            yield Figure.PROPOSED


def _mean(tasks: list[_Task]) -> int:
    return sum(task.percent for task in tasks) // len(tasks) if tasks else 0


def _share(tasks: list[_Task], name: str, plan: str, wanted: LedgerFilter | None) -> Share:
    done = sum(task.row.task_state is TaskState.DONE for task in tasks)
    late = sum(task.light is Light.LATE for task in tasks)
    return Share(name, plan, len(tasks), done, late, _mean(tasks), wanted)


def _grouped(tasks: Iterable[_Task], *keys: str) -> dict[tuple[int | None, ...], list[_Task]]:
    groups: dict[tuple[int | None, ...], list[_Task]] = {}
    for task in tasks:
        groups.setdefault(tuple(getattr(task.row, key) for key in keys), []).append(task)
    return groups


def _by_unit(session: Session, tasks: list[_Task], year: int) -> list[Share]:
    names = dict(session.execute(select(Unit.id, Unit.name)).tuples().all())
    places = {unit: place for place, unit in enumerate(session.scalars(select(Unit.id).order_by(Unit.position)))}
    found = []
    for (unit,), some in _grouped(tasks, "lead_id").items():
        if unit is None:
            wanted = LedgerFilter(years=(year,), lights=(Light.NO_LEAD,))
            found.append((len(places), _share(some, "", "", wanted if _all_shown(some) else None)))
        else:
            wanted = LedgerFilter(years=(year,), units=(unit,), lead_only=True)
            found.append((places[unit], _share(some, names[unit], "", wanted)))
    return [share for _, share in sorted(found, key=lambda one: (one[1].percent, one[0]))]


def _all_shown(some: list[_Task]) -> bool:
    """Tell whether all tasks without a lead unit have the light that says so; late ones have another."""
    return all(task.light is Light.NO_LEAD for task in some)


def _by_section(session: Session, tasks: list[_Task], plans: dict[int, str]) -> list[Share]:
    titles: dict[int | None, str] = {None: ""}
    query = select(Section.id, Section.title).where(Section.plan_id.in_(plans))
    titles |= dict(session.execute(query.order_by(Section.plan_id, Section.position)).tuples().all())
    order = {section: place for place, section in enumerate(titles)}
    groups = _grouped(tasks, "plan_id", "section_id")
    found = []
    for plan, section in sorted(groups, key=lambda key: (key[0] or 0, order[key[1]])):
        assert plan is not None
        wanted = LedgerFilter(plans=(plan,), sections=(titles[section],))
        found.append(_share(groups[plan, section], titles[section], plans[plan], wanted))
    return found
