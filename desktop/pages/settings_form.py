"""What the forms of the page 設置 share: they show settings by name, say when they change, give them back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from db.settings import LABELS
from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form
from desktop.pages.units_fields import NoteEdit
from desktop.widgets.scrolled import scrolled

Values = dict[str, Any]
_WIDEST = 960  # px: a longer line of a form is not read at a glance


class FewLines(NoteEdit):
    """A text field that keeps to its lines and scrolls where there is more."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the lines and no more."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class SettingsForm(QWidget):
    """A tab with settings. ``typed`` follows every change, ``edited`` those that are a step of their own."""

    typed = Signal()
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(desk.words)
        self.form.grid.setColumnStretch(1, 1)
        self.form.grid.setVerticalSpacing(2 * theme.STEP)
        self._filling = False

    def values(self) -> Values:
        """Return this tab's settings by name as they stand in the form."""
        raise NotImplementedError

    def fill(self, values: Values) -> None:
        """Show settings by name; :meth:`show_values` calls this."""
        raise NotImplementedError

    def show_values(self, values: Values) -> None:
        """Show settings by name without this counting as a change."""
        self._filling = True
        self.fill(values)
        self._filling = False

    def say_typed(self) -> None:
        """Tell that something was typed."""
        if not self._filling:
            self.typed.emit()

    def say_edited(self) -> None:
        """Tell that a step is complete."""
        if not self._filling:
            self.edited.emit()

    # fields

    def line(self, name: str, row: int) -> QLineEdit:
        """Add the line of a setting."""
        field = self.form.line(LABELS[name], row, 0)
        field.textChanged.connect(lambda _text: self.say_typed())
        field.editingFinished.connect(self.say_edited)
        return field

    def lines(self, name: str, row: int, count: int) -> FewLines:
        """Add the field of a setting of several lines."""
        field = FewLines(count)
        self.form.put(field, LABELS[name], row, 0)
        field.textChanged.connect(self.say_typed)
        field.left.connect(self.say_edited)
        return field

    def choice(self, name: str, row: int, choices: tuple[tuple[object, str], ...]) -> QComboBox:
        """Add the box of a setting that is one of ``choices``: value and word."""
        box = QComboBox()
        self.form.put(box, LABELS[name], row, 0)
        for value, label in choices:
            box.addItem("", value)
            self.desk.words.put(box, label, setter="setItemText", before=(box.count() - 1,))
        box.currentIndexChanged.connect(lambda _row: self.say_edited())
        return box

    def hint(self, template: str, row: int) -> QLabel:
        """Add a faint sentence under the fields."""
        label = QLabel()
        label.setWordWrap(True)
        label.setProperty("role", "faint")
        self.desk.words.put(label, template)
        self.form.grid.addWidget(label, row, 1)
        return label

    def scrolled(self) -> QScrollArea:
        """Return the form in an area that scrolls where the type is large."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2 * theme.STEP, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.setMaximumWidth(_WIDEST)
        return scrolled(inside)
