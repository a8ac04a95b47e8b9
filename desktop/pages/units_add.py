"""A new unit, begun in the place of the card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from db.changes import Changes
from db.database import Database
from db.terms import UnitLevel
from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form
from desktop.pages.units_fields import LevelBox


class AddPane(Form):
    """``decided`` carries the operation to perform, ``left`` says that it is given up."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        head = QLabel()
        head.setProperty("role", "head")
        desk.words.put(head, "添加單位")
        self.grid.addWidget(head, 0, 0, 1, 2)
        self.name_line = self.line("單位名稱", 1, 0)
        self.level = LevelBox(desk.words)
        self.put(self.level, "層級", 2, 0)
        self.kind = self.line("類別", 3, 0)
        desk.words.put(self.kind, "如 政府部門、黨委、垂直管理，可不填", setter="setPlaceholderText")
        self.ok_button, self.cancel_button = QPushButton(), QPushButton()
        desk.words.put(self.ok_button, "添加")
        desk.words.put(self.cancel_button, "取消")
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * theme.STEP)
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self.cancel_button)
        self.grid.addLayout(buttons, 4, 0, 1, 2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setRowStretch(5, 1)
        self.ok_button.clicked.connect(self._decide)
        self.cancel_button.clicked.connect(self.left)
        for field in (self.name_line, self.kind):
            field.returnPressed.connect(self._decide)

    def begin(self, level: UnitLevel) -> None:
        """Begin a unit of this level."""
        self.name_line.clear()
        self.kind.clear()
        self.level.set_level(level)
        self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        name, level, kind = self.name_line.text(), self.level.level(), self.kind.text().strip()

        def operation(database: Database) -> Changes:
            from db import units

            return units.add(database, name=name, level=level, kind=kind)

        self.decided.emit(operation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
