"""Lights and due windows as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from db.lights import SHAPES, in_window, light_of
from db.terms import DueWindow, Light, TaskState

TODAY = date(2022, 6, 29)  # a Wednesday


def light(*, state: TaskState = TaskState.IN_PROGRESS, led: bool = True, due: date | None = None) -> Light:
    return light_of(confirmed=True, led=led, state=state, due=due, on=TODAY)


def test_the_due_day_itself_is_not_overdue() -> None:
    assert light(due=date(2022, 6, 29)) is Light.DUE
    assert light(due=date(2022, 6, 28)) is Light.LATE
    assert light(due=date(2022, 7, 6)) is Light.DUE
    assert light(due=date(2022, 7, 7)) is Light.OPEN


def test_without_a_date_nothing_is_overdue() -> None:
    assert light() is Light.UNDATED


def test_what_is_settled_is_never_late() -> None:
    long_ago = date(2021, 1, 1)
    assert light(state=TaskState.DONE, due=long_ago) is Light.DONE
    assert light(state=TaskState.WITHDRAWN, due=long_ago) is Light.WITHDRAWN


def test_a_proposal_is_not_late_but_a_task_without_a_lead_is() -> None:
    long_ago = date(2021, 1, 1)
    for led, told in ((True, Light.PROPOSED), (False, Light.NO_LEAD)):
        assert light_of(confirmed=False, led=led, state=TaskState.NOT_STARTED, due=long_ago, on=TODAY) is told
    assert light(led=False, due=long_ago) is Light.LATE
    assert light(led=False) is Light.NO_LEAD


def test_every_light_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(Light)
    assert len(set(SHAPES.values())) == len(Light)


@pytest.mark.parametrize(
    ("due", "windows"),
    [
        (date(2022, 6, 28), {DueWindow.LATE}),
        (date(2022, 6, 29), {DueWindow.TODAY, DueWindow.WEEK, DueWindow.MONTH}),
        (date(2022, 6, 30), {DueWindow.WEEK, DueWindow.MONTH}),
        (date(2022, 7, 3), {DueWindow.WEEK}),  # Sunday
        (date(2022, 7, 4), set()),
        (None, {DueWindow.UNDATED}),
    ],
)
def test_windows(due: date | None, windows: set[DueWindow]) -> None:
    assert {window for window in DueWindow if in_window(window, due=due, on=TODAY)} == windows
