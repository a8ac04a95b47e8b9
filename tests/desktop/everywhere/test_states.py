"""Pages as somebody at work has them, full of tools, at 200 %: no wider and no higher than the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from db.terms import Grouping
from desktop.drafting import Entry, History
from desktop.pages.exchange import ExchangePage
from desktop.pages.ledger import LedgerPage
from desktop.pages.plans import PlansPage
from desktop.pages.plans_chooser import DRAFT
from desktop.window import MainWindow
from tests.db import worlds
from tests.desktop.everywhere.conftest import Stroll

WIDTH, HEIGHT = 1366, 728
Back = Callable[[], object]


def grouped_and_chosen(window: MainWindow, stroll: Stroll) -> Back:
    stroll("LedgerPage")
    page = window.go_to(LedgerPage)

    def group(wanted: Grouping) -> None:
        page.pane.choose_grouping(wanted)
        page.pane.grouping.activated.emit(0)
        QTest.qWait(20)

    group(Grouping.SECTION)
    page.pane.view.selectAll()
    return lambda: group(Grouping.NONE)


def draft_read(window: MainWindow, stroll: Stroll) -> Back:
    stroll("PlansPage")
    page = window.go_to(PlansPage)
    page.history = History((Entry(worlds.draft(name="另一份.txt"), 2022),))
    page.show_what(DRAFT)

    def back() -> None:
        page.history = History(())
        page.shown = None
        page.arrived()
        QTest.qWait(50)

    return back


def choosing_what_came_back(window: MainWindow, stroll: Stroll) -> Back:
    stroll("ExchangePage")
    page = window.go_to(ExchangePage)
    page.halves.setCurrentWidget(page.collect)
    return lambda: page.halves.setCurrentWidget(page.dispatch)


STATES = (grouped_and_chosen, draft_read, choosing_what_came_back)


@pytest.fixture(params=STATES, ids=[state.__name__ for state in STATES])
def full(request: pytest.FixtureRequest, window: MainWindow, stroll: Stroll) -> Iterator[None]:
    window.set_scale(2.0)
    back: Back = request.param(window, stroll)
    QTest.qWait(80)
    yield
    back()
    window.set_scale(1.0)


@pytest.mark.usefixtures("full")
def test_a_page_full_of_tools_stays_on_the_screen_at_200_percent(window: MainWindow) -> None:
    buttons: list[QPushButton] = [*window.findChildren(QPushButton)]
    cut = [one.text() for one in buttons if one.isVisible() and one.width() < one.sizeHint().width() - 2]
    assert cut == []
    assert (window.width(), window.height()) <= (WIDTH, HEIGHT)
    assert window.height() <= HEIGHT
