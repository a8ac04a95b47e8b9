"""``taizhang ledger dispatch`` and what is told about it afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.codes import find_tokens
from desktop.cli import run
from tests.sample_year import copy_to


@pytest.fixture
def base(tmp_path: Path) -> list[str]:
    return ["--db", str(copy_to(tmp_path / "year.db")), "ledger"]


def told(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 - a JSON document
    return json.loads(capsys.readouterr().out)


def test_a_sending_and_its_register_as_json(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*base, "dispatch", str(tmp_path / "六月"), "--due", "2022-06-28", "--json"]) == 0
    done = told(capsys)
    assert done["dispatch"] == "2022-06-1"
    assert len(done["files"]) == 40
    assert all(Path(str(one["path"])).is_file() for one in done["files"])
    assert run([*base, "register", "--json"]) == 0
    sheets = told(capsys)["sheets"]
    assert [(one["unit"], one["rows"]) for one in sheets] == [(one["unit"], one["rows"]) for one in done["files"]]
    assert [one["token"] for one in sheets] == [find_tokens(str(one["path"]))[0] for one in done["files"]]


def test_one_plan_and_another_period(base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = str(tmp_path / "二")
    assert run([*base, "dispatch", where, "--due", "2022-07-05", "--period", "2022-06", "--plan", "2"]) == 0
    assert "2022-06-1" in capsys.readouterr().out
    names = [path.name for path in Path(where).glob("*_2022-06_*.xlsx")]
    assert 0 < len(names) < 40


def test_the_files_are_written_again(base: list[str], tmp_path: Path) -> None:
    first, second = tmp_path / "六月", tmp_path / "再寫"
    assert run([*base, "dispatch", str(first), "--due", "2022-06-28"]) == 0
    assert run([*base, "dispatch", str(second), "--again", "2022-06-1"]) == 0
    assert sorted(path.name for path in first.iterdir()) == sorted(path.name for path in second.iterdir())


def test_the_register_as_a_workbook(base: list[str], tmp_path: Path) -> None:
    assert run([*base, "dispatch", str(tmp_path / "六月"), "--due", "2022-06-28"]) == 0
    assert run([*base, "register", "2022-06", "--out", str(tmp_path / "登記.xlsx")]) == 0
    assert (tmp_path / "登記.xlsx").stat().st_size > 1000


@pytest.mark.parametrize(
    "wrong",
    [
        ["dispatch", "六月"],
        ["dispatch", "六月", "--again", "2022-06-1"],
        ["dispatch", "六月", "--due", "六月底"],
        ["dispatch", "六月", "--due", "2022-06-28", "--period", "2022"],
        ["dispatch", "六月", "--due", "2022-06-28", "--plan", "沒有的計劃"],
        ["register", "2022-06-1"],
    ],
)
def test_wrong_use_is_one_sentence(
    base: list[str],
    wrong: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*base, *wrong]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Traceback" not in error
    assert not (tmp_path / "六月").exists()
