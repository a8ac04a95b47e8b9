"""The page 臺賬 over 100,000 tasks: how long the window's thread is away while one scrolls, filters and sorts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from db.database import open_database
from db.filters import LedgerFilter
from db.terms import Grouping, TaskState
from desktop.app import make_application
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.pages.ledger import LedgerPage
from desktop.window import MainWindow
from desktop.words import Words
from tests.bench.many import TASKS, fill

pytestmark = pytest.mark.bench

GAP = 0.050  # seconds
STEPS = 200  # of the scroll bar, from the first row to the last


class Watch:
    """Notes the longest time between two turns of the event loop, by the clock and of the thread's own work.

    The clock also counts what other programs of a busy machine take; the limits are for the window's own work.
    """

    def __init__(self) -> None:
        self.clock = self.own = 0.0
        self._last = (0.0, 0.0)
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def _turn(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.clock = max(self.clock, now[0] - self._last[0])
        self.own = max(self.own, now[1] - self._last[1])
        self._last = now

    def during(self, done: Callable[[], bool], *, step: Callable[[], None] | None = None) -> str:
        """Let the event loop run until ``done``; return what was measured in words."""
        begun = time.perf_counter()
        self._last = begun, time.thread_time()
        self._timer.start()
        while not done():
            if step is not None:
                step()
            QCoreApplication.processEvents()
        self._timer.stop()
        gaps = f"longest gap {self.clock * 1000:.0f} ms by the clock, {self.own * 1000:.0f} ms of own work"
        return f"in {time.perf_counter() - begun:.2f} s, {gaps}"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerPage]:
    app = make_application()
    assert isinstance(app, QApplication)
    database = open_database(tmp_path_factory.mktemp("many") / "臺賬.db", operator="測試員")
    fill(database)
    desk = Desk(database, Words(), Jobs())
    window = MainWindow(desk)
    window.resize(1366, 768)
    window.show()
    made = next(one for one in window.pages if isinstance(one, LedgerPage))
    made.today = lambda: date(2022, 6, 1)
    Watch().during(desk.jobs.idle)
    window.go_to(LedgerPage)
    watch = Watch()
    print("\nfirst rows", Watch().during(lambda: made.table.total() > 0))
    print(f"\nread {TASKS} tasks", watch.during(lambda: desk.jobs.idle() and made.table.total() == TASKS))
    assert watch.own < GAP
    yield made
    window.hide()
    desk.jobs.finish()
    database.release()


def test_scrolling_never_keeps_the_window_waiting(page: LedgerPage) -> None:
    bar = page.pane.view.verticalScrollBar()
    assert bar.maximum() > TASKS / 2
    places = iter([*range(0, bar.maximum(), bar.maximum() // STEPS), *range(0, 3 * STEPS, 3)])
    at_end = False

    def step() -> None:
        nonlocal at_end
        place = next(places, None)
        at_end = place is None
        if place is not None:
            bar.setValue(place)

    watch = Watch()
    print(f"\nscrolled {2 * STEPS} steps", watch.during(lambda: at_end, step=step))
    assert watch.own < GAP


def test_moving_down_by_key_never_keeps_the_window_waiting(page: LedgerPage, desk_idle: Callable[[], bool]) -> None:
    view = page.pane.view
    view.selectRow(0)
    steps = iter(range(1, 60))
    ended = False

    def step() -> None:
        nonlocal ended
        place = next(steps, None)
        ended = place is None
        if place is not None:
            view.selectRow(place * 1_000)

    watch = Watch()
    print("\nchose 60 rows", watch.during(lambda: ended and desk_idle(), step=step))
    assert watch.own < GAP


def test_choosing_every_row_leaves_the_window_alive(page: LedgerPage, desk_idle: Callable[[], bool]) -> None:
    watch = Watch()
    chosen = iter([page.pane.view.selectAll, page.pane.view.clearSelection])
    ended = False

    def step() -> None:
        nonlocal ended
        work = next(chosen, None)
        ended = work is None
        if work is not None:
            work()

    print(f"\nchose {TASKS} rows", watch.during(lambda: ended and desk_idle(), step=step))
    assert watch.own < 3 * GAP


@pytest.fixture
def desk_idle(page: LedgerPage) -> Callable[[], bool]:
    return page.desk.jobs.idle


@pytest.mark.parametrize("what", ["state", "text", "sort", "group", "everything"])
def test_arranging_leaves_the_window_alive(page: LedgerPage, what: str, desk_idle: Callable[[], bool]) -> None:
    if what == "state":
        page.show_filtered(LedgerFilter(task_states=(TaskState.IN_PROGRESS,)))
    elif what == "text":
        page.show_filtered(LedgerFilter(text="平台"))
    elif what == "sort":
        page.pane.view.sorted_.emit("lead", False)
    elif what == "group":
        page.pane.choose_grouping(Grouping.UNIT)
        page.pane.grouping.activated.emit(0)
    else:
        page.show_filtered(LedgerFilter())
    watch = Watch()
    print(f"\n{what}", watch.during(desk_idle), f"{page.table.total()} rows")
    assert watch.own < 2 * GAP
