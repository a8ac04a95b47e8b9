"""A menu of things to tick that stays open until all of them are ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

_TICKING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TickMenu(QMenu):
    """Closes on Escape, a click elsewhere or an entry that is not ticked but done."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        if not _tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick without closing."""
        if event.key() not in _TICKING or not _tick(self.activeAction()):
            super().keyPressEvent(event)


def _tick(action: QAction | None) -> bool:
    """Turn the tick of an entry over; tell whether it has one."""
    if action is None or not action.isCheckable() or not action.isEnabled():
        return False
    action.trigger()
    return True
