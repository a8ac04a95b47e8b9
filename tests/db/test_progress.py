"""Reports: whose they are, what the task takes from them, what is refused and what is asked."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import assignments, course, progress, reports, undo, units
from db.database import Database
from db.errors import Refused
from db.models import Assignment, Dispatch, ProgressEntry, Unit
from db.progress import LowerPercent, Report
from db.terms import ReportState, TaskState, UnitLevel
from tests.db.worlds import codes, divided, state


@pytest.fixture
def task(database: Database) -> str:
    """The code of an accepted task with a lead and a co-operating unit."""
    divided(database)
    return codes(database)[0]


def read(database: Database, code: str) -> Assignment:
    with database.reading() as session:
        found = assignments.by_code(session, code)
        assert found.others is not None
        return found


def helper(database: Database, code: str) -> int:
    return read(database, code).others[0].unit_id


def entries(database: Database) -> list[ProgressEntry]:
    with database.reading() as session:
        return list(session.scalars(select(ProgressEntry).order_by(ProgressEntry.id)))


def test_the_leads_report_sets_the_tasks_own_values(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-06", percent=40, text=" 已印發。 "))
    now = read(database, task)
    assert (now.percent, now.task_state, now.report_state) == (40, TaskState.IN_PROGRESS, ReportState.REPORTED)
    assert [(entry.text, entry.unit_id) for entry in entries(database)] == [("已印發。", now.lead_id)]


def test_a_co_operating_units_report_leaves_the_task_alone(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-06", percent=40))
    before = read(database, task)
    progress.add(
        database, code=task, report=Report("2022-06", percent=90, text="配合完成"), unit=helper(database, task)
    )
    now = read(database, task)
    assert (now.percent, now.task_state) == (before.percent, before.task_state)
    with database.reading() as session:
        assert reports.latest(session, [now.id])[now.id].text == ""  # the ledger shows the lead unit's words


def test_a_unit_that_has_no_part_in_the_task_cannot_report(database: Database, task: str) -> None:
    with database.reading() as session:
        stranger = session.scalars(select(Unit.id).where(Unit.level == UnitLevel.PROVINCE)).first()
    before = state(database)
    with pytest.raises(Refused, match="牽頭或責任單位"):
        progress.add(database, code=task, report=Report("2022-06", percent=40), unit=stranger)
    assert state(database) == before


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (Report("2022-13", percent=1), "報送期"),
        (Report("2022-6", percent=1), "報送期"),
        (Report("2022-06", percent=101), "0 到 100"),
        (Report("2022-06", percent=-1), "0 到 100"),
        (Report("2022-06", percent=100, state=TaskState.DONE), "完成日期"),
        (Report("2022-06", state=TaskState.WITHDRAWN), "撤銷任務"),
        (Report("2022-06", text="  "), "沒有填寫"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_changes_nothing(
    database: Database, task: str, report: Report, words: str
) -> None:
    before = state(database)
    with pytest.raises(Refused, match=words):
        progress.add(database, code=task, report=report)
    assert state(database) == before


def test_completion_with_its_day_is_taken(database: Database, task: str) -> None:
    done = Report("2022-06", percent=100, state=TaskState.DONE, finished_on=date(2022, 6, 20))
    progress.add(database, code=task, report=done)
    assert read(database, task).task_state is TaskState.DONE


def test_a_lower_percent_is_asked_and_may_be_agreed(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-05", percent=60))
    with pytest.raises(LowerPercent, match="2022-05 已報進度 60%") as asked:
        progress.add(database, code=task, report=Report("2022-06", percent=40))
    assert asked.value.earlier == 60
    assert len(entries(database)) == 1
    progress.add(database, code=task, report=Report("2022-06", percent=40), lower_agreed=True)
    assert read(database, task).percent == 40


def test_a_correction_is_a_new_entry(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-06", percent=40, text="甲"))
    progress.add(database, code=task, report=Report("2022-06", percent=45, text="乙"))
    assert [(entry.text, entry.percent) for entry in entries(database)] == [("甲", 40), ("乙", 45)]
    assert read(database, task).percent == 45


def test_a_late_report_of_an_earlier_period_does_not_turn_the_task_back(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-06", percent=60))
    changes = progress.add(database, code=task, report=Report("2022-05", percent=30))
    assert read(database, task).percent == 60
    assert "保持 60%" in changes.notes[0]


def test_what_the_clerk_set_by_hand_stays_until_a_report_agrees_with_it(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-05", percent=40))
    assignments.edit(database, ids=[read(database, task).id], fields={"percent": 70})
    progress.add(database, code=task, report=Report("2022-06", percent=50))
    assert read(database, task).percent == 70
    progress.add(database, code=task, report=Report("2022-07", percent=70))
    progress.add(database, code=task, report=Report("2022-08", percent=80))
    assert read(database, task).percent == 80


def test_a_withdrawn_task_takes_no_report(database: Database, task: str) -> None:
    assignments.withdraw(database, ids=[read(database, task).id], reason="重複")
    with pytest.raises(Refused, match="已經撤銷"):
        progress.add(database, code=task, report=Report("2022-06", percent=1))


def test_undo_takes_the_entry_and_the_tasks_values_back(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-05", percent=40))
    before = state(database)
    done = Report("2022-06", percent=100, state=TaskState.DONE, finished_on=date(2022, 6, 1))
    changes = progress.add(database, code=task, report=done)
    assert changes.batch is not None
    undo.undo(database, batch=changes.batch)
    assert state(database) == before


def test_a_new_lead_unit_follows_the_old_ones_reports(database: Database, task: str) -> None:
    progress.add(database, code=task, report=Report("2022-05", percent=60, text="原單位"))
    old, new = read(database, task), helper(database, task)
    course.hand_over(database, ids=[old.id], to=new, reason="分工調整", on=date(2022, 6, 1), stays=True)
    assert read(database, task).percent == 60
    with pytest.raises(LowerPercent):
        progress.add(database, code=task, report=Report("2022-06", percent=50))
    progress.add(database, code=task, report=Report("2022-06", percent=70, text="新單位"))
    progress.add(database, code=task, report=Report("2022-06", percent=95, text="配合"), unit=old.lead_id)
    assert read(database, task).percent == 70
    assert [entry.unit_id for entry in entries(database)] == [old.lead_id, new, old.lead_id]
    with database.reading() as session:
        assert reports.latest(session, [old.id])[old.id].text == "新單位"


def test_who_has_not_reported_a_period(database: Database, task: str) -> None:
    with database.reading() as session:
        assert task in [session.get_one(Assignment, one).code for one in reports.unreported(session, period="2022-06")]
    progress.add(database, code=task, report=Report("2022-06", text="好"), unit=helper(database, task))
    with database.reading() as session:
        assert read(database, task).id in reports.unreported(session, period="2022-06")
    progress.add(database, code=task, report=Report("2022-06", text="好"))
    with database.reading() as session:
        assert read(database, task).id not in reports.unreported(session, period="2022-06")
        assert read(database, task).id in reports.unreported(session, period="2022-07")


steps = st.lists(
    st.tuples(st.integers(1, 12), st.none() | st.integers(-20, 120), st.booleans()), min_size=1, max_size=6
)


@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_law_of_the_percent(database: Database, said: list[tuple[int, int | None, bool]]) -> None:
    """Only 0-100 is taken, a lower one only where agreed, and the task shows the last of the latest period."""
    with database.reading() as session:
        known = session.scalars(select(Assignment.point_id)).first()
    if known is None:
        divided(database)
        with database.reading() as session:
            known = session.scalars(select(Assignment.point_id)).first()
    assert known is not None
    with database.reading() as session:
        lead = units.listed(session, level=UnitLevel.COUNTY)[0].id
    made = assignments.add(database, point=known, lead=lead).ids("assignment")[0]
    with database.reading() as session:
        code = session.get_one(Assignment, made).code
    taken: list[tuple[str, int, int]] = []
    for place, (month, percent, agreed) in enumerate(said):
        period = f"2022-{month:02}"
        earlier = [one for one in sorted(taken) if one[0] <= period]
        lower = percent is not None and bool(earlier) and percent < earlier[-1][2]
        good = percent is None or 0 <= percent <= 100
        report = Report(period, percent=percent, text="進展")
        if good and (agreed or not lower):
            progress.add(database, code=code, report=report, lower_agreed=agreed)
            taken += [(period, place, percent)] if percent is not None else []
        else:
            with pytest.raises(LowerPercent if good else Refused):
                progress.add(database, code=code, report=report, lower_agreed=agreed)
    assert read(database, code).percent == (max(taken)[2] if taken else None)


def test_those_without_a_report_are_marked_missing_as_one_step(database: Database, task: str) -> None:
    other = progress.mark_missing(database, period="2022-06")
    assert read(database, task).report_state is ReportState.MISSING
    progress.add(database, code=task, report=Report("2022-06", text="補報"))
    assert read(database, task).report_state is ReportState.REPORTED
    assert progress.mark_missing(database, period="2022-06").ids("assignment") == []
    assert other.batch is not None
    with pytest.raises(Refused, match="報送期"):
        progress.mark_missing(database, period="六月")


def test_a_report_of_an_earlier_period_is_none_of_the_running_one(database: Database, task: str) -> None:
    with database.change("分發", operation="test") as change:
        change.session.add(
            Dispatch(
                period="2022-07",
                number=1,
                year=2022,
                title="七月",
                due_on=date(2022, 7, 28),
                made_at=datetime(2022, 7, 1, 9, 0),
            )
        )
    progress.add(database, code=task, report=Report("2022-06", percent=10))
    assert read(database, task).report_state is ReportState.NOT_DUE
    progress.add(database, code=task, report=Report("2022-07", percent=20))
    assert read(database, task).report_state is ReportState.REPORTED
