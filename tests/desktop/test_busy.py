"""The status bar on long work: what it does, how far it is, a way to stop it; the window stays in use meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from db.errors import Cancelled
from desktop.jobs import Progress
from desktop.script import Script
from desktop.window import MainWindow


class Work:
    """A job that waits at each of three steps until it is let on."""

    def __init__(self) -> None:
        self.steps = [Event() for _ in range(3)]
        self.outcome: list[object] = []

    def __call__(self, progress: Progress) -> str:
        for number, step in enumerate(self.steps):
            step.wait(20)
            progress.at(number, len(self.steps))
        return "成"


@pytest.fixture
def work(window: MainWindow, qtbot: QtBot) -> Iterator[Work]:
    made = Work()
    window.desk.jobs.run(window, made, made.outcome.append, made.outcome.append, what="正在試…")
    yield made
    for step in made.steps:
        step.set()
    qtbot.waitUntil(window.desk.jobs.idle)


def test_long_work_is_told_with_how_far_it_is(window: MainWindow, work: Work, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.busy.isVisible)
    assert window.busy.label.text() == "正在試…"
    assert not window.busy.stop.isVisible()  # it has not said yet that it can be stopped
    work.steps[0].set()
    work.steps[1].set()
    qtbot.waitUntil(lambda: window.busy.bar.value() == 1)
    assert window.busy.rest.text() == "1/3"
    window.desk.words.switch(Script.SIMPLIFIED)
    assert window.busy.label.text() == "正在试…"
    work.steps[2].set()
    qtbot.waitUntil(window.busy.isHidden)
    assert work.outcome == ["成"]


def test_long_work_is_stopped_from_the_status_bar(window: MainWindow, work: Work, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.busy.isVisible)
    work.steps[0].set()
    qtbot.waitUntil(window.busy.stop.isVisible)
    window.busy.stop.click()
    work.steps[1].set()
    qtbot.waitUntil(lambda: bool(work.outcome))
    assert isinstance(work.outcome[0], Cancelled)


def test_quick_work_is_not_worth_a_word(window: MainWindow, settle: Callable[[], None], qtbot: QtBot) -> None:
    seen: list[object] = []
    window.desk.jobs.run(
        window, lambda _progress: None, lambda _none: seen.append(window.busy.isVisible()), seen.append
    )
    settle()
    assert seen == [False]
