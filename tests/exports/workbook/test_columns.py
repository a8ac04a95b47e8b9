"""The columns an office chooses."""

from __future__ import annotations

import pytest

from db.errors import Refused
from db.script import fold
from exports.workbook.columns import COLUMNS, chosen

DEFAULT = [
    "序號",
    "編號",
    "要點全文",
    "具體舉措",
    "牽頭單位",
    "責任單位",
    "分管領導",
    "完成時限",
    "進度(%)",
    "進展情況",
    "存在問題",
    "下一步",
    "備註",
]


def titles(*keys: str) -> list[str]:
    return [column.title for column in chosen(keys)]


def test_without_a_choice_the_usual_columns_stand_in_the_usual_order() -> None:
    assert titles() == DEFAULT


def test_the_office_chooses_and_orders() -> None:
    assert titles("code", "lead", "text", "person") == ["編號", "牽頭單位", "要點全文", "責任人"]


def test_a_column_may_be_called_by_its_heading_in_either_script_or_by_a_usual_one() -> None:
    assert titles("编号", "進度", "重点任务", "責任單位") == ["編號", "進度(%)", "要點全文", "責任單位"]


def test_a_column_named_twice_stands_once() -> None:
    assert titles("code", "編號", "lead") == ["編號", "牽頭單位"]


def test_a_column_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="臺賬沒有「天氣」這個欄目。可選：序號、編號"):
        chosen(["code", "天氣"])


def test_every_heading_means_one_column() -> None:
    own = [fold(name) for column in COLUMNS for name in (column.key, column.title)]
    others = [fold(name) for column in COLUMNS for name in column.synonyms]
    assert len(own) == len(set(own))
    assert len(others) == len(set(others))
    assert not set(own) & set(others)


def test_units_fill_in_their_report_and_nothing_else() -> None:
    assert [column.key for column in COLUMNS if column.editable] == [
        "percent", "progress", "problem", "next_step", "task_state",
    ]  # fmt: skip
