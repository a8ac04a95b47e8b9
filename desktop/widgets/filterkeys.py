"""Keys in a field that filters a table: arrow down and Enter lead to its rows, Escape takes the filter away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

_ON = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterKeys(QObject):
    """Lives with its ``field``; ``filter_`` is called first where the field waits a while before it filters."""

    def __init__(self, field: QLineEdit, view: QAbstractItemView, filter_: Callable[[], None] | None = None) -> None:
        super().__init__(field)
        self._field, self._view, self._filter = field, view, filter_
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the three keys."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _ON and event.modifiers() in (Qt.KeyboardModifier(0), Qt.KeyboardModifier.KeypadModifier):
            if self._filter is not None:
                self._filter()
            self._to_rows()
            return True
        if event.key() == Qt.Key.Key_Escape and self._field.text():
            self._field.clear()
            return True
        return super().eventFilter(watched, event)

    def _to_rows(self) -> None:
        model = self._view.model()
        if not model.rowCount():
            return
        self._view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._view.selectionModel().hasSelection():
            self._view.setCurrentIndex(model.index(0, 0))
