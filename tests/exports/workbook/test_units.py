"""The table of units: what goes out comes back, and what is wrong in it is named by its cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from db import dictionary
from db.database import Database, open_database
from db.dictionary import CounterpartRow, UnitRow
from db.errors import UnreadableInput
from db.settings import Office
from db.terms import UnitLevel
from exports.problems import Problem
from exports.workbook.units import read_units, write_units


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "a.db")
    yield opened
    opened.release()


def book(path: Path, *sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for lines in sheets:
        sheet = made.create_sheet()
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


HEAD: list[object] = ["單位名稱", "層級"]


@pytest.mark.parametrize("script", ["zh_Hans", "zh_Hant"])
def test_what_went_out_comes_back_and_changes_nothing(tmp_path: Path, database: Database, script: str) -> None:
    path = tmp_path / "單位.xlsx"
    with database.reading() as session:
        write_units(session, path, office=Office(output_script=script))
    units, counterparts, problems = read_units(path)
    assert problems == []
    shipped, lines = dictionary.shipped_rows()
    assert {unit.name: (unit.level, unit.aliases) for unit in units} == {
        unit.name: (unit.level, unit.aliases) for unit in shipped
    }
    assert len(counterparts) == len(lines)
    done = dictionary.merge(database, units=units, counterparts=counterparts, title="導入")
    assert done.batch is None


def test_three_sheets_go_out_in_the_offices_script(tmp_path: Path, database: Database) -> None:
    with database.reading() as session:
        path = write_units(session, tmp_path / "a.xlsx", office=Office())
    sheets = load_workbook(path)
    assert sheets.sheetnames == ["单位", "对口关系", "填写说明"]
    assert [cell.value for cell in sheets["单位"][1]] == [
        "单位名称", "层级", "类别", "排序", "别名", "分管县领导", "办公电话", "电子邮箱", "备注",
    ]  # fmt: skip
    assert sheets["单位"].column_dimensions["G"].number_format == "@"


def test_headings_are_found_in_any_place_order_and_script(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [
            ["我縣單位一覽表"],
            [],
            [None, "备  注", "级别", "名称*", "无关", "简称"],
            [None, "甲", "县级", "縣甲局", "x", "甲局、甲办（乙、丙）"],
            [],
            [None, "备  注", "级别", "名称*", "无关", "简称"],
            [None, None, "province", "省乙廳", None, None],
        ],
    )
    assert read_units(path) == (
        [
            UnitRow("縣甲局", UnitLevel.COUNTY, aliases=["甲局", "甲办（乙、丙）"], note="甲"),
            UnitRow("省乙廳", UnitLevel.PROVINCE),
        ],
        [],
        [],
    )


def test_a_blank_leaves_a_field_and_a_word_erases_it(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [[*HEAD, "電話", "備註"], ["縣甲局", "縣", 7312345, "清空"]])
    unit = read_units(path)[0][0]
    assert (unit.telephone, unit.note, unit.leader, unit.email) == ("7312345", "", None, None)


def test_what_is_wrong_is_named_by_its_cell_beside_the_good_rows(tmp_path: Path) -> None:
    path = book(
        tmp_path / "單位.xlsx",
        [
            [*HEAD, "排序", "別名", "電子郵箱"],
            ["縣甲局", "縣", "三", "甲局", "甲@"],
            ["縣乙局", "鎮", 2, None, None],
            [None, "縣", 3, None, None],
            ["县甲局", "縣", 4, None, None],
            ["縣丙局", "縣", 5, "甲局、丙局", "bing@example.cn"],
        ],
    )
    units, _, problems = read_units(path)
    assert [(unit.name, unit.position, unit.aliases, unit.email) for unit in units] == [
        ("縣甲局", None, ["甲局"], None),
        ("縣丙局", 5, ["丙局"], "bing@example.cn"),
    ]
    assert [(problem.cell, problem.found) for problem in problems] == [
        ("C2", "三"), ("E2", "甲@"), ("B3", "鎮"), ("A4", ""), ("A5", "县甲局"), ("D6", "甲局、丙局"),
    ]  # fmt: skip
    assert str(problems[2]) == (
        "「單位.xlsx」表「Sheet」單元格 B3是「鎮」，層級應是國家、省、市州、縣、鄉鎮、其他之一，這一行沒有採用。"
    )


def test_the_number_of_a_person_is_masked_and_not_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [[*HEAD, "辦公電話"], ["縣甲局", "縣", "13812345678"]])
    units, _, problems = read_units(path)
    assert units[0].telephone == "138****5678"
    assert [problem.cell for problem in problems] == ["C2"]
    assert "1234" not in str(problems[0])


def test_counterparts_keep_their_order_and_need_a_reason_for_none(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [
            ["上級單位", "縣級對口單位", "次序", "備註"],
            ["省甲廳", "縣乙局", 2, None],
            ["省丙廳", None, None, "縣裏沒有"],
            ["省甲廳", "縣甲局", 1, None],
            ["省丁廳", None, None, None],
            [None, "縣丁局", None, None],
        ],
    )
    _, counterparts, problems = read_units(path)
    assert counterparts == [
        CounterpartRow("省甲廳", "縣甲局", 1),
        CounterpartRow("省甲廳", "縣乙局", 2),
        CounterpartRow("省丙廳", "", 1, "縣裏沒有"),
    ]
    assert [problem.cell for problem in problems] == ["B5", "A6"]


def test_a_merged_cell_holds_for_the_rows_it_covers(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", [["上級單位", "縣級單位"], ["省甲廳", "縣甲局"], [None, "縣乙局"], ["省乙廳", "縣丙局"]]
    )
    made = load_workbook(path)
    made.worksheets[0].merge_cells("A2:A3")
    made.save(path)
    assert [(line.superior, line.county, line.position) for line in read_units(path)[1]] == [
        ("省甲廳", "縣甲局", 1), ("省甲廳", "縣乙局", 2), ("省乙廳", "縣丙局", 1),
    ]  # fmt: skip


def test_styled_blank_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ["縣甲局", "縣"]])
    made = load_workbook(path)
    for far in ("A1048576", "XFD3"):
        made.worksheets[0][far].font = Font(bold=True)
    made.save(path)
    assert [unit.name for unit in read_units(path)[0]] == ["縣甲局"]


def test_a_value_in_the_last_cell_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ["縣甲局", "縣"]])
    made = load_workbook(path)
    made.worksheets[0]["XFD1048576"] = "x"
    made.save(path)
    with pytest.raises(UnreadableInput, match="用到第 1048576 行、第 16384 列"):
        read_units(path)


def test_a_workbook_of_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"「a\.xlsx」裏沒有找到單位表"):
        read_units(book(tmp_path / "a.xlsx", [["姓名", "金額"], ["甲", 1]]))


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "是空文件"),
        (b"plain words", "不是電子表格，或已損壞"),
        (b"PK\x03\x04 torn", "已損壞"),
        (ENCRYPTED, "設有密碼"),
    ],
)
def test_a_file_that_is_no_workbook_gets_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "單位.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=told):
        read_units(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="找不到文件"):
        read_units(tmp_path / "nowhere.xlsx")


def test_a_problem_without_a_cell_names_the_sheet() -> None:
    assert str(Problem("a.xlsx", "表1", "", "", "應有表頭")) == "「a.xlsx」表「表1」是空的，應有表頭。"
