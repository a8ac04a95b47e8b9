"""The list of towns and villages: out and in again, in both layouts, with what is wrong told by cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import places, placetree
from db.database import Database
from db.errors import UnreadableInput
from db.places import PlaceRow
from db.settings import office
from exports.workbook.places import read_places, write_places
from tests.exports.payments.sheets import write

ROWS = (
    PlaceRow("石橋鎮", code="430626101000", telephone="0730-6230001"),
    PlaceRow("石橋鎮", "石橋村", code="430626101201", committee="石橋村村民委員會"),
    PlaceRow("石橋鎮", "新華村"),
    PlaceRow("安定鎮", "新華村"),
)


def read(path: Path, *rows: tuple[object, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    found, problems = read_places(write(path, {"區劃": rows}))
    return [(row.town, row.village) for row in found], [(one.cell, one.found) for one in problems]


def test_what_is_written_comes_back_unchanged(database: Database, tmp_path: Path) -> None:
    places.bring_in(database, rows=ROWS, source="x")
    with database.reading() as session:
        path = write_places(session, tmp_path / "區劃.xlsx", office=office(session))
        before = placetree.tree(session)
    rows, problems = read_places(path)
    assert problems == []
    assert places.bring_in(database, rows=rows, source="區劃.xlsx").batch is None
    with database.reading() as session:
        assert placetree.tree(session) == before


def test_a_town_column_that_is_blank_below_its_first_row(tmp_path: Path) -> None:
    rows = [("乡镇名称", "行政村"), ("石橋鎮", "石橋村"), (None, "新華村"), ("安定鎮", "新華村"), ("合計", 3)]
    found, problems = read(tmp_path / "a.xlsx", ("全縣區劃表",), *rows)
    assert found == [("石橋鎮", "石橋村"), ("石橋鎮", "新華村"), ("安定鎮", "新華村")]
    assert problems == []


def test_towns_as_headings_between_their_villages(tmp_path: Path) -> None:
    rows = [
        ("名稱", "統計用區劃代碼"),
        ("石橋鎮", 430626101000),
        ("石橋村", 430626101201),
        ("安定街道", None),
        ("河東社區", None),
    ]
    found, problems = read(tmp_path / "a.xlsx", *rows)
    assert found == [("石橋鎮", ""), ("石橋鎮", "石橋村"), ("安定街道", ""), ("安定街道", "河東社區")]
    assert problems == []


def test_what_is_wrong_is_told_by_cell_without_private_numbers(tmp_path: Path) -> None:
    rows = [
        ("鄉鎮", "村", "代碼", "電話"),
        (None, "無主村", None, None),
        ("石橋鎮", "石橋村", "4306", "13800001234"),
        ("石橋鎮", "石橋村", None, None),
    ]
    found, problems = read(tmp_path / "a.xlsx", *rows)
    assert found == [("石橋鎮", "石橋村")]
    assert problems == [("B2", "無主村"), ("C3", "4306"), ("D3", "138****1234"), ("B4", "石橋村")]


def test_another_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="沒有找到區劃表"):
        read(tmp_path / "a.xlsx", ("會議", "時間"))
