"""Values as units write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from db.merge import ERASED, NOTHING, Answer
from db.terms import TaskState
from exports.workbook.collect.cells import Cell
from exports.workbook.collect.values import Setting, read
from exports.workbook.travel import Kind

YEAR = Setting(2022)


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        (Cell(80.0), 80),
        (Cell(0.0), 0),
        (Cell(0.8, percent=True), 80),
        (Cell(1.0, percent=True), 100),
        (Cell(0.07, percent=True), 7),
        (Cell("80"), 80),
        (Cell("８０"), 80),
        (Cell("80％"), 80),
        (Cell("1%"), 1),
        (Cell("八成"), 80),
        (Cell("八成五"), 85),
        (Cell("十成"), 100),
        (Cell("百分之六十五"), 65),
        (Cell("百分之百"), 100),
    ],
)
def test_percents_are_read_as_written(cell: Cell, percent: int) -> None:
    reading = read(cell, Kind.PERCENT, YEAR)
    assert (reading.answer, reading.assumed) == (Answer(percent), "")


@pytest.mark.parametrize(
    ("cell", "percent"), [(Cell(0.8), 80), (Cell("0.58"), 58), (Cell("約80%"), 80), (Cell("一半"), 50)]
)
def test_percents_that_are_guessed_say_so(cell: Cell, percent: int) -> None:
    reading = read(cell, Kind.PERCENT, YEAR)
    assert reading.answer == Answer(percent)
    assert f"{percent}%" in reading.assumed


@pytest.mark.parametrize(
    "cell",
    [
        Cell(1.0),
        Cell("1"),
        Cell(120.0),
        Cell(-5.0),
        Cell(33.3),
        Cell(1.2, percent=True),
        Cell("過半"),
        Cell(date(2022, 8, 10)),
        Cell(True),
        Cell(1e16),
        Cell("#REF!", formula=True, error=True),
        Cell("", formula=True),
    ],
)
def test_what_is_no_percent_is_refused_with_a_reason(cell: Cell) -> None:
    reading = read(cell, Kind.PERCENT, YEAR)
    assert reading.answer is None
    assert reading.expected


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (Cell(date(2022, 4, 12)), date(2022, 4, 12)),
        (Cell(datetime(2022, 4, 12, 8, 30)), date(2022, 4, 12)),
        (Cell("2022.4.12"), date(2022, 4, 12)),
        (Cell("2022-04-12"), date(2022, 4, 12)),
        (Cell("2022/4/12"), date(2022, 4, 12)),
        (Cell("２０２２年４月１２日"), date(2022, 4, 12)),
        (Cell("20220412"), date(2022, 4, 12)),
        (Cell(20220412.0), date(2022, 4, 12)),
        (Cell("4月底"), date(2022, 4, 30)),
        (Cell("2022年4月"), date(2022, 4, 30)),
        (Cell("4月12日"), date(2022, 4, 12)),
        (Cell(44663.0), date(2022, 4, 12)),
        (Cell("44663"), date(2022, 4, 12)),
    ],
)
def test_days_are_read_as_written(cell: Cell, day: date) -> None:
    assert read(cell, Kind.DATE, YEAR).answer == Answer(day)


def test_a_bare_serial_number_counts_from_1904_where_the_book_does() -> None:
    assert read(Cell(43201.0), Kind.DATE, Setting(2022, mac_dates=True)).answer == Answer(date(2022, 4, 12))


@pytest.mark.parametrize("cell", [Cell("2022.4.31"), Cell("盡快"), Cell(4.12), Cell(date(1905, 1, 1)), Cell(7.0)])
def test_what_is_no_day_is_refused_with_a_reason(cell: Cell) -> None:
    reading = read(cell, Kind.DATE, YEAR)
    assert reading.answer is None
    assert reading.expected


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已完成", TaskState.DONE),
        ("進行中", TaskState.IN_PROGRESS),
        ("进行中", TaskState.IN_PROGRESS),
        ("未開始", TaskState.NOT_STARTED),
        ("办结", TaskState.DONE),
    ],
)
def test_states_are_read_in_either_script(text: str, state: TaskState) -> None:
    assert read(Cell(text), Kind.STATUS, YEAR).answer == Answer(state)


@pytest.mark.parametrize("text", ["慢序時", "已撤銷"])
def test_a_state_of_another_scale_is_refused(text: str) -> None:
    assert read(Cell(text), Kind.STATUS, YEAR).answer is None


@pytest.mark.parametrize("kind", [Kind.PERCENT, Kind.STATUS, Kind.DATE, Kind.TEXT])
def test_blank_says_nothing_and_the_word_erases(kind: Kind) -> None:
    assert read(None, kind, YEAR).answer == NOTHING
    assert read(Cell("  "), kind, YEAR).answer == NOTHING
    assert read(Cell("清空"), kind, YEAR).answer == ERASED


@pytest.mark.parametrize("text", ["=1+1", "+86 辦理", "-無", "@各單位"])
def test_texts_come_back_unchanged(text: str) -> None:
    assert read(Cell(text), Kind.TEXT, YEAR).answer == Answer(text)


def test_a_number_in_a_text_column_is_its_digits_unless_digits_were_lost() -> None:
    assert read(Cell(80.0), Kind.TEXT, YEAR).answer == Answer("80")
    assert read(Cell(1.2345678901234568e17), Kind.TEXT, YEAR).answer is None


def test_a_formula_counts_with_its_result_and_is_marked() -> None:
    reading = read(Cell(80.0, formula=True), Kind.PERCENT, YEAR)
    assert reading.answer == Answer(80)
    assert "公式" in reading.assumed
