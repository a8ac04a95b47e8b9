"""Search: what is found and how well, and an index that is never behind the data."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import assignments, backup, progress, search, searchkeep, subsidies, undo, units
from db.changes import Changes
from db.database import Database, open_database, restore_database
from db.find import Hit, find
from db.models import Assignment, Unit, WorkPoint
from db.points import Correction, correct
from db.progress import Report
from db.searchtext import Texts, normal, texts
from db.terms import HitKind, UnitRole
from tests.db import worlds


def hits(database: Database, words: str) -> list[Hit]:
    with database.reading() as session:
        return list(find(session, words).hits)


def found(database: Database, words: str, kind: HitKind) -> list[str]:
    return [hit.code or hit.title for hit in hits(database, words) if hit.kind is kind]


def assert_in_step(database: Database) -> None:
    """The index holds just what would be put in it anew, the texts and the pairs alike."""
    with database.reading() as session:
        now = {search.key_of(kind, one.row_id): one for kind in HitKind for one in texts(session, kind)}
        kept = {row[0]: Texts(search.row_of(row[0]), *row[1:]) for row in session.execute(select(search.SEARCH_TEXT))}
        assert kept == now
        assert searchkeep.is_current(session)
        for word in ("政务", "财", "县财政局", "落实责任", "jy", "22-", "经费"):
            by_pairs = search.keys(session, [word], limit=100_000)
            assert set(by_pairs) == set(session.scalars(search.scan([word])))


def report(database: Database, code: str, text: str) -> int:
    return progress.add(database, code=code, report=Report(period="2022-06", percent=20, text=text)).batch or 0


def unit_id(database: Database, name: str) -> int:
    with database.reading() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


@pytest.fixture
def year(database: Database) -> Database:
    """A divided notice with two reports."""
    worlds.divided(database)
    first, second, _third = worlds.codes(database)
    report(database, first, "養老服務平臺已上線，Wi-Fi 覆蓋 100% 的窗口。")
    report(database, second, "召開推進會。")
    return database


@pytest.mark.parametrize("words", ["養老", "养老", "平台", "平臺", "wi-fi", "ＷＩ－ＦＩ", "100%", "養老 上線", "老"])
def test_a_report_is_found_by_two_characters_in_either_script_and_width(year: Database, words: str) -> None:
    assert found(year, words, HitKind.ENTRY) == worlds.codes(year)[:1]


@pytest.mark.parametrize("words", ["養線", "養老 推進會", "100_", "上線，平臺", "%服務"])
def test_what_does_not_stand_there_is_not_found(year: Database, words: str) -> None:
    assert found(year, words, HitKind.ENTRY) == []


def test_nothing_is_found_without_words(year: Database) -> None:
    assert hits(year, " 　 ") == []


def test_an_alias_finds_its_unit_and_the_units_tasks(year: Database) -> None:
    units.set_aliases(year, unit=unit_id(year, "縣財政局"), aliases=["錢袋子辦"])
    assert found(year, "錢袋子", HitKind.UNIT) == ["縣財政局"]
    assert found(year, "钱袋子辦", HitKind.ASSIGNMENT) == worlds.codes(year)[:1]
    units.set_aliases(year, unit=unit_id(year, "縣財政局"), aliases=[])
    assert hits(year, "錢袋子") == []


def test_a_unit_comes_first_by_its_name_and_by_its_initials(year: Database) -> None:
    for words in ("縣財政局", "xczj", "XCZJ"):
        assert (hits(year, words)[0].kind, hits(year, words)[0].title) == (HitKind.UNIT, "縣財政局")


@pytest.mark.parametrize("words", ["xiancaizhengju", "caizheng", "CaiZhengJu", "xian caizhengju"])
def test_a_unit_and_its_tasks_are_found_by_their_whole_pinyin(year: Database, words: str) -> None:
    assert "縣財政局" in found(year, words, HitKind.UNIT)
    assert worlds.codes(year)[0] in found(year, words, HitKind.ASSIGNMENT)


def test_the_title_of_a_task_and_a_point_is_found_by_pinyin(year: Database) -> None:
    assignments.add(year, point=1, measure="推進政務服務一網通辦。其餘不在標題裏")
    for words in ("ywtb", "yiwangtongban", "zwfwywtb"):
        (hit,) = [hit for hit in hits(year, words) if hit.kind is HitKind.ASSIGNMENT]
        assert "【一網通辦】" in hit.snippet.marked() or "【政務服務一網通辦】" in hit.snippet.marked()
    assert hits(year, "qyyzbt") == []  # only the first sentence
    assert found(year, "yw", HitKind.ASSIGNMENT) == []  # two letters stand nearly everywhere


def test_a_whole_code_comes_first_and_a_part_finds_all_that_begin_with_it(year: Database) -> None:
    first, second, third = worlds.codes(year)
    assert (hits(year, first)[0].kind, hits(year, first)[0].code) == (HitKind.ASSIGNMENT, first)
    assert {*found(year, first[:5], HitKind.ASSIGNMENT)} == {first, second, third}
    assert found(year, first[:-3], HitKind.POINT) == [first[:-3]]


def test_the_document_is_found_by_its_number_and_its_text(year: Database) -> None:
    assert found(year, "清政办发〔2022〕3号", HitKind.DOCUMENT) == ["清政辦發〔2022〕3號"]
    assert found(year, "正文", HitKind.DOCUMENT) == ["清政辦發〔2022〕3號"]


def test_the_place_is_marked_in_the_text_as_it_was_entered(year: Database) -> None:
    hit = next(hit for hit in hits(year, "平台 100%") if hit.kind is HitKind.ENTRY)
    assert hit.snippet.marked() == "養老服務【平臺】已上線，Wi-Fi 覆蓋 【100%】 的窗口。"


def test_telephones_are_not_searched(year: Database) -> None:
    contacts: list[Mapping[str, str]] = [
        {"name": "甲一", "duty": "科員", "telephone": "0700-5550123", "email": "a@b.example"}
    ]
    units.set_contacts(year, unit=unit_id(year, "縣財政局"), contacts=contacts)
    assert found(year, "甲一", HitKind.UNIT) == ["縣財政局"]
    assert hits(year, "5550123") == []
    assert hits(year, "b.example") == []


def test_the_newest_reports_are_listed_where_there_are_many(year: Database) -> None:
    code = worlds.codes(year)[0]
    for number in range(25):
        report(year, code, f"試點第{number}批")
    with year.reading() as session:
        some = find(session, "試點", per_kind=3)
    assert [hit.snippet.text for hit in some.hits] == ["試點第24批", "試點第23批", "試點第22批"]
    assert some.more == {HitKind.ENTRY}


def test_the_best_hits_are_found_without_looking_at_all(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.find._FEW", 5)
    code = worlds.codes(year)[0]
    with year.reading() as session:
        oldest = session.scalars(select(Assignment.id).order_by(Assignment.id)).first()
    assert oldest is not None
    assignments.edit(year, ids=[oldest], fields={"measure": "推進會制度"})
    for number in range(4):
        assignments.add(year, point=1, measure=f"其他工作{number}。按要求開推進會制度")
        report(year, code, "推進會制度落實")
    with year.reading() as session:
        best, *others = find(session, "推進會制度", per_kind=2).hits
    assert (best.kind, best.row_id) == (HitKind.ASSIGNMENT, oldest)
    assert len(others) == 3


def test_the_index_follows_every_operation_and_its_undo(year: Database) -> None:
    _first, second, third = worlds.codes(year)
    finance = unit_id(year, "縣財政局")
    with year.reading() as session:
        tasks = list(session.scalars(select(Assignment.id).order_by(Assignment.id)))
        points = list(session.scalars(select(WorkPoint.id).order_by(WorkPoint.id)))
        lead = session.get_one(Assignment, tasks[0]).lead_id
    assert lead is not None
    steps: list[Callable[[], Changes]] = [
        lambda: assignments.edit(year, ids=tasks, fields={"measure": "改寫措施", "lead_id": finance}),
        lambda: assignments.set_others(year, ids=tasks[:1], units=[lead]),
        lambda: units.correct_name(year, unit=finance, name="縣財政和國資局"),
        lambda: units.set_aliases(year, unit=lead, aliases=["甲局", "乙局"]),
        lambda: correct(
            year,
            point=points[0],
            correction=Correction(text="政務公開新文。", units={UnitRole.LEAD: ["省檔案局"]}),
        ),
        lambda: progress.add(year, code=second, report=Report(period="2022-07", text="經費到位")),
        lambda: assignments.withdraw(year, ids=tasks[1:2], reason="重複"),
        lambda: units.merge_into(year, unit=lead, into=finance, on=date(2022, 12, 31)),
        lambda: assignments.add(year, point=points[2], measure="新增一項", lead=finance),
    ]
    batches = []
    for step in steps:
        batches.append(step().batch)
        assert_in_step(year)
    for batch in reversed(batches):
        assert batch is not None
        undo.undo(year, batch=batch)
        assert_in_step(year)
    assert hits(year, "改寫措施") == []
    assert third in found(year, "落實責任", HitKind.ASSIGNMENT)


def test_a_failed_operation_leaves_the_index_alone(year: Database) -> None:
    def fail() -> None:
        with year.change("試", operation="x") as change:
            change.session.get_one(Assignment, 1).measure = "不會存下"
            change.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert hits(year, "不會存下") == []
    assert_in_step(year)


def test_a_file_without_an_index_gets_one(year: Database, path: Path) -> None:
    year.release()
    with sqlite3.connect(path) as connection:
        for table in ("search_pairs", "search_text", "search_mark"):
            connection.execute(f"DROP TABLE {table}")
    connection.close()
    with_index = open_database(path)
    assert_in_step(with_index)
    with_index.release()


def test_an_index_of_another_form_is_made_anew(year: Database, path: Path) -> None:
    year.release()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE search_mark SET version = version - 1")
        connection.execute("DELETE FROM search_text")
    connection.close()
    again = open_database(path)
    assert_in_step(again)
    again.release()


def test_an_index_that_missed_operations_catches_up(
    year: Database, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(searchkeep, "follow", lambda *_args, **_facts: None)
        batch = report(year, worlds.codes(year)[2], "錯過的經費")
        undo.undo(year, batch=2)
    year.release()
    again = open_database(path)
    assert batch
    assert_in_step(again)
    assert found(again, "錯過", HitKind.ENTRY) == worlds.codes(again)[2:]
    again.release()


def test_a_restored_snapshot_is_searched_as_it_was(year: Database, path: Path) -> None:
    kept = backup.snapshot(path, reason="manual")
    report(year, worlds.codes(year)[0], "後來的經費")
    year.release()
    restore_database(kept, path)
    again = open_database(path)
    assert hits(again, "後來") == []
    assert_in_step(again)
    again.release()


ALPHABET = "財政局務局-%_\"'*^:(){}1aB 　，。臺台𠮷\x00\x07"


@given(text=st.text(ALPHABET, min_size=1), word=st.text(ALPHABET, min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_pairs_find_just_what_a_scan_finds(database: Database, text: str, word: str) -> None:
    sought = normal(word).replace("\x00", "").replace("\x07", "")
    with Session(database.engine.execution_options(writes=True)) as session:
        clean = normal(text).replace("\x00", "").replace("\x07", "")
        search.renew(session, HitKind.ENTRY, [7], {7: Texts(7, body=normal(text))})
        key = search.key_of(HitKind.ENTRY, 7)
        if sought:
            assert (key in search.keys(session, [sought], limit=100_000)) == (sought in clean)
        session.rollback()


def test_a_policy_is_found_by_name_paper_and_text_of_any_version(year: Database) -> None:
    values = {
        "name": "耕地地力保護補貼",
        "documents": "清財農〔2026〕3號",
        "recipients": "種地農民",
        "short_name": "地力補貼",
    }
    policy = subsidies.add(year, values=values).ids("subsidy_policy")[0]
    subsidies.add_version(year, policy=policy, valid_from=date(2027, 1, 1), values={"recipients": "承包農戶"})
    for words in ("耕地地力", "gddl", "清财农〔2026〕3号", "种地农民", "承包", "地力补贴"):
        assert found(year, words, HitKind.POLICY) == ["耕地地力保護補貼"], words
    assert_in_step(year)


def test_a_policys_changes_and_their_undoing_keep_the_index_in_step(year: Database) -> None:
    added = subsidies.add(year, values={"name": "甲補貼", "documents": "清財農〔2026〕3號"})
    policy = added.ids("subsidy_policy")[0]
    version = added.ids("policy_version")[0]
    changes = subsidies.edit(year, version=version, values={"documents": "清農發〔2026〕9號"})
    assert found(year, "清農發", HitKind.POLICY) == ["甲補貼"]
    assert found(year, "清財農", HitKind.POLICY) == []
    assert_in_step(year)
    undo.undo(year, batch=changes.batch or 0)
    assert found(year, "清財農", HitKind.POLICY) == ["甲補貼"]
    assert_in_step(year)
    gone = subsidies.remove(year, policies=[policy])
    assert found(year, "甲補貼", HitKind.POLICY) == []
    assert_in_step(year)
    undo.undo(year, batch=gone.batch or 0)
    assert found(year, "清財農", HitKind.POLICY) == ["甲補貼"]
    assert_in_step(year)
