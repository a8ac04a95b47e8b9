"""Evidence: kept once by its content, under every name, and out again as it came."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db import entrydrafts, evidence, progress, undo
from db.database import Database
from db.errors import Refused
from db.evidence import Attachment
from db.models import EntryDraft, Evidence, StoredFile
from db.progress import Report
from tests.db.worlds import codes, divided, state

SCAN = Attachment("掃描件.pdf", b"%PDF-1.4 scan")


@pytest.fixture
def task(database: Database) -> str:
    divided(database)
    return codes(database)[0]


def kept(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(StoredFile)) or 0


def test_one_content_under_two_names_is_stored_once(database: Database, task: str) -> None:
    before = kept(database)
    report = Report("2022-06", percent=10)
    twin = Attachment("副本.pdf", SCAN.content)
    changes = progress.add(database, code=task, report=report, files=[SCAN, twin])
    assert kept(database) == before + 1
    with database.reading() as session:
        lines = evidence.of_entries(session, changes.ids("progress_entry"))[changes.ids("progress_entry")[0]]
        assert [(line.name, line.size) for line in lines] == [("掃描件.pdf", 13), ("副本.pdf", 13)]
        assert evidence.content(session, lines[1].id) == twin


def test_the_same_file_twice_is_told_and_not_doubled(database: Database, task: str) -> None:
    changes = progress.add(database, code=task, report=Report("2022-06", percent=10), files=[SCAN])
    more = evidence.add(database, entry=changes.ids("progress_entry")[0], files=[SCAN, Attachment("b.txt", b"b")])
    assert more.notes == ("「掃描件.pdf」已經附過，沒有重複存入。",)
    assert len(more.ids("evidence")) == 1


def test_evidence_alone_is_a_report(database: Database, task: str) -> None:
    assert progress.add(database, code=task, report=Report("2022-06"), files=[SCAN]).batch is not None


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (Attachment("空.pdf", b""), "空文件"),
        (Attachment("病毒.EXE", b"MZ"), "程序或腳本"),
        (Attachment("大.pdf", bytes(evidence.LIMIT + 1)), "21 MB，超過 20 MB"),
    ],
)
def test_what_cannot_serve_is_refused_with_the_whole_report(
    database: Database, task: str, file: Attachment, words: str
) -> None:
    before, files = state(database), kept(database)
    with pytest.raises(Refused, match=words):
        progress.add(database, code=task, report=Report("2022-06", percent=10), files=[SCAN, file])
    assert (state(database), kept(database)) == (before, files)


def test_undo_of_attaching_and_of_removing(database: Database, task: str) -> None:
    first = progress.add(database, code=task, report=Report("2022-06", percent=10))
    before = state(database)
    added = evidence.add(database, entry=first.ids("progress_entry")[0], files=[SCAN])
    attached = state(database)
    removed = evidence.remove(database, evidence=added.ids("evidence")[0])
    assert removed.batch is not None
    assert added.batch is not None
    undo.undo(database, batch=removed.batch)
    assert state(database) == attached
    undo.undo(database, batch=added.batch)
    assert state(database) == before


def test_places_stay_apart_when_one_was_taken_off(database: Database, task: str) -> None:
    files = [Attachment(f"{name}.txt", name.encode()) for name in "甲乙丙"]
    entry = progress.add(database, code=task, report=Report("2022-06"), files=files).ids("progress_entry")[0]
    with database.reading() as session:
        first = evidence.of_entries(session, [entry])[entry][0].id
    evidence.remove(database, evidence=first)
    evidence.add(database, entry=entry, files=[Attachment("丁.txt", b"4")])
    with database.reading() as session:
        rows = session.scalars(select(Evidence).where(Evidence.entry_id == entry).order_by(Evidence.position)).all()
        assert [(row.position, row.name) for row in rows] == [(2, "乙.txt"), (3, "丙.txt"), (4, "丁.txt")]


def test_undo_of_a_report_takes_its_evidence_along(database: Database, task: str) -> None:
    before = state(database)
    changes = progress.add(database, code=task, report=Report("2022-06", percent=10), files=[SCAN])
    assert changes.batch is not None
    undo.undo(database, batch=changes.batch)
    assert state(database) == before
    with database.reading() as session:
        assert session.scalars(select(Evidence)).all() == []


def test_pasted_words_become_a_file_that_notepad_reads(database: Database, task: str) -> None:
    file = evidence.of_text("第一行\n第二行", name="原文.txt")
    assert file.content.decode("utf-8-sig") == "第一行\r\n第二行"
    assert file.content.startswith(b"\xef\xbb\xbf")


values = st.dictionaries(st.sampled_from(["text", "percent", "state", "unit"]), st.none() | st.text() | st.integers())


@given(st.lists(values, min_size=1, max_size=4))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_draft_comes_back_as_it_was(database: Database, contents: list[dict[str, object]]) -> None:
    if not codes(database):
        divided(database)
    before = state(database)
    for content in contents:
        entrydrafts.save(database, assignment=1, period="2022-06", content=content)
    with database.reading() as session:
        (found,) = entrydrafts.listed(session, assignment=1)
    assert found.content == contents[-1]
    assert state(database) == before  # no record of the office, so neither audited nor undone
    entrydrafts.discard(database, assignment=1)
    with database.reading() as session:
        assert entrydrafts.listed(session) == []


def test_a_draft_is_gone_when_its_report_is_entered(database: Database, task: str) -> None:
    entrydrafts.save(database, assignment=1, period="2022-06", content={"text": "寫到一半"})
    entrydrafts.save(database, assignment=2, period="2022-06", content={"text": "另一項"})
    with pytest.raises(Refused):
        progress.add(database, code=task, report=Report("2022-06", percent=500))
    with database.reading() as session:
        assert len(session.scalars(select(EntryDraft)).all()) == 2
    progress.add(database, code=task, report=Report("2022-06", text="寫完了"))
    with database.reading() as session:
        assert [draft.assignment for draft in entrydrafts.listed(session)] == [2]
