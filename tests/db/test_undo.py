"""Undo: a whole operation at a time, exact where nothing came after, careful and told where something did."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import assignments, backup, check, plans, progress, proposals, units
from db.changes import Changes
from db.database import Database, open_database
from db.errors import Refused
from db.models import AuditRow
from db.terms import TaskState, UnitLevel
from db.undo import PastBatch, history, last_standing, last_taken_back, undo
from tests.db import deeds, worlds

few = hypothesis_settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failure smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def opened(fresh: Path) -> Iterator[Database]:
    """Open a new copy for one example; snapshots before imports are left out to keep it quick."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup, "snapshot", lambda *_, **__: None)
        database = open_database(Path(shutil.copyfile(fresh, Path(folder, "臺賬.db"))), operator="測試員")
        try:
            yield database
        finally:
            database.release()


@few
@given(data=st.data())
def test_undoing_everything_backwards_leaves_what_was(data: st.DataObject, fresh_file: Path) -> None:
    with opened(fresh_file) as database:
        worlds.divided(database)
        states = [worlds.state(database)]
        done = []
        for _ in range(8):
            more = deeds.do(database, data, 1)
            done += more
            states += [worlds.state(database)] * len(more)
        for changes, before in zip(reversed(done), reversed(states[:-1]), strict=True):
            taken = undo(database, batch=changes.batch or 0)
            assert taken.notes == ()
            assert worlds.state(database) == before
        assert check.problems(database) == []


@few
@given(data=st.data())
def test_undoing_an_older_one_keeps_all_later_work(data: st.DataObject, fresh_file: Path) -> None:
    with opened(fresh_file) as database:
        worlds.divided(database)
        done = deeds.do(database, data, 8)
        if not done:
            return
        chosen = data.draw(st.sampled_from(done)).batch or 0
        before = worlds.state(database)
        taken = undo(database, batch=chosen)
        after = worlds.state(database)
        for record in later_records(database, chosen, taken.batch):
            row = after[record.table_name].get(record.row_id)
            was = before[record.table_name].get(record.row_id)
            if was is not None and record.after is not None:
                assert row is not None, record.table_name
                assert {key: row[key] for key in record.after} == {key: was[key] for key in record.after}
        for key in created(database, chosen):
            row = after[key[0]].get(key[1])
            assert row is None or row == before[key[0]][key[1]]  # it goes or it stays as it was
        assert check.problems(database) == []
        if taken.batch is not None:
            undo(database, batch=taken.batch)  # undoing the undo is doing it again
            assert worlds.state(database) == before


def created(database: Database, batch: int) -> list[tuple[str, int]]:
    with database.reading() as session:
        query = select(AuditRow.table_name, AuditRow.row_id)
        return [
            (table, row)
            for table, row in session.execute(query.where(AuditRow.batch_id == batch, AuditRow.before.is_(None)))
        ]


def later_records(database: Database, batch: int, until: int | None) -> list[AuditRow]:
    with database.reading() as session:
        query = select(AuditRow).where(AuditRow.batch_id > batch)
        if until is not None:
            query = query.where(AuditRow.batch_id < until)
        return list(session.scalars(query))


def edited(database: Database, task: int, **fields: object) -> Changes:
    return assignments.edit(database, ids=[task], fields=fields)


def test_a_value_changed_since_stays_and_is_named(database: Database) -> None:
    task = worlds.divided(database)[0]
    code = worlds.codes(database)[0]
    first = edited(database, task, percent=40, leader="張三")
    edited(database, task, percent=60)
    taken = undo(database, batch=first.batch or 0)
    assert taken.notes == (f"{code} 的進度後來改為 60，保留。",)
    image = worlds.state(database)["assignment"][task]
    assert (image["percent"], image["leader"]) == (60, "")


def test_notes_name_units_states_and_dates_as_a_clerk_does(database: Database) -> None:
    task = worlds.divided(database)[0]
    code = worlds.codes(database)[0]
    with database.reading() as session:
        other = next(unit for unit in units.listed(session, level=UnitLevel.COUNTY) if unit.name == "縣司法局")
    first = edited(database, task, lead_id=None, task_state=TaskState.DONE, deadline_on=None)
    edited(database, task, lead_id=other.id, task_state=TaskState.IN_PROGRESS)
    notes = undo(database, batch=first.batch or 0).notes
    assert f"{code} 的牽頭單位後來改為 單位「縣司法局」，保留。" in notes
    assert f"{code} 的任務狀態後來改為 進行中，保留。" in notes


def test_a_task_worked_on_since_keeps_its_units(database: Database) -> None:
    plan = worlds.stored(database)
    made = proposals.propose(database, plan=plan)
    first, *rest = made.ids("assignment")
    others = [row for row in worlds.state(database)["assignment_unit"].values() if row["assignment_id"] == first]
    assert others
    edited(database, first, leader="張三")
    taken = undo(database, batch=made.batch or 0)
    after = worlds.state(database)
    assert list(after["assignment"]) == [first]
    assert [row for row in after["assignment_unit"].values() if row["assignment_id"] == first] == others
    assert taken.notes == (f"{worlds.codes(database)[0]} 後來改過，保留。",)
    assert len(rest) == 2


