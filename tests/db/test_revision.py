"""A corrected notice: what is the same, changed, new, gone; shown first, applied as agreed, taken back whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db import assignments, course_order, planstore, proposals, revision, undo, units
from db.course_order import Order
from db.database import Database
from db.drafts import DeadlineDraft, DocumentDraft, PointDraft, ReviewDraft
from db.errors import Refused
from db.models import Assignment, DocumentRevision, Plan, WorkPoint
from db.revision import Fate
from db.revision_match import pairs
from db.terms import UnitLevel, UnitRole
from tests.db.worlds import YEAR_END, draft, state

FIRST = PointDraft(
    "(一)", "規范政務公開目錄，統一發佈渠道。", "一、公開", lead=["省政務局"], co=["省財政廳"], deadlines=[YEAR_END]
)
SECOND = PointDraft("(二)", "優化營商環境，清理妨礙公平競爭的規定。", "一、公開", co=["省發展改革委"])
THIRD = PointDraft(
    "(三)", "落實工作責任，每季度通報進度。", "二、保障", review=[ReviewDraft("「??h」處有缺字。", 3, 6)]
)
ADDED = PointDraft("(三)", "建設電子證照庫，推廣免提交證明。", "三、數據", lead=["省數據局"])


@pytest.fixture
def plan(database: Database) -> int:
    """A stored, divided and accepted notice of three points."""
    made = planstore.store(database, draft=draft(FIRST, SECOND, THIRD)).ids("plan")[0]
    tasks = proposals.propose(database, plan=made).ids("assignment")
    assignments.accept(database, ids=tasks)
    return made


def corrected(*points: PointDraft) -> DocumentDraft:
    return draft(*points, name="更正.txt")


def compare(database: Database, plan: int, new: DocumentDraft) -> revision.Revision:
    with database.reading() as session:
        return revision.compare(session, plan=plan, draft=new)


def fates(found: revision.Revision) -> list[tuple[Fate, str]]:
    return [(one.fate, one.number) for one in found.changes]


def points(database: Database, plan: int) -> list[WorkPoint]:
    with database.reading() as session:
        rows = session.scalars(select(WorkPoint).where(WorkPoint.plan_id == plan).order_by(WorkPoint.position)).all()
        for row in rows:
            assert row.units is not None
            assert row.deadlines is not None
            assert row.marks is not None
            assert row.section is None or row.section.title
        return list(rows)


def test_the_same_words_in_another_file_are_no_change(database: Database, plan: int) -> None:
    found = compare(database, plan, corrected(FIRST, SECOND, THIRD))
    assert found.nothing
    assert fates(found) == [(Fate.SAME, "(一)"), (Fate.SAME, "(二)"), (Fate.SAME, "(三)")]


def test_the_very_same_file_is_refused(database: Database, plan: int) -> None:
    with pytest.raises(Refused, match="同一份文件"):
        compare(database, plan, draft(FIRST, SECOND, THIRD))


def test_another_documents_plan_is_refused(database: Database, plan: int) -> None:
    order = Order("某事", 1)
    own = course_order.add(database, order=order, year=2022).ids("plan")[0]
    with pytest.raises(Refused, match="不是從通知讀入"):
        compare(database, own, corrected(FIRST))
    new = corrected(FIRST, SECOND)
    other = replace(new.plans[0], title="全縣防汛抗旱應急預案")
    with pytest.raises(Refused, match="沒有讀到"):
        compare(database, plan, replace(new, plans=[other, replace(other, title="全縣春季造林安排")]))


def test_changed_new_and_gone_are_told_apart(database: Database, plan: int) -> None:
    changed = replace(
        SECOND,
        number="(一)",
        text="優化營商環境，清理妨礙公平競爭的規定和做法。",
        lead=["省司法廳"],
        deadlines=[YEAR_END],
    )
    found = compare(database, plan, corrected(changed, replace(THIRD, number="(二)"), ADDED))
    assert fates(found) == [(Fate.CHANGED, "(一)"), (Fate.CHANGED, "(二)"), (Fate.NEW, "(三)"), (Fate.GONE, "(一)")]
    assert found.changes[0].differences == (
        "編號：「(二)」→「(一)」",
        "文字改動",
        "牽頭：「無」→「省司法廳」",
        "時限：「無」→「2022年底前」",
    )
    assert found.changes[1].differences == ("編號：「(三)」→「(二)」",)
    assert len(found.changes[3].tasks) == 1


def test_applied_it_keeps_every_assignment_and_says_which_to_look_at(database: Database, plan: int) -> None:
    with database.reading() as session:
        before = {task.id: (task.code, task.point_id) for task in session.scalars(select(Assignment))}
    changed = replace(SECOND, text="優化營商環境，清理妨礙公平競爭的規定和做法。", lead=["省司法廳"])
    new = corrected(FIRST, changed, ADDED)
    changes = revision.apply(database, plan=plan, draft=new, agreed=compare(database, plan, new))
    now = points(database, plan)
    assert [(row.number, row.text, row.dropped) for row in now] == [
        ("(一)", FIRST.text, False),
        ("(二)", changed.text, False),
        ("(三)", ADDED.text, False),
        ("(三)", THIRD.text, True),
    ]
    assert now[1].named(UnitRole.LEAD) == ["省司法廳"]
    assert [row.section.title for row in now if row.section] == ["一、公開", "一、公開", "三、數據", "二、保障"]
    assert len({row.ordinal for row in now}) == 4
    with database.reading() as session:
        assert {task.id: (task.code, task.point_id) for task in session.scalars(select(Assignment))} == before
        link = session.scalars(select(DocumentRevision)).one()
        assert session.get_one(Plan, plan).document_id == link.document_id
    assert [note.split("，")[0] for note in changes.notes] == ["要點 (二) 有改動", "要點 (三) 已不在更正稿中"]
    assert proposals.propose(database, plan=plan).ids("assignment")  # the new point waits for its division


def test_applied_and_undone_all_is_as_it_was(database: Database, plan: int) -> None:
    before = state(database)
    new = corrected(ADDED, replace(THIRD, text=THIRD.text + "年底總結。"))
    changes = revision.apply(database, plan=plan, draft=new, agreed=compare(database, plan, new))
    assert changes.batch is not None
    assert undo.undo(database, batch=changes.batch).notes == ()
    assert state(database) == before


def test_a_dropped_point_that_comes_back_is_the_same_point(database: Database, plan: int) -> None:
    without = corrected(FIRST, SECOND)
    revision.apply(database, plan=plan, draft=without, agreed=compare(database, plan, without))
    again = draft(FIRST, SECOND, THIRD, name="再更正.txt")
    found = compare(database, plan, again)
    assert [one.differences for one in found.changes] == [(), (), ("重新列入",)]
    revision.apply(database, plan=plan, draft=again, agreed=found)
    assert [row.dropped for row in points(database, plan)] == [False, False, False]


def test_what_moved_since_the_preview_stops_it(database: Database, plan: int) -> None:
    new = corrected(FIRST, SECOND)
    agreed = compare(database, plan, new)
    third = points(database, plan)[2].id
    assignments.add(database, point=third, measure="縣裏加的一項")
    before = state(database)
    with pytest.raises(Refused, match="預覽之後"):
        revision.apply(database, plan=plan, draft=new, agreed=agreed)
    assert state(database) == before


def test_what_the_county_added_itself_is_left_alone(database: Database, plan: int) -> None:
    with database.reading() as session:
        lead = units.listed(session, level=UnitLevel.COUNTY)[0].id
    course_order.add(database, order=Order("縣裏補充一項", lead), plan=plan)
    new = corrected(FIRST, SECOND, THIRD, ADDED)
    found = compare(database, plan, new)
    assert fates(found)[-1] == (Fate.OWN, "")
    revision.apply(database, plan=plan, draft=new, agreed=found)
    assert [(row.text, row.dropped) for row in points(database, plan)][-1] == ("縣裏補充一項", False)


def test_a_settled_doubt_stays_settled(database: Database, plan: int) -> None:
    with database.change("核對", operation="test") as change:
        for row in change.session.scalars(select(WorkPoint).where(WorkPoint.plan_id == plan)):
            for mark in row.marks:
                mark.settled = True
    new = corrected(FIRST, SECOND, replace(THIRD, deadlines=[DeadlineDraft("年底前")]))
    revision.apply(database, plan=plan, draft=new, agreed=compare(database, plan, new))
    assert [mark.settled for mark in points(database, plan)[2].marks] == [True]


def test_a_far_text_under_the_same_number_is_marked_doubtful(database: Database, plan: int) -> None:
    far = replace(SECOND, text="優化營商環境，清理妨礙企業發展的文件，開展走訪。")
    found = compare(database, plan, corrected(FIRST, far, THIRD))
    assert [(one.fate, one.doubtful) for one in found.changes] == [
        (Fate.SAME, False),
        (Fate.CHANGED, True),
        (Fate.SAME, False),
    ]


@given(st.permutations(range(5)))
def test_points_that_changed_places_are_found_by_their_words(order: list[int]) -> None:
    words = ["規范公開目錄", "優化營商環境", "落實工作責任", "建設證照數據庫", "開展督查考核"]
    rows = [WorkPoint(id=place, number=f"{place + 1}.", text=word * 3) for place, word in enumerate(words)]
    moved = [PointDraft(f"{place + 1}.", words[which] * 3) for place, which in enumerate(order)]
    found = {row.id: place for row, place, _closeness in pairs(rows, moved)}
    assert found == {which: place for place, which in enumerate(order)}
