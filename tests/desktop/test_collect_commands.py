"""``taizhang ledger collect`` and what belongs to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.cli import run
from tests.exports.workbook.collect.support import POINTS, Office, office_at
from tests.exports.workbook.collect.test_foreign_progress import table

TEXT = "已召開推進會。"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose database is closed, so that the command line can open it."""
    for made in office_at(tmp_path):
        made.database.release()
        yield made


def collect(office: Office, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    path = str(office.database.path)
    status = run(["--db", path, "ledger", "collect", str(office.inbox), "--json", *options])
    return status, json.loads(capsys.readouterr().out)


def test_reporting_changes_nothing_and_applying_names_its_batch(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sheet = office.sheet_of("縣甲局")
    code, other, *_ = sheet.codes
    sheet.write(code, percent=60, status="進行中", text=TEXT).write(other, percent="過半")
    path = sheet.save(office.inbox / "回復.xlsx")
    status, told = collect(office, capsys)
    assert status == 1  # one cell is in doubt
    assert told["batch"] is None
    assert told["files"] == [
        {
            "path": str(path),
            "unit": "縣甲局",
            "dispatch": "2022-12-1",
            "state": "recognised",
            "late": False,
            "detail": "",
        }
    ]
    cells = {(cell["code"], cell["field"]): cell for cell in told["cells"]}  # type: ignore[attr-defined]
    wanted = {"found": "60", "returned": 60, "sent": None, "ledger": None, "verdict": "taken", "parallel": False}
    assert wanted.items() <= cells[code, "percent"].items()
    assert cells[code, "status"]["returned"] == "進行中"
    assert (cells[other, "percent"]["verdict"], cells[other, "percent"]["found"]) == ("invalid", "過半")
    assert told["not_returned"] == ["縣乙局", "縣丙局"]
    _, applied = collect(office, capsys, "--apply")
    batch = applied["batch"]
    assert isinstance(batch, int)
    base = ["--db", str(office.database.path)]
    assert run([*base, "progress", "list", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    assert [entry["text"] for entry in entries if entry["code"] == code][-1] == TEXT
    assert run([*base, "ledger", "errors", str(batch), str(tmp_path / "退回")]) == 0
    assert len(list((tmp_path / "退回").glob("縣甲局*.xlsx"))) == 1
    assert run([*base, "ledger", "undo", str(batch)]) == 0
    assert collect(office, capsys)[1]["files"] == told["files"]


def test_a_path_that_is_not_there_is_wrong_use(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["--db", str(office.database.path), "ledger", "collect", str(office.inbox / "無"), "--json"])
    assert status == 2
    assert "找不到" in capsys.readouterr().err


def test_people_are_told_in_lines(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = office.sheet_of("縣乙局")
    code = next(iter(sheet.codes))
    sheet.write(code, percent=120).save(office.inbox / "乙.xlsx")
    assert run(["--db", str(office.database.path), "ledger", "collect", str(office.inbox)]) == 1
    told = capsys.readouterr().out
    assert "縣乙局" in told
    assert code in told
    assert "應是 0 到 100 的整數" in told


def test_a_foreign_sheet_is_mapped_shown_applied_and_known_again(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    table(office.inbox / "匯總.xlsx", [(1, POINTS[0], "", "已辦 3 項", 30, "")])
    base = ["--db", str(office.database.path), "ledger", "collect", str(office.inbox)]
    assert run([*base, "--map", "進展情況=幹到哪了"]) == 2
    assert "--period" in capsys.readouterr().err
    named = [*base, "--period", "2022-05", "--unit", "縣甲局", "--json"]
    assert run([*named, "--map", "進展情況=沒有的列"]) == 2
    assert "表頭是：" in capsys.readouterr().err
    status = run([*named, "--map", "進展情況=幹到哪了", "--map", "狀態=", "--apply"])
    told = json.loads(capsys.readouterr().out)
    assert (status, told["files"][0]["state"], told["files"][0]["unit"]) == (0, "recognised", "縣甲局")
    assert {(cell["field"], cell["returned"]) for cell in told["cells"] if cell["verdict"] == "taken"} == {
        ("percent", 30),
        ("text", "已辦 3 項"),
    }
    table(office.inbox / "匯總.xlsx", [(1, POINTS[0], "", "已辦 5 項", 50, "")])
    assert run(named) == 0  # without --map: the columns are remembered
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert ("text", "已辦 3 項", "已辦 5 項") in {(c["field"], c["ledger"], c["returned"]) for c in cells}
