"""Which rows a filter lets through."""

from __future__ import annotations

import json
from datetime import date

import pytest

from db.filters import LedgerFilter, from_json, passing
from db.terms import DueWindow, Light, ReportState, TaskState
from db.variants import pattern
from tests.exports.workbook.samples import row

ON = date(2022, 6, 29)
ROWS = [
    row(1, lead_id=1, other_ids=(2,), leader="陳大江", plan_id=1, year=2022, deadline_on=date(2022, 6, 28)),
    row(2, lead_id=2, lead="縣教育局", task_state=TaskState.DONE, deadline_on=date(2022, 6, 1), light=Light.DONE),
    row(3, lead_id=3, confirmed=False, deadline_on=date(2022, 6, 1), section="一、總則", light=Light.PROPOSED),
    row(4, lead_id=3, task_state=TaskState.WITHDRAWN, light=Light.WITHDRAWN),
    row(5, lead_id=4, report_state=ReportState.MISSING, measure="建設数据平台", year=2023, plan_id=9),
]


def shown(**wanted: object) -> list[int]:
    test = passing(LedgerFilter(**wanted), ON)  # type: ignore[arg-type]
    return [one.sequence for one in ROWS if test(one)]


def test_withdrawn_tasks_are_shown_where_asked_for() -> None:
    assert shown() == [1, 2, 3, 5]
    assert shown(withdrawn=True) == [1, 2, 3, 4, 5]
    assert shown(task_states=(TaskState.WITHDRAWN,)) == [4]
    assert shown(lights=(Light.WITHDRAWN, Light.DONE)) == [2, 4]


def test_a_unit_counts_in_either_part() -> None:
    assert shown(units=(2,)) == [1, 2]
    assert shown(units=(2,), lead_only=True) == [2]
    assert shown(units=(2, 4)) == [1, 2, 5]


def test_windows_speak_of_open_accepted_tasks() -> None:
    assert shown(window=DueWindow.LATE) == [1]
    assert shown(window=DueWindow.UNDATED) == [5]


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        ({"leaders": ("陳大江",)}, [1]),
        ({"report_states": (ReportState.MISSING,)}, [5]),
        ({"plans": (9,)}, [5]),
        ({"years": (2023,)}, [5]),
        ({"sections": ("一、總則",)}, [3]),
        ({"leaders": ("陳大江",), "window": DueWindow.TODAY}, []),
    ],
)
def test_kinds_add_up(wanted: dict[str, object], rows: list[int]) -> None:
    assert shown(**wanted) == rows


def test_words_are_found_in_either_script() -> None:
    assert shown(text="數據 平臺") == [5]
    assert shown(text="教育局") == [2]
    assert shown(text="数据 教育") == []


def test_names_are_found_by_their_first_letters() -> None:
    assert shown(text="jyj") == [2]
    assert shown(text="CDJ") == [1]
    assert shown(text="jyjx") == []


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("臺帳", "工作台账"),
        ("台账", "工作臺帳"),
        ("ａ1", "A１"),
        ("着力", "著力"),
        ("后", "身後"),
        ("工作", "工 作"),
        ("（一）", "(一)"),
        ("a.b", "A.B"),
    ],
)
def test_a_word_is_found_however_it_is_written(word: str, text: str) -> None:
    assert pattern(word).search(text)


def test_signs_of_a_pattern_are_plain_characters() -> None:
    assert not pattern(".").search("甲")
    assert pattern("^]\\").search("^]\\")


def test_a_kept_filter_comes_back() -> None:
    wanted = LedgerFilter((1, 2), True, ("甲",), window=DueWindow.WEEK, lights=(Light.LATE,), text="數據")
    assert from_json(json.loads(json.dumps(wanted.to_json()))) == wanted
    assert LedgerFilter().to_json() == {}


def test_what_a_newer_program_kept_is_passed_over() -> None:
    kept = {"units": ["x", 1], "window": "century", "lights": ["late", "blue"], "text": 5, "else": 1}
    assert from_json(kept) == LedgerFilter(units=(1,), lights=(Light.LATE,))
    assert from_json([1]) == LedgerFilter()
