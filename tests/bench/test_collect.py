"""Collecting sixty workbooks beside the bare readers: reading, comparing, planning."""

from __future__ import annotations

import statistics
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from db import assignments, planstore, units
from db.database import Database, open_database
from db.drafts import DocumentDraft, PlanDraft, PointDraft
from db.models import WorkPoint
from db.terms import UnitLevel
from exports.dispatch import dispatch
from exports.workbook.collect.files import plan_returns
from tests.exports.workbook.collect.support import Sheet

ROWS, FILES = 56, 60
MOST_TIMES, MOST_MORE = 4, 0.3
TEN, MOST_FOR_TEN = 10, 11


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, list[Path]]:
    """Sixty units with fifty-six tasks each, and what they send back."""
    from sqlalchemy import select

    folder = tmp_path_factory.mktemp("bench")
    database = open_database(folder / "year.db", operator="李")
    points = [PointDraft(f"{n}.", f"第{n}項任務：規範辦理流程，公開辦事指南，" * 3) for n in range(1, ROWS + 1)]
    title = "清江縣2022年政務服務工作要點"
    planstore.store(database, draft=DocumentDraft("正文", title, plans=[PlanDraft(title, points=points)]), year=2022)
    made = [units.add(database, name=f"縣{n}局", level=UnitLevel.COUNTY).ids("unit")[0] for n in range(FILES)]
    with database.reading() as session:
        stored = list(session.scalars(select(WorkPoint.id).order_by(WorkPoint.id)))
    tasks = [assignments.add(database, point=point, lead=made[0]).ids("assignment")[0] for point in stored]
    assignments.set_others(database, ids=tasks, units=made)
    dispatch(database, folder=folder / "out", due_on=date(2099, 12, 28), period="2022-12")
    paths = []
    for path in sorted((folder / "out").glob("*_T*.xlsx")):
        sheet = Sheet(path)
        percent, text = sheet.column("percent"), sheet.column("text")
        for place, row in enumerate(sheet.codes.values()):
            sheet.page.cell(row, percent).value = 40 + place
            sheet.page.cell(row, text).value = f"第{place}項已完成階段任務，召開推進會兩次，清單上線運行。"
        paths.append(sheet.save(folder / "in" / path.name))
    assert len(paths) == FILES
    return database, paths


def medians(*works: Callable[[], object], times: int = 5) -> list[float]:
    """Return the medians of runs taken by turns, in seconds of this process: what disturbs one disturbs all."""
    told: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            told[place].append(time.process_time() - start)
    return [statistics.median(one) for one in told]


def bare(paths: list[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def slow(paths: list[Path]) -> None:
    for path in paths:
        for sheet in load_workbook(path).worksheets:
            list(sheet.values)


@pytest.mark.bench
def test_collecting_keeps_pace_with_the_bare_reader(returned: tuple[Database, list[Path]]) -> None:
    database, paths = returned
    with database.reading() as session:
        plan = plan_returns(session, paths)
        assert len(plan.accepted) == 2 * ROWS * FILES
        ours, calamine = medians(lambda: plan_returns(session, paths), lambda: bare(paths))
    (openpyxl,) = medians(lambda: slow(paths), times=1)
    print(
        f"\n{FILES} × {ROWS} rows: collecting {ours:.2f} s, calamine {calamine:.2f} s "
        f"(× {ours / calamine:.1f}), openpyxl {openpyxl:.2f} s (× {ours / openpyxl:.2f})"
    )
    assert ours <= MOST_TIMES * calamine + MOST_MORE


@pytest.mark.bench
def test_ten_times_the_workbooks_take_ten_times_the_time(returned: tuple[Database, list[Path]], tmp_path: Path) -> None:
    """Every unit sends its sheet ten times, each a file of its own."""
    database, paths = returned
    many = []
    for number in range(TEN):
        for path in paths:
            copy = tmp_path / f"{number}-{path.name}"
            copy.write_bytes(path.read_bytes())
            with zipfile.ZipFile(copy, "a") as archive:
                archive.comment = b"%d" % number
            many.append(copy)
    with database.reading() as session:
        few, all_ = medians(lambda: plan_returns(session, paths), lambda: plan_returns(session, many), times=3)
    print(f"\n{len(paths)} workbooks {few:.2f} s, {len(many)} workbooks {all_:.2f} s (× {all_ / few:.1f})")
    assert all_ <= MOST_FOR_TEN * few
