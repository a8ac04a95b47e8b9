"""A report goes back to its unit for correction: from the pane, told in the form, cleared by the next report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from db.ledger import LedgerRow
from db.terms import ReportState, TaskState
from desktop.dialogs.course import CourseDialog
from desktop.pages.entry import EntryPage
from desktop.pages.entry_rows import Scope
from desktop.pages.ledger import LedgerPage
from desktop.pages.ledger_detail import REPORTS
from desktop.window import MainWindow

Settle = Callable[[], None]
REASON = "缺少佐證材料，數字與上月不符"


def chosen(page: LedgerPage) -> LedgerRow:
    """Choose an open task with a report."""
    found = next(row for row in page.table.shown() if row.period and row.task_state is TaskState.IN_PROGRESS)
    page.pane.view.choose([found.id], found.id)
    return found


def stored(page: LedgerPage, row: LedgerRow) -> LedgerRow:
    return next(one for one in page.book.rows if one.id == row.id)


def shown(page: LedgerPage) -> CourseDialog:
    found: object = page.findChildren(CourseDialog)
    assert isinstance(found, list)
    (asked,) = [one for one in found if one.isVisible()]
    assert isinstance(asked, CourseDialog)
    return asked


def send_back(page: LedgerPage, settle: Settle, reason: str = REASON) -> CourseDialog:
    page.detail.back_button.click()
    settle()
    asked = shown(page)
    asked.reason.setText(reason)
    asked.ok_button.click()
    settle()
    return asked


@pytest.mark.parametrize("switched", [False, True], ids=["traditional", "simplified"])
def test_a_report_goes_back_and_the_next_one_clears_it(
    page: LedgerPage, window: MainWindow, settle: Settle, qtbot: QtBot, *, switched: bool
) -> None:
    say = window.desk.say
    if switched:
        window.switch_script()
    row = chosen(page)
    assert page.detail.back_button.text() == say("退回補正…")
    send_back(page, settle)
    assert stored(page, row).report_state is ReportState.RETURNED
    assert page.detail.back_button.isHidden()
    page.detail.tabs.setCurrentIndex(REPORTS)
    qtbot.waitUntil(lambda: REASON in page.detail.reports.toPlainText())
    assert say("退回補正") in page.detail.reports.toPlainText()

    page.open_entry.emit(row.id)
    settle()
    entry = window.shown()
    assert isinstance(entry, EntryPage)
    assert not entry.sheet.back_bar.isHidden()
    assert entry.sheet.back_label.text() == say("{period} 的填報已退回補正：{reason}", period=row.period, reason=REASON)
    entry.list.choose_scope(Scope.RETURNED)
    entry.list.asked.emit()
    settle()
    assert [(line.id, line.reported) for line in entry.list.model.lines] == [(row.id, False)]
    entry.form.texts["text"].setPlainText("已補充佐證。")
    entry.save()
    settle()
    assert entry.sheet.back_bar.isHidden()
    window.go_to(LedgerPage)
    settle()
    assert stored(page, row).report_state is ReportState.REPORTED


def test_without_a_reason_the_dialog_stays(page: LedgerPage, settle: Settle) -> None:
    row = chosen(page)
    asked = send_back(page, settle, reason=" ")
    assert asked.isVisible()
    assert "寫明原因" in asked.error.text()
    assert stored(page, row).report_state is not ReportState.RETURNED
    asked.reject()


def test_several_at_once_are_one_step(page: LedgerPage, window: MainWindow, settle: Settle) -> None:
    rows = [row for row in page.table.shown() if row.period and row.task_state is TaskState.IN_PROGRESS][:3]
    page.pane.view.choose([row.id for row in rows], rows[0].id)
    action = next(one for one in page.course_button.menu().actions() if one.text() == "退回補正…")
    action.trigger()
    settle()
    asked = shown(page)
    asked.reason.setText(REASON)
    asked.ok_button.click()
    settle()
    assert [stored(page, row).report_state for row in rows] == [ReportState.RETURNED] * 3
    window.undo_last()
    settle()
    assert [stored(page, row).report_state for row in rows] == [row.report_state for row in rows]


def test_a_task_without_a_report_has_nothing_to_send_back(page: LedgerPage) -> None:
    row = next(row for row in page.table.shown() if not row.period)
    page.pane.view.choose([row.id], row.id)
    assert page.detail.back_button.isHidden()
