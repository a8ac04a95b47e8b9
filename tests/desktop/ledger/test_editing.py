"""Changing assignments on the page 臺賬: one field, many rows as one step, one more; what is told of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.filters import LedgerFilter
from db.ledger import LedgerRow
from db.script import simplified
from db.terms import DeadlineKind, TaskState
from desktop.pages.entry import EntryPage
from desktop.pages.ledger import LedgerPage
from desktop.pages.ledger_detail import EVIDENCE, RECORDS, REPORTS
from desktop.widgets.picker import Picker
from desktop.window import MainWindow

Settle = Callable[[], None]


def stored(page: LedgerPage, assignment: int) -> LedgerRow:
    return next(row for row in page.book.rows if row.id == assignment)


def chosen(page: LedgerPage, place: int) -> LedgerRow:
    page.pane.view.selectRow(place)
    row = page.detail.row
    assert row is not None
    return row


def write(page: LedgerPage, key: str, text: str) -> None:
    """Type into a field of the chosen assignment and leave it."""
    widget = page.detail.fields.editors[key].widget
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.setText(text)
        widget.editingFinished.emit()
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
        page.pane.view.setFocus()
    else:
        assert isinstance(widget, Picker)
        line = widget.lineEdit()
        assert line is not None
        line.setText(text)
        line.editingFinished.emit()


def test_a_field_is_stored_when_it_is_left_and_can_be_undone(
    page: LedgerPage, window: MainWindow, settle: Settle
) -> None:
    row = chosen(page, 3)
    for key, text in (("measure", "一月一調度。"), ("person", "壬九"), ("target", "全部辦結"), ("percent", "60%")):
        write(page, key, text)
        settle()
    now = stored(page, row.id)
    assert (now.measure, now.person, now.target, now.percent) == ("一月一調度。", "壬九", "全部辦結", 60)
    assert page.detail.row == now
    window.undo_last()
    settle()
    assert stored(page, row.id).percent == row.percent
    assert page.detail.fields.editors["percent"].text() == str(row.percent)


def test_a_wording_of_a_deadline_sets_its_day_and_kind(page: LedgerPage, settle: Settle) -> None:
    row = chosen(page, 3)
    write(page, "deadline_text", "8月底前")
    settle()
    now = stored(page, row.id)
    assert (str(now.deadline_on), now.deadline_kind) == ("2022-08-31", DeadlineKind.FIXED)
    write(page, "deadline_on", "2022年9月15日")
    settle()
    now = stored(page, row.id)
    assert (now.deadline_text, str(now.deadline_on)) == ("8月底前", "2022-09-15")


def test_units_are_named_in_words(page: LedgerPage, window: MainWindow, settle: Settle) -> None:
    row = chosen(page, 3)
    write(page, "lead", "县教育局")
    write(page, "others", "縣財政局、縣審計局")
    settle()
    now = stored(page, row.id)
    assert (now.lead, now.others) == ("縣教育局", ("縣財政局", "縣審計局"))
    write(page, "others", "縣財政局、縣沒有局")
    settle()
    assert "「縣沒有局」不在單位表裏" in window.notice.label.text()
    assert stored(page, row.id).others == ("縣財政局", "縣審計局")
    assert page.detail.fields.editors["others"].text() == "縣財政局、縣沒有局"  # typing is not lost


def test_several_rows_are_changed_as_one_step(page: LedgerPage, window: MainWindow, settle: Settle) -> None:
    page.show_filtered(LedgerFilter(leaders=("林小河",)))
    before = {row.id: row.leader for row in page.table.shown()}
    page.pane.view.setFocus()
    QTest.keyClick(page.pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bulk = page.pane.bulk
    assert bulk.isVisible()
    assert bulk.label.text() == f"選中 {len(before)} 項，改"
    bulk.choose_field("leader").show("鄭新任")
    bulk.apply_button.click()
    settle()
    assert {stored(page, one).leader for one in before} == {"鄭新任"}
    assert page.table.total() == 0
    window.notice.button.click()
    settle()
    assert {one: stored(page, one).leader for one in before} == before


def test_states_are_chosen_for_several(page: LedgerPage, settle: Settle) -> None:
    page.show_filtered(LedgerFilter(task_states=(TaskState.IN_PROGRESS,)))
    ids = [row.id for row in page.table.shown()[:2]]
    page.pane.view.choose(ids, ids[0])
    page.pane.bulk.choose_field("task_state").show(TaskState.NOT_STARTED.value)
    page.pane.bulk.apply_button.click()
    settle()
    assert {stored(page, one).task_state for one in ids} == {TaskState.NOT_STARTED}


def test_a_point_gets_a_second_assignment(page: LedgerPage, settle: Settle) -> None:
    row = chosen(page, 2)
    page.show_filtered(LedgerFilter(units=(row.lead_id or 0,)))
    page.pane.view.choose([row.id], row.id)
    page.detail.second_button.click()
    settle()
    made = page.detail.row
    assert made is not None
    assert made.id != row.id
    assert (made.point_id, made.confirmed, made.lead) == (row.point_id, True, "")
    assert page.detail.fields.editors["measure"].widget.hasFocus()


def test_a_proposal_is_accepted_beside_the_table(page: LedgerPage, settle: Settle) -> None:
    page.pane.hints.only_button.click()
    row = chosen(page, 0)
    assert not page.detail.accept_button.isEnabled()
    write(page, "lead", "縣財政局")
    settle()
    page.detail.accept_button.click()
    settle()
    assert stored(page, row.id).confirmed


def test_the_year_of_an_assignment_is_told(page: LedgerPage, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    chosen(page, 3)
    write(page, "person", "壬九")
    settle()
    for tab, text in (
        (REPORTS, "2022-12"),
        (RECORDS, "責任人：丙三 → 壬九"),
    ):
        page.detail.tabs.setCurrentIndex(tab)
        browser = page.detail.reports if tab == REPORTS else page.detail.records
        qtbot.waitUntil(lambda browser=browser, text=text: text in browser.toPlainText())  # type: ignore[misc]
    told = page.detail.records.toPlainText()
    assert "採納：擬辦 → 已採納" in told
    assert "進度：空 → 10%" in told
    page.detail.tabs.setCurrentIndex(EVIDENCE)
    settle()
    assert page.detail.evidence.list.item(0).text().startswith("還沒有佐證材料")
    window.switch_script()
    assert page.detail.tabs.tabText(RECORDS) == simplified("記錄")
    assert "采纳：拟办 → 已采纳" in page.detail.records.toPlainText()


def test_space_hides_what_stands_beside(page: LedgerPage) -> None:
    chosen(page, 0)
    page.pane.view.setFocus()
    for visible in (False, True):
        QTest.keyClick(page.pane.view, Qt.Key.Key_Space)
        assert page.detail.isVisible() is visible


def test_enter_opens_the_form_with_the_rows_that_follow(page: LedgerPage, window: MainWindow, settle: Settle) -> None:
    row = chosen(page, 3)
    page.pane.view.setFocus()
    QTest.keyClick(page.pane.view, Qt.Key.Key_Return)
    settle()
    form = window.stack.currentWidget()
    assert isinstance(form, EntryPage)
    assert form.card is not None
    assert form.card.id == row.id


def test_what_was_typed_is_kept_on_closing(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    chosen(page, 3)
    widget = page.detail.fields.editors["person"].widget
    assert isinstance(widget, QLineEdit)
    widget.setText("癸十")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    from db.database import open_database

    again = open_database(window.desk.database.path)
    from db import ledger

    with again.reading() as session:
        assert any(row.person == "癸十" for row in ledger.read(session).rows)
    again.release()


def test_the_wheel_over_a_list_changes_nothing(page: LedgerPage, settle: Settle) -> None:
    row = chosen(page, 3)
    for key in ("lead", "task_state"):
        box = page.detail.fields.editors[key].widget
        box.setFocus()
        centre = QPointF(box.rect().center())
        turn = QPoint(0, -120)
        inverted = False
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(centre, QPointF(box.mapToGlobal(centre)), QPoint(), turn, buttons, keys, phase, inverted)
        QApplication.sendEvent(box, event)
    settle()
    assert stored(page, row.id) == row


def test_an_arrow_key_leaves_a_name_half_typed(page: LedgerPage) -> None:
    chosen(page, 3)
    box = page.detail.fields.editors["lead"].widget
    assert isinstance(box, Picker)
    box.setEditText("不在表裏的字")
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "不在表裏的字"


@pytest.mark.parametrize("typed", ["tjj", "统计", "統計局"])
def test_a_unit_is_found_by_letters_and_in_either_script(page: LedgerPage, settle: Settle, typed: str) -> None:
    before = chosen(page, 3)
    box = page.detail.fields.editors["lead"].widget
    assert isinstance(box, Picker)
    line = box.lineEdit()
    assert line is not None
    line.setFocus()
    line.setText(typed)
    line.textEdited.emit(typed)  # as from an input method, which the test's keys cannot be
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle()
    assert box.currentText() == "縣統計局"
    assert stored(page, before.id).lead == "縣統計局"


def test_enter_and_arrow_lead_from_the_filter_to_the_rows(page: LedgerPage, settle: Settle) -> None:
    view, field = page.pane.view, page.pane.chips.text
    field.setFocus()
    QTest.keyClicks(field, "xzspfwj")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert view.hasFocus()
    assert {"縣行政審批服務局"} <= {row.lead for row in page.table.shown()}
    assert page.chosen() == [page.table.entries[0]]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
