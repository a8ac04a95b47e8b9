"""``taizhang plan`` and ``assign``: reading, storing, listing, dividing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.codes import find_codes, is_valid
from db.database import open_database
from db.ledger import LedgerRow, read
from db.names import directory
from db.terms import DeadlineKind, UnitLevel
from tests.desktop.cli.conftest import NOTICE, Run

COLLECTIVE_LEAD = "公共企事業單位相應行政主管部門"


def test_parse_prints_the_shape_of_the_design_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path / "臺賬.db", "plan", "parse", NOTICE, "--json")
    assert done.status == 0
    assert list(done.json) == ["documents"]
    (document,) = done.json["documents"]
    assert list(document) == ["title", "doc_no", "issuer", "issued_on", "published_on", "plans"]
    assert document["doc_no"] == "湘政辦發〔2022〕16號"
    first, second = document["plans"]
    assert list(first) == ["title", "sections", "standing_units", "points"]
    assert (len(first["points"]), len(second["points"])) == (39, 17)
    point = first["points"][0]
    assert list(point) == [
        *("no", "section", "text", "lead", "co", "groups", "by_duty"),
        *("deadlines", "cited", "clauses", "duties", "review"),
    ]
    dated = next(one for one in first["points"] if one["deadlines"])
    assert dated["deadlines"] == [{"text": "2022年底前", "date": "2022-12-31", "kind": "fixed"}]
    assert list(tmp_path.iterdir()) == []


def test_import_stores_once_and_list_counts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "新文件夾" / "臺賬.db"
    done = run(path, "plan", "import", NOTICE)
    assert done.status == 0
    assert "2 個計劃、56 條要點" in done.out
    again = run(path, "plan", "import", NOTICE)
    assert again.status == 2
    assert "沒有重複存入" in again.err
    plans = run(path, "plan", "list", "--json").json
    assert plans == {
        "plans": [
            {"id": 1, "title": "湖南省2022年政務管理服務工作要點", "year": 2022, "points": 39, "assignments": 0},
            {"id": 2, "title": "湖南省2022年政務公開工作要點", "year": 2022, "points": 17, "assignments": 0},
        ]
    }
    assert "要點 39 條，任務 0 項" in run(path, "plan", "list").out


BAD = {
    "空.txt": b"",
    "亂碼.txt": bytes(range(128, 256)) * 40,
    "舊文檔.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "壞.docx": b"PK\x03\x04" + b"\0" * 100,
    "圖.pdf": b"%PDF-1.4\n1 0 obj\n",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("action", ["parse", "import"])
def test_unreadable_input_gets_one_sentence_and_changes_nothing(
    run: Run, tmp_path: Path, name: str, action: str
) -> None:
    source = tmp_path / name
    source.write_bytes(BAD[name])
    done = run(tmp_path / "臺賬.db", "plan", action, source)
    assert done.status == 2
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert name in line
    assert line.endswith("。")
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["沒有這個.txt", "."])
def test_a_file_that_is_not_there(run: Run, tmp_path: Path, name: str) -> None:
    done = run(tmp_path / "臺賬.db", "plan", "import", tmp_path / name)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_text_without_points_is_not_stored(run: Run, path: Path, tmp_path: Path) -> None:
    letter = tmp_path / "信.txt"
    letter.write_text("今天天氣很好。\n", encoding="utf-8")
    before = run(path, "plan", "list", "--json").out
    done = run(path, "plan", "import", letter)
    assert done.status == 2
    assert "沒有讀到任何要點" in done.err
    assert run(path, "plan", "list", "--json").out == before


def rows(path: Path) -> list[LedgerRow]:
    database = open_database(path, writable=False)
    with database.reading() as session:
        found = list(read(session).rows)
    database.release()
    return found


def test_each_of_the_56_points_has_a_county_lead_or_says_why_not(path: Path) -> None:
    divided = rows(path)
    assert len(divided) == len({row.point_id for row in divided}) == 56
    for row in divided:
        assert bool(row.lead) != bool(row.lead_reason), row.code
        assert is_valid(row.code)
        if row.lead:
            assert row.point_lead, f"{row.code}: a lead that the text does not name"
        elif not row.point_lead and row.standing_units:
            assert "縣市區人民政府均為責任單位" in row.lead_reason
    assert sum(bool(row.lead) for row in divided) == 41
    assert sum(not row.point_lead for row in divided) == 14


def test_no_collective_becomes_a_unit(path: Path) -> None:
    database = open_database(path, writable=False)
    with database.reading() as session:
        known = directory(session)
        levels = {unit.name: unit.level for unit in known.units.values()}
    database.release()
    for row in rows(path):
        for name in (row.lead, *row.others):
            assert not name or levels[name] in (UnitLevel.COUNTY, UnitLevel.TOWN)
        assert row.lead not in row.others
    assert not [name for name in levels if "相關" in name or "各" in name]


def test_the_dictionary_knows_every_unit_of_the_notice(run: Run, path: Path) -> None:
    parsed = run(path, "plan", "parse", NOTICE, "--json").json
    points = [point for plan in parsed["documents"][0]["plans"] for point in plan["points"]]
    named = {name for point in points for name in (*point["lead"], *point["co"])}
    database = open_database(path, writable=False)
    with database.reading() as session:
        known = directory(session)
        unknown = {name for name in named if known.find(name) is None}
        silent = {name for name in named - unknown if not known.of(known.find(name))}  # type: ignore[arg-type]
    database.release()
    assert unknown == {COLLECTIVE_LEAD}
    assert silent == set()  # each has counterparts, or a line that says why there is none


def test_deadlines_are_carried_with_wording_date_and_kind(path: Path) -> None:
    dated = [row for row in rows(path) if row.deadline_text]
    assert len(dated) == 5
    for row in dated:
        assert row.deadline_text in row.point_text or row.deadline_text.startswith("2022年底")
        assert (str(row.deadline_on), row.deadline_kind) == ("2022-12-31", DeadlineKind.FIXED)
    assert all(row.deadline_kind is DeadlineKind.NONE for row in rows(path) if not row.deadline_text)


def test_assign_lists_codes_and_accepts_what_has_a_lead(run: Run, path: Path) -> None:
    again = run(path, "assign", "--auto")
    assert again.status == 0
    assert len({code for line in again.out.splitlines() for code in find_codes(line[:16])}) == 56
    assert "沒有改動" in again.out  # every point has its assignment already
    one = run(path, "assign", "公開工作", "--accept")
    assert one.status == 0
    assert "採納 13 項任務" in one.out
    assert "22-公16-01-1" in one.out  # the ones without a lead are named with their reason
    assert sum(row.confirmed for row in rows(path)) == 13


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "--auto"),
        (["沒有的計劃", "--auto"], "沒有計劃符合"),
        (["湖南省", "--auto"], "有多個計劃符合"),
    ],
)
def test_assign_says_what_is_wrong(run: Run, path: Path, words: list[str], says: str) -> None:
    done = run(path, "assign", *words)
    assert done.status == 2
    assert says in done.err


def test_both_scripts_leave_data_alone(run: Run, path: Path) -> None:
    traditional, simplified = (run(path, "ledger", "history", lang=lang).out for lang in ("zh_Hant", "zh_Hans"))
    assert "分解「湖南省2022年政務公開工作要點」：擬辦 17 項" in traditional
    assert "分解「湖南省2022年政務公開工作要點」：拟办 17 项" in simplified
    code = re.search(r"22-公16-01-1\w", run(path, "assign", "--auto").out)
    assert code
    assert code[0] in run(path, "assign", "--auto", lang="zh_Hans").out
    assert run(path, "assign", lang="zh_Hans").err.startswith("请写明要做什么")


def test_another_copy_of_a_stored_notice_is_not_stored_beside_it(run: Run, tmp_path: Path) -> None:
    path, corrected = tmp_path / "臺賬.db", tmp_path / "更正.txt"
    assert run(path, "plan", "import", NOTICE).status == 0
    corrected.write_bytes(NOTICE.read_text(encoding="utf-8").replace("年底前", "10月底前").encode("gb18030"))
    done = run(path, "plan", "import", corrected)
    assert done.status == 2
    assert "湘政辦發〔2022〕16號的計劃已於" in done.err
    assert "taizhang plan revise 1 文件" in done.err
    assert len(run(path, "plan", "list", "--json").json["plans"]) == 2
    assert run(path, "plan", "import", corrected, "--again").status == 0
    assert len(run(path, "plan", "list", "--json").json["plans"]) == 4


def test_a_folder_and_a_missing_file_are_told_in_our_words(run: Run, tmp_path: Path) -> None:
    for target, words in ((tmp_path, "是文件夾"), (tmp_path / "沒有.txt", "找不到「沒有.txt」")):
        done = run(tmp_path / "臺賬.db", "plan", "parse", target)
        assert (done.status, words in done.err) == (2, True)
        assert "such file" not in done.err


def test_a_task_is_added_to_any_point(run: Run, path: Path) -> None:
    said = ["--lead", "縣財政局", "--co", "縣審計局", "縣教育局", "--deadline", "9月底前", "--measure", "撥付經費。"]
    assert run(path, "ledger", "add", "22-政16-39", *said).status == 0
    database = open_database(path)
    with database.reading() as session:
        row = next(row for row in read(session).rows if row.measure == "撥付經費。")
    database.release()
    assert row.code.startswith("22-政16-39-")
    assert (row.lead, row.others, str(row.deadline_on)) == ("縣財政局", ("縣審計局", "縣教育局"), "2022-09-30")
    assert run(path, "ledger", "add", "22-政16-99", "--lead", "縣財政局").status == 2


def test_a_point_gets_more_assignments_which_are_ordered_and_dropped(run: Run, path: Path) -> None:
    first = "22-政16-01-1P"

    def order() -> list[str]:
        database = open_database(path)
        with database.reading() as session:
            rows = read(session).rows
        database.release()
        point = next(row.point_id for row in rows if row.code == first)
        return [row.code for row in rows if row.point_id == point]

    assert run(path, "ledger", "add", first, "--measure", "建窗口", "--lead", "縣財政局").status == 0
    before = order()
    assert (len(before), before[0]) == (2, first)
    assert run(path, "ledger", "set", "順序", 2, first).status == 0
    assert run(path, "ledger", "set", "順序", 1, before[1]).status == 0
    assert order() == before[::-1]
    assert "順序應在 1 到 999 之間" in run(path, "ledger", "set", "順序", 0, first).err
    assert "不能是「前」" in run(path, "ledger", "set", "順序", "前", first).err
    assert run(path, "ledger", "drop", first).status == 0
    assert "臺賬裏沒有編號" in run(path, "ledger", "add", first).err
