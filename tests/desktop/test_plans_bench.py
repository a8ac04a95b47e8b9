"""Checking and correcting a read notice through the real widgets of the page 要點."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.drafts import DeadlineDraft, DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.terms import DeadlineKind
from desktop import theme
from desktop.desk import Desk
from desktop.drafting import Spot
from desktop.pages.plans import PlansPage
from desktop.pages.plans_chooser import START
from desktop.pages.plans_outline import DOUBTS, LEAD, Kind
from desktop.pages.plans_source import Offsets
from tests.desktop.plans_support import go, point, type_into


def test_damaged_runs_are_marked_and_found_by_key(opened: PlansPage, qtbot: QtBot) -> None:
    QTest.keyClick(opened, Qt.Key.Key_F8)
    assert opened.bench.spot == Spot(0, 1, 11)
    damage = [span[:2] for span in opened.bench.source.marks() if span[2] == theme.DAMAGE]
    assert [opened.history.now[0].document.text[a:b] for a, b in damage] == ["??h", "??h"]
    index = opened.bench.tree.view.currentIndex().siblingAtColumn(DOUBTS)
    assert index.data() == "？2"
    assert opened.bench.doubts.list.item(0).text() == "「??h」處有缺字，請核對。"


def test_a_click_in_the_text_chooses_the_point(opened: PlansPage) -> None:
    cursor = opened.bench.source.textCursor()
    cursor.setPosition(point(opened, 20).start + 5)
    opened.bench.source.setTextCursor(cursor)
    assert opened.bench.spot == Spot(0, 0, 20)
    assert opened.bench.point_form.text_field.toPlainText() == point(opened, 20).text


def test_a_checked_doubt_leaves_and_comes_back_on_undo(opened: PlansPage, qtbot: QtBot) -> None:
    opened.bench.next_doubt()
    for _ in range(2):
        opened.bench.doubts.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert point(opened, 11, plan=1).review == []
    assert opened.bench.footer.totals.text().endswith("待核 0")
    opened.bench.tree.view.setFocus()
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(point(opened, 11, plan=1).review) == 1


def test_a_lead_unit_filled_in_answers_the_doubt_about_it(opened: PlansPage) -> None:
    doubt, other = ReviewDraft("沒有寫明牽頭單位。"), ReviewDraft("別的疑問。")
    spot = Spot(0, 0, 0)
    opened.bench.steps.change_point(spot, "lead", [])
    opened.bench.steps.change_point(spot, "review", [doubt, other])
    go(opened, 0)
    assert opened.bench.doubts.list.count() == 2
    type_into(opened.bench.point_form.names["lead"], "省政務局")
    assert point(opened, 0).review == [other]
    assert opened.bench.doubts.list.count() == 1
    assert opened.bench.undo()
    assert point(opened, 0).review == [doubt, other]


def test_fields_are_edited_in_place(opened: PlansPage, qtbot: QtBot) -> None:
    go(opened, 0)
    form = opened.bench.point_form
    type_into(form.names["lead"], "省政務局、省司法廳")
    type_into(form.deadlines, "2022年9月底前")
    QTest.mouseClick(form.by_duty, Qt.MouseButton.LeftButton, pos=form.by_duty.rect().center() * 0.1)
    here = point(opened, 0)
    assert here.lead == ["省政務局", "省司法廳"]
    assert here.deadlines == [DeadlineDraft("2022年9月底前", date(2022, 9, 30), DeadlineKind.FIXED)]
    assert form.meant.text() == "→ 2022-09-30（定期限）"
    row = opened.bench.tree.outline.index_of(Kind.POINT, Spot(0, 0, 0))
    assert row.siblingAtColumn(LEAD).data() == "省政務局、省司法廳"


def test_a_new_section_stands_in_the_tree(opened: PlansPage, qtbot: QtBot) -> None:
    go(opened, 3)
    line = opened.bench.point_form.section.lineEdit()
    assert line is not None
    type_into(line, "新的一章")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened.history.now[0].document.plans[0].sections[1] == "新的一章"
    section = opened.bench.tree.outline.index_of(Kind.SECTION, Spot(0, 0, 3))
    assert section.data() == "新的一章"


def test_the_head_of_the_document_is_edited(opened: PlansPage, qtbot: QtBot) -> None:
    opened.bench.tree.view.setCurrentIndex(opened.bench.tree.outline.index_of(Kind.DOCUMENT, Spot(0)))
    form = opened.bench.document_form
    assert form.year.placeholderText() == "2022"
    type_into(form.issued_on, "2022年4月13日")
    type_into(form.year, "2023")
    type_into(form.doc_no, "湘政辦發〔2022〕17號")
    entry = opened.history.now[0]
    assert (entry.document.issued_on, entry.year) == (date(2022, 4, 13), 2023)
    assert entry.document.doc_no == "湘政辦發〔2022〕17號"


def test_words_chosen_in_the_source_become_a_point(opened: PlansPage) -> None:
    go(opened, 0)
    text = opened.history.now[0].document.text
    start = text.index("堅持以習近平")
    cursor = opened.bench.source.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + 20, QTextCursor.MoveMode.KeepAnchor)
    opened.bench.source.setTextCursor(cursor)
    opened.bench.add()
    assert (point(opened, 1).text, point(opened, 1).start) == (text[start : start + 20], start)


def test_filters_show_what_fits_and_say_how_many(opened: PlansPage, qtbot: QtBot) -> None:
    tree = opened.bench.tree
    tree.doubts_only.click()
    assert tree.outline.shown == 1
    assert opened.bench.footer.totals.text() == "56 條，牽頭 42，待核 1；顯示 1 條"
    tree.doubts_only.click()
    QTest.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is tree.search
    type_into(tree.search, "省农业农村厅")  # simplified words find the traditional ones
    QTest.keyClick(tree.search, Qt.Key.Key_Return)
    assert tree.outline.shown == 1
    assert tree.view.hasFocus()


def test_ctrl_z_takes_edits_back_down_to_the_first_pane_and_no_stored_data(
    opened: PlansPage, qtbot: QtBot, desk: Desk, settle: Callable[[], None]
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    go(opened, 0)
    lead = opened.bench.point_form.names["lead"]
    type_into(lead, "甲局")
    opened.bench.drop()
    go(opened, 3)
    for expected in (39, 39):
        QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Z, control)
        assert len(opened.history.now[0].document.plans[0].points) == expected
    assert point(opened, 0).lead == ["省政務局"]
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Z, control)
    assert opened.shown == START
    assert opened.history.now == ()


def test_five_thousand_points_are_shown_and_edited(plans_page: PlansPage) -> None:
    page = plans_page
    line = "({n})第{n}件事，由各單位落實。\n"
    text = "".join(line.format(n=n) for n in range(5000))
    points, at = [], 0
    for n in range(5000):
        end = text.index("\n", at)
        points.append(PointDraft(f"({n})", text[at:end], f"第{n // 50}章", ["甲局"], start=at, end=end))
        at = end + 1
    sections = [f"第{n}章" for n in range(100)]
    page.take([DocumentDraft(text, "大文件", plans=[PlanDraft("大計劃", sections, points=points)])])
    go(page, 4000)
    type_into(page.bench.point_form.names["lead"], "乙局")
    page.bench.drop()
    assert page.bench.footer.totals.text() == "4999 條，牽頭 4999，待核 0"
    assert page.bench.undo()
    assert point(page, 4000).lead == ["乙局"]


def test_rare_characters_do_not_shift_the_marks() -> None:
    text = "甲𠮷乙𠮷丙"
    offsets = Offsets(text)
    assert [offsets.to_qt(i) for i in range(6)] == [0, 1, 3, 4, 6, 7]
    assert [offsets.from_qt(offsets.to_qt(i)) for i in range(6)] == list(range(6))
