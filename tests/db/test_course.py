"""The year's course: each step with its reason and day, what follows from it, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from db import assignments, codes, course, course_order, course_year, progress, undo, units
from db.changes import Changes
from db.course_order import Order
from db.database import Database
from db.errors import Refused
from db.models import Assignment, Plan, ProgressEntry, Unit
from db.progress import Report
from db.terms import CourseKind, DeadlineKind, TaskState, UnitLevel
from tests.db.worlds import divided, state

JUNE = date(2022, 6, 15)


@pytest.fixture
def ids(database: Database) -> list[int]:
    """Three assignments, all led by a county unit."""
    made = divided(database)
    with database.reading() as session:
        lead = units.listed(session, level=UnitLevel.COUNTY)[2].id
        bare = [task.id for task in session.scalars(select(Assignment)) if task.lead_id is None]
    if bare:
        assignments.edit(database, ids=bare, fields={"lead_id": lead})
    assignments.accept(database, ids=made)
    return made


def task(database: Database, number: int) -> Assignment:
    with database.reading() as session:
        found = session.get_one(Assignment, number)
        assert found.others is not None
        assert found.plan is not None
        return found


def kinds(database: Database, number: int) -> list[CourseKind]:
    with database.reading() as session:
        return [step.kind for step in course.steps(session, number)]


def other_unit(database: Database, *, but: int | None) -> Unit:
    with database.reading() as session:
        return next(unit for unit in units.listed(session, level=UnitLevel.COUNTY) if unit.id != but)


def undone(database: Database, step: Callable[[], Changes]) -> bool:
    """Take a step and undo it; tell whether all is as it was."""
    before = state(database)
    changes = step()
    assert changes.batch is not None
    assert state(database) != before
    undo.undo(database, batch=changes.batch)
    return state(database) == before


def test_withdrawn_and_resumed_with_reasons(database: Database, ids: list[int]) -> None:
    progress.add(database, code=task(database, ids[0]).code, report=Report("2022-05", percent=30))
    assignments.withdraw(database, ids=[ids[0]], reason="與省級部署重複", on=JUNE)
    assert task(database, ids[0]).task_state is TaskState.WITHDRAWN
    assert course.resume(database, ids=[ids[0]], reason="省級部署取消").batch is not None
    assert task(database, ids[0]).task_state is TaskState.IN_PROGRESS
    assert kinds(database, ids[0]) == [CourseKind.WITHDRAWN, CourseKind.RESUMED]
    with database.reading() as session:
        first = course.steps(session, ids[0])[0]
        assert (first.on, first.reason) == (JUNE, "與省級部署重複")
    assert course.resume(database, ids=[ids[1]], reason="誤點").batch is None  # never withdrawn


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_step_without_a_reason(database: Database, ids: list[int], reason: str) -> None:
    before = state(database)
    tried: tuple[Callable[[], Changes], ...] = (
        lambda: assignments.withdraw(database, ids=ids, reason=reason),
        lambda: course.resume(database, ids=ids, reason=reason),
        lambda: course.merge(database, ids=ids, into=ids[0], reason=reason),
        lambda: course.hand_over(database, ids=ids, to=1, reason=reason),
    )
    for step in tried:
        with pytest.raises(Refused, match="原因"):
            step()
    assert state(database) == before


def test_merged_tasks_leave_their_units_and_keep_their_reports(database: Database, ids: list[int]) -> None:
    unit = other_unit(database, but=task(database, ids[0]).lead_id)
    assignments.edit(database, ids=[ids[1]], fields={"lead_id": unit.id, "deadline_on": date(2022, 3, 1)})
    progress.add(database, code=task(database, ids[1]).code, report=Report("2022-05", percent=30))
    changes = course.merge(database, ids=ids[:2], into=ids[0], reason="內容相同", on=JUNE)
    merged, target = task(database, ids[1]), task(database, ids[0])
    assert merged.task_state is TaskState.WITHDRAWN
    assert unit.id in [line.unit_id for line in target.others]
    assert "更早" in changes.notes[0]  # the earlier deadline is told, not taken silently
    with database.reading() as session:
        assert [step.other for step in course.steps(session, ids[1])] == [target.code]
        assert [step.other for step in course.steps(session, ids[0])] == [merged.code]
        assert session.scalars(select(ProgressEntry.assignment_id)).all() == [merged.id]
    assert course.resume(database, ids=[ids[1]], reason="再辦").notes == (
        f"{merged.code} 已併入別的任務，沒有恢復；要分開請撤銷那次「併入」。",
    )


def test_a_task_is_not_merged_into_itself_or_a_closed_one(database: Database, ids: list[int]) -> None:
    with pytest.raises(Refused, match="至少選擇兩項"):
        course.merge(database, ids=[ids[0]], into=ids[0], reason="試")
    assignments.withdraw(database, ids=[ids[0]], reason="重複")
    with pytest.raises(Refused, match="已經撤銷"):
        course.merge(database, ids=ids, into=ids[0], reason="試")


def test_handed_to_another_unit_with_the_reports_left_behind(database: Database, ids: list[int]) -> None:
    old = task(database, ids[0])
    assignments.edit(database, ids=[ids[0]], fields={"person": "甲一", "contact": "0700-555"})
    progress.add(database, code=old.code, report=Report("2022-05", percent=30))
    new = other_unit(database, but=old.lead_id)
    units.edit(database, unit=new.id, fields={"leader": "林小河"})
    course.hand_over(database, ids=[ids[0]], to=new.id, reason="職能劃轉", on=JUNE)
    now = task(database, ids[0])
    assert (now.lead_id, now.leader, now.person, now.contact, now.percent) == (new.id, "林小河", "", "", 30)
    assert old.lead_id not in [line.unit_id for line in now.others]
    with database.reading() as session:
        (step,) = course.steps(session, ids[0])
        assert (step.kind, step.on, step.to_unit, step.reason) == (CourseKind.HANDED_OVER, JUNE, new.name, "職能劃轉")
        assert session.scalars(select(ProgressEntry.unit_id)).all() == [old.lead_id]
    again = course.hand_over(database, ids=[ids[0]], to=new.id, reason="再試")
    assert again.batch is None
    assert "沒有改動" in again.notes[0]


def test_a_unit_that_ended_takes_nothing_over(database: Database, ids: list[int]) -> None:
    lead = task(database, ids[0]).lead_id
    gone = other_unit(database, but=lead)
    assert lead is not None
    units.merge_into(database, unit=gone.id, into=lead, on=JUNE)
    with pytest.raises(Refused, match="不能接辦"):
        course.hand_over(database, ids=[ids[0]], to=gone.id, reason="試")


def test_a_reform_takes_open_tasks_along_and_says_so(database: Database, ids: list[int]) -> None:
    lead = task(database, ids[0]).lead_id
    assert lead is not None
    done = task(database, ids[1])
    assignments.edit(database, ids=[done.id], fields={"lead_id": lead, "task_state": TaskState.DONE})
    new = other_unit(database, but=lead)
    units.merge_into(database, unit=lead, into=new.id, on=JUNE, basis="清編發〔2022〕1號")
    assert task(database, ids[0]).lead_id == new.id
    assert task(database, done.id).lead_id == lead  # what was done stays whose it was
    with database.reading() as session:
        (step,) = course.steps(session, ids[0])
    assert (step.kind, step.on, step.reason) == (CourseKind.REFORMED, JUNE, "清編發〔2022〕1號")


def test_ordered_in_passing_into_a_plan_of_its_own(database: Database, ids: list[int]) -> None:
    unit = other_unit(database, but=None)
    order = Order("三日內報送防汛值班表", unit.id, source="6月15日縣長批示", deadline_on=date(2022, 6, 18))
    first = course_order.add(database, order=order, on=JUNE)
    second = course_order.add(database, order=order, on=JUNE)
    made = [task(database, changes.ids("assignment")[0]) for changes in (first, second)]
    assert made[0].plan_id == made[1].plan_id
    assert made[0].plan.title == "臨時交辦 2022"
    assert all(codes.is_valid(one.code) and one.code.startswith("22-臨-") and one.confirmed for one in made)
    assert made[0].code != made[1].code
    assert (made[0].lead_id, made[0].deadline_kind) == (unit.id, DeadlineKind.FIXED)
    with database.reading() as session:
        assert [step.reason for step in course.steps(session, made[0].id)] == ["6月15日縣長批示"]
    with pytest.raises(Refused, match="交辦的事項"):
        course_order.add(database, order=Order("  ", unit.id))


def test_ordered_in_passing_under_a_plan_that_is_there(database: Database, ids: list[int]) -> None:
    plan, unit = task(database, ids[0]).plan, other_unit(database, but=None)
    changes = course_order.add(database, order=Order("補充一項", unit.id), plan=plan.id, on=JUNE)
    made = task(database, changes.ids("assignment")[0])
    assert made.plan_id == plan.id
    assert made.code.startswith(f"22-{plan.mark}-04-1")


def test_a_new_year_takes_over_what_is_unfinished(database: Database, ids: list[int]) -> None:
    progress.add(database, code=task(database, ids[0]).code, report=Report("2022-11", percent=60, text="去年"))
    done = Report("2022-11", percent=100, state=TaskState.DONE, finished_on=JUNE)
    progress.add(database, code=task(database, ids[1]).code, report=done)
    assignments.withdraw(database, ids=[ids[2]], reason="不辦")
    changes = course_year.new_year(database, from_year=2022, to_year=2023)
    (made,) = [task(database, one) for one in changes.ids("assignment")]
    old = task(database, ids[0])
    assert made.plan.title == "2022年結轉"
    assert made.plan.year == 2023
    assert codes.is_valid(made.code)
    assert (made.lead_id, made.percent, made.point_id) == (old.lead_id, 60, old.point_id)
    assert old.task_state is TaskState.IN_PROGRESS
    with database.reading() as session:
        assert [(step.kind, step.other) for step in course.steps(session, made.id)] == [
            (CourseKind.CARRIED_OVER, old.code)
        ]
    assert course_year.new_year(database, from_year=2022, to_year=2023).batch is None  # nothing twice
    progress.add(database, code=made.code, report=Report("2023-01", percent=70))
    assert task(database, made.id).percent == 70  # the task of the new year follows its own reports
    assert task(database, old.id).percent == 60


def test_a_new_year_gives_tasks_to_the_successor(database: Database, ids: list[int]) -> None:
    lead = task(database, ids[0]).lead_id
    assert lead is not None
    new = other_unit(database, but=lead)
    units.merge_into(database, unit=lead, into=new.id, on=date(2023, 1, 1))
    changes = course_year.new_year(database, from_year=2022, to_year=2023)
    assert lead not in {task(database, one).lead_id for one in changes.ids("assignment")}


def test_years_beside_each_other(database: Database, ids: list[int]) -> None:
    done = Report("2022-11", percent=100, state=TaskState.DONE, finished_on=JUNE)
    progress.add(database, code=task(database, ids[0]).code, report=done)
    assignments.withdraw(database, ids=[ids[2]], reason="不辦")
    course_year.new_year(database, from_year=2022, to_year=2023)
    with database.reading() as session:
        lines = course_year.compare(session, [2022, 2023])
    whole = {line.year: (line.tasks, line.done, line.running, line.withdrawn, line.carried) for line in lines[:2]}
    assert whole == {2022: (2, 1, 1, 1, 0), 2023: (1, 0, 1, 0, 1)}
    assert (lines[0].finished, lines[0].percent) == (50, 50)
    for year in (2022, 2023):
        mine = [line for line in lines[2:] if line.year == year]
        assert sum(line.tasks for line in mine) == whole[year][0]


def test_each_step_can_be_taken_back_whole(database: Database, ids: list[int]) -> None:
    lead = task(database, ids[0]).lead_id
    new = other_unit(database, but=lead)
    plan = task(database, ids[0]).plan
    assert lead is not None
    order = Order("補充一項", new.id, others=[lead])
    assert undone(database, lambda: assignments.withdraw(database, ids=ids, reason="試"))
    assert undone(database, lambda: course.merge(database, ids=ids, into=ids[0], reason="試"))
    assert undone(database, lambda: course.hand_over(database, ids=ids, to=new.id, reason="試", stays=True))
    assert undone(database, lambda: units.merge_into(database, unit=lead, into=new.id, on=JUNE))
    assert undone(database, lambda: course_order.add(database, order=order, on=JUNE))
    assert undone(database, lambda: course_order.add(database, order=order, plan=plan.id, on=JUNE))
    assert undone(database, lambda: course_year.new_year(database, from_year=2022, to_year=2023))
    assignments.withdraw(database, ids=ids, reason="真的")
    assert undone(database, lambda: course.resume(database, ids=ids, reason="試"))
    with database.reading() as session:
        assert session.scalars(select(Plan.id)).all() == [plan.id]
