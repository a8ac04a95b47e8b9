"""A list of units to choose one from by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from db.script import fold, initials
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
        self._found = QStringListModel()
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        line = self.lineEdit()
        assert line is not None
        line.textEdited.connect(self._look)
        words.put(line, "輸入部分名稱或拼音首字母", setter="setPlaceholderText")
        words.put(line, "單位", setter="setAccessibleName")
        self.activated.connect(lambda _row: self.chosen.emit())
        self._offered: list[tuple[str, int]] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave words half typed alone: an arrow key chooses from the list, where nothing or a whole name stands.

        Enter takes the one name that is meant, and no more: the next one goes on.
        """
        half = bool(self.currentText()) and self.unit() is None
        found = self._found.stringList()
        if half and len(found) == 1 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setCurrentIndex(self.findText(found[0], Qt.MatchFlag.MatchExactly))
            self.chosen.emit()
            event.accept()
            return
        if half and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.accept()
            return
        super().keyPressEvent(event)

    def _look(self, text: str) -> None:
        """Find the names that hold what is typed, in either script, or whose pinyin begins its signs with it."""
        typed = fold(text).lower()
        letters = typed if typed.isascii() else ""
        found = [
            name for name, _ in self._offered if typed in fold(name).lower() or (letters and letters in initials(name))
        ]
        self._found.setStringList(found if typed else [])

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
