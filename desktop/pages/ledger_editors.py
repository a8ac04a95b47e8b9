"""Editors of one field of an assignment: each shows a text and says when it is to be stored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.terms import TaskState, Term
from desktop.pages.ledger_values import LABELS, TERMS
from desktop.pages.units_fields import NoteEdit
from desktop.widgets.picker import Picker
from desktop.words import Words

_HINTS = {
    "others": "幾個單位用頓號分開",
    "deadline_text": "如 6月底前、持續推進",
    "deadline_on": "如 2022-06-30",
    "percent": "0–100",
    "position": "同一要點的第幾項",
}
_LONG = {"measure": 3, "note": 2}


class TermBox(QComboBox):
    """A word of a closed list to choose. What only an operation of its own may set is shown but not offered."""

    def __init__(self, words: Words, kind: type[Term]) -> None:
        super().__init__()
        self._words = words
        self._own = TaskState.WITHDRAWN.value
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)
        for term in kind:
            if term is not TaskState.WITHDRAWN:
                self._add(term)

    def _add(self, term: Term) -> None:
        self.addItem("", term.value)
        self._words.put(self, term.label, setter="setItemText", before=(self.count() - 1,))

    def set_value(self, value: str) -> None:
        """Show a value; a withdrawn task is taken up again by its own operation."""
        withdrawn = self.findData(self._own)
        if value == self._own and withdrawn < 0:
            self._add(TaskState.WITHDRAWN)
        elif value != self._own and withdrawn >= 0:
            self.removeItem(withdrawn)
        self.setEnabled(value != self._own)
        self.setCurrentIndex(self.findData(value))


class Editor:
    """One field: ``widget`` to place, and its text."""

    def __init__(self, words: Words, key: str, *, flat: bool = False) -> None:
        """``flat`` makes every field one line high."""
        self.key = key
        self.widget: QWidget
        if key == "lead":
            self.widget = Picker(words)
            self.widget.setMinimumContentsLength(6)
        elif key in TERMS:
            self.widget = TermBox(words, TERMS[key])
        elif key in _LONG and not flat:
            self.widget = NoteEdit(_LONG[key])
            self.widget.setTabChangesFocus(True)
        else:
            self.widget = QLineEdit()
        words.put(self.widget, LABELS[key], setter="setAccessibleName")
        if key in _HINTS:
            words.put(self.widget, _HINTS[key], setter="setPlaceholderText")

    @property
    def left(self) -> tuple[SignalInstance, ...]:
        """Return the signals that say that the field may be stored."""
        widget = self.widget
        if isinstance(widget, Picker):
            line = widget.lineEdit()
            assert line is not None
            return widget.chosen, line.editingFinished
        if isinstance(widget, TermBox):
            return (widget.activated,)
        if isinstance(widget, NoteEdit):
            return (widget.left,)
        assert isinstance(widget, QLineEdit)
        return (widget.editingFinished,)

    def offer(self, units: Sequence[tuple[int, str]]) -> None:
        """Offer units to choose the lead from."""
        if isinstance(self.widget, Picker):
            self.widget.offer([(name, unit) for unit, name in units])

    def text(self) -> str:
        """Return what stands in the field; of a state its stored value."""
        widget = self.widget
        if isinstance(widget, Picker):
            return widget.currentText().strip()
        if isinstance(widget, TermBox):
            return str(widget.currentData())
        if isinstance(widget, NoteEdit):
            return widget.toPlainText().strip()
        assert isinstance(widget, QLineEdit)
        return widget.text().strip()

    def show(self, text: str) -> None:
        """Show a text."""
        widget = self.widget
        if isinstance(widget, Picker):
            widget.setEditText(text)
        elif isinstance(widget, TermBox):
            widget.set_value(text)
        elif isinstance(widget, NoteEdit):
            widget.setPlainText(text)
        else:
            assert isinstance(widget, QLineEdit)
            if widget.text() != text:
                widget.setText(text)
                widget.setCursorPosition(0)
