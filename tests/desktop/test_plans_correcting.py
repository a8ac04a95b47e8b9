"""Correcting a stored notice on the page 要點: fields as they are left, doubts as they are ticked, all undone again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db import proposals
from db.drafts import PointDraft, ReviewDraft
from db.models import PointMark, WorkPoint
from db.terms import MarkKind
from desktop.pages import plans_stored
from desktop.pages.plans import PlansPage
from desktop.pages.plans_outline import Kind
from desktop.window import MainWindow
from tests.desktop.plans_support import go, type_into

Settle = Callable[[], None]


@pytest.fixture
def stored(opened: PlansPage, settle: Settle) -> PlansPage:
    """The page with the sample stored and its eleventh point chosen, which has a doubt."""
    opened.main_action.click()
    settle()
    assert opened.stored is not None
    desk, point = opened.desk, opened.stored.points[0][10]
    with desk.database.change("待核", operation="test") as change:
        mark = PointMark(position=99, kind=MarkKind.REVIEW, text="沒有寫明牽頭單位。", start=0, end=0)
        row = change.session.get_one(WorkPoint, point)
        row.marks.append(mark)
    opened.show_what(opened.stored.plans[0])
    settle()
    go(opened, 10)
    return opened


def kept(page: PlansPage, place: int = 10) -> PointDraft:
    """Read a point of the first plan anew."""
    assert page.stored is not None
    with page.desk.database.reading() as session:
        return plans_stored.load(session, page.stored.plans[0]).document.plans[0].points[place]


@pytest.mark.parametrize("switched", [False, True], ids=["traditional", "simplified"])
def test_a_field_is_stored_when_it_is_left_and_can_be_undone(
    stored: PlansPage, window: MainWindow, settle: Settle, *, switched: bool
) -> None:
    if switched:
        window.switch_script()
    before, form = kept(stored), stored.bench.point_form
    type_into(form.names["co"], "省審計廳、省財政廳")
    type_into(form.deadlines, "2022年10月底前")  # leaving the one field stores it
    form.names["cited"].setFocus()
    settle()
    now = kept(stored)
    assert now.co == ["省審計廳", "省財政廳"]
    assert [(one.text, str(one.date)) for one in now.deadlines] == [("2022年10月底前", "2022-10-31")]
    assert (stored.bench.kind, stored.bench.spot.point) == (Kind.POINT, 10)
    for _ in range(2):
        window.undo_last()
        settle()
    assert kept(stored) == before
    assert form.names["co"].text() == "、".join(before.co)
    assert stored.bench.steps.point(stored.bench.spot) == before


def test_a_lead_answers_the_doubt_about_it(stored: PlansPage, settle: Settle) -> None:
    assert [doubt.text for doubt in kept(stored).review] == ["沒有寫明牽頭單位。"]
    type_into(stored.bench.point_form.names["lead"], "省審計廳")
    stored.bench.tree.view.setFocus()
    settle()
    assert (kept(stored).lead, kept(stored).review) == (["省審計廳"], [])
    assert stored.bench.doubts.list.count() == 0


def test_a_doubt_is_ticked_as_checked(stored: PlansPage, window: MainWindow, settle: Settle) -> None:
    doubts = stored.bench.doubts
    assert doubts.list.count() == 1
    assert "待核 2" in stored.bench.footer.totals.text()
    doubts.list.item(0).setCheckState(Qt.CheckState.Checked)
    settle()
    assert kept(stored).review == []
    assert doubts.list.count() == 0
    assert "待核 1" in stored.bench.footer.totals.text()
    window.undo_last()
    settle()
    assert kept(stored).review == [ReviewDraft("沒有寫明牽頭單位。", 0, 0)]
    assert doubts.list.count() == 1


def test_what_is_half_typed_stays_while_another_field_is_stored(stored: PlansPage, settle: Settle) -> None:
    form = stored.bench.point_form
    type_into(form.names["co"], "省審計廳")
    type_into(form.names["cited"], "國辦發〔2020〕35號、湘政發")
    settle()
    assert kept(stored).co == ["省審計廳"]
    assert form.names["cited"].text() == "國辦發〔2020〕35號、湘政發"
    form.number.setFocus()
    settle()
    assert kept(stored).cited == ["國辦發〔2020〕35號", "湘政發"]


def test_going_to_another_point_stores_the_text(stored: PlansPage, settle: Settle) -> None:
    before = kept(stored)
    stored.bench.point_form.text_field.setPlainText(before.text + "補一句。")
    go(stored, 11)
    settle()
    assert kept(stored).text == before.text + "補一句。"
    assert stored.bench.spot.point == 11
    assert stored.bench.point_form.text_field.toPlainText() == kept(stored, 11).text


def test_an_empty_text_is_refused_and_the_old_one_is_back(
    stored: PlansPage, window: MainWindow, settle: Settle
) -> None:
    told: list[BaseException] = []
    window.desk.troubled.connect(told.append)
    before = kept(stored)
    stored.bench.point_form.text_field.setPlainText(" ")
    stored.bench.finish()
    settle()
    assert ["不能為空" in str(one) for one in told] == [True]
    assert kept(stored) == before
    assert stored.bench.point_form.text_field.toPlainText() == before.text


def test_tasks_keep_their_units_and_that_is_said(stored: PlansPage, settle: Settle, qtbot: QtBot) -> None:
    assert stored.stored is not None
    proposals.propose_all(stored.desk.database, plans=list(stored.stored.plans))
    told: list[str] = []
    stored.desk.told.connect(lambda sentence, _changes: told.append(sentence))
    type_into(stored.bench.point_form.names["lead"], "省審計廳")
    stored.bench.finish()
    settle()
    assert ["沒有跟着改" in sentence for sentence in told] == [True]


def test_number_section_and_structure_stay_those_of_the_notice(stored: PlansPage) -> None:
    assert stored.bench.point_form.number.isReadOnly()
    assert not stored.bench.point_form.section.isEnabled()
    assert all(stored.bench.footer.tools[name].isHidden() for name in ("split", "merge", "add", "drop"))
    go(stored, 3)
    assert not stored.undo_own()


def test_closing_stores_what_is_half_typed(stored: PlansPage, window: MainWindow, settle: Settle) -> None:
    type_into(stored.bench.point_form.names["co"], "省審計廳")
    stored.bench.point_form.names["co"].setFocus()
    assert not stored.may_close()
    settle()
    assert kept(stored).co == ["省審計廳"]
    assert stored.may_close()
