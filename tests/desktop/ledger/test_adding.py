"""The dialog 添加任務: one more task of any point, in both scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.ledger import LedgerRow
from desktop.dialogs.task import TaskDialog
from desktop.pages.ledger import LedgerPage
from desktop.window import MainWindow

Settle = Callable[[], None]


def begin(page: LedgerPage, settle: Settle) -> TaskDialog:
    menu = page.course_button.menu()
    next(one for one in menu.actions() if one.text() == page.desk.say("添加任務…")).trigger()
    settle()
    found: object = page.findChildren(TaskDialog)
    assert isinstance(found, list)
    (asked,) = [one for one in found if one.isVisible()]
    assert isinstance(asked, TaskDialog)
    return asked


def of_measure(page: LedgerPage, measure: str) -> LedgerRow:
    return next(row for row in page.book.rows if row.measure == measure)


@pytest.mark.parametrize("switched", [False, True], ids=["traditional", "simplified"])
def test_a_task_is_added_to_a_point_of_choice(
    page: LedgerPage, window: MainWindow, settle: Settle, *, switched: bool
) -> None:
    if switched:
        window.switch_script()
    before = len(page.book.rows)
    asked = begin(page, settle)
    place = next(place for place in range(asked.point.count()) if asked.point.itemText(place).startswith("22-政16-39"))
    asked.point.setCurrentIndex(place)
    asked.lead.setEditText("縣財政局")
    asked.others.setText("县审计局、縣教育局")
    asked.measure.setPlainText("撥付經費。")
    asked.deadline.setText("9月底前")
    asked.ok_button.click()
    settle()
    row = of_measure(page, "撥付經費。")
    assert row.code.startswith("22-政16-39-")
    assert (row.lead, row.others, row.confirmed) == ("縣財政局", ("縣審計局", "縣教育局"), True)
    assert (row.deadline, str(row.deadline_on)) == ("9月底前", "2022-09-30")
    assert row.leader
    window.notice.button.click()
    settle()
    assert len(page.book.rows) == before


def test_the_point_of_the_chosen_task_is_offered(page: LedgerPage, settle: Settle) -> None:
    row = next(row for row in page.table.shown() if row.point_id is not None)
    page.pane.view.choose([row.id], row.id)
    asked = begin(page, settle)
    assert asked.point.unit() == row.point_id
    assert asked.lead.hasFocus()
    asked.reject()


def refused(asked: TaskDialog, settle: Settle, told: str) -> None:
    asked.ok_button.click()
    settle()
    assert asked.error.text() == told
    assert asked.isVisible()


def test_what_is_missing_is_said_in_place(page: LedgerPage, settle: Settle) -> None:
    asked = begin(page, settle)
    page.pane.view.clearSelection()
    asked.point.setCurrentIndex(-1)
    asked.point.clearEditText()
    refused(asked, settle, "請選擇要點。")
    asked.point.setCurrentIndex(0)
    refused(asked, settle, "請選擇牽頭單位。")
    asked.lead.setEditText("縣財政局")
    asked.others.setText("無此局")
    refused(asked, settle, "單位表裏沒有縣級單位「無此局」。")
    asked.reject()