def test_a_plan_with_tasks_stays_whole_and_one_without_goes(database: Database) -> None:
    plan = worlds.stored(database)
    assignments.add(database, point=min(worlds.state(database)["work_point"]))
    before = worlds.state(database)
    taken = undo(database, batch=2)
    assert worlds.state(database) == before
    assert taken.batch is None
    code = worlds.codes(database)[0]
    assert set(taken.notes) == {
        f"計劃「清江縣2022年政務公開工作要點」 已用於 {code}，保留。",
        f"要點(一)「規範政務公開。」 已用於 {code}，保留。",
    }
    undo(database, batch=3)
    assert undo(database, batch=2).notes == ()
    assert worlds.state(database)["plan"] == {}
    assert plan


def test_a_new_unit_in_use_stays(database: Database) -> None:
    task = worlds.divided(database)[0]
    added = units.add(database, name="縣低空經濟局", level=UnitLevel.COUNTY)
    edited(database, task, lead_id=added.ids("unit")[0])
    taken = undo(database, batch=added.batch or 0)
    assert taken.notes == (f"單位「縣低空經濟局」 已用於 {worlds.codes(database)[0]}，保留。",)


def test_a_name_taken_since_is_told(database: Database) -> None:
    first = units.add(database, name="縣甲局", level=UnitLevel.COUNTY).ids("unit")[0]
    renamed = units.correct_name(database, unit=first, name="縣乙局")
    units.add(database, name="縣甲局", level=UnitLevel.COUNTY)
    before = worlds.state(database)
    taken = undo(database, batch=renamed.batch or 0)
    assert taken.notes == ("單位「縣乙局」 與後來的內容衝突，沒有恢復。",)
    assert worlds.state(database) == before
    assert check.problems(database) == []


def test_many_rows_are_undone_in_one_step(database: Database) -> None:
    tasks = worlds.divided(database)
    before = worlds.state(database)
    changes = edited(database, tasks[0], leader="張三")
    undo(database, batch=changes.batch or 0)
    bulk = assignments.edit(database, ids=tasks, fields={"leader": "李四", "note": "注"})
    undo(database, batch=bulk.batch or 0)
    assert worlds.state(database) == before


def test_an_operation_is_undone_once_and_an_undo_can_be_undone(database: Database) -> None:
    tasks = worlds.divided(database)
    changes = edited(database, tasks[0], leader="張三")
    done = worlds.state(database)
    taken = undo(database, batch=changes.batch or 0)
    with pytest.raises(Refused, match="已經撤銷過"):
        undo(database, batch=changes.batch or 0)
    undo(database, batch=taken.batch or 0)
    assert worlds.state(database) == done
    with pytest.raises(Refused, match="沒有第 999 號操作"):
        undo(database, batch=999)


def test_a_report_undone_gives_back_the_tasks_own_percent(database: Database) -> None:
    worlds.divided(database)
    code = worlds.codes(database)[0]
    progress.add(database, code=code, report=progress.Report(period="2022-05", percent=30))
    before = worlds.state(database)
    second = progress.add(database, code=code, report=progress.Report(period="2022-06", percent=50))
    undo(database, batch=second.batch or 0)
    assert worlds.state(database) == before


def test_history_says_what_stands(database: Database) -> None:
    tasks = worlds.divided(database)
    changes = edited(database, tasks[0], leader="張三")
    undo(database, batch=changes.batch or 0)
    with database.reading() as session:
        newest, undone, *_ = history(session)
        assert plans.listed(session)[0].assignments == 3
    assert newest.title == f"撤銷：修改 {worlds.codes(database)[0]}"
    assert (newest.undoes, newest.undone) == (changes.batch, False)
    assert (undone.id, undone.undone, undone.operator) == (changes.batch, True, "測試員")


def test_undo_and_redo_go_back_and_forth_through_the_same_steps(database: Database) -> None:
    tasks = worlds.divided(database)
    code = worlds.codes(database)[0]
    states = [worlds.state(database)]
    for leader in ("張三", "李四"):
        edited(database, tasks[0], leader=leader)
        states.append(worlds.state(database))

    def step(choose: Callable[[Sequence[PastBatch]], int | None]) -> Changes | None:
        with database.reading() as session:
            chosen = choose(history(session))
        return undo(database, batch=chosen) if chosen is not None else None

    first = step(last_standing)
    assert first is not None
    assert (first.title, first.takes_back, worlds.state(database)) == (f"撤銷：修改 {code}", True, states[1])
    step(last_standing)
    assert worlds.state(database) == states[0]
    for expected in states[1:]:
        again = step(last_taken_back)
        assert again is not None
        assert (again.title, again.takes_back, worlds.state(database)) == (f"重做：修改 {code}", False, expected)
    assert step(last_taken_back) is None
    step(last_standing)  # what was done again is undone again
    assert worlds.state(database) == states[1]
    edited(database, tasks[0], leader="王五")
    assert step(last_taken_back) is None  # something new was done since


def test_a_proposal_that_was_reported_on_is_not_thrown_away(database: Database) -> None:
    task = worlds.divided(database)[1]  # without a lead: still a proposal
    code = worlds.codes(database)[1]
    progress.add(database, code=code, report=progress.Report(period="2022-06", percent=5))
    with pytest.raises(Refused, match=f"{code} 已用於{code} 的 2022-06 進展"):
        assignments.remove_proposals(database, ids=[task])
