"""The line of a long job: how far, how long still, and a way to stop it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.jobs import Jobs
    from desktop.widgets.jobline import JobLine


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time the line sees, in seconds."""
    now = [100.0]
    monkeypatch.setattr("desktop.widgets.jobline.monotonic", lambda: now[0])
    return now


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    from desktop.jobs import Jobs

    made = Jobs()
    yield made
    made.finish()


@pytest.fixture
def line(jobs: Jobs, qtbot: QtBot) -> JobLine:
    from desktop.widgets.jobline import JobLine
    from desktop.words import Words

    made = JobLine(Words(), jobs)
    qtbot.addWidget(made)
    return made


def test_it_says_how_far_and_how_long_still(line: JobLine, jobs: Jobs, clock: list[float]) -> None:
    from desktop.jobs import Progress

    job = Progress(jobs, 7, "正在寫…")
    line.follow(job, "正在寫…")
    assert line.isVisible()
    job.at(1, 60)
    assert line.rest.text() == "1/60"
    clock[0] += 10
    job.at(20, 60)
    assert "20/60" in line.rest.text()
    assert "20 秒" in line.rest.text()
    clock[0] += 100
    job.at(22, 60)
    assert "4 分鐘" in line.rest.text()
    assert (line.bar.value(), line.bar.maximum()) == (22, 60)
    line.end()
    assert not line.isVisible()


def test_other_jobs_do_not_move_it(line: JobLine, jobs: Jobs, clock: list[float]) -> None:
    from desktop.jobs import Progress

    line.follow(Progress(jobs, 7, "正在寫…"), "正在寫…")
    Progress(jobs, 8, "正在寫…").at(3, 4)
    assert line.rest.text() == ""


def test_it_stops_its_job(line: JobLine, jobs: Jobs, clock: list[float]) -> None:
    from db.errors import Cancelled
    from desktop.jobs import Progress

    job = Progress(jobs, 7, "正在寫…")
    line.follow(job, "正在寫…")
    line.stop.click()
    with pytest.raises(Cancelled):
        job.at(2, 60)
    assert not line.stop.isEnabled()
