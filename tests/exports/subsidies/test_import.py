"""A list on its way in: what it would do, what it does, and out again without a difference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import policyimport, subsidies, subsidylist, undo
from db.database import Database, open_database
from db.errors import Refused
from db.policyimport import NEW, SKIP, Incoming, Plan
from db.settings import Office
from db.terms import PolicyVerdict, PostingProfile
from exports.subsidies.reading import read_policies
from exports.subsidies.writing import write_policies
from tests.exports.subsidies import samples


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "臺賬.db", operator="測試員")
    yield made
    made.release()


def planned(database: Database, path: Path) -> Plan:
    (found,) = read_policies(path)
    with database.reading() as session:
        return policyimport.plan(session, found.policies, source=found.file)


def given(database: Database, *incoming: Incoming) -> Plan:
    with database.reading() as session:
        return policyimport.plan(session, incoming, source="表.xlsx")


def one(name: str, *, since: date | None = None, **values: str) -> Incoming:
    return Incoming({"name": name, **values}, "第 1 行", since)


def books(database: Database) -> list[subsidylist.PolicyBook]:
    with database.reading() as session:
        return subsidylist.books(session)


def told(database: Database) -> list[tuple[object, ...]]:
    return [
        (book.name, book.profile, line.valid_from, line.valid_to, dict(book.texts[line.version]))
        for book in books(database)
        for line in book.versions
    ]


def test_a_list_comes_in_once_and_changes_nothing_the_second_time(database: Database, tmp_path: Path) -> None:
    path = samples.county(tmp_path)
    plan = planned(database, path)
    assert [line.verdict for line in plan.lines] == [PolicyVerdict.NEW] * 3
    changes = policyimport.apply(database, plan=plan)
    assert changes.title == "導入補貼政策：清單.xlsx（新增 3 項，修改 0 項）"
    again = planned(database, path)
    assert [line.verdict for line in again.lines] == [PolicyVerdict.SAME] * 3
    assert policyimport.apply(database, plan=again).batch is None


def test_what_is_not_as_it_should_be_is_told_with_the_line(database: Database, tmp_path: Path) -> None:
    plan = planned(database, samples.county(tmp_path))
    assert [list(line.doubts) for line in plan.lines] == [
        [("documents", "「清農發[2026]12號」的年份應放在六角括號〔〕裏，不帶「年」字。")],
        [
            ("enquiry_phones", "「0799-62200020799-6220003」像是2個號碼連在一起：0799-6220002、0799-6220003。"),
            ("standard", "合計是 80，各級相加是 85，請核對。"),
        ],
        [],
    ]


def test_a_change_is_shown_by_item_and_blanks_erase_nothing(database: Database) -> None:
    subsidies.add(database, values={"name": "耕地補貼", "standard": "67元/畝", "department": "縣財政局"})
    plan = given(database, one("耕地补贴", standard="70元/畝", department="", purpose="保護地力"))
    (line,) = plan.lines
    assert line.verdict is PolicyVerdict.CHANGED
    assert line.differs == {
        "name": ("耕地補貼", "耕地补贴"),
        "standard": ("67元/畝", "70元/畝"),
        "purpose": ("", "保護地力"),
    }
    changes = policyimport.apply(database, plan=plan)
    texts = next(iter(books(database)[0].texts.values()))
    assert (texts["standard"], texts["department"]) == ("70元/畝", "縣財政局")
    assert changes.batch is not None
    undo.undo(database, batch=changes.batch)
    assert next(iter(books(database)[0].texts.values()))["standard"] == "67元/畝"


def test_changes_can_begin_new_versions(database: Database) -> None:
    subsidies.add(database, values={"name": "耕地補貼", "standard": "67元/畝"})
    plan = given(database, one("耕地補貼", standard="70元/畝"))
    policyimport.apply(database, plan=plan, valid_from=date(2025, 1, 1))
    (book,) = books(database)
    assert [(line.values["standard"], line.valid_to) for line in book.versions] == [
        ("67元/畝", date(2024, 12, 31)),
        ("70元/畝", None),
    ]


def test_names_that_are_only_alike_are_asked(database: Database) -> None:
    subsidies.add(database, values={"name": "耕地地力保護補貼", "standard": "67元/畝"})
    incoming = one("2026年耕地地力保護補助資金", standard="70元/畝")
    plan = given(database, incoming)
    assert plan.lines[0].verdict is PolicyVerdict.ASKED
    assert [name for _id, name in plan.lines[0].alike] == ["耕地地力保護補貼"]
    left = policyimport.apply(database, plan=plan)
    assert (left.batch, left.notes) == (None, ("第 1 行「2026年耕地地力保護補助資金」重名待定，沒有導入。",))
    assert policyimport.apply(database, plan=plan, choices={0: SKIP}).batch is None
    policyimport.apply(database, plan=plan, choices={0: plan.lines[0].alike[0][0]})
    assert [book.name for book in books(database)] == ["2026年耕地地力保護補助資金"]
    other = given(database, one("耕地地力保護補貼項目"))
    policyimport.apply(database, plan=other, choices={0: NEW})
    assert len(books(database)) == 2


def test_a_policy_that_stands_twice_in_a_list(database: Database) -> None:
    plan = given(database, one("甲補貼", note="一"), one("甲补贴", note="一"), one("甲補貼", note="二"))
    assert [line.verdict for line in plan.lines] == [PolicyVerdict.NEW, PolicyVerdict.ASKED, PolicyVerdict.ASKED]
    same = given(database, one("甲補貼", note="一"), one("甲補貼", note="一"))
    assert [line.verdict for line in same.lines] == [PolicyVerdict.NEW, PolicyVerdict.REPEATED]
    policyimport.apply(database, plan=same)
    assert len(books(database)) == 1


def test_what_moved_since_the_preview_is_refused(database: Database) -> None:
    plan = given(database, one("甲補貼"))
    subsidies.add(database, values={"name": "乙補貼"})
    with pytest.raises(Refused, match="在預覽以後改動過"):
        policyimport.apply(database, plan=plan)
    assert [book.name for book in books(database)] == ["乙補貼"]


def test_lines_left_out_stay_out(database: Database) -> None:
    plan = given(database, one("甲補貼"), one("乙補貼"))
    policyimport.apply(database, plan=plan, leave=frozenset({0}))
    assert [book.name for book in books(database)] == ["乙補貼"]


def test_the_exported_list_comes_back_the_same(database: Database, tmp_path: Path) -> None:
    policyimport.apply(database, plan=planned(database, samples.county(tmp_path)))
    policyimport.apply(database, plan=planned(database, samples.DATA / "gongkai.txt"), choices={0: NEW, 1: NEW})
    first = books(database)[0].id
    subsidies.set_profile(database, policies=[first], profile=PostingProfile.STRICT)
    subsidies.add_version(database, policy=first, valid_from=date(2027, 1, 1), values={"standard": "=70元/畝"})
    with database.reading() as session:
        path = write_policies(session, tmp_path / "導出", office=Office())
    assert path.suffix == ".xlsx"
    assert {line.verdict for line in planned(database, path).lines} == {PolicyVerdict.SAME}
    other = open_database(tmp_path / "另一個.db", operator="測試員")
    try:
        policyimport.apply(other, plan=planned(other, path))
        assert told(other) == told(database)
    finally:
        other.release()


def test_only_what_held_on_a_day_is_exported(database: Database, tmp_path: Path) -> None:
    policy = subsidies.add(database, values={"name": "甲補貼", "standard": "1元"}).ids("subsidy_policy")[0]
    subsidies.add_version(database, policy=policy, valid_from=date(2025, 1, 1), values={"standard": "2元"})
    with database.reading() as session:
        path = write_policies(session, tmp_path / "舊.xlsx", office=Office(), on=date(2024, 6, 1))
    (found,) = read_policies(path)
    assert [(one.values["standard"], one.valid_to) for one in found.policies] == [("1元", date(2024, 12, 31))]
