"""Every dialog: both scripts, reached by keyboard, nothing cut off at 200 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPushButton
from sqlalchemy import select

from db import revision as stored_revision
from db.drafts import PointDraft
from db.models import Assignment, Plan
from db.terms import CourseKind
from desktop.dialogs import catalogue, course, order, posting_steps, postings, problems, revision, unlock, years
from desktop.script import Script
from desktop.window import MainWindow
from exports.problems import Problem
from tests.db import worlds
from tests.desktop.everywhere.seen import data_of, words_on
from tests.desktop.everywhere.test_everywhere import reached_by_tab, traditional_only
from tests.test_architecture import _simplified_only

WIDTH, HEIGHT = 1366, 728  # of a screen beside its task bar


def course_dialog(kind: CourseKind) -> Callable[[MainWindow], QDialog]:
    def make(window: MainWindow) -> QDialog:
        with window.desk.database.reading() as session:
            chosen = course.load(session, list(session.scalars(select(Assignment.id))))
        return course.CourseDialog(window, window.desk, kind, chosen)

    return make


def order_dialog(window: MainWindow) -> QDialog:
    with window.desk.database.reading() as session:
        return order.OrderDialog(window, window.desk, order.load(session, date(2022, 6, 15)))


def years_dialog(window: MainWindow) -> QDialog:
    with window.desk.database.reading() as session:
        return years.YearsDialog(window, window.desk, years.load(session))


def unlock_dialog(window: MainWindow) -> QDialog:
    return unlock.UnlockDialog(window, window.desk)


def catalogue_dialog(window: MainWindow) -> QDialog:
    return catalogue.CatalogueDialog(window, window.desk)


def revision_dialog(window: MainWindow) -> QDialog:
    corrected = worlds.draft(
        PointDraft("(一)", "正在推行中。", "一、公開", lead=["省政務局"], deadlines=[worlds.YEAR_END]),
        PointDraft("(四)", "先行先立。", "二、保障"),
        name="更正.txt",
    )
    with window.desk.database.reading() as session:
        plan = session.scalars(select(Plan.id)).first()
        assert plan is not None
        found = stored_revision.compare(session, plan=plan, draft=corrected)
    return revision.RevisionDialog(window, window.desk, plan, corrected, found)


def problems_dialog(window: MainWindow) -> QDialog:
    found = [Problem("A.xlsx", "Sheet1", f"B{row}", "？？", "應是層級之一") for row in range(5, 25)]

    def tell(head: QLabel) -> None:
        window.desk.words.put(head, "有 {n} 處沒有採用，列在下面。", n=len(found))

    return problems.ProblemsDialog(window, window.desk.words, tell, found, rest=True)


def make_dialog(window: MainWindow) -> QDialog:
    choice = postings.Choice(("2022",), {"2022": ((1, "耕地地力保護補貼"),)}, {"2022": (1, 2)})
    return postings.MakeDialog(window, window.desk, choice, Path("/"))


DIALOGS = {
    "catalogue": catalogue_dialog,
    **{f"course-{kind.value}": course_dialog(kind) for kind in course.TITLES},
    "make": make_dialog,
    "post": lambda window: posting_steps.PostDialog(window, window.desk, [1], "石橋村公示"),
    "down": lambda window: posting_steps.DownDialog(window, window.desk, [1], "石橋村公示"),
    "objection": lambda window: posting_steps.ObjectionDialog(window, window.desk, 1, "石橋村公示"),
    "handling": lambda window: posting_steps.HandlingDialog(window, window.desk, 1, "面積少了一畝。"),
    "order": order_dialog,
    "years": years_dialog,
    "unlock": unlock_dialog,
    "revision": revision_dialog,
    "problems": problems_dialog,
}


@pytest.fixture(params=list(DIALOGS.values()), ids=list(DIALOGS))
def dialog(request: pytest.FixtureRequest, window: MainWindow) -> Iterator[QDialog]:
    made: QDialog = request.param(window)
    made.show()
    made.activateWindow()
    QTest.qWait(20)
    yield made
    made.close()


def settled(window: MainWindow) -> None:
    """Wait until what a dialog reads anew is there."""
    for _ in range(200):
        QTest.qWait(20)
        if window.desk.jobs.idle():
            return


def test_dialog_speaks_the_script_of_the_window(window: MainWindow, dialog: QDialog) -> None:
    data = data_of(window.desk.database)
    assert [text for _where, text in words_on(dialog, data) if any(map(_simplified_only, text))] == []
    window.desk.words.switch(Script.SIMPLIFIED)
    settled(window)
    seen = [text for _where, text in words_on(dialog, data) if any(map(traditional_only, text))]
    window.desk.words.switch(Script.TRADITIONAL)
    assert seen == []


def test_every_button_of_the_dialog_is_reached_by_the_tab_key(dialog: QDialog) -> None:
    reached = reached_by_tab(dialog)
    buttons: list[QAbstractButton] = [*dialog.findChildren(QAbstractButton)]
    missed = [
        button.text()
        for button in buttons
        if button.isVisible() and button.isEnabled() and button not in reached and button.text()
    ]
    assert missed == []


def test_no_button_of_the_dialog_is_cut_off_at_200_percent(window: MainWindow, dialog: QDialog) -> None:
    window.set_scale(2.0)
    QTest.qWait(50)
    buttons: list[QPushButton] = [*dialog.findChildren(QPushButton)]
    cut = [button.text() for button in buttons if button.isVisible() and button.width() < button.sizeHint().width() - 2]
    least = dialog.minimumSizeHint()
    window.set_scale(1.0)
    assert cut == []
    assert least.width() <= WIDTH
    assert least.height() <= HEIGHT
