"""Every table and column has a clerk's word, and rows are named by it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import inspect

from db import assignments, images, labels, progress, settings, units
from db.database import Database
from db.terms import DeadlineKind, UnitLevel
from db.undo import undo
from tests.db import worlds

COLUMNS = [
    (table, prop.key) for table, kind in sorted(images.row_types().items()) for prop in inspect(kind).column_attrs
]


@pytest.mark.parametrize("table", sorted(images.row_types()))
def test_every_table_has_a_word(table: str) -> None:
    assert labels.TABLES[table]


@pytest.mark.parametrize(("table", "key"), COLUMNS)
def test_every_column_has_a_word(table: str, key: str) -> None:
    assert not re.search("[a-z_]", labels.field(table, key))


def test_no_word_is_left_over() -> None:
    assert set(labels.TABLES) == set(images.row_types())
    assert {key for _, key in COLUMNS} == set(labels.FIELDS)
    assert set(labels.OWN_FIELDS) <= set(COLUMNS)


def test_every_row_is_named_without_technical_words(database: Database) -> None:
    task = worlds.divided(database)[0]
    progress.add(database, code=worlds.codes(database)[0], report=progress.Report(period="2022-06", percent=4))
    unit = units.add(database, name="縣甲局", level=UnitLevel.COUNTY).ids("unit")[0]
    units.set_aliases(database, unit=unit, aliases=["甲局"])
    units.set_contacts(database, unit=unit, contacts=[{"name": "張三", "duty": "股長"}])
    settings.set_office(database, values={"county": "清江縣"})
    names = {}
    with database.reading() as session:
        for table, rows in worlds.state(database).items():
            for row_id in rows:
                names[table, row_id] = labels.row(session, table, row_id)
    assert names["assignment", task] == worlds.codes(database)[0]
    assert names["progress_entry", 1] == f"{worlds.codes(database)[0]} 的 2022-06 進展"
    assert names["setting", 1] == "設置「縣（市、區）名稱」"
    assert names["work_point", 1] == "要點(一)「規範政務公開。」"
    assert {"單位「縣甲局」 的別名「甲局」", "單位「縣甲局」 的聯繫人「張三」"} <= set(names.values())
    technical = [name for name in names.values() if re.search(r"_|\b(id|None|unit|plan|point)\b|\{", name)]
    assert technical == []


def test_a_row_that_is_gone_keeps_its_name(database: Database) -> None:
    task = worlds.divided(database)[1]
    code = worlds.codes(database)[1]
    assignments.remove_proposals(database, ids=[task])
    with database.reading() as session:
        assert labels.row(session, "assignment", task) == code
        assert labels.row(session, "assignment", 9999) == "第 9999 號任務"
    assert undo(database, batch=5).notes == ()


def test_values_read_as_a_clerk_writes_them(database: Database) -> None:
    with database.reading() as session:

        def told(key: str, stored: object) -> str:
            return labels.value(session, "assignment", key, stored)

        assert told("percent", 60) == "60"
        assert told("confirmed", True) == "是"
        assert told("deadline_on", "2022-06-30") == "2022-06-30"
        assert told("deadline_kind", DeadlineKind.CONTINUOUS.value) == "持續"
        assert told("leader", "") == "空"
        assert told("leader", "張三") == "「張三」"
