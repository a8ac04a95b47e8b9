"""``taizhang plan``: an office's own table, its columns proposed, corrected and remembered."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pytest

from db.database import open_database
from desktop.jobs import Progress
from desktop.pages.plans_reading import read_files, read_words
from tests.desktop.cli.conftest import Run

HEADINGS = ("編碼", "幹什麼", "誰來幹", "誰幫忙", "啥時候")
ROWS = (
    ("A1", "建好一個政務服務大廳並投入使用。", "縣發改局", "縣財政局", "2022年9月底前"),
    ("A2", "公開一批民生項目的審批結果。", "縣人社局", "縣教育局", "2022年底前"),
)
MAP = [*("--map", "任務=幹什麼"), *("--map", "牽頭=誰來幹"), *("--map", "責任單位=誰幫忙"), *("--map", "時限=啥時候")]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A table whose headings the reader does not know."""
    return _saved(tmp_path / "本縣的表.xlsx", HEADINGS)


def _saved(path: Path, headings: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (("2022年重點工作任務分解表",), headings, *ROWS):
        page.append(row)
    book.save(path)
    return path


def _points(run: Run, path: Path, *words: object) -> list[tuple[str, list[str], list[str]]]:
    (document,) = run(path, "plan", "parse", *words, "--json").json["documents"]
    return [(one["text"], one["lead"], one["co"]) for plan in document["plans"] for one in plan["points"]]


READ = [(text, [lead], [co]) for _, text, lead, co, _ in ROWS]


def test_told_columns_are_read_and_remembered_by_the_headings(run: Run, tmp_path: Path, sheet: Path) -> None:
    path = tmp_path / "臺賬.db"
    assert _points(run, path, sheet) != READ
    assert _points(run, path, sheet, *MAP) == READ
    assert not path.exists()
    done = run(path, "plan", "import", sheet, *MAP)
    assert done.status == 0, done.err
    assert "記住列的對應「本縣的表」" in done.out
    assert _points(run, path, _saved(tmp_path / "另一份.xlsx", HEADINGS)) == READ
    assert _points(run, path, _saved(tmp_path / "不同的.xlsx", (*HEADINGS[:4], "哪天"))) != READ


def test_the_window_reads_with_what_was_remembered(run: Run, tmp_path: Path, sheet: Path) -> None:
    path = tmp_path / "臺賬.db"
    assert run(path, "plan", "import", sheet, *MAP).status == 0
    database = open_database(path)
    try:
        drafts = read_files([sheet], Mock(spec=Progress), database)
        drafts += read_words("\n".join("\t".join(row) for row in (HEADINGS, *ROWS)), database)
    finally:
        database.close()
    for draft in drafts:
        assert [(one.text, one.lead, one.co) for plan in draft.plans for one in plan.points] == READ


def test_the_proposal_is_what_the_reader_finds_and_a_correction_overrides_it(run: Run, tmp_path: Path) -> None:
    path, sheet = (
        tmp_path / "臺賬.db",
        _saved(tmp_path / "表.xlsx", ("序號", "工作內容", "主辦", "協辦單位", "完成時限")),
    )
    shown = run(path, "plan", "parse", sheet, "--columns").out
    assert "主辦 → 牽頭單位" in shown
    assert "協辦單位 → 責任單位" in shown
    shown = run(path, "plan", "parse", sheet, "--columns", "--map", "牽頭=協辦單位", "--map", "責任單位=").out
    assert "主辦 → （不讀）" in shown
    assert "協辦單位 → 牽頭單位" in shown
    assert [lead for _, lead, _ in _points(run, path, sheet, "--map", "牽頭=協辦單位")] == [["縣財政局"], ["縣教育局"]]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("任務=沒有的列", "表裏沒有「沒有的列」這一列"),
        ("心情=幹什麼", "計劃沒有「心情」這個欄目"),
        ("任務=", "沒有一列作為任務"),
    ],
)
def test_a_wrong_column_is_refused_and_nothing_stored(
    run: Run, tmp_path: Path, sheet: Path, told: str, said: str
) -> None:
    done = run(tmp_path / "臺賬.db", "plan", "import", sheet, "--map", told)
    assert done.status == 2
    assert said in done.err
    assert not (tmp_path / "臺賬.db").exists()
