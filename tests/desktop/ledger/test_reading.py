"""A ledger of very many rows is shown while it is still read, and can be stopped and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Semaphore

import pytest
from pytestqt.qtbot import QtBot

from db import ledger
from db.terms import Grouping
from desktop.jobs import Progress
from desktop.models import ledger_book
from desktop.pages.ledger import LedgerPage
from desktop.window import MainWindow
from tests.desktop.ledger.conftest import ledger_page

Settle = Callable[[], None]
BATCH = 10


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Semaphore]:
    """Let the reading go on by one batch each time this is released."""
    waiting = Semaphore(0)
    breathe = Progress.breathe
    monkeypatch.setattr(ledger, "BATCH", BATCH)
    monkeypatch.setattr(ledger_book, "MANY", BATCH)
    monkeypatch.setattr(ledger_book, "TOGETHER", 2)

    def wait(progress: Progress) -> None:
        waiting.acquire(timeout=20)
        breathe(progress)

    monkeypatch.setattr(Progress, "breathe", wait)
    yield waiting
    waiting.release(1_000)


@pytest.fixture
def early(window: MainWindow, steps: Semaphore) -> LedgerPage:
    """The page as its rows are being read, of which none has come."""
    assert not steps.acquire(blocking=False)
    return ledger_page(window)


def test_the_first_rows_are_there_before_the_last(
    early: LedgerPage, steps: Semaphore, qtbot: QtBot, settle: Settle
) -> None:
    assert early.table.total() == 0
    steps.release()
    qtbot.waitUntil(lambda: early.table.total() == BATCH)
    assert early.pane.view.isVisible()
    assert not early.main_action.isEnabled()
    first = early.table.entries[0]
    early.pane.view.selectRow(0)
    steps.release(2)
    qtbot.waitUntil(lambda: early.table.total() == 3 * BATCH)
    assert "正在讀取臺賬…　30/" in early.pane.count.text()
    assert len(early.chosen()) == 1
    steps.release(1_000)
    settle()
    assert early.table.entries[0] == first
    assert early.table.total() > 3 * BATCH
    assert [row.sequence for row in early.table.shown()] == sorted(row.sequence for row in early.table.shown())
    assert early.chosen() == [first]
    assert early.main_action.isEnabled()
    assert early.pane.count.text().startswith("顯示")


def test_rows_wait_where_another_order_is_wanted(
    early: LedgerPage, steps: Semaphore, qtbot: QtBot, settle: Settle
) -> None:
    steps.release()
    qtbot.waitUntil(lambda: early.table.total() == BATCH)
    early.pane.choose_grouping(Grouping.UNIT)
    early.pane.grouping.activated.emit(0)
    assert early.table.total() == 0
    assert early.pane.empty.isVisible()
    steps.release(2)
    qtbot.waitUntil(lambda: "30/" in early.pane.empty.label.text())
    assert early.table.total() == 0
    steps.release(1_000)
    settle()
    assert len(early.table.groups) > 1


def test_stopped_reading_says_so_and_is_taken_up_again(
    early: LedgerPage, steps: Semaphore, qtbot: QtBot, settle: Settle
) -> None:
    steps.release()
    qtbot.waitUntil(lambda: early.table.total() == BATCH)
    running = early.desk.jobs.running()
    assert running is not None
    running.stopped = True
    steps.release()
    settle()
    assert early.table.total() == 0
    assert early.pane.empty.label.text() == "沒有讀完，所以不顯示。"
    steps.release(1_000)
    early.pane.empty.button.click()
    settle()
    assert early.table.total() > 3 * BATCH
