"""What the dialogs of the year's course share: a form, a sentence where something is wrong, an operation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.changes import Changes
from db.database import Database
from db.errors import Trouble
from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form


class StepDialog(QDialog):
    """Subclasses fill ``form`` and give :meth:`operation`; what is refused is said in place and the form stays.

    ``performed`` carries the :class:`Changes` of the operation before the dialog closes.
    """

    performed = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, title: str, accept: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        desk.words.put(self, title, setter="setWindowTitle")
        self.head, self.error = QLabel(), QLabel()
        self.head.setWordWrap(True)
        self.error.setWordWrap(True)
        self.error.setProperty("role", "error")
        self.error.hide()
        self._trouble: Trouble | None = None
        desk.words.changed.connect(self._repeat_trouble)
        self.form = Form(desk.words)
        self.form.grid.setColumnStretch(1, 1)
        self.ok_button, self.cancel_button = QPushButton(), QPushButton()
        self.ok_button.setProperty("role", "main")
        self.ok_button.setDefault(True)
        desk.words.put(self.ok_button, accept)
        desk.words.put(self.cancel_button, "取消")
        self.ok_button.clicked.connect(self.decide)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[4 * theme.STEP] * 4)
        column.setSpacing(3 * theme.STEP)
        for part in (self.head, self.form, self.error):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(min(900, 36 * self.fontMetrics().height()), 0)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation for what stands in the fields; raise a ``Trouble`` for what is missing."""
        raise NotImplementedError

    def decide(self) -> None:
        """Perform the operation; close where it went well."""
        try:
            operation = self.operation()
        except Trouble as trouble:
            self.say_trouble(trouble)
            return
        asking = self.focusWidget()
        # Qt hands the cursor on from a button switched off: here to the one that would give it all up.
        self.ok_button.setEnabled(False)

        def failed(error: BaseException) -> None:
            self.ok_button.setEnabled(True)
            asking.setFocus()
            if isinstance(error, Trouble):
                self.say_trouble(error)
            else:
                self.desk.troubled.emit(error)

        self.desk.perform(self, lambda: operation(self.desk.database), self._performed, failed)

    def _performed(self, changes: Changes) -> None:
        self.performed.emit(changes)
        self.accept()

    def say_trouble(self, trouble: Trouble) -> None:
        """Say under the form what is wrong."""
        self._trouble = trouble
        self._repeat_trouble()
        self.error.show()
        self.fit()

    def _repeat_trouble(self) -> None:
        if self._trouble is not None:
            self.error.setText(self._trouble.told(self.desk.say))

    def date_field(self, name: str, row: int) -> QDateEdit:
        """Add a field for a day, today at first."""
        field = QDateEdit()
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy-MM-dd")
        today = date.today()
        field.setDate(QDate(today.year, today.month, today.day))
        self.form.put(field, name, row, 0)
        return field

    def fit(self) -> None:
        """Make the dialog as high as its words and fields ask for at its width, as far as the screen has room."""
        whole = self.layout()
        assert whole is not None
        whole.activate()
        wanted = max(self.height(), whole.totalHeightForWidth(self.width()))
        self.resize(self.width(), min(wanted, self.screen().availableGeometry().height() - 10 * theme.STEP))

    def begin(self, first: QWidget) -> None:
        """Open over the window with the cursor in a field."""
        self.fit()
        self.open()
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def day_of(field: QDateEdit) -> date:
    """Return the day of a field."""
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
