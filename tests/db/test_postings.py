"""The register of postings: dates that follow, states, questions, objections, photos, period by village, undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db import postinglist, postingphotos, postings
from db.database import Database
from db.errors import Refused
from db.evidence import Attachment
from db.models import Posting
from db.postinglist import PostingLine
from db.postings import MadePosting, Run
from db.terms import PostingProfile, PostingState
from db.undo import undo
from tests.db import villages

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SUM = sum(one.amount_fen for one in villages.ROWS)
SEPTEMBER = date(2022, 9, 26)
LATER = date(2022, 12, 1)


def made(place: int, policy: int | None, *, rows: int = 5, amount: int = SUM) -> MadePosting:
    return MadePosting(place, policy, PostingProfile.PLAIN, "石橋村公示", rows, amount, {"a.pdf": "0" * 64}, "f" * 64)


def run(*, working: bool = False) -> Run:
    return Run("/公示", villages.PERIOD, 7, working)


@pytest.fixture
def world(database: Database) -> tuple[Database, int, int, int]:
    """A database with one posting made: itself, the posting, its village, its policy."""
    policy, (place, *_) = villages.county(database, 2)
    posting = postings.record(database, run=run(), made=[made(place, policy)]).ids("posting")[0]
    return database, posting, place, policy


def line(database: Database, posting: int, *, on: date = LATER) -> PostingLine:
    with database.reading() as session:
        return next(one for one in postinglist.listed(session, on=on) if one.id == posting)


def cell(database: Database, place: int, *, on: date = LATER) -> postinglist.Cell:
    with database.reading() as session:
        rows = postinglist.matrix(session, on=on).rows
    return next(row for row in rows if row.place == place).cells[villages.PERIOD]


def test_a_posting_goes_through_its_states(world: tuple[Database, int, int, int]) -> None:
    database, posting, *_ = world
    assert line(database, posting).state is PostingState.MADE
    postings.post(database, postings=[posting], on=SEPTEMBER, spot="村務公開欄")
    found = line(database, posting, on=date(2022, 10, 3))
    assert (found.due_down_on, found.spot, found.state) == (date(2022, 10, 4), "村務公開欄", PostingState.POSTED)
    assert line(database, posting, on=date(2022, 10, 4)).state is PostingState.DUE_DOWN
    with database.reading() as session:
        assert [one.id for one in postinglist.due(session, on=date(2022, 10, 4))] == [posting]
        assert not postinglist.due(session, on=date(2022, 10, 3))
    postings.take_down(database, postings=[posting], on=date(2022, 10, 8))
    assert line(database, posting).state is PostingState.TAKEN_DOWN


def test_working_days_are_reckoned_and_a_year_without_calendar_is_told(database: Database) -> None:
    policy, (place,) = villages.county(database, 1)
    posting = postings.record(database, run=run(working=True), made=[made(place, policy)]).ids("posting")[0]
    changes = postings.post(database, postings=[posting], on=SEPTEMBER)
    assert line(database, posting).due_down_on == date(2022, 10, 11)
    assert not changes.notes
    changes = postings.post(database, postings=[posting], on=date(2027, 3, 1), today=date(2027, 3, 1))
    assert any("2027" in note for note in changes.notes)


def test_coming_down_early_is_asked(world: tuple[Database, int, int, int]) -> None:
    database, posting, *_ = world
    postings.post(database, postings=[posting], on=SEPTEMBER)
    with pytest.raises(postings.TooEarly):
        postings.take_down(database, postings=[posting], on=date(2022, 10, 3))
    postings.take_down(database, postings=[posting], on=date(2022, 10, 3), early=True)
    assert line(database, posting).taken_down_on == date(2022, 10, 3)


def test_dates_that_cannot_be_are_refused(world: tuple[Database, int, int, int]) -> None:
    database, posting, *_ = world
    with pytest.raises(Refused):
        postings.take_down(database, postings=[posting], on=SEPTEMBER)
    with pytest.raises(Refused):
        postings.post(database, postings=[posting], on=SEPTEMBER, today=date(2022, 9, 25))
    postings.post(database, postings=[posting], on=SEPTEMBER)
    with pytest.raises(Refused):
        postings.take_down(database, postings=[posting], on=date(2022, 9, 25), early=True)
    postings.take_down(database, postings=[posting], on=LATER)
    with pytest.raises(Refused):
        postings.post(database, postings=[posting], on=LATER)


def test_hanging_up_many_is_undone_as_one(world: tuple[Database, int, int, int]) -> None:
    database, posting, place, policy = world
    other = postings.record(database, run=run(), made=[made(place, policy)]).ids("posting")[0]
    changes = postings.post(database, postings=[posting, other], on=SEPTEMBER)
    assert changes.batch is not None
    undo(database, batch=changes.batch)
    assert {line(database, one).posted_on for one in (posting, other)} == {None}


def test_made_again_both_stay_and_the_older_is_told(world: tuple[Database, int, int, int]) -> None:
    database, posting, place, policy = world
    postings.post(database, postings=[posting], on=SEPTEMBER)
    again = postings.record(database, run=run(), made=[made(place, policy)]).ids("posting")[0]
    assert line(database, posting).superseded
    assert not line(database, again).superseded
    assert cell(database, place).postings == (again,)


def test_only_what_never_hung_can_be_dropped(world: tuple[Database, int, int, int]) -> None:
    database, posting, place, policy = world
    again = postings.record(database, run=run(), made=[made(place, policy)]).ids("posting")[0]
    postings.post(database, postings=[posting], on=SEPTEMBER)
    postings.drop(database, postings=[again])
    with pytest.raises(Refused):
        postings.drop(database, postings=[posting])
    with database.reading() as session:
        assert session.get(Posting, again) is None


def test_an_objection_is_entered_and_handled(world: tuple[Database, int, int, int]) -> None:
    database, posting, *_ = world
    objection = postings.object_to(
        database, posting=posting, text="面積少了一畝", on=date(2022, 9, 28), by="王建國"
    ).ids("posting_objection")[0]
    assert line(database, posting).open_objections == 1
    with pytest.raises(Refused):
        postings.handle(database, objection=objection, handling="已復核", on=date(2022, 9, 27))
    postings.handle(database, objection=objection, handling="已復核，補發 105 元", on=date(2022, 9, 30))
    assert (line(database, posting).objections, line(database, posting).open_objections) == (1, 0)
    with database.reading() as session:
        (found,) = postinglist.particulars(session, posting)[1]
    assert (found.raised_by, found.handling) == ("王建國", "已復核，補發 105 元")


@pytest.mark.parametrize("text", [f"我的身份證 {villages.identity(11)}", "打我電話13812345678", "住石橋村3組12號"])
def test_private_numbers_stay_out_of_the_register(world: tuple[Database, int, int, int], text: str) -> None:
    database, posting, *_ = world
    with pytest.raises(Refused) as told:
        postings.object_to(database, posting=posting, text=text, on=SEPTEMBER)
    assert villages.identity(11) not in str(told.value)
    with pytest.raises(Refused):
        postings.set_note(database, posting=posting, note=text)


def test_photos_are_pictures_kept_once_and_warned_about(world: tuple[Database, int, int, int]) -> None:
    database, posting, *_ = world
    changes = postingphotos.add(database, posting=posting, files=[Attachment("a.png", PNG), Attachment("b.png", PNG)])
    assert any("人臉" in note for note in changes.notes)
    with database.reading() as session:
        ((photo,), _) = postinglist.particulars(session, posting)
        assert postingphotos.content(session, photo.id).content == PNG
    with pytest.raises(Refused):
        postingphotos.add(database, posting=posting, files=[Attachment("a.png", b"%PDF-1.7")])
    postingphotos.remove(database, photo=photo.id)
    assert line(database, posting).photos == 0


def test_the_matrix_tells_what_is_not_made_and_what_has_changed(world: tuple[Database, int, int, int]) -> None:
    database, _posting, place, policy = world
    assert cell(database, place).state is PostingState.MADE
    with database.reading() as session:
        assert {row.place: row.cells["2022"].state for row in postinglist.matrix(session).rows}[place] is not None
        assert [row.cells["2022"].state for row in postinglist.matrix(session).rows if row.place != place] == [None]
    assert not cell(database, place).changed
    villages.pay(database, place=place, policy=policy, rows=villages.ROWS[:1])
    assert cell(database, place).changed
    assert "已變動" in cell(database, place).told
    aid = villages.policy(database, villages.AID_ITEMS, strict=True)
    villages.pay(database, place=place, policy=aid, rows=[replace(villages.ROWS[0], quantity="")])
    assert cell(database, place).state is None  # one of two policies has no posting
    postings.record(database, run=run(), made=[made(place, None, rows=7, amount=SUM + 2 * 525_00)])
    assert cell(database, place).state is PostingState.MADE


def test_an_import_that_was_undone_counts_for_nothing(database: Database) -> None:
    _, (_place,) = villages.county(database, 1)
    with database.change("撤銷導入", operation="test") as change:
        from db.models import PaymentImport

        for row in change.session.query(PaymentImport):
            row.active = False
    with database.reading() as session:
        assert not postinglist.matrix(session).rows


def test_the_audit_names_the_posting(world: tuple[Database, int, int, int], tmp_path: Path) -> None:
    database, posting, *_ = world
    changes = postings.post(database, postings=[posting], on=SEPTEMBER)
    assert changes.title == "登記張貼「石橋村公示」（2022-09-26）"
