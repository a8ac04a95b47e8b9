"""The overview counts what the ledger shows: every number leads to exactly the rows it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import assignments, ledger, overview, unityear
from db.database import Database, open_database
from db.errors import Refused
from db.filters import passing
from db.overview import Figure, filter_of
from db.terms import DeadlineKind, Light, TaskState
from tests.sample_year import copy_to

ON = date(2022, 9, 28)  # a Wednesday


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_to(tmp_path_factory.mktemp("year") / "臺賬.db")


@pytest.fixture(scope="module")
def year(path: Path) -> Iterator[Database]:
    database = open_database(path)
    yield database
    database.release()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Database]:
    """A year that a test may change."""
    database = open_database(copy_to(tmp_path / "臺賬.db"))
    yield database
    database.release()


def due(database: Database, day: date | None) -> int:
    """Give the first open, accepted task this due day and return its id."""
    with database.reading() as session:
        rows = ledger.read(session).rows
    task = next(row.id for row in rows if row.confirmed and row.lead and row.task_state is TaskState.IN_PROGRESS)
    kind = DeadlineKind.FIXED if day else DeadlineKind.NONE
    assignments.edit(database, ids=[task], fields={"deadline_on": day, "deadline_text": "", "deadline_kind": kind})
    return task


def figures(database: Database, on: date) -> dict[Figure, int]:
    with database.reading() as session:
        return overview.read(session, on=on).figures


@pytest.mark.parametrize("on", [ON, date(2022, 9, 30), date(2022, 10, 1), date(2022, 12, 31), date(2023, 1, 1)])
def test_each_figure_counts_the_rows_its_filter_shows(year: Database, on: date) -> None:
    with year.reading() as session:
        found = overview.read(session, on=on)
        rows = ledger.read(session, on=on, with_withdrawn=True).rows
    for figure, count in found.figures.items():
        shows = passing(filter_of(figure, 2022), on)
        assert (figure, sum(map(shows, rows))) == (figure, count)
    assert sum(found.figures.values()) > 0


def test_each_share_counts_the_rows_its_filter_shows(year: Database) -> None:
    with year.reading() as session:
        found = overview.read(session, on=ON)
        rows = ledger.read(session, on=ON, with_withdrawn=True).rows
    for shares in (found.units, found.sections):
        assert sum(share.tasks for share in shares) == found.tasks
        for share in shares:
            assert share.wanted is not None
            some = [row for row in rows if passing(share.wanted, ON)(row)]
            assert (share.name, len(some)) == (share.name, share.tasks)
            assert share.done == sum(row.task_state is TaskState.DONE for row in some)
            assert share.late == sum(row.light is Light.LATE for row in some)


def test_units_begin_with_the_one_furthest_behind(year: Database) -> None:
    with year.reading() as session:
        percents = [share.percent for share in overview.read(session, on=ON).units]
    assert percents == sorted(percents)
    assert percents[0] < percents[-1]


def test_the_due_day_itself_is_due_and_not_late(own: Database) -> None:
    before = figures(own, ON)
    due(own, ON)
    now = figures(own, ON)
    assert now[Figure.TODAY] == before[Figure.TODAY] + 1
    next_day = figures(own, ON + timedelta(1))
    due(own, None)
    assert next_day[Figure.LATE] == figures(own, ON + timedelta(1))[Figure.LATE] + 1


def test_a_task_without_a_date_is_never_late(own: Database) -> None:
    due(own, None)
    far = figures(own, date(2099, 1, 1))
    with own.reading() as session:
        rows = ledger.read(session, on=date(2099, 1, 1)).rows
    assert far[Figure.LATE] == sum(row.light is Light.LATE for row in rows)
    assert all(row.deadline_on is not None for row in rows if row.light is Light.LATE)


def test_an_empty_database_has_no_year(tmp_path: Path) -> None:
    database = open_database(tmp_path / "臺賬.db")
    with database.reading() as session:
        found = overview.read(session)
    database.release()
    assert (found.year, found.years, found.plans, found.tasks) == (None, (), 0, 0)


def test_an_unknown_year_falls_back_to_the_latest(year: Database) -> None:
    with year.reading() as session:
        assert overview.read(session, year=1999).year == 2022


def test_a_units_year_holds_its_tasks_and_reports(year: Database) -> None:
    with year.reading() as session:
        unit = unityear.find(session, "县行政审批服务局")  # either script
        found = unityear.read(session, unit=unit.id, on=ON)
        rows = ledger.read(session, on=ON).rows
    assert [task.row.id for task in found.lead] == [row.id for row in rows if row.lead_id == unit.id]
    mine = [row.id for row in rows if unit.id in row.other_ids and row.lead_id != unit.id]
    assert [task.row.id for task in found.others] == mine
    assert found.asked == (False,) * 4 + (True,) * 5 + (False,) * 3
    assert found.percents[:4] == (None,) * 4
    assert found.percents[9:] == (None,) * 3
    risen = [one for one in found.percents if one is not None]
    assert risen == sorted(risen)
    assert found.reported[5] == sum(task.months[5] is not None for task in found.lead)


def test_a_finished_task_owes_no_report_afterwards(year: Database) -> None:
    with year.reading() as session:
        unit = unityear.find(session, "縣行政審批服務局")
        found = unityear.read(session, unit=unit.id, on=date(2022, 12, 31))
    finished = [task for task in found.lead if any(month and month.percent == 100 for month in task.months[:10])]
    assert finished
    for task in finished:
        last = max(n for n, month in enumerate(task.months) if month)
        assert not any(task.owed(month) for month in range(last + 1, 12))
    assert any(task.owed(month) for task in found.lead for month in range(5, 9))


def test_a_unit_that_is_none_is_refused(year: Database) -> None:
    with year.reading() as session, pytest.raises(Refused, match="沒有名為「縣天文臺」的單位"):
        unityear.find(session, "縣天文臺")
