"""Lines of Chinese text: nothing forbidden begins or ends one, nothing is lost, nothing is too wide."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.linebreak import balanced, wrap

NO_START = re.compile(r"^[，。、；：！？）》」』】〕”’]")
NO_END = re.compile(r"[（《「『【〔“‘]$")


def ems(text: str) -> float:
    return float(sum(0.5 if one.isascii() else 1 for one in text))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("規範政務公開，", ["規範政務公", "開，"]),
        ("推進五項（試行）", ["推進五項", "（試行）"]),
        ("到2022年底前辦結", ["到2022年底", "前辦結"]),
        ("辦理ABCD事項", ["辦理ABCD事", "項"]),
        ("甲\n乙", ["甲", "乙"]),
        ("甲\n\n乙", ["甲", "", "乙"]),
        ("", [""]),
        ("規範政務公 開", ["規範政務公", "開"]),
    ],
)
def test_where_lines_end(text: str, lines: list[str]) -> None:
    assert wrap(text, 5, ems) == lines


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert wrap("見http://www.example.gov.cn處", 5, ems) == ["見http://w", "ww.example", ".gov.cn處"]


def test_a_telephone_number_wider_than_a_line_is_broken_after_its_hyphen() -> None:
    assert wrap("0731-88880001", 5, ems) == ["0731-", "88880001"]


@settings(max_examples=60)
@given(st.text("政務公開，。、（）「」《》2022年abc", max_size=60), st.integers(6, 14))
def test_nothing_is_lost_too_wide_or_misplaced(text: str, room: int) -> None:
    lines = wrap(text, room, ems)
    assert "".join(lines) == text
    for line in lines:
        pieces = re.findall(r"[（「《]*(?:[!-~]+|.)[，。、）」》]*", line)
        assert ems(line) <= room or len(pieces) == 1
    sane = [line for line in lines if not re.search(r"[，。、）」》（「《]{3}", line)]
    if len(sane) == len(lines):
        assert not any(NO_START.search(line) for line in lines[1:])
        assert not any(NO_END.search(line) for line in lines[:-1])


def test_a_title_is_set_in_lines_of_about_the_same_length() -> None:
    lines = balanced("湖南省人民政府辦公廳關於印發政務公開工作要點的通知", 18, ems)
    assert [len(line) for line in lines] == [13, 12]
