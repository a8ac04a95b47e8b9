"""The audit trail: every operation writes it in its own transaction, and tampering is found."""

from __future__ import annotations

import inspect
import json
import pkgutil
from importlib import import_module
from typing import get_type_hints

import pytest
from sqlalchemy import func, select, text

import db
from db import assignments, check, progress, settings
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import AuditRow, Batch, Setting
from db.terms import TaskState
from tests.db import worlds


def tamper(database: Database, statement: str, **values: object) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement), values)


def rows_of(database: Database, batch: int | None) -> list[AuditRow]:
    with database.reading() as session:
        return list(session.scalars(select(AuditRow).where(AuditRow.batch_id == batch).order_by(AuditRow.id)))


def test_a_change_is_recorded_with_who_when_before_and_after(database: Database) -> None:
    task = worlds.divided(database)[0]
    changes = assignments.edit(database, ids=[task], fields={"percent": 40, "leader": "張三"})
    (row,) = rows_of(database, changes.batch)
    assert (row.table_name, row.row_id) == ("assignment", task)
    assert row.before == {"percent": None, "leader": ""}
    assert row.after == {"percent": 40, "leader": "張三"}
    with database.reading() as session:
        batch = session.get_one(Batch, changes.batch)
    assert (batch.operator, batch.operation) == ("測試員", "assignments.edit")
    assert batch.title == f"修改 {worlds.codes(database)[0]}"


def test_what_is_refused_or_fails_leaves_neither_data_nor_record(database: Database) -> None:
    worlds.divided(database)
    before, batches = worlds.state(database), count(database)
    with pytest.raises(Refused):
        assignments.withdraw(database, ids=[1, 999], reason="機構改革")
    with pytest.raises(ZeroDivisionError):
        fail_half_way(database)
    assert worlds.state(database) == before
    assert count(database) == batches


def fail_half_way(database: Database) -> None:
    with database.change("試", operation="test") as change:
        change.session.add(Setting(name="county", value="清江縣"))
        change.session.flush()
        raise ZeroDivisionError


def count(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        batches = session.scalar(select(func.count()).select_from(Batch)) or 0
        return batches, session.scalar(select(func.count()).select_from(AuditRow)) or 0


def test_an_operation_that_changes_nothing_is_no_operation(database: Database) -> None:
    settings.set_office(database, values={"county": "清江縣"})
    before = count(database)
    changes = settings.set_office(database, values={"county": "清江縣"})
    assert changes.batch is None
    assert not changes.concerns("setting")
    assert count(database) == before


def test_many_rows_are_one_operation(database: Database) -> None:
    tasks = worlds.divided(database)
    changes = assignments.edit(database, ids=tasks, fields={"leader": "張三"})
    assert changes.ids("assignment") == tasks
    assert len(rows_of(database, changes.batch)) == len(tasks)


def operations() -> list[tuple[str, object]]:
    """Return every public function of the ground floor that returns ``Changes``."""
    found: list[tuple[str, object]] = []
    for module in pkgutil.iter_modules(db.__path__, "db."):
        if module.ispkg:
            continue
        room = import_module(module.name)
        for name, function in vars(room).items():
            if inspect.isfunction(function) and function.__module__ == module.name and not name.startswith("_"):
                try:
                    hints = get_type_hints(function)
                except NameError:
                    continue  # names known to the type checker only: none of these is an operation
                if hints.get("return") is Changes:
                    found.append((f"{module.name}.{name}", function))
    return found


@pytest.mark.parametrize(("name", "function"), operations())
def test_operations_take_keywords_only_after_the_database(name: str, function: object) -> None:
    assert callable(function)
    first, *rest = inspect.signature(function).parameters.values()
    assert first.name == "database"
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in rest), name


def test_the_operations_are_found() -> None:
    assert {"db.assignments.edit", "db.planstore.store", "db.undo.undo"} <= {name for name, _ in operations()}


FIRST = "(SELECT min(id) FROM audit_row WHERE batch_id = 4)"
TAMPERINGS = {
    "an after-image": f"UPDATE audit_row SET after = :forged WHERE id = {FIRST}",
    "an operator": "UPDATE batch SET operator = '別人' WHERE id = 4",
    "a title": "UPDATE batch SET title = '沒有的事' WHERE id = 4",
    "a time": "UPDATE batch SET at = '2020-01-01 08:00:00' WHERE id = 4",
    "a missing row": f"DELETE FROM audit_row WHERE id = {FIRST}",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_broken_chain_says_where(database: Database, statement: str) -> None:
    worlds.divided(database)  # operations 2 to 4
    settings.set_office(database, values={"county": "清江縣"})
    assert check.problems(database) == []
    with database.reading() as session:
        wanted = session.scalars(select(AuditRow.id).where(AuditRow.batch_id == 4).order_by(AuditRow.id)).all()
    if "DELETE" in statement:
        wanted = [wanted[0] + 1] if len(wanted) == 1 else wanted[1:]
    tamper(database, statement, **({"forged": json.dumps({"confirmed": False})} if ":forged" in statement else {}))
    found = check.problems(database)
    assert any(f"操作記錄第 {wanted[0]} 條" in line for line in found), found


def test_a_record_cut_off_at_the_end_is_noticed(database: Database) -> None:
    worlds.divided(database)
    settings.set_office(database, values={"county": "清江縣"})
    tamper(database, "DELETE FROM audit_row WHERE batch_id = 5")
    assert any("第 5 號操作" in line for line in check.problems(database))


def test_data_changed_behind_the_programs_back_is_named(database: Database) -> None:
    task = worlds.divided(database)[0]
    code = worlds.codes(database)[0]
    progress.add(database, code=code, report=progress.Report(period="2022-06", percent=40))
    tamper(database, "UPDATE assignment SET percent = 90 WHERE id = :id", id=task)
    (line,) = check.problems(database)
    assert code in line
    assert "進度" in line


def test_data_removed_or_added_behind_the_programs_back_is_named(database: Database) -> None:
    worlds.stored(database)
    tamper(database, "DELETE FROM point_mark WHERE id = (SELECT min(id) FROM point_mark)")
    tamper(database, "INSERT INTO setting (name, value) VALUES ('county', '\"別縣\"')")
    found = "\n".join(check.problems(database))
    assert "沒有經過程序就不見了" in found
    assert "沒有經過程序就添加了" in found


def test_dates_and_words_of_the_field_survive_the_image(database: Database) -> None:
    task = worlds.divided(database)[0]
    changes = assignments.edit(database, ids=[task], fields={"task_state": TaskState.DONE, "percent": 100})
    (row,) = rows_of(database, changes.batch)
    assert row.after == {"task_state": "done", "percent": 100}


def test_a_part_that_its_owner_lets_go_of_is_recorded(database: Database) -> None:
    task = worlds.divided(database)[0]
    others = [row for row in worlds.state(database)["assignment_unit"].values() if row["assignment_id"] == task]
    changes = assignments.set_others(database, ids=[task], units=[])
    assert [(row.table_name, row.before, row.after) for row in rows_of(database, changes.batch)] == [
        ("assignment_unit", other, None) for other in reversed(others)
    ]
    assert check.problems(database) == []
