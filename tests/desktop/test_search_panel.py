"""Search in the window: found while typing, opened where it belongs, in both scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db import subsidies
from db.terms import HitKind
from desktop.desk import Desk
from desktop.pages.ledger import LedgerPage
from desktop.pages.plans import PlansPage
from desktop.pages.subsidies import SubsidiesPage
from desktop.pages.subsidies_policies import PolicyTab
from desktop.pages.units import UnitsPage
from desktop.script import Script
from desktop.widgets.search import SearchPanel
from desktop.window import MainWindow
from tests.db import worlds

Settle = Callable[[], None]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk with a small notice divided."""
    worlds.divided(desk.database)
    return desk


@pytest.fixture
def panel(window: MainWindow, settle: Settle) -> SearchPanel:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.search.isVisible()
    return window.search


def look(panel: SearchPanel, words: str, settle: Settle) -> None:
    panel.line.setText(words)
    panel._look()
    settle()


def press(panel: SearchPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel.line, key)


def test_the_panel_belongs_to_the_window_and_takes_the_keys(window: MainWindow, panel: SearchPanel) -> None:
    assert not panel.isWindow()
    assert QApplication.focusWidget() is panel.line


def test_hits_come_while_typing(panel: SearchPanel, settle: Settle) -> None:
    panel.line.setText("財政")
    QTest.qWait(2 * panel._timer.interval())
    settle()
    assert {hit.kind for hit in panel.model.hits} >= {HitKind.UNIT, HitKind.ASSIGNMENT}
    assert panel.view.currentIndex().row() == 0


def test_words_that_stand_nowhere_say_what_to_do(panel: SearchPanel, settle: Settle) -> None:
    look(panel, "沒有的詞", settle)
    assert panel.hint.isVisible()
    assert "沒有的詞" in panel.hint.text()


def test_a_unit_opens_in_its_page(window: MainWindow, panel: SearchPanel, settle: Settle) -> None:
    look(panel, "xczj", settle)
    press(panel, Qt.Key.Key_Return)
    settle()
    page = window.shown()
    assert isinstance(page, UnitsPage)
    assert page.card.line is not None
    assert page.card.line.name == "縣財政局"
    assert panel.isHidden()


def test_a_task_opens_in_the_ledger(window: MainWindow, panel: SearchPanel, settle: Settle) -> None:
    code = worlds.codes(window.desk.database)[1]
    look(panel, code, settle)
    press(panel, Qt.Key.Key_Return)
    settle()
    page = window.shown()
    assert isinstance(page, LedgerPage)
    assert [row.code for row in page.chosen()] == [code]


def test_a_point_opens_in_its_notice(window: MainWindow, panel: SearchPanel, settle: Settle) -> None:
    look(panel, "优化营商环境", settle)
    row = next(place for place, hit in enumerate(panel.model.hits) if hit.kind is HitKind.POINT)
    for _ in range(row):
        press(panel, Qt.Key.Key_Down)
    title = panel.model.hits[row].title
    press(panel, Qt.Key.Key_Return)
    settle()
    page = window.shown()
    assert isinstance(page, PlansPage)
    assert page.bench.steps.point(page.bench.spot).text.startswith(title.rstrip("…"))


def test_enter_before_the_answer_opens_the_first_of_it(window: MainWindow, panel: SearchPanel, settle: Settle) -> None:
    panel.line.setText("縣教育局")
    press(panel, Qt.Key.Key_Return)
    settle()
    page = window.shown()
    assert isinstance(page, UnitsPage)
    assert page.card.line is not None
    assert page.card.line.name == "縣教育局"


def test_escape_gives_the_focus_back(window: MainWindow, settle: Settle) -> None:
    window.activateWindow()
    window.navigation.setFocus()
    window.search.begin()
    settle()
    press(window.search, Qt.Key.Key_Escape)
    assert window.search.isHidden()
    assert window.navigation.hasFocus()


def test_leaving_for_the_page_closes_the_panel(window: MainWindow, panel: SearchPanel) -> None:
    window.navigation.setFocus()
    assert panel.isHidden()


def test_the_panel_speaks_either_script(window: MainWindow, panel: SearchPanel, settle: Settle) -> None:
    look(panel, "县财政局", settle)
    assert panel.model.data(panel.model.index(0)).startswith("單位")
    window.desk.words.switch(Script.SIMPLIFIED)
    assert panel.model.data(panel.model.index(0)).startswith("单位　縣財政局")
    assert "找到" in panel.foot.text()
    assert panel.line.accessibleName() == "查找"


def test_what_was_found_stands_out(panel: SearchPanel, settle: Settle) -> None:
    look(panel, "财政局", settle)
    assert ">財政局</span>" in panel.model.html(panel.model.hits[0])


def test_a_policy_opens_in_its_tab(window: MainWindow, panel: SearchPanel, settle: Settle) -> None:
    subsidies.add(window.desk.database, values={"name": "別的補貼"})
    subsidies.add(window.desk.database, values={"name": "耕地地力保護補貼"})
    look(panel, "地力保护", settle)
    press(panel, Qt.Key.Key_Return)
    settle()
    page = window.shown()
    assert isinstance(page, SubsidiesPage)
    tab = page.front()
    assert isinstance(tab, PolicyTab)
    assert tab.card.row is not None
    assert tab.card.row.book.name == "耕地地力保護補貼"
