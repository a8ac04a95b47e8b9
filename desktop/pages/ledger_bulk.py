"""The bar for several chosen rows: what can be done to all of them as one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from db.ledger import LedgerRow
from desktop import theme
from desktop.desk import Desk
from desktop.models.ledger_book import Book
from desktop.pages.ledger_actions import accepting, dropping
from desktop.pages.ledger_editors import Editor
from desktop.pages.ledger_values import LABELS, storing
from desktop.widgets.flow import FlowLayout

_KEYS = (
    *("lead", "others", "leader", "person", "contact", "deadline_text", "deadline_on"),
    *("task_state", "report_state", "target", "note"),
)


class BulkBar(QFrame):
    """Shown where more than one row is chosen. ``asked`` carries an operation."""

    asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self._rows: Sequence[LedgerRow] = ()
        self.setObjectName("notice")
        self.label, self.field, self.stack = QLabel(), QComboBox(), QStackedWidget()
        self.editors = {key: Editor(desk.words, key, flat=True) for key in _KEYS}
        self.apply_button, self.accept_button, self.drop_button = QPushButton(), QPushButton(), QPushButton()
        self._build()
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()
        self.hide()

    def _build(self) -> None:
        words = self._words
        for place, key in enumerate(_KEYS):
            self.field.addItem("", key)
            words.put(self.field, LABELS[key], setter="setItemText", before=(place,))
            self.stack.addWidget(self.editors[key].widget)
        words.put(self.field, "要改的欄目", setter="setAccessibleName")
        self.field.currentIndexChanged.connect(self.stack.setCurrentIndex)
        self.stack.setMinimumWidth(50 * theme.STEP)
        self.actions_ = FlowLayout(theme.STEP)
        for part in (self.label, self.field, self.stack):
            self.actions_.addWidget(part)
        for button, word, tip, act in (
            (self.apply_button, "全部改為這個值", "把選中各項的這一欄改為左邊的值，可一次撤銷", self._apply),
            (self.accept_button, "採納", "採納選中的擬辦任務", lambda: self.asked.emit(accepting(self._proposed()))),
            (
                self.drop_button,
                "刪除擬辦",
                "刪除選中的擬辦任務（可撤銷）",
                lambda: self.asked.emit(dropping(self._proposed())),
            ),
        ):
            words.put(button, word)
            words.put(button, tip, setter="setToolTip")
            button.clicked.connect(act)
            self.actions_.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.STEP, theme.STEP, 2 * theme.STEP, theme.STEP)
        column.addLayout(self.actions_)

    def _fit(self) -> None:
        """Make the parts of the line equally high."""
        high = self.apply_button.sizeHint().height()
        for part in (self.label, self.stack, self.field):
            part.setFixedHeight(high)

    def offer(self, book: Book) -> None:
        """Offer the units of the county."""
        self.editors["lead"].offer(book.units)

    def show_rows(self, rows: Sequence[LedgerRow]) -> None:
        """Offer what can be done to these rows."""
        self._rows = rows
        proposed = len(self._proposed())
        self._words.put(self.label, "選中 {n} 項，改", n=len(rows))
        self.accept_button.setVisible(proposed > 0)
        self.drop_button.setVisible(proposed > 0)
        self.setVisible(len(rows) > 1)

    def choose_field(self, key: str) -> Editor:
        """Choose which field to change and return its editor."""
        self.field.setCurrentIndex(_KEYS.index(key))
        return self.editors[key]

    def _proposed(self) -> list[int]:
        return [row.id for row in self._rows if not row.confirmed]

    def _apply(self) -> None:
        key = _KEYS[self.field.currentIndex()]
        years = {row.year for row in self._rows}
        ids = [row.id for row in self._rows]
        self.asked.emit(storing(ids, key, self.editors[key].text(), year=min(years)))
