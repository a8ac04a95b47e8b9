"""The button 變動 of the ledger: every step of the year's course through its dialog, in both scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db import course
from db.models import Assignment, Plan, Unit
from db.script import simplified
from db.terms import CourseKind, TaskState
from desktop.dialogs.course import CourseDialog
from desktop.dialogs.order import OrderDialog
from desktop.dialogs.step import StepDialog
from desktop.dialogs.years import YearsDialog
from desktop.pages.ledger import LedgerPage
from desktop.window import MainWindow

Settle = Callable[[], None]
Open = Callable[[str], StepDialog]


@pytest.fixture
def begin(page: LedgerPage, settle: Settle) -> Open:
    """Return a function that clicks an entry of the menu by its words and returns the dialog."""

    def click(words: str) -> StepDialog:
        menu = page.course_button.menu()
        menu.aboutToShow.emit()
        action = next(one for one in menu.actions() if one.text() == page.desk.say(words))
        assert action.isEnabled()
        action.trigger()
        menu.aboutToHide.emit()
        settle()
        return dialog(page)

    return click


def dialog(page: QWidget) -> StepDialog:
    found: object = page.findChildren(StepDialog)
    assert isinstance(found, list)
    (shown,) = [one for one in found if one.isVisible()]
    assert isinstance(shown, StepDialog)
    return shown


def choose(page: LedgerPage, *wanted: int) -> list[int]:
    """Choose open, accepted tasks by their place among these."""
    ids = [row.id for row in page.table.shown() if row.confirmed and row.task_state is TaskState.IN_PROGRESS]
    chosen = [ids[place] for place in wanted]
    page.pane.view.choose(chosen, chosen[0])
    return chosen


def task(page: LedgerPage, number: int) -> Assignment:
    with page.desk.database.reading() as session:
        return session.get_one(Assignment, number)


@pytest.mark.parametrize("switched", [False, True], ids=["traditional", "simplified"])
def test_withdrawn_with_a_reason_and_undone(
    page: LedgerPage, window: MainWindow, begin: Open, settle: Settle, *, switched: bool
) -> None:
    if switched:
        window.switch_script()
    (chosen,) = choose(page, 0)
    asked = begin("撤銷任務…")
    assert isinstance(asked, CourseDialog)
    assert asked.windowTitle() == page.desk.say("撤銷任務")
    assert asked.reason.hasFocus()
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    settle()
    told = "撤銷任務要寫明原因。"
    assert asked.error.text() == (simplified(told) if switched else told)
    assert asked.focusWidget() is asked.reason  # and not the button that would give it all up
    asked.reason.setText("與省級部署重複")
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    settle()
    assert task(page, chosen).task_state is TaskState.WITHDRAWN
    window.notice.button.click()
    settle()
    assert task(page, chosen).task_state is TaskState.IN_PROGRESS


def test_resumed(page: LedgerPage, begin: Open, settle: Settle) -> None:
    from db import assignments

    (chosen,) = choose(page, 0)
    assignments.withdraw(page.desk.database, ids=[chosen], reason="誤撤")
    asked = begin("恢復已撤銷的任務…")
    assert isinstance(asked, CourseDialog)
    asked.reason.setText("繼續辦理")
    asked.ok_button.click()
    settle()
    assert task(page, chosen).task_state is TaskState.IN_PROGRESS


def test_merged_into_one_of_the_chosen(page: LedgerPage, begin: Open, settle: Settle) -> None:
    first, second = choose(page, 0, 1)
    asked = begin("併入其他任務…")
    assert isinstance(asked, CourseDialog)
    asked.into.setCurrentIndex(asked.into.findData(second))
    asked.reason.setText("內容相同")
    asked.ok_button.click()
    settle()
    assert task(page, first).task_state is TaskState.WITHDRAWN
    assert task(page, second).task_state is TaskState.IN_PROGRESS


def test_merged_into_a_task_named_by_its_code(page: LedgerPage, begin: Open, settle: Settle) -> None:
    other = task(page, choose(page, 3)[0])
    (chosen,) = choose(page, 0)
    asked = begin("併入其他任務…")
    assert isinstance(asked, CourseDialog)
    asked.into.setEditText("22-政16-99-1X")
    asked.reason.setText("內容相同")
    asked.ok_button.click()
    settle()
    assert asked.error.isVisible()
    asked.into.setEditText(other.code)
    asked.ok_button.click()
    settle()
    with page.desk.database.reading() as session:
        assert [step.other for step in course.steps(session, chosen)] == [other.code]


def test_handed_over(page: LedgerPage, begin: Open, settle: Settle) -> None:
    (chosen,) = choose(page, 0)
    old = task(page, chosen).lead_id
    asked = begin("移交其他單位…")
    assert isinstance(asked, CourseDialog)
    asked.reason.setText("職能劃轉")
    asked.ok_button.click()
    assert asked.error.text() == "請選擇接辦單位。"
    with page.desk.database.reading() as session:
        new = session.scalars(select(Unit).where(Unit.name == "縣統計局")).one()
    asked.to.setEditText("县统计局")
    asked.stays.setChecked(True)
    asked.ok_button.click()
    settle()
    assert task(page, chosen).lead_id == new.id
    with page.desk.database.reading() as session:
        now = session.get_one(Assignment, chosen)
        assert old in [line.unit_id for line in now.others]
        assert [step.kind for step in course.steps(session, chosen)] == [CourseKind.HANDED_OVER]


def test_ordered_in_passing_without_choosing_anything(page: LedgerPage, begin: Open, settle: Settle) -> None:
    page.pane.view.clearSelection()
    asked = begin("臨時交辦…")
    assert isinstance(asked, OrderDialog)
    asked.text.setPlainText("報送防汛值班表")
    asked.lead.setEditText("縣統計局")
    asked.source.setText("6月15日縣長批示")
    asked.due.setText("6.31")
    asked.ok_button.click()
    assert asked.error.text() == "沒有這一天。"
    asked.due.setText("6.18")
    asked.ok_button.click()
    settle()
    with page.desk.database.reading() as session:
        plan = session.scalars(select(Plan).where(Plan.title == "臨時交辦 2022")).one()
        made = session.scalars(select(Assignment).where(Assignment.plan_id == plan.id)).one()
        assert made.point is not None
        assert (made.point.text, str(made.deadline_on), made.confirmed) == ("報送防汛值班表", "2022-06-18", True)
    assert [row.id for row in page.chosen()] == [made.id]


def test_the_day_follows_from_the_words_of_the_order(page: LedgerPage, begin: Open, settle: Settle) -> None:
    asked = begin("臨時交辦…")
    assert isinstance(asked, OrderDialog)
    asked.text.setPlainText("開展燃氣安全排查")
    asked.lead.setEditText("縣統計局")
    asked.deadline.setText("9月底前")
    asked.ok_button.click()
    settle()
    row = next(row for row in page.table.shown() if row.point_text == "開展燃氣安全排查")
    assert (row.deadline_text, str(row.deadline_on)) == ("9月底前", "2022-09-30")


def test_the_years_beside_each_other_and_into_the_next(page: LedgerPage, begin: Open, settle: Settle) -> None:
    asked = begin("年度比較和結轉…")
    assert isinstance(asked, YearsDialog)
    cells = [asked.table.item(0, column) for column in range(5)]
    whole = [cell.text() for cell in cells if cell is not None]
    assert whole[:2] == ["2022", "全部"]
    running = int(whole[4])
    assert (asked.from_year.value(), asked.to_year.value()) == (2022, 2023)
    asked.ok_button.click()
    settle()
    with page.desk.database.reading() as session:
        plan = session.scalars(select(Plan).where(Plan.title == "2022年結轉")).one()
        carried = session.scalars(select(Assignment.id).where(Assignment.plan_id == plan.id)).all()
    assert len(carried) == running


def test_steps_on_tasks_are_off_while_none_is_chosen(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    page.pane.view.clearSelection()
    menu = page.course_button.menu()
    menu.aboutToShow.emit()
    allowed = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert allowed == ["添加任務…", "臨時交辦…", "年度比較和結轉…"]  # these need no task
