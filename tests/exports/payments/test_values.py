"""Sums are exact, days are read in every form, spoilt numbers are seen."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.payments.cells import FORMULA
from exports.payments.values import (
    LARGEST_FEN,
    NotMoneyError,
    day_of,
    decimal_text,
    fen_of,
    private_number,
    product_fen,
)

SUMS = st.integers(-LARGEST_FEN, LARGEST_FEN)


@given(SUMS)
def test_yuan_and_ten_thousands_come_back_as_the_same_fen(fen: int) -> None:
    yuan = Decimal(fen) / 100
    assert fen_of(f"{yuan:f}", "元") == fen
    assert fen_of(f"{yuan:,.2f}", "元") == fen
    assert fen_of(f"{yuan / 10_000:f}", "萬元") == fen
    assert fen_of(f"{yuan:f}元", "萬元") == fen  # what stands behind the figure goes before the heading


@given(st.integers(0, 10**11))
def test_a_number_cell_is_the_sum_that_the_spreadsheet_shows(fen: int) -> None:
    assert fen_of(fen / 100, "元") == fen


@pytest.mark.parametrize(
    ("written", "unit", "fen"),
    [
        ("￥1,234.50", "元", 123450),
        ("１２３４．５", "元", 123450),
        (" 88 ", "元", 8800),
        (".5", "元", 50),
        ("3.25萬元", "元", 3_250_000),
        (0.1 + 0.2, "元", 30),
        (1312.4999999999998, "元", 131250),
        (1.234567, "萬元", 1_234_567),
        (-20.0, "元", -2000),
        ("1.5E+3", "元", 150_000),
    ],
)
def test_sums_as_they_are_written(written: str | float, unit: str, fen: int) -> None:
    assert fen_of(written, unit) == fen


@pytest.mark.parametrize("written", ["", "無", "12元5角", FORMULA, True, date(2022, 1, 1), None, "1" * 20, "12-3"])
def test_what_is_no_sum_is_refused(written: str | None) -> None:
    with pytest.raises(NotMoneyError) as refused:
        fen_of(written, "元")
    assert refused.value.kind == "bad_amount"


@pytest.mark.parametrize(("written", "unit"), [("1.005", "元"), (124.9788302, "元"), ("0.0000001", "萬元")])
def test_a_fraction_of_a_fen_is_named(written: str | float, unit: str) -> None:
    with pytest.raises(NotMoneyError) as refused:
        fen_of(written, unit)
    assert refused.value.kind == "part_fen"


def test_long_decimals_stay_as_text() -> None:
    assert decimal_text(124.9788302) == "124.9788302"
    assert decimal_text("124.97883020") == "124.97883020"
    assert decimal_text(0.000001) == "0.000001"
    assert product_fen("3.25", "105元/畝") == (34125, 34125)
    assert product_fen("3.333", "124.9788302") == (41655, 41656)
    assert product_fen("3", "每畝16元，其中權利人8元") is None
    assert product_fen("3", "80元/頭+10元") is None


@pytest.mark.parametrize(
    "written",
    [
        date(2022, 6, 30),
        datetime(2022, 6, 30, 9, 30),
        "2022年6月30日",
        "2022.6.30",
        "2022-06-30",
        "2022/6/30",
        "20220630",
        20220630.0,
        44742.0,
    ],
)
def test_days_in_every_form(written: str | float | date) -> None:
    assert day_of(written) == date(2022, 6, 30)


def test_what_is_no_day() -> None:
    assert [day_of(one) for one in ("2022年2月30日", "6月", "無", 5.0, True)] == [None] * 5


def test_numbers_that_a_spreadsheet_has_spoilt_are_seen() -> None:
    assert private_number("430626196203050118") == ("430626196203050118", False)
    assert private_number(" ４３０６２６ 19620305 011ｘ") == ("43062619620305011X", False)
    assert private_number("4.30626E+17") == ("", True)
    assert private_number(430626196203050118.0)[1]
    assert private_number(430626620305011.0) == ("430626620305011", False)
