"""The light of a row (燈): one pure function of the row and the day, for the window, the sheets and the papers.

The due day itself is not overdue, and a task without a date never is.
"""

from __future__ import annotations

from datetime import date, timedelta

from db.terms import DueWindow, Light, TaskState

SOON = timedelta(days=7)
SHAPES = {
    Light.LATE: "■",
    Light.DUE: "▲",
    Light.OPEN: "●",
    Light.UNDATED: "—",
    Light.NO_LEAD: "○",
    Light.PROPOSED: "◇",
    Light.DONE: "✓",
    Light.WITHDRAWN: "×",
}
"""A light is told by its shape and its word, never by colour alone."""
_SETTLED = {TaskState.WITHDRAWN: Light.WITHDRAWN, TaskState.DONE: Light.DONE}


def light_of(*, confirmed: bool, led: bool, state: TaskState, due: date | None, on: date) -> Light:
    """Return the light of an assignment on a day. ``led`` tells whether it has a lead unit."""
    if state in _SETTLED:
        return _SETTLED[state]
    if not confirmed:
        return Light.PROPOSED if led else Light.NO_LEAD
    if due is not None and due < on:
        return Light.LATE
    if not led:
        return Light.NO_LEAD
    return Light.UNDATED if due is None else Light.DUE if due - on <= SOON else Light.OPEN


def in_window(window: DueWindow, *, due: date | None, on: date) -> bool:
    """Tell whether a due day falls into a window as seen on a day; the week ends on Sunday."""
    if due is None:
        return window is DueWindow.UNDATED
    match window:
        case DueWindow.TODAY:
            return due == on
        case DueWindow.WEEK:
            return on <= due <= on + timedelta(days=6 - on.weekday())
        case DueWindow.MONTH:
            return on <= due and (due.year, due.month) == (on.year, on.month)
        case DueWindow.LATE:
            return due < on
        case DueWindow.UNDATED:
            return False
