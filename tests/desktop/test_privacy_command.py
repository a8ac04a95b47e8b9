"""``taizhang privacy scan``: what it tells, and with which exit status it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.database import open_database
from db.models import PolicyPhone, PolicyVersion, SubsidyPolicy
from db.terms import PhoneKind, PostingProfile
from desktop.cli import run
from tests.db.private_samples import identity
from tests.exports.privacy.plants import HOTLINE, ID, book, saved


@pytest.fixture
def base(tmp_path: Path) -> list[str]:
    return ["--db", str(tmp_path / "臺賬.db"), "privacy", "scan"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "公示"
    made.mkdir()
    (made / "甲村.xlsx").write_bytes(saved(book()[0]))
    workbook, sheet = book()
    sheet["F7"] = ID
    (made / "乙村.xlsx").write_bytes(saved(workbook))
    return made


def test_a_clean_file_is_told_to_be_clean(base: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*base, str(folder / "甲村.xlsx"), "--allow", HOTLINE]) == 0
    assert "沒有發現個人隱私信息" in capsys.readouterr().out


def test_findings_are_told_by_place_and_masked(
    base: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*base, str(folder), "--allow", HOTLINE]) == 1
    told = capsys.readouterr().out
    assert f"  表「公示」單元格 F7：身份證號碼 43*************{ID[-3:]}\n" in told
    assert ID not in told
    assert "甲村.xlsx」沒有發現" in told


def test_the_findings_as_json(base: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*base, str(folder / "乙村.xlsx"), "--allow", HOTLINE, "--json"]) == 1
    [told] = json.loads(capsys.readouterr().out)["files"]
    assert told["state"] == "private"
    assert told["findings"][0] | {"told": ""} == {
        "place": "表「公示」單元格 F7",
        "kind": "identity",
        "sure": True,
        "excerpt": f"43*************{ID[-3:]}",
        "told": "",
    }


def test_an_unreadable_file_does_not_hide_the_others(
    base: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert run([*base, str(folder), "--allow", HOTLINE]) == 2
    told = capsys.readouterr().out
    assert "照片.jpg" in told
    assert "單元格 F7" in told


def test_hotlines_of_the_database_are_public(base: list[str], folder: Path) -> None:
    database = open_database(Path(base[1]), operator="測試員")
    with database.change("補貼政策", operation="test") as change:
        phone = PolicyPhone(position=0, kind=PhoneKind.ENQUIRY, number=HOTLINE)
        version = PolicyVersion(name="耕地地力保護補貼", phones=[phone])
        policy = SubsidyPolicy(
            name="耕地地力保護補貼",
            folded="耕地地力保护补贴",
            position=0,
            profile=PostingProfile.PLAIN,
            versions=[version],
        )
        change.session.add(policy)
    database.release()
    assert run([*base, str(folder / "甲村.xlsx")]) == 0


def test_addresses_are_searched_for_on_demand(base: list[str], tmp_path: Path) -> None:
    paper = tmp_path / "名單.txt"
    paper.write_text("張三，高倉村三組12號", encoding="utf-8")
    assert run([*base, str(paper)]) == 0
    assert run([*base, str(paper), "--address"]) == 1


def test_wrong_use_is_one_sentence(base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*base, str(tmp_path / "沒有.xlsx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_simplified_script_keeps_names(base: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*base[:2], "--lang", "zh_Hans", *base[2:], str(folder / "乙村.xlsx"), "--allow", HOTLINE]) == 1
    told = capsys.readouterr().out
    assert "表「公示」单元格 F7：身份证号码" in told
    assert identity() not in told
