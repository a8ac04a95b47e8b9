"""``taizhang ledger upward`` and ``mapping``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db import ledger
from db.database import open_database
from desktop.cli import run
from tests.exports.upward.forms import made, sheet_of
from tests.sample_year import copy_to


@pytest.fixture
def base(tmp_path: Path) -> list[str]:
    return ["--db", str(copy_to(tmp_path / "year.db"))]


@pytest.fixture
def form(base: list[str], tmp_path: Path) -> Path:
    """A form of five of the ledger's points."""
    database = open_database(Path(base[1]), writable=False)
    with database.reading() as session:
        rows = [row for row in ledger.read(session).rows if row.confirmed]
    database.release()
    return made(tmp_path / "省表.xlsx", list(dict.fromkeys(row.point_text for row in rows))[:5])


def told(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 - a JSON document
    return json.loads(capsys.readouterr().out)


def test_a_form_is_filled(base: list[str], form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = form.read_bytes()
    assert run([*base, "ledger", "upward", str(form), str(tmp_path / "報出.xlsx"), "--json"]) == 0
    found = told(capsys)
    assert len(found["rows"]) == 5
    sheet = sheet_of(tmp_path / "報出.xlsx")
    assert {one["cell"] for one in found["cells"]} == {
        cell.coordinate for line in sheet["C3:G7"] for cell in line if cell.value is not None
    }
    assert form.read_bytes() == before


def test_without_a_target_it_only_tells(base: list[str], form: Path, tmp_path: Path) -> None:
    assert run([*base, "ledger", "upward", str(form)]) == 0
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["省表.xlsx"]


def test_a_correction_is_remembered(
    base: list[str], form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = [*base, "ledger", "upward", str(form), "--map", "G=下一步", "--map", "D=", "--save", "省表"]
    assert run(first) == 0
    capsys.readouterr()
    assert run([*base, "ledger", "upward", str(form), "--json"]) == 0
    again = told(capsys)
    fields = {one["column"]: one["field"] for one in again["columns"]}
    assert (again["mapping"], fields["G"], fields["D"]) == ("省表", "next_step", None)
    assert run([*base, "mapping", "export", str(tmp_path / "對應.json")]) == 0
    assert run([*base, "mapping", "import", str(tmp_path / "對應.json")]) == 0
    assert run([*base, "mapping", "list"]) == 0
    assert "省表" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--map", "Z=進展情況"], ["--map", "G=沒有的欄"], ["--mapping", "市表"]])
def test_wrong_use_is_one_sentence(
    base: list[str], form: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*base, "ledger", "upward", str(form), *wrong]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_form_is_not_written_over(base: list[str], form: Path) -> None:
    before = form.read_bytes()
    assert run([*base, "ledger", "upward", str(form), str(form)]) == 2
    assert form.read_bytes() == before
