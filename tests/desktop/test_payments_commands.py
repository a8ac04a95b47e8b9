"""``taizhang places`` and ``taizhang payments``: from two workbooks to sums, and what the exit status says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db import subsidies
from db.database import open_database
from desktop.cli import run
from tests.db.villages import FARM_ITEMS
from tests.exports.payments.sheets import ROWS, TOTAL, line, one, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "臺賬.db"
    database = open_database(made, operator="測試員")
    subsidies.add(database, values=FARM_ITEMS)
    database.release()
    return made


@pytest.fixture
def places(path: Path, tmp_path: Path) -> Path:
    rows = [("鄉鎮", "村", "區劃代碼"), ("石橋鎮", "石橋村", 430626101201), ("石橋鎮", "新華村", None)]
    assert run(["--db", str(path), "places", "import", str(write(tmp_path / "區劃.xlsx", {"區劃": rows}))]) == 0
    return path


def out_of(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_places_are_listed_changed_and_written(
    places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--db", str(places), "places", "add", "河東村", "--town", "石桥镇"]) == 0
    assert (
        run(["--db", str(places), "places", "edit", "河東", "--rename", "河西村", "--telephone", "0730-6230001"]) == 0
    )
    assert run(["--db", str(places), "places", "edit", "河西村"]) == 2
    assert run(["--db", str(places), "places", "export", str(tmp_path / "出.xlsx")]) == 0
    assert run(["--db", str(places), "places", "import", str(tmp_path / "出.xlsx")]) == 0
    assert "沒有改動" in out_of(capsys)
    assert run(["--db", str(places), "places", "list", "--json"]) == 0
    town = json.loads(out_of(capsys))["towns"][0]
    assert [(one["name"], one["code"]) for one in town["villages"]] == [
        ("石橋村", "430626101201"),
        ("新華村", ""),
        ("河西村", ""),
    ]


def test_a_sheet_is_imported_listed_summed_and_withdrawn(
    places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = one(tmp_path / "a.xlsx", *ROWS, TOTAL)
    assert run(["--db", str(places), "payments", "import", str(sheet)]) == 0
    told = out_of(capsys)
    assert "3 行、2,178.75 元；與表中合計相符" in told
    assert "按身份證號查重做不到" in told
    assert run(["--db", str(places), "payments", "import", str(sheet)]) == 2
    assert "沒有重複導入" in capsys.readouterr().err
    assert run(["--db", str(places), "payments", "list", "--name", "张", "--json"]) == 0
    assert [one["name"] for one in json.loads(out_of(capsys))["payments"]] == ["張偉"]
    assert run(["--db", str(places), "payments", "totals", "--village", "石橋鎮"]) == 0
    assert "2022\t耕地地力保護補貼\t石橋鎮\t石橋村\t3\t2,178.75" in out_of(capsys)
    assert run(["--db", str(places), "payments", "withdraw", "1"]) == 0
    assert run(["--db", str(places), "payments", "list"]) == 0
    assert "已撤回" in out_of(capsys)
    assert run(["--db", str(places), "payments", "withdraw", "1", "--restore"]) == 0


def test_rows_left_out_are_printed_and_the_status_says_so(
    places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = one(tmp_path / "a.xlsx", *ROWS, line(4, "趙六", amount="未發"))
    assert run(["--db", str(places), "--lang", "zh_Hans", "payments", "import", str(sheet), "--preview"]) == 1
    assert "「a.xlsx」表「發放表」单元格 G6是「未發」，不是能采用的金额" in out_of(capsys)
    assert run(["--db", str(places), "payments", "list"]) == 0
    assert out_of(capsys) == ""


def test_villages_that_are_not_there_are_asked_or_added(
    places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ("乡镇", "村", "姓名", "金额")
    sheet = one(tmp_path / "a.xlsx", ("安定鎮", "小河村", "甲", 10), title="2022年耕地地力保護補貼", head=head)
    assert run(["--db", str(places), "payments", "import", str(sheet), "--preview"]) == 1
    assert "「安定鎮小河村」是哪個村？1 行沒有採用" in out_of(capsys)
    assert run(["--db", str(places), "payments", "import", str(sheet), "--as", "安定鎮小河村=新華村", "--preview"]) == 0
    out_of(capsys)
    assert run(["--db", str(places), "payments", "import", str(sheet), "--add-places", "--json"]) == 0
    assert json.loads(out_of(capsys))["rows"] == 1


def test_wrong_use_is_a_sentence(places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = str(one(tmp_path / "a.xlsx", *ROWS))
    for wrong in (
        ["import", str(tmp_path / "無.xlsx")],
        ["import", sheet, "--policy", "沒有的政策"],
        ["import", sheet, "--village", "沒有的村"],
        ["import", sheet, "--period", "去年"],
        ["withdraw", "9"],
    ):
        assert run(["--db", str(places), "payments", *wrong]) == 2
        assert "Traceback" not in capsys.readouterr().err
