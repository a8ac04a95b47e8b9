"""``taizhang search``: the hits as lines and as JSON, also over a file that has no index yet."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from db.database import open_database
from desktop.cli import run
from tests.db import worlds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "臺賬.db"
    database = open_database(made, operator="測試員")
    worlds.divided(database)
    database.release()
    return made


def test_hits_are_printed_with_the_place_marked(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(path), "search", "优化营商"]) == 0
    told = capsys.readouterr().out
    assert "要點\t22-政3-02\t優化營商環境。" in told


def test_hits_as_json_have_the_agreed_shape(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(path), "search", "xczj", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert set(hits[0]) == {"kind", "code", "title", "snippet"}
    assert (hits[0]["kind"], hits[0]["title"]) == ("unit", "縣財政局")


def test_words_that_stand_nowhere_are_no_error(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(path), "--lang", "zh_Hans", "search", "沒有的詞"]) == 0
    assert capsys.readouterr().out == "没有找到「沒有的詞」。\n"


def test_no_words_are_wrong_use(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(path), "search", " "]) == 2
    assert "請寫明要查找的詞" in capsys.readouterr().err


def test_more_than_listed_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", str(path), "search", "局", "--limit", "2"]) == 0
    assert "單位還有更多" in capsys.readouterr().out.replace("、", "").replace("任務", "").replace("要點", "")


def test_a_file_without_an_index_is_searched_too(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE search_mark")
    connection.close()
    assert run(["--db", str(path), "search", "營商", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"]
