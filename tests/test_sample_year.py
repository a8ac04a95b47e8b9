"""The made-up year has what tests and pictures rely on."""

from __future__ import annotations

from pathlib import Path

from db import ledger, progress
from db.audit import chain_problems
from db.database import open_database
from db.terms import TaskState
from tests.sample_year import UNITS, copy_to


def test_a_year_of_forty_units(tmp_path: Path) -> None:
    database = open_database(copy_to(tmp_path / "year.db"))
    with database.reading() as session:
        rows = ledger.read(session, with_withdrawn=True).rows
        entries = progress.listed(session)
        assert list(chain_problems(session)) == []
    database.release()
    assert len({row.point_id for row in rows}) == 56
    assert len({row.lead for row in rows if row.lead}) == UNITS
    assert {row.task_state for row in rows} == set(TaskState)
    assert sum(not row.confirmed for row in rows) == 3
    assert len({entry.period for entry, _, _ in entries}) == 8
    assert len(entries) > 400
