"""The whole path by the command line: notice, division, reports, ledger on paper, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from db import assignments
from db.codes import is_valid
from db.database import open_database
from db.ledger import LedgerRow, read
from db.script import simplified
from tests.desktop.cli.conftest import NOTICE, Run

PENDING = "待定"


def rows(path: Path) -> list[LedgerRow]:
    database = open_database(path, writable=False)
    with database.reading() as session:
        found = list(read(session).rows)
    database.release()
    return found


def by_openpyxl(path: Path) -> list[list[str]]:
    sheet = load_workbook(path).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def by_calamine(path: Path) -> list[list[str]]:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [[str(int(c)) if isinstance(c, float) else str(c) for c in row] for row in sheet.to_python()]


def table(grid: list[list[str]]) -> list[dict[str, str]]:
    """Return the rows with a code, by the titles of their columns."""
    head = next(row for row in grid if "编号" in row)
    place = head.index("编号")
    return [dict(zip(head, row, strict=True)) for row in grid if is_valid(row[place])]


@pytest.mark.parametrize("reader", [by_openpyxl, by_calamine])
def test_from_the_notice_to_the_ledger_on_paper(run: Run, tmp_path: Path, reader: object) -> None:
    assert callable(reader)
    path, out = tmp_path / "臺賬.db", tmp_path / "臺賬.xlsx"
    assert run(path, "plan", "import", NOTICE).status == 0
    assert run(path, "assign", "--auto").status == 0
    assert run(path, "assign", "--accept").status == 0
    wanted = rows(path)
    first = wanted[0].code
    added = run(
        path,
        "progress",
        "add",
        first,
        "--percent",
        "40",
        "--period",
        "2022-06",
        "--text",
        "已建成平臺。",
        "--problem",
        "缺人",
    )
    assert added.status == 0
    exported = run(path, "ledger", "export", out)
    assert exported.status == 0
    assert "56 項" in exported.out
    wanted = rows(path)
    found = table(reader(out))
    assert [one["编号"] for one in found] == [row.code for row in wanted]
    assert [one["序号"] for one in found] == [str(place) for place in range(1, 57)]
    for one, row in zip(found, wanted, strict=True):
        assert one["要点全文"].endswith(row.point_text)
        assert one["牵头单位"].startswith(row.lead or PENDING)
        assert one["责任单位"] == "、".join(row.others)
        assert one["完成时限"] == row.deadline
        assert one["进展情况"] == row.progress
    assert (found[0]["进度(%)"], found[0]["存在问题"]) == ("40", "缺人")


def test_one_plan_with_chosen_columns(run: Run, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "臺賬.xlsx"
    done = run(path, "ledger", "export", out, "--plan", "公16", "--columns", "編號,牽頭單位，要點全文", "--paper", "A4")
    assert done.status == 0
    grid = by_openpyxl(out)
    assert len(table(grid)) == 17
    assert next(row for row in grid if "编号" in row)[:3] == ["编号", "牵头单位", "要点全文"]
    assert simplified("湖南省2022年政務公開工作要點") in simplified(grid[0][0])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ledger", "export", "x.xlsx", "--columns", "沒有的欄"], "沒有的欄"),
        (["ledger", "export", "x.xlsx", "--plan", "9"], "沒有計劃符合"),
        (["ledger", "export", "沒有/x.xlsx"], "沒有"),
        (["ledger", "undo", "99"], "沒有第 99 號操作"),
        (["progress", "add", "22-政16-01-1A", "--percent", "5"], "有錯字"),
        (["progress", "add", "22-政16-01-1P", "--percent", "500"], "0 到 100"),
        (["progress", "add", "22-政16-01-1P", "--status", "做完了"], "不認識"),
        (["progress", "add", "22-政16-01-1P", "--status", "已完成"], "完成日期"),
        (["progress", "add", "22-政16-01-1P", "--percent", "5", "--period", "六月"], "報送期"),
        (["progress", "add", "22-政16-01-1P", "--finished-on", "6月30日"], "6月30日"),
        (["division", "x.pdf"], "docx"),
    ],
    ids=lambda value: " ".join(value[-2:]) if isinstance(value, list) else "",
)
def test_wrong_values_are_told_and_change_nothing(
    run: Run, path: Path, words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    before = run(path, "ledger", "history").out
    done = run(path, *words)
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert len(done.err.splitlines()) == 1
    assert run(path, "ledger", "history").out == before
    assert not (path.parent / "x.xlsx").exists()


def test_progress_is_listed_in_the_shape_of_the_design(run: Run, path: Path) -> None:
    code = rows(path)[0].code
    run(path, "progress", "add", code.lower(), "--percent", "20", "--period", "2022-05", "--next", "繼續推進")
    run(path, "progress", "add", code, "--percent", "100", "--period", "2022-06", "--status", "已完成",
        "--finished-on", "2022-06-20", "--text", "全部建成。")  # fmt: skip
    entries = run(path, "progress", "list", "--json").json["entries"]
    assert [list(entry) for entry in entries] == [
        ["code", "period", "percent", "status", "text", "problem", "next_step", "unit", "source"]
    ] * 2
    first, second = entries
    assert (first["code"], first["period"], first["percent"], first["next_step"]) == (code, "2022-05", 20, "繼續推進")
    assert (second["percent"], second["text"], second["unit"]) == (100, "全部建成。", "縣行政審批服務局")
    assert rows(path)[0].percent == 100
    assert "2022-05\t20" in run(path, "progress", "list").out


def test_undo_by_number_says_what_it_kept(run: Run, path: Path) -> None:
    code = rows(path)[0].code
    run(path, "progress", "add", code, "--percent", "20", "--period", "2022-05")
    taken = run(path, "ledger", "undo", "3")  # the division of the first plan
    assert taken.status == 1
    assert f"  {code} " in taken.out
    assert "保留" in taken.out
    assert rows(path)[0].code == code
    assert len(rows(path)) == 18
    again = run(path, "ledger", "undo", "3")
    assert again.status == 2
    assert "已經撤銷過" in again.err
    number = run(path, "ledger", "history", "--limit", "1").out.split("\t")[0]
    assert run(path, "ledger", "undo", number).status == 0
    assert len(rows(path)) == 56


def test_the_division_paper_is_written_as_draft_and_as_issued(run: Run, path: Path, tmp_path: Path) -> None:
    draft, issued, sheet = tmp_path / "草稿.docx", tmp_path / "印發.docx", tmp_path / "附件.xlsx"
    assert run(path, "division", draft).status == 0
    assert run(path, "division", sheet, "--plan", "政16").status == 0
    assert all(one.stat().st_size > 5_000 for one in (draft, sheet))
    refused = run(path, "division", issued, "--issued")
    assert refused.status == 2
    assert "沒有牽頭單位" in refused.err
    assert not issued.exists()
    database = open_database(path)
    leaderless = [row.id for row in rows(path) if not row.lead]
    assignments.edit(database, ids=leaderless, fields={"lead_id": rows(path)[0].lead_id})
    database.release()
    assert run(path, "assign", "--accept").status == 0
    assert run(path, "division", issued, "--issued").status == 0
    assert issued.stat().st_size > 5_000


def test_an_empty_ledger_is_not_printed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "臺賬.db"
    open_database(path).release()
    for words in (["ledger", "export", tmp_path / "x.xlsx"], ["division", tmp_path / "x.docx"]):
        done = run(path, *words)
        assert done.status == 2
        assert "assign --auto" in done.err


@pytest.mark.parametrize(
    "words", [("ledger", "export"), ("units", "export"), ("units", "page", "縣財政局"), ("division",)], ids=" ".join
)
def test_no_file_is_written_that_is_not_what_its_name_says(
    run: Run, path: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    target = tmp_path / "名稱.csv"
    done = run(path, *words, target)
    assert (done.status, "的類型不能用" in done.err) == (2, True)
    assert not target.exists()
