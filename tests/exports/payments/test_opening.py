"""Payment files of every kind and shape, strangers' ones too: the same rows, or a sentence, never more memory."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from db.errors import UnreadableInput
from exports.payments.opening import opened
from exports.workbook.collect.package import Package
from tests.exports.payments.sheets import ROWS, one, write


def rewritten(source: Path, target: Path, part: str, change: dict[str, str]) -> Path:
    """Write a workbook anew with replacements in one part."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                for before, after in change.items():
                    content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return target


SHEET = "xl/worksheets/sheet1.xml"


def rows_of(path: Path) -> list[tuple[int, dict[int, object]]]:
    with opened(path) as file:
        return [(at, dict(row)) for sheet in file.sheets for at, row in sheet.rows()]


def test_a_sheet_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    plain = one(tmp_path / "a.xlsx", *ROWS)
    prefixed = rewritten(
        plain,
        tmp_path / "b.xlsx",
        SHEET,
        {"<": "<x:", "<x:/": "</x:", "<x:?": "<?", "xmlns=": "xmlns:x="},
    )
    without = rewritten(
        plain, tmp_path / "c.xlsx", SHEET, {f' r="{letter}{row}"': "" for letter in "ABCDEFGH" for row in range(1, 9)}
    )
    assert rows_of(plain) == rows_of(prefixed) == rows_of(without)
    assert rows_of(plain)[2][1][1] == "王建國"


def test_texts_kept_once_for_all_and_texts_in_place_are_the_same(tmp_path: Path) -> None:
    shared = one(tmp_path / "a.xlsx", *ROWS)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("發放表")
    for row in load_workbook(shared).worksheets[0].iter_rows(values_only=True):
        sheet.append(row)
    book.save(tmp_path / "b.xlsx")
    assert rows_of(shared) == rows_of(tmp_path / "b.xlsx")


def test_days_formulas_errors_and_signs_are_read(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.xlsx", {"表": [("甲&乙<丙>", "日"), ("x", 1), ("y", 2), ("z", 3)]})
    changed = rewritten(
        plain,
        tmp_path / "b.xlsx",
        SHEET,
        {
            "<v>1</v>": "<f>A1+1</f><v>12.5</v>",
            "<v>2</v>": "<f>A1+1</f>",
            't="n"><v>3</v>': 't="e"><v>#REF!</v>',
        },
    )
    rows = dict(rows_of(changed))
    assert rows[1][0] == "甲&乙<丙>"
    assert rows[2][1] == 12.5
    assert rows[3][1] == "公式沒有計算結果"
    assert rows[4][1] == "#REF!"


def test_hidden_sheets_are_left_alone_and_named(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", {"表": [("姓名", "金額")], "底表": [("姓名", "身份證號")]})
    book = load_workbook(tmp_path / "a.xlsx")
    book["底表"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    with opened(tmp_path / "a.xlsx") as file:
        assert [sheet.name for sheet in file.sheets] == ["表"]
        assert file.hidden == ("底表",)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    plain = one(tmp_path / "a.xlsx", *ROWS)
    with ZipFile(plain) as old, ZipFile(tmp_path / "b.xlsx", "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b" " * 40_000_000 if name == SHEET else b""))
    with pytest.raises(UnreadableInput, match="大得不正常"), opened(tmp_path / "b.xlsx"):
        pass


def test_a_row_without_end_is_refused(tmp_path: Path) -> None:
    plain = one(tmp_path / "a.xlsx", *ROWS)
    endless = rewritten(plain, tmp_path / "b.xlsx", SHEET, {"</row>": ""})
    content = Package(endless, endless.name).read(SHEET)
    assert b"</row>" not in content
    assert rows_of(endless) == []


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    plain = one(tmp_path / "a.xlsx", *ROWS)
    evil = rewritten(plain, tmp_path / "b.xlsx", SHEET, {"<worksheet": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'})
    with pytest.raises(UnreadableInput):
        rows_of(evil)
