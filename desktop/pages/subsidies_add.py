"""A new policy, begun in the place of the card: its name and from when it holds; the items follow on the card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from db.changes import Changes
from db.database import Database
from desktop.desk import Desk
from desktop.pages.plans_form import Form


class AddPolicyPane(Form):
    """``decided`` carries the operation to perform, ``left`` says that it is given up."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        head, hint = QLabel(), QLabel()
        head.setProperty("role", "head")
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        desk.words.put(head, "添加政策")
        desk.words.put(hint, "先寫名稱，添加後逐項填寫。已有的目錄可用「導入…」一次帶入。")
        self.grid.addWidget(head, 0, 0, 1, 2)
        self.name_line = self.line("補貼政策名稱", 1, 0)
        self.department = self.line("主管部門", 2, 0)
        self.grid.addWidget(hint, 3, 1)
        self.ok_button, self.cancel_button = QPushButton(), QPushButton()
        desk.words.put(self.ok_button, "添加")
        desk.words.put(self.cancel_button, "取消")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self.cancel_button)
        self.grid.addLayout(buttons, 4, 0, 1, 2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setRowStretch(5, 1)
        self.ok_button.clicked.connect(self._decide)
        self.cancel_button.clicked.connect(self.left)
        for field in (self.name_line, self.department):
            field.returnPressed.connect(self._decide)

    def begin(self) -> None:
        """Begin a policy."""
        self.name_line.clear()
        self.department.clear()
        self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        values = {"name": self.name_line.text(), "department": self.department.text()}

        def operation(database: Database) -> Changes:
            from db import subsidies

            return subsidies.add(database, values=values)

        self.decided.emit(operation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
