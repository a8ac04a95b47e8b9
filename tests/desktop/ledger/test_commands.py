"""``taizhang ledger export`` with the options of the page: a view, filters, order, groups."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from db import ledger, views
from db.arranging import Arrangement
from db.database import open_database
from db.filters import LedgerFilter
from db.views import View
from desktop.cli import run
from tests.sample_year import copy_to


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy_to(tmp_path / "year.db")


def exported(path: Path, *options: str) -> list[list[object]]:
    target = path.with_name("out.xlsx")
    assert run(["--db", str(path), "ledger", "export", str(target), *options]) == 0
    sheet = load_workbook(target).worksheets[0]
    heading = range_boundaries(sheet.auto_filter.ref)[1]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=heading)]


def test_without_options_it_is_the_whole_ledger(path: Path) -> None:
    lines = exported(path)
    assert sum(isinstance(line[0], int) for line in lines) == 77


def test_filters_order_and_groups(path: Path) -> None:
    lines = exported(
        path,
        "--unit",
        "县财政局",
        "--sort",
        "进度",
        "--descending",
        "--group",
        "分管領導",
        "--columns",
        "進度,牽頭單位,責任單位",
    )
    rows = [line for line in lines[1:] if line[1]]
    assert rows
    assert all("財政局" in f"{line[1]}{line[2]}" for line in rows)
    assert {line[0] for line in lines[1:] if not line[1]} <= {"陳大江", "林小河", "王遠山", "周清泉", "吳平原"}


def test_a_saved_view(path: Path) -> None:
    database = open_database(path)
    view = View(Arrangement(LedgerFilter(leaders=("陳大江",)), "code", descending=True), ("code", "leader"))
    views.save(database, name="陳縣長", view=view)
    database.release()
    lines = exported(path, "--view", "陈县长")
    assert lines[0] == ["序号", "编号", "分管领导"]
    codes = [str(line[1]) for line in lines[1:]]
    assert codes == sorted(codes, reverse=True)
    assert {line[2] for line in lines[1:]} == {"陳大江"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--view", "沒有"), "沒有名為「沒有」的視圖。已有：逾期未完成、本月到期"),
        (("--light", "紫"), "「紫」不認識。可用：逾期、臨期、正常"),
        (("--unit", "縣沒有局"), "「縣沒有局」不在單位表裏"),
        (("--text", "這幾個字哪裏都沒有"), "沒有符合條件的任務"),
        (("--sort", "序號"), "不能按「序號」排序"),
    ],
)
def test_wrong_words_are_told(
    path: Path, options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = path.with_name("out.xlsx")
    assert run(["--db", str(path), "ledger", "export", str(target), *options]) == 2
    assert sentence in capsys.readouterr().err
    assert not target.exists()


def test_words_may_be_short(path: Path) -> None:
    late = exported(path, "--light", "逾期", "--columns", "編號")
    assert len(late) > 1
    assert exported(path, "--window", "逾期", "--state", "進行中", "--columns", "編號")


def test_a_field_of_several_assignments_is_set(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = ["22-政16-01-1P", "22-政16-02-1K"]
    for field, value in (
        ("分管领导", "鄭新任"),
        ("完成時限", "8月底前"),
        ("任務狀態", "进行中"),
        ("責任單位", "縣財政局"),
    ):
        assert run(["--db", str(path), "ledger", "set", field, value, *codes]) == 0
    database = open_database(path)
    with database.reading() as session:
        rows = [row for row in ledger.read(session).rows if row.code in codes]
    database.release()
    assert {(row.leader, str(row.deadline_on), row.task_state.label, row.others) for row in rows} == {
        ("鄭新任", "2022-08-31", "進行中", ("縣財政局",))
    }
    for field, value, sentence in (
        ("顏色", "紅", "任務沒有「顏色」這一欄"),
        ("任務狀態", "大概", "「大概」不認識"),
        ("進度(%)", "八成多", "不能是「八成多」"),
    ):
        assert run(["--db", str(path), "ledger", "set", field, value, *codes]) == 2
        assert sentence in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(path: Path) -> None:
    program = [sys.executable, "-m", "desktop", "--db", str(path), "units", "list"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(program, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(writing)
    assert done.stderr == b""
