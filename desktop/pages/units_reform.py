"""The dated steps of a reform (機構改革) in place on the card: a new name, or a merger into another unit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QPushButton, QWidget

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.terms import ReformKind
from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form
from desktop.pages.units_rows import Book, UnitLine
from desktop.widgets.picker import Picker


class ReformPane(Form):
    """``decided`` carries an operation to perform; the pane stays open until :meth:`hide` is called."""

    decided = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self._desk = desk
        self._line: UnitLine | None = None
        self.step = ReformKind.RENAME
        self.new_name = self.line("新名稱", 0, 0)
        self.into = Picker(desk.words)
        self.put(self.into, "併入單位", 1, 0)
        self.on = QDateEdit()
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("yyyy-MM-dd")
        self.put(self.on, "起始日期", 2, 0)
        self.basis = self.line("依據", 3, 0)
        desk.words.put(self.basis, "文號或文件名稱", setter="setPlaceholderText")
        self.ok_button, self.cancel_button = QPushButton(), QPushButton()
        desk.words.put(self.cancel_button, "取消")
        self.ok_button.clicked.connect(self._decide)
        self.cancel_button.clicked.connect(self.hide)
        for field in (self.new_name, self.basis):
            field.returnPressed.connect(self._decide)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * theme.STEP)
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self.cancel_button)
        self.grid.addLayout(buttons, 4, 0, 1, 2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setContentsMargins(0, theme.STEP, 0, 2 * theme.STEP)
        self.hide()

    def begin(self, step: ReformKind, line: UnitLine, book: Book) -> None:
        """Open the pane for a step of a unit."""
        self.step, self._line = step, line
        renaming = step is ReformKind.RENAME
        for field, wanted in ((self.new_name, renaming), (self.into, not renaming)):
            field.setVisible(wanted)
            self._label_of(field).setVisible(wanted)
        self._desk.words.put(self.ok_button, "更名" if renaming else "併入")
        self.new_name.setText(line.name if renaming else "")
        self.into.clear_choice()
        others = [one for one in book.of_level(line.level) if one.id != line.id and one.ended_on is None]
        self.into.offer([(one.name, one.id) for one in others])
        today = date.today()
        self.on.setDate(QDate(today.year, today.month, today.day))
        self.basis.clear()
        self.show()
        first: QWidget = self.new_name if renaming else self.into
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.new_name.selectAll()

    def _label_of(self, field: QWidget) -> QWidget:
        row = self.grid.getItemPosition(self.grid.indexOf(field))[0]  # type: ignore[index]
        item = self.grid.itemAtPosition(row, 0)
        assert item is not None
        label = item.widget()
        assert label is not None
        return label

    def _decide(self) -> None:
        line, name, basis = self._line, self.new_name.text(), self.basis.text().strip()
        chosen = self.on.date()
        on, into = date(chosen.year(), chosen.month(), chosen.day()), self.into.unit()
        if line is None:
            return
        if self.step is ReformKind.MERGE and into is None:
            self._desk.troubled.emit(Refused("請先選擇「{name}」併入哪個單位。", name=line.name))
            self.into.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def operation(database: Database) -> Changes:
            from db import units

            if into is None:
                return units.rename(database, unit=line.id, name=name, on=on, basis=basis)
            return units.merge_into(database, unit=line.id, into=into, on=on, basis=basis)

        self.decided.emit(operation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the pane."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
