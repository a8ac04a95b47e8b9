"""A list of units to choose one from by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from db.script import fold
from desktop.words import Words


class Picker(QComboBox):
    """``chosen`` is sent when a unit is taken from the list or its name is typed whole and confirmed."""

    chosen = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        line = self.lineEdit()
        assert line is not None
        words.put(line, "輸入名稱的一部分，或從列表選擇", setter="setPlaceholderText")
        words.put(line, "單位", setter="setAccessibleName")
        self.activated.connect(lambda _row: self.chosen.emit())
        self._offered: list[tuple[str, int]] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave words half typed alone: an arrow key chooses from the list, where nothing or a whole name stands."""
        half = bool(self.currentText()) and self.unit() is None
        if half and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.accept()
            return
        super().keyPressEvent(event)

    def offer(self, units: Sequence[tuple[str, int]]) -> None:
        """Offer these units by name and id, keeping what is typed."""
        if list(units) == self._offered:
            return
        self._offered = list(units)
        typed = self.currentText()
        self.clear()
        for name, unit in units:
            self.addItem(name, unit)
        self.setCurrentIndex(-1)
        self.setEditText(typed)

    def unit(self) -> int | None:
        """Return the unit whose name stands in the field, in either script; None where there is none."""
        wanted = fold(self.currentText())
        return next((unit for name, unit in self._offered if fold(name) == wanted), None)

    def clear_choice(self) -> None:
        """Empty the field."""
        self.setCurrentIndex(-1)
        self.clearEditText()
