"""Sums as figures and in capital numerals."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db import money
from db.errors import Refused
from db.script import simplified

DIGITS = {sign: value for value, sign in enumerate("零壹貳叁肆伍陸柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
SUMS = st.one_of(st.integers(0, 10**6), st.integers(0, money.LARGEST))


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (60, "陸角整"),
        (105, "壹元零伍分"),
        (12_345, "壹佰貳拾叁元肆角伍分"),
        (10_000, "壹佰元整"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陸仟零柒元壹角肆分"),
        (168_032, "壹仟陸佰捌拾元叁角貳分"),
        (10_700_053, "壹拾萬柒仟元伍角叁分"),
        (1_640_902, "壹萬陸仟肆佰零玖元零貳分"),
        (10_000_001_00, "壹仟萬零壹元整"),
        (1_0000_0000_00, "壹億元整"),
        (1_0000_2000_00, "壹億零貳仟元整"),
        (1_0200_0030_00, "壹億零貳佰萬零叁拾元整"),
        (10_0000_0000_0000_00, "壹拾兆元整"),
        (-1_00, "負壹元整"),
    ],
)
def test_capital_numerals_as_bills_have_them(fen: int, written: str) -> None:
    assert money.capitals(fen) == written


def parsed(written: str) -> int:
    """Read capital numerals back, knowing nothing of how they were written."""
    assert re.fullmatch("[零壹貳叁肆伍陸柒捌玖拾佰仟萬億兆元角分整]+", written)
    yuan, _, rest = written.rpartition("元")
    total = 0
    for group, sign in ((10**12, "兆"), (10**8, "億"), (10**4, "萬"), (1, "")):
        head, found, tail = yuan.partition(sign) if sign else (yuan, "", "")
        if sign and not found:
            continue
        total += group * four(head)
        yuan = tail
    value = total * 100
    for digit, unit in re.findall("([壹貳叁肆伍陸柒捌玖])([角分])", rest):
        value += DIGITS[digit] * {"角": 10, "分": 1}[unit]
    return value


def four(written: str) -> int:
    total, digit = 0, 0
    for sign in written:
        if sign in PLACES:
            total, digit = total + digit * PLACES[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit


@given(SUMS)
@example(money.LARGEST)
@example(10_0001_0000_00)
def test_what_is_written_reads_back_as_the_same_sum(fen: int) -> None:
    written = money.capitals(fen)
    assert parsed(written) == fen
    assert "零零" not in written
    assert not re.search("零[萬億兆元角分]", written.replace("零元整", ""))
    assert written.endswith("整") == (fen % 10 == 0)


@given(SUMS, SUMS)
def test_two_sums_are_never_written_alike(one: int, other: int) -> None:
    assert (money.capitals(one) == money.capitals(other)) == (one == other)


def test_the_simplified_writing_has_the_capitals_of_bills() -> None:
    assert simplified(money.capitals(1_2346_7895_00)) == "壹亿贰仟叁佰肆拾陆万柒仟捌佰玖拾伍元整"


def test_a_sum_beyond_measure_is_refused() -> None:
    with pytest.raises(Refused):
        money.capitals(money.LARGEST + 1)


@given(st.integers(-(10**14), 10**14))
def test_figures_part_thousands_and_keep_both_decimals(fen: int) -> None:
    written = money.figures(fen)
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*\.\d\d", written)
    assert int(re.sub(r"[,.]", "", written)) == fen
