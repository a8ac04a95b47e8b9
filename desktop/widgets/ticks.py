"""Things to tick: a menu that stays open until all of them are ticked, and room for large boxes in lists."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QMenu, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme

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


class TickRoom(QStyledItemDelegate):
    """Moves the text of a list aside for a box that has grown with the type: Qt leaves room for a small one only."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Put something invisible between box and text, as wide as the box has grown."""
        super().initStyleOption(option, index)
        features = QStyleOptionViewItem.ViewItemFeature
        size: float = option.font.pointSizeF()  # type: ignore[attr-defined]
        grown = round(theme.TICK * (size / theme.SIZES["body"] - 1))
        if grown > 0 and option.features & features.HasCheckIndicator:  # type: ignore[attr-defined]
            nothing = QPixmap(grown, 1)
            nothing.fill(Qt.GlobalColor.transparent)
            option.features |= features.HasDecoration  # type: ignore[attr-defined]
            option.icon = QIcon(nothing)  # type: ignore[attr-defined]
            option.decorationSize = QSize(grown, 1)  # type: ignore[attr-defined]
