"""The bar for several chosen rows: what can be done to all of them as one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from db.changes import Changes
from db.database import Database
from db.ledger import LedgerRow
from desktop.desk import Desk


class BulkBar(QFrame):
    """Shown where more than one row is chosen. ``asked`` carries an operation."""

    asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self._rows: Sequence[LedgerRow] = ()
        self.setObjectName("notice")
        self.label = QLabel()
        self.accept_button, self.drop_button = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.label)
        row.addStretch(1)
        for button, word, tip, act in (
            (self.accept_button, "採納", "採納選中的擬辦任務", self._accept),
            (self.drop_button, "刪除擬辦", "刪除選中的擬辦任務（可撤銷）", self._drop),
        ):
            self._words.put(button, word)
            self._words.put(button, tip, setter="setToolTip")
            button.clicked.connect(act)
            row.addWidget(button)
        self.hide()

    def show_rows(self, rows: Sequence[LedgerRow]) -> None:
        """Offer what can be done to these rows."""
        self._rows = rows
        proposed = sum(not row.confirmed for row in rows)
        self._words.put(self.label, "選中 {n} 項", n=len(rows))
        self.accept_button.setVisible(proposed > 0)
        self.drop_button.setVisible(proposed > 0)
        self.setVisible(len(rows) > 1)

    def _proposed(self) -> list[int]:
        return [row.id for row in self._rows if not row.confirmed]

    def _accept(self) -> None:
        ids = self._proposed()

        def operation(database: Database) -> Changes:
            from db import assignments

            return assignments.accept(database, ids=ids)

        self.asked.emit(operation)

    def _drop(self) -> None:
        ids = self._proposed()

        def operation(database: Database) -> Changes:
            from db import assignments

            return assignments.remove_proposals(database, ids=ids)

        self.asked.emit(operation)
