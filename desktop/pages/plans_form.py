"""Fields under a label: what the forms of the page 要點 are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from desktop.theme import STEP
from desktop.words import Words


class UndoInside(QObject):
    """Lets Ctrl+Z pass from a field with nothing to undo to the page, whose last edit is then taken back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a field from claiming Ctrl+Z where its own history is empty."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            if isinstance(watched, QLineEdit):
                own = watched.isUndoAvailable() and not watched.isReadOnly()
            else:
                assert isinstance(watched, QPlainTextEdit)
                own = watched.document().isUndoAvailable() and not watched.isReadOnly()
            if not own:
                event.ignore()
                return True
        return super().eventFilter(watched, event)


class WheelPast(QObject):
    """Lets the wheel scroll what a field stands in: turned over a list it would choose another value."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from a field."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class Form(QWidget):
    """A grid of labelled fields. ``filling`` is true while a form is given values, not typed into."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.filling = False
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(2 * STEP)
        self.grid.setVerticalSpacing(STEP)
        self._undo, self._wheel = UndoInside(self), WheelPast(self)

    def put(self, field: QWidget, name: str, row: int, column: int, span: int = 1) -> None:
        """Place a field with its label before it; the label is also what a screen reader says."""
        label = QLabel()
        label.setBuddy(field)
        self.words.put(label, name)
        self.words.put(field, name, setter="setAccessibleName")
        height = Qt.AlignmentFlag.AlignTop if isinstance(field, QPlainTextEdit) else Qt.AlignmentFlag.AlignVCenter
        self.grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignRight | height)
        self.grid.addWidget(field, row, column + 1, 1, span)
        self.adopt(field)

    def adopt(self, field: QWidget) -> None:
        """Give a field the manners of a form: no files dropped into it, undo passed on, the wheel left to the page."""
        field.setAcceptDrops(False)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.installEventFilter(self._undo)
        if isinstance(field, QComboBox | QAbstractSpinBox):
            field.installEventFilter(self._wheel)

    def line(self, name: str, row: int, column: int, span: int = 1) -> QLineEdit:
        """Add a field of one line."""
        field = QLineEdit()
        self.put(field, name, row, column, span)
        return field

    def text(self, name: str, row: int, column: int, span: int = 1, *, lines: int = 3) -> QPlainTextEdit:
        """Add a field of several lines."""
        field = LinesEdit(lines)
        field.setTabChangesFocus(True)
        self.put(field, name, row, column, span)
        return field

    def fill(self, field: QLineEdit, text: str) -> None:
        """Set a line without losing the cursor where it already says this."""
        if field.text() != text:
            field.setText(text)
            field.setCursorPosition(0)


class LinesEdit(QPlainTextEdit):
    """A text field that asks for room for some lines and takes more where there is more."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)  # the keyboard gets out of it again
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        height = QFontMetrics(self.font()).lineSpacing() * self._lines
        self.setMinimumHeight(height + 3 * STEP)
