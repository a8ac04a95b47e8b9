"""Shapes that real payment sheets take: nothing lost, nothing in another village, nothing invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.database import Database
from exports.payments.heading import money_told
from exports.payments.importing import Preview, missing_places
from tests.exports.payments.sheets import TITLE, county, shown, told, write

HEAD = ("序號", "姓名", "金額")


def _preview(database: Database, path: Path, *rows: tuple[object, ...]) -> Preview:
    county(database)
    return shown(database, write(path / "表.xlsx", {"Sheet1": rows}))


def _by_village(preview: Preview) -> dict[str, tuple[int, int]]:
    sheet = preview.sheets[0]
    return {preview.names[place]: (one.rows, one.amount_fen) for (_, place, _), one in sheet.sums.items()}


@pytest.mark.parametrize(
    "total",
    [
        (None, "合計：2戶", 3),
        (None, "合計（大寫）：叁元整", 3),
        (None, "總數", 3),
        ("合計", "2人", 3),
        (None, "共2戶", 3),
        (None, "全村合計(2戶)", 3),
        (None, "合計人民幣", 3),
        (None, "計", 3),
        (None, "本頁小計", 3),
        ("石橋村小計", None, 3),
    ],
)
def test_a_total_is_never_a_person(database: Database, tmp_path: Path, total: tuple[object, ...]) -> None:
    preview = _preview(database, tmp_path, (TITLE,), HEAD, (1, "計生財", 1), (2, "總小明", 2), total)
    assert (preview.rows, preview.amount_fen) == (2, 300)
    assert told(preview) == []


def test_tables_one_under_the_other_go_to_their_own_villages(database: Database, tmp_path: Path) -> None:
    rows = (
        ("石橋村2022年耕地地力保護補貼發放表",),
        HEAD,
        (1, "甲", 1),
        (None, "小計", 1),
        ("石橋村村民委員會（蓋章） 2022年6月1日",),
        ("河東村2022年耕地地力保護補貼發放表",),
        HEAD,
        (1, "乙", 2),
        ("無名村2022年耕地地力保護補貼發放表",),
        HEAD,
        (1, "丙", 4),
    )
    preview = _preview(database, tmp_path, *rows)
    assert _by_village(preview) == {"石橋鎮石橋村": (1, 100), "安定鎮河東村": (1, 200)}
    assert {period for _, _, period in preview.sheets[0].sums} == {"2022"}
    assert list(preview.sheets[0].questions) == [("village", "", "無名村2022年耕地地力保護補貼發放表")]
    assert told(preview) == [("unknown_village", "第 11 行")]


def test_rows_that_name_a_village_begin_it(database: Database, tmp_path: Path) -> None:
    rows = (
        ("石橋村等2022年耕地地力保護補貼發放表",),
        HEAD,
        ("一、石橋村（1戶）",),
        (1, "甲", 1),
        ("二、河東村",),
        (1, "乙", 2),
        (2, "石橋", None),
        (3, "丙", 3),
        ("無名村",),
        (1, "丁", 4),
    )
    preview = _preview(database, tmp_path, *rows)
    assert _by_village(preview) == {"石橋鎮石橋村": (1, 100), "安定鎮河東村": (2, 500)}
    assert told(preview) == [("no_amount", "C7"), ("unknown_village", "第 10 行")]
    assert list(preview.sheets[0].questions) == [("village", "", "無名村")]


def test_tables_side_by_side_are_both_taken(database: Database, tmp_path: Path) -> None:
    rows = (
        (TITLE,),
        (*HEAD, None, *HEAD),
        (1, "甲", 1, None, 3, "丙", 3),
        (2, "乙", 2, None, 4, "丁", "四元"),
        (None, "合計", 6),
    )
    preview = _preview(database, tmp_path, *rows)
    assert (preview.rows, preview.amount_fen) == (3, 600)
    assert told(preview) == [("bad_amount", "G4")]


def test_each_village_may_have_a_whole_total(database: Database, tmp_path: Path) -> None:
    rows = ((TITLE,), HEAD, (1, "甲", 1), (None, "合計", 1), ("河東村",), (1, "乙", 2), (None, "合計", 2))
    preview = _preview(database, tmp_path, *rows)
    assert (preview.sheets[0].totals.own, told(preview)) == (300, [])


def test_tables_side_by_side_may_have_a_total_each(database: Database, tmp_path: Path) -> None:
    rows = ((TITLE,), ("姓名", "金額") * 3, ("甲", 1, "乙", 2, "丙", 3), ("丁", 4), ("合計", 5, "合計", 2, "合計", 3))
    preview = _preview(database, tmp_path, *rows)
    assert (preview.amount_fen, preview.sheets[0].totals.own, told(preview)) == (1000, 1000, [])


def test_another_table_below_is_told_and_left_out(database: Database, tmp_path: Path) -> None:
    rows = ((TITLE,), HEAD, (1, "甲", 1), ("序號", "金額", "姓名"), (1, 5, "乙"), HEAD, (2, "丙", 2))
    preview = _preview(database, tmp_path, *rows)
    assert (preview.rows, preview.amount_fen) == (2, 300)
    assert told(preview) == [("other_table", "A4"), ("other_head", "B5")]


def test_sums_by_level_of_government(database: Database, tmp_path: Path) -> None:
    top = ("序號", "姓名", "補貼金額(元)", None, None, "備注")
    low = (None, None, "中央", "省級", "合計", None)
    preview = _preview(database, tmp_path, (TITLE,), top, low, (1, "甲", 100, 30, 130, None))
    assert (preview.amount_fen, told(preview)) == (13000, [])


def test_a_column_that_would_also_fit_is_told(database: Database, tmp_path: Path) -> None:
    top = ("序號", "姓名", "補貼資金(元)", None)
    low = (None, None, "中央", "縣級")
    preview = _preview(database, tmp_path, (TITLE,), top, low, (1, "甲", 100, 30))
    assert (preview.amount_fen, told(preview)) == (10000, [("rival", "D3")])


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("單位：畝、萬元", "萬元"),
        ("計量單位:戶，萬元", "萬元"),
        ("單位：元/畝、萬元", "萬元"),
        ("填報單位：三元村  金額單位：萬元", "萬元"),
        ("發放表（畝、元）", "元"),
        ("填報單位：萬元村", ""),
        ("總金額：100萬元", ""),
    ],
)
def test_the_unit_of_sums_in_titles(title: str, unit: str) -> None:
    assert money_told([title]) == unit


def test_the_unit_of_another_column_is_not_that_of_the_sums(database: Database, tmp_path: Path) -> None:
    preview = _preview(database, tmp_path, (TITLE,), ("姓名", "項目總投資(萬元)", "補貼金額"), ("甲", 20, 134))
    assert (preview.sheets[0].money, preview.amount_fen) == ("元", 13400)


def test_broken_cells_and_telephones_are_no_names_and_no_sums(database: Database, tmp_path: Path) -> None:
    head = ("姓名", "組", "金額")
    rows = ((TITLE,), head, ("=A9", "一組", 1), ("甲", "=A9", 2), ("乙", "一組", 13812345678), ("丙", "", "=A9"))
    preview = _preview(database, tmp_path, *rows)
    assert (preview.rows, preview.amount_fen) == (1, 200)
    assert told(preview) == [("bad_name", "A3"), ("broken", "B4"), ("bad_amount", "C5"), ("bad_amount", "C6")]


def test_a_row_of_labels_above_the_heading_is_no_part_of_it(database: Database, tmp_path: Path) -> None:
    labels = ("填報單位：石橋村", None, None, "單位：畝、萬元")
    rows = (("2022年耕地地力保護補貼",), labels, ("序號", "姓名", "面積", "金額"), (1, 2, 3, 4), (1, "甲", 2, 0.02))
    preview = _preview(database, tmp_path, *rows)
    assert _by_village(preview) == {"石橋鎮石橋村": (1, 20000)}
    assert told(preview) == [("bad_name", "B4")]


def test_a_village_of_two_towns_is_asked_by_the_sheets_name(database: Database, tmp_path: Path) -> None:
    county(database)
    rows = (("2022年耕地地力保護補貼",), HEAD, (1, "甲", 2))
    preview = shown(database, write(tmp_path / "表.xlsx", {"新華村": rows}))
    assert list(preview.sheets[0].questions) == [("village", "", "新華村")]


def test_rows_that_name_another_village_than_the_clerk_are_told(database: Database, tmp_path: Path) -> None:
    county(database)
    rows = (("2022年耕地地力保護補貼",), ("村", *HEAD), ("石橋村", 1, "甲", 2), ("河東村", 2, "乙", 2))
    preview = shown(database, write(tmp_path / "表.xlsx", {"Sheet1": rows}), village=3)
    assert (preview.rows, len(told(preview))) == (2, 2)


def test_labels_under_the_table_and_the_total_of_one_village(database: Database, tmp_path: Path) -> None:
    foot = (None, "製表人：某某", "審核：某某")
    rows = (
        ("2022年耕地地力保護補貼",),
        HEAD,
        ("石橋村",),
        (1, "甲", 2),
        ("河東村",),
        (1, "乙", 3),
        ("小計", None, 3),
        foot,
    )
    preview = _preview(database, tmp_path, *rows, (None, None, "日期："), (2, "丙", "備注：停發"))
    assert preview.amount_fen == 500
    assert told(preview) == [("bad_amount", "C10")]


def test_a_village_may_stand_with_its_group(database: Database, tmp_path: Path) -> None:
    rows = (("2022年耕地地力保護補貼",), ("村組", "姓名", "金額"), ("石橋村一組", "甲", 2), ("二組", "乙", 3))
    preview = _preview(database, tmp_path, *rows)
    assert _by_village(preview) == {"石橋鎮石橋村": (1, 200)}
    assert told(preview) == [("unknown_village", "第 4 行")]


@pytest.mark.parametrize("sign", [",", "\t", ";", "，", "|"])
def test_prose_above_does_not_choose_the_separator(database: Database, tmp_path: Path, sign: str) -> None:
    county(database)
    prose = "說明，本表，由村，委會，填寫，如有，疑問，請咨，詢;a;b;c;d;e;f;g"
    lines = (prose, TITLE, sign.join(HEAD), sign.join(("1", "甲", "2")))
    path = tmp_path / "表.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert shown(database, path).amount_fen == 200


def test_a_title_is_never_added_as_a_village(database: Database, tmp_path: Path) -> None:
    head = ("鄉鎮", *HEAD)
    rows = (("無名村2022年耕地地力保護補貼發放表",), head, ("石橋鎮", 1, "甲", 2))
    assert missing_places(_preview(database, tmp_path, *rows)) == []
