"""Correcting a stored point: its fields, its doubts; what depends on it is told and stays."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from db import assignments, points, undo
from db.database import Database
from db.drafts import DeadlineDraft, ReviewDraft
from db.errors import Refused
from db.models import Assignment, PointMark, WorkPoint
from db.points import Correction
from db.terms import DeadlineKind, MarkKind, UnitRole
from tests.db.worlds import divided, state

JUNE = DeadlineDraft("6月底前", date(2022, 6, 30), DeadlineKind.FIXED)
TASKS = ("assignment", "assignment_unit")


@pytest.fixture
def point(database: Database) -> int:
    """A point with tasks."""
    divided(database)
    with database.reading() as session:
        found = session.scalars(select(Assignment.point_id).order_by(Assignment.id)).first()
    assert found is not None
    return found


def doubtful(database: Database, point: int) -> list[ReviewDraft]:
    """Give the point two doubts."""
    made = [ReviewDraft("沒有寫明牽頭單位。", 3, 9), ReviewDraft("請對照原件。", 4, 5)]
    with database.change("待核", operation="test") as change:
        row = change.session.get_one(WorkPoint, point)
        row.marks.extend(
            PointMark(position=90 + place, kind=MarkKind.REVIEW, text=one.text, start=one.start, end=one.end)
            for place, one in enumerate(made)
        )
    return made


def row(database: Database, point: int) -> tuple[str, list[str], list[str], list[DeadlineDraft], list[str]]:
    with database.reading() as session:
        one = session.get_one(WorkPoint, point)
        deadlines = [DeadlineDraft(line.text, line.date, line.kind) for line in one.deadlines]
        cited = [mark.text for mark in one.marks if mark.kind is MarkKind.CITED]
        return one.text, one.named(UnitRole.LEAD), one.named(UnitRole.CO), deadlines, cited


def test_every_field_is_corrected_and_tasks_stay_as_they_are(database: Database, point: int) -> None:
    before = state(database)
    done = points.correct(
        database,
        point=point,
        correction=Correction(
            units={UnitRole.LEAD: ["省審計廳"], UnitRole.CO: ["省財政廳", "省教育廳"]},
            deadlines=[JUNE],
            cited=["湘政辦發〔2022〕9號"],
        ),
    )
    _, lead, co, deadlines, cited = row(database, point)
    assert (lead, co) == (["省審計廳"], ["省財政廳", "省教育廳"])
    assert (deadlines, cited) == ([JUNE], ["湘政辦發〔2022〕9號"])
    now = state(database)
    assert {table: now[table] for table in TASKS} == {table: before[table] for table in TASKS}
    assert ["單位和時限沒有跟着改" in note for note in done.notes] == [True]
    assert done.batch is not None
    undo.undo(database, batch=done.batch)
    assert state(database) == before


def test_a_text_that_a_task_shows_is_told(database: Database, point: int) -> None:
    with database.reading() as session:
        tasks = session.scalars(select(Assignment).where(Assignment.point_id == point)).all()
        ids, codes = [task.id for task in tasks], [task.code for task in tasks]
    assignments.edit(database, ids=ids, fields={"measure": "本縣舉措"})
    quiet = points.correct(database, point=point, correction=Correction(text="改一。"))
    assert quiet.notes == ()
    assignments.edit(database, ids=ids[:1], fields={"measure": ""})
    told = points.correct(database, point=point, correction=Correction(text="改二。"))
    assert len(told.notes) == 1
    assert told.notes[0].startswith(f"{codes[0]} 沒有寫具體舉措")


def test_the_same_again_changes_nothing(database: Database, point: int) -> None:
    text, lead, co, deadlines, cited = row(database, point)
    done = points.correct(
        database,
        point=point,
        correction=Correction(
            text=text, units={UnitRole.LEAD: lead, UnitRole.CO: co}, deadlines=deadlines, cited=cited
        ),
    )
    assert (done.batch, done.notes) == (None, ())


def test_a_doubt_is_ticked_once_and_stays_so(database: Database, point: int) -> None:
    first, second = doubtful(database, point)
    done = points.settle(database, point=point, checked=[first])
    assert "待核 1 項" in done.title
    with database.reading() as session:
        assert second in points.doubts(session.get_one(WorkPoint, point))
        assert first not in points.doubts(session.get_one(WorkPoint, point))
    assert points.settle(database, point=point, checked=[first]).batch is None
    assert done.batch is not None
    undo.undo(database, batch=done.batch)
    with database.reading() as session:
        assert first in points.doubts(session.get_one(WorkPoint, point))


def test_a_correction_that_answers_a_doubt_ticks_it_in_the_same_step(database: Database, point: int) -> None:
    first, _ = doubtful(database, point)
    correction = Correction(units={UnitRole.LEAD: ["省審計廳"]}, settled=[first])
    points.correct(database, point=point, correction=correction)
    with database.reading() as session:
        assert first not in points.doubts(session.get_one(WorkPoint, point))


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_point_has_a_text(database: Database, point: int, text: str) -> None:
    before = state(database)
    with pytest.raises(Refused, match="不能為空"):
        points.correct(database, point=point, correction=Correction(text=text))
    assert state(database) == before


def test_a_point_is_found_by_its_code_or_its_tasks(database: Database, point: int) -> None:
    with database.reading() as session:
        task = session.scalars(select(Assignment).where(Assignment.point_id == point)).first()
        assert task is not None
        code = task.code.rpartition("-")[0]
        assert points.by_code(session, task.code).id == points.by_code(session, code).id == point
        for wrong in ("", "22", "22-政", "22-政-99", "21" + code[2:], "政務公開"):
            with pytest.raises(Refused, match="沒有編號"):
                points.by_code(session, wrong)
