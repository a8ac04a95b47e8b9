"""Reports returned for correction: with a reason, listed and counted, cleared by the next report, undone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from db import course, overview, progress, reports, sendback, undo
from db.assignments import by_code, withdraw
from db.database import Database
from db.errors import Refused
from db.models import Dispatch
from db.overview import Figure
from db.progress import Report
from db.terms import CourseKind, ReportState
from tests.db.worlds import codes, divided, state

ON = date(2022, 7, 5)


@pytest.fixture
def tasks(database: Database) -> list[str]:
    """Two tasks with a report of June, one without."""
    divided(database)
    some = codes(database)[:3]
    for code in some[:2]:
        progress.add(database, code=code, report=Report("2022-06", percent=40, text="已辦"))
    return some


def ids(database: Database, some: list[str]) -> list[int]:
    with database.reading() as session:
        return [by_code(session, code).id for code in some]


def states(database: Database, some: list[str]) -> list[ReportState]:
    with database.reading() as session:
        return [by_code(session, code).report_state for code in some]


def test_the_reason_is_kept_listed_and_counted(database: Database, tasks: list[str]) -> None:
    done = sendback.send_back(database, ids=ids(database, tasks), reason=" 缺少佐證材料 ", on=ON)
    assert states(database, tasks)[:2] == [ReportState.RETURNED] * 2
    assert [note.split(" ")[0] for note in done.notes] == [tasks[2]]
    with database.reading() as session:
        found = sendback.listed(session, year=2022)
        assert sorted(one.code for one in found) == sorted(tasks[:2])
        assert {(one.period, one.on, one.reason) for one in found} == {("2022-06", ON, "缺少佐證材料")}
        assert sendback.listed(session, year=2021) == []
        assert overview.read(session, year=2022).figures[Figure.RETURNED] == 2
        steps = course.steps(session, found[0].assignment)
        assert [(step.kind, step.reason) for step in steps] == [(CourseKind.SENT_BACK, "缺少佐證材料")]
        # What was reported stays.
        assert by_code(session, tasks[0]).percent == 40


def test_the_next_report_clears_it_and_undo_brings_it_back(database: Database, tasks: list[str]) -> None:
    sendback.send_back(database, ids=ids(database, tasks[:1]), reason="進度與佐證不符", on=ON)
    again = progress.add(database, code=tasks[0], report=Report("2022-06", percent=40, text="已補佐證"))
    assert states(database, tasks[:1]) == [ReportState.REPORTED]
    with database.reading() as session:
        assert sendback.listed(session) == []
        assert sendback.of_task(session, by_code(session, tasks[0])) is None
    assert again.batch is not None
    undo.undo(database, batch=again.batch)
    assert states(database, tasks[:1]) == [ReportState.RETURNED]
    with database.reading() as session:
        back = sendback.of_task(session, by_code(session, tasks[0]))
        assert back is not None
        assert (back.period, back.reason) == ("2022-06", "進度與佐證不符")


def test_a_correction_of_the_period_before_the_running_one_clears_it_too(database: Database, tasks: list[str]) -> None:
    with database.change("分發", operation="test") as change:
        at = datetime(2022, 7, 1)
        change.session.add(Dispatch(period="2022-07", number=1, year=2022, title="七月", due_on=ON, made_at=at))
    with database.reading() as session:
        assert reports.asked_period(session) == "2022-07"
    sendback.send_back(database, ids=ids(database, tasks[:1]), reason="數字不對", on=ON)
    progress.add(database, code=tasks[0], report=Report("2022-06", percent=45))
    assert states(database, tasks[:1]) == [ReportState.REPORTED]


def test_returning_twice_or_what_is_withdrawn_changes_nothing(database: Database, tasks: list[str]) -> None:
    sendback.send_back(database, ids=ids(database, tasks[:1]), reason="缺附件", on=ON)
    withdraw(database, ids=ids(database, tasks[1:2]), reason="上級取消")
    before = state(database)
    done = sendback.send_back(database, ids=ids(database, tasks), reason="再退", on=ON)
    assert (done.batch, len(done.notes)) == (None, 3)
    assert state(database) == before


def test_a_reason_is_needed(database: Database, tasks: list[str]) -> None:
    with pytest.raises(Refused, match="寫明原因"):
        sendback.send_back(database, ids=ids(database, tasks[:1]), reason="  ")


def test_undo_of_returning(database: Database, tasks: list[str]) -> None:
    before = state(database)
    done = sendback.send_back(database, ids=ids(database, tasks[:2]), reason="缺附件", on=ON)
    assert done.batch is not None
    undo.undo(database, batch=done.batch)
    assert state(database) == before
