"""``taizhang postings``: from payments to the board and down again."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.database import open_database
from tests.db import villages
from tests.db.villages import Paid
from tests.desktop.cli.conftest import Run

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def county(path: Path) -> Path:
    """A database with payments in three villages."""
    database = open_database(path, operator="李四")
    farm, places = villages.county(database, 3)
    aid = villages.policy(database, villages.AID_ITEMS, strict=True)
    villages.pay(database, place=places[0], policy=aid, rows=[Paid("王小明", 450_00)])
    assert farm
    database.release()
    return path


def test_from_payments_to_the_board_and_down_again(county: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "公示"
    made = run(county, "payments", "post", folder, "--policy", villages.FARM, "--only", "pdf", "--json")
    assert made.status == 0, made.err
    assert (made.json["period"], len(made.json["made"]), made.json["failures"]) == ("2022", 3, [])
    assert len(list(folder.rglob("*.pdf"))) == 3
    assert run(county, "postings", "posted", "--period", "2022", "--on", "2022-09-26", "--spot", "公開欄").status == 0
    found = run(county, "postings", "list", "--on", "2022-10-01", "--json").json["postings"]
    assert {(one["state"], one["due_down_on"], one["spot"]) for one in found} == {("posted", "2022-10-04", "公開欄")}
    due = run(county, "postings", "due", "--on", "2022-10-04", "--json").json["postings"]
    assert len(due) == 3
    early = run(county, "postings", "down", due[0]["id"], "--on", "2022-10-01")
    assert (early.status, "--early" in early.err) == (2, True)
    assert run(county, "postings", "down", "--period", "2022", "--on", "2022-10-08").status == 0
    assert not run(county, "postings", "due", "--on", "2022-10-09", "--json").json["postings"]


def test_sensitive_aid_needs_its_own_word(county: Path, tmp_path: Path, run: Run) -> None:
    asked = run(county, "payments", "post", tmp_path / "a", "--village", "石橋村")
    assert (asked.status, "--confirm-strict" in asked.err) == (2, True)
    checked = run(county, "payments", "post", tmp_path / "a", "--village", "石橋村", "--check")
    assert (checked.status, villages.AID in checked.out) == (1, True)
    made = run(county, "payments", "post", tmp_path / "a", "--village", "石橋村", "--confirm-strict", "--only", "xlsx")
    assert made.status == 0
    assert len(list((tmp_path / "a").rglob("*公示.xlsx"))) == 2
    together = ("--village", "石橋鎮石橋村", "--together", "--confirm-strict", "--only", "pdf")
    assert run(county, "payments", "post", tmp_path / "b", *together).status == 0
    assert [path.name for path in (tmp_path / "b").rglob("*.pdf")] == ["石橋村2022年各项补贴公示.pdf"]


def test_a_village_that_failed_ends_with_one(county: Path, tmp_path: Path, run: Run) -> None:
    database = open_database(county, operator="李四")
    with database.reading() as session:
        from db import postingfacts, subsidies

        place = postingfacts.villages(session, period="2022")[1].place
        farm = subsidies.named(session, villages.FARM).id
    villages.pay(database, place=place, policy=farm, rows=[Paid("李四13812345678", 100)])
    database.release()
    words = ("payments", "post", tmp_path / "公示", "--policy", villages.FARM, "--only", "pdf")
    told = run(county, *words, "--check")
    assert (told.status, (tmp_path / "公示").exists()) == (1, False)
    assert "138****5678" in told.out
    made = run(county, *words)
    assert made.status == 1
    assert "13812345678" not in made.out + made.err
    assert len(list((tmp_path / "公示").rglob("*.pdf"))) == 2


def test_photos_and_objections(county: Path, tmp_path: Path, run: Run) -> None:
    run(county, "payments", "post", tmp_path / "公示", "--policy", villages.FARM, "--only", "pdf")
    number = run(county, "postings", "list", "--json").json["postings"][0]["id"]
    (tmp_path / "a.png").write_bytes(PNG)
    assert "人臉" in run(county, "postings", "photo", number, tmp_path / "a.png", lang="zh_Hant").out
    said = ("面積少了", "--on", "2022-09-28", "--by", "王建國")
    assert run(county, "postings", "objection", number, *said).status == 0
    shown = run(county, "postings", "show", number).out
    assert "面積少了" in shown
    assert run(county, "postings", "handled", "1", "已復核", "--on", "2022-09-30").status == 0
    assert "已復核" in run(county, "postings", "show", number).out
    assert run(county, "postings", "drop", number).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("post", "公示", "--village", "沒有的村"),
        ("post", "公示", "--policy", "沒有的補貼"),
        ("post", "公示", "--policy", villages.FARM, "--days", "0"),
        ("posted", "--on", "2022-09-26"),
        ("posted", "99", "--on", "2022-09-26"),
        ("down", "--period", "2022", "--on", "2022-09-26"),
        ("list", "--state", "飛走了"),
    ],
)
def test_wrong_words_end_with_two_and_a_sentence(
    county: Path, tmp_path: Path, run: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    noun = "payments" if words[0] == "post" else "postings"
    told = run(county, noun, *words)
    assert told.status == 2
    assert told.err.strip()
    assert "Traceback" not in told.err
