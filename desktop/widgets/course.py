"""The button 變動 of the ledger: what can happen to the chosen tasks in the course of the year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from db.terms import CourseKind
from desktop.desk import Desk

Ids = Callable[[], Sequence[int]]
Added = Callable[[int], None]
_STEPS = (
    (CourseKind.WITHDRAWN, "撤銷任務…"),
    (CourseKind.RESUMED, "恢復已撤銷的任務…"),
    (CourseKind.MERGED, "併入其他任務…"),
    (CourseKind.HANDED_OVER, "移交其他單位…"),
    (CourseKind.SENT_BACK, "退回補正…"),
)


def course_actions(desk: Desk, parent: QWidget, ids: Ids, added: Added) -> list[QAction]:
    """Return the actions on the tasks that ``ids`` gives at the moment of the click, and those on the year."""
    actions = []
    for kind, words in _STEPS:
        action = QAction(parent)
        desk.words.put(action, words)
        action.triggered.connect(partial(begin_step, desk, parent, kind, ids))
        actions.append(action)
    task, order, years = QAction(parent), QAction(parent), QAction(parent)
    desk.words.put(task, "添加任務…")
    task.triggered.connect(lambda: begin_task(desk, parent, ids, added))
    desk.words.put(order, "臨時交辦…")
    desk.words.put(years, "年度比較和結轉…")
    order.setShortcut(QKeySequence("Ctrl+Shift+N"))
    order.triggered.connect(lambda: begin_order(desk, parent, added))
    years.triggered.connect(lambda: begin_years(desk, parent))
    return [*actions, task, order, years]


def begin_step(desk: Desk, parent: QWidget, kind: CourseKind, ids: Ids) -> None:
    """Ask for the facts of a step on the chosen tasks."""
    from desktop.dialogs import course

    chosen = list(ids())
    if not chosen:
        desk.told.emit(desk.say("請先在表裏選中任務。"), None)
        return
    desk.ask(
        parent,
        lambda session: course.load(session, chosen),
        lambda found: course.CourseDialog(parent, desk, kind, found).show_first(),
    )


def begin_task(desk: Desk, parent: QWidget, ids: Ids, added: Added) -> None:
    """Ask for one more task of a point; that of the first chosen task is offered."""
    from desktop.dialogs import task

    chosen = next(iter(ids()), None)

    def show(offer: task.Offer) -> None:
        dialog = task.TaskDialog(parent, desk, offer)
        dialog.performed.connect(lambda changes: added(changes.ids("assignment")[0]))
        dialog.show_first()

    desk.ask(parent, lambda session: task.load(session, chosen), show)


def begin_order(desk: Desk, parent: QWidget, added: Added) -> None:
    """Ask for a task ordered in passing."""
    from desktop.dialogs import order

    def show(offer: order.Offer) -> None:
        dialog = order.OrderDialog(parent, desk, offer)
        dialog.performed.connect(lambda changes: added(changes.ids("assignment")[0]))
        dialog.show_first()

    desk.ask(parent, lambda session: order.load(session, date.today()), show)


def begin_years(desk: Desk, parent: QWidget) -> None:
    """Show the years beside each other and offer to carry over."""
    from desktop.dialogs import years

    desk.ask(parent, years.load, lambda found: years.YearsDialog(parent, desk, found).show_first())


class CourseButton(QPushButton):
    """A button with the menu of :func:`course_actions`; those on tasks are off while none is chosen.

    ``added`` is told the assignment that was added to a point or ordered in passing.
    """

    def __init__(self, desk: Desk, parent: QWidget, ids: Ids, added: Added) -> None:
        super().__init__()
        self._ids = ids
        desk.words.put(self, "變動")
        desk.words.put(self, "撤銷任務、恢復、併入、移交、退回補正、添加任務、臨時交辦、結轉", setter="setToolTip")
        self.actions_ = course_actions(desk, parent, ids, added)
        menu = QMenu(self)
        menu.addActions(self.actions_[: len(_STEPS)])
        menu.addSeparator()
        menu.addActions(self.actions_[len(_STEPS) :])
        menu.aboutToShow.connect(self._allow)
        menu.aboutToHide.connect(self._allow_all)
        parent.addActions(self.actions_[len(_STEPS) :])
        self.setMenu(menu)

    def _allow(self) -> None:
        chosen = bool(self._ids())
        for action in self.actions_[: len(_STEPS)]:
            action.setEnabled(chosen)

    def _allow_all(self) -> None:
        for action in self.actions_:
            action.setEnabled(True)
