"""How many lines text takes and how columns share a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.workbook.fit import count_lines, display_width, share


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, 1),
        ("一二三四五六七八九十", 10, 1),
        ("一二三四五六七八九十一", 10, 2),
        ("一\n二\n\n三", 10, 4),
        ("abcdefghij", 10, 1),
        ("一二三四五六七八九，十", 9.5, 2),
        ("一二三四五六七八九十" * 10, 10, 10),
        ("https://example.gov.cn/a/very/long/address", 5, 5),
    ],
)
def test_lines_are_counted_by_display_width(text: str, room: float, lines: int) -> None:
    assert count_lines(text, room) == lines


def test_no_line_begins_with_a_comma() -> None:
    assert count_lines("一二三四五六七八九十，", 10) == 2
    assert count_lines("一二三四五六七八九十，一二三四五六七八九", 10) == 3


@given(st.text(), st.floats(min_value=1, max_value=60))
def test_the_lines_always_hold_the_text(text: str, room: float) -> None:
    lines = count_lines(text, room)
    assert lines >= 1
    assert lines * room >= display_width(text.replace("\n", "")) - 1e-6


def test_spare_room_goes_where_the_text_is() -> None:
    widths = share([20, 50, 50], [0, 300, 100], 420)
    assert widths == pytest.approx([20, 300, 100], abs=0.01)


def test_no_column_gets_less_than_its_least() -> None:
    assert share([20, 50, 50], [0, 900, 10], 420) == pytest.approx([20, 350, 50], abs=0.01)
    assert share([200, 300], [1, 1], 400) == [200, 300]
    assert share([100, 100], [0, 0], 400) == [100, 100]
