"""Collecting in the window: how long its thread is away while sixty workbooks are read and shown."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from db.database import Database
from desktop.app import make_application
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.models.returns import Show
from desktop.pages.exchange import ExchangePage
from desktop.window import MainWindow
from desktop.words import Words
from tests.bench.test_collect import FILES, ROWS, returned
from tests.bench.test_ledger_scroll import Watch

pytestmark = pytest.mark.bench
__all__ = ["returned"]  # the fixture

GAP = 0.100  # seconds of the window's own work; the clock, printed beside it, counts what others take as well
TIMES = 3


@pytest.fixture(scope="module")
def page(returned: tuple[Database, list[Path]]) -> Iterator[ExchangePage]:
    app = make_application()
    assert isinstance(app, QApplication)
    desk = Desk(returned[0], Words(), Jobs())
    window = MainWindow(desk)
    window.resize(1366, 768)
    window.show()
    made = window.go_to(ExchangePage)
    Watch().during(desk.jobs.idle)
    yield made
    window.hide()
    desk.jobs.finish()


def test_reading_leaves_the_window_alive(page: ExchangePage, returned: tuple[Database, list[Path]]) -> None:
    watches = []
    for _ in range(TIMES):
        watch = Watch()
        page.collect.read(returned[1])
        print(f"\nread {FILES} × {ROWS} rows", watch.during(page.desk.jobs.idle))
        watches.append(watch)
    assert page.collect.accepted() == 2 * FILES * ROWS
    assert min(watch.own for watch in watches) < GAP


def test_filtering_and_choosing_leave_the_window_alive(page: ExchangePage) -> None:
    steps = iter(
        [
            lambda: page.collect.cells.show_only(Show.CONFLICT),
            lambda: page.collect.cells.show_only(Show.ALL),
            page.collect.cells.view.selectAll,
            page.collect.cells.toggle,
            page.collect.clear_button.click,
        ]
    )
    ended = False

    def step() -> None:
        nonlocal ended
        work = next(steps, None)
        ended = work is None
        if work is not None:
            work()

    watch = Watch()
    print("\nfiltered and chose", watch.during(lambda: ended and page.desk.jobs.idle(), step=step))
    assert watch.own < GAP  # accepting and refusing all 6,720 cells at once
