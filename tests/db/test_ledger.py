"""Rows of the ledger read from the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import ledger, progress
from db.database import Database, open_database
from db.progress import Report
from db.terms import Light, TaskState
from tests.sample_year import copy_to

ON = date(2022, 10, 28)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(copy_to(tmp_path / "year.db"))
    yield made
    made.release()


def test_rows_are_in_the_order_of_the_notice(database: Database) -> None:
    with database.reading() as session:
        read = ledger.read(session, on=ON)
        plans = [ledger.read(session, plan=one, on=ON) for one in (1, 2)]
    assert [row.sequence for row in read.rows] == list(range(1, len(read.rows) + 1))
    assert [row.point_id for row in read.rows] == sorted(row.point_id or 0 for row in read.rows)
    assert (read.title, read.doc_no, read.year) == ("", "湘政辦發〔2022〕16號", 2022)
    assert [plan.title for plan in plans] == [plan.rows[0].plan for plan in plans]
    assert sum(len(plan.rows) for plan in plans) == len(read.rows)
    assert all(row.task_state is not TaskState.WITHDRAWN for row in read.rows)
    assert {row.light for row in read.rows} == set(Light) - {Light.WITHDRAWN, Light.PROPOSED}


def test_the_last_report_is_that_of_the_latest_period(database: Database) -> None:
    with database.reading() as session:
        row = next(row for row in ledger.read(session).rows if row.period == "2022-12")
    progress.add(database, code=row.code, report=Report("2022-08", text="補報八月"))
    progress.add(database, code=row.code, report=Report("2022-12", text="更正"))
    with database.reading() as session:
        again = next(one for one in ledger.read(session).rows if one.id == row.id)
    assert (again.period, again.progress) == ("2022-12", "更正")


def test_a_few_rows_are_read_by_themselves(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "BATCH", 2)
    with database.reading() as session:
        wanted = ledger.ids(session)
        whole = {row.id: row for batch in ledger.batches(session, wanted, on=ON) for row in batch}
        few = [row for batch in ledger.batches(session, [wanted[7], 9_999, wanted[2]], on=ON) for row in batch]
    assert [row.id for row in few] == [wanted[7], wanted[2]]
    assert [(row.point_text, row.lead, row.others, row.progress) for row in few] == [
        (one.point_text, one.lead, one.others, one.progress) for one in (whole[row.id] for row in few)
    ]
