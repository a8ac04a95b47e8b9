"""The contacts (聯繫人) of a unit, edited in place in a small table."""

from __future__ import annotations

from dataclasses import asdict, astuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.database import Database
from desktop import theme
from desktop.desk import Desk
from desktop.pages.units_rows import Person, UnitLine

_TITLES = ("姓名", "職務", "電話", "郵箱")
_ROWS = 3  # shown without scrolling


class People(QWidget):
    """``changed`` carries an operation to perform."""

    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._unit: int | None = None
        self._filled: tuple[Person, ...] = ()
        self._filling = False
        self.table = QTableWidget(0, len(_TITLES))
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._words = desk.words
        desk.words.put(self.table, "聯繫人", setter="setAccessibleName")
        desk.words.changed.connect(self._say_titles)
        self._say_titles()
        self.add_button, self.remove_button = QPushButton(), QPushButton()
        self.up_button, self.down_button = QPushButton("↑"), QPushButton("↓")
        buttons = (
            (self.add_button, "添加聯繫人", self.add),
            (self.remove_button, "刪除", self.remove),
            (self.up_button, "上移", lambda: self.shift(-1)),
            (self.down_button, "下移", lambda: self.shift(1)),
        )
        row = QHBoxLayout()
        for button, name, act in buttons:
            setter = "setText" if button in (self.add_button, self.remove_button) else "setToolTip"
            desk.words.put(button, name, setter=setter)
            desk.words.put(button, name, setter="setAccessibleName")
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(theme.STEP)
        column_box.addWidget(self.table)
        column_box.addLayout(row)
        self.table.itemChanged.connect(lambda _item: self._commit())
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _say_titles(self) -> None:
        self.table.setHorizontalHeaderLabels([self._words.say(title) for title in _TITLES])

    def _fit(self) -> None:
        height = self.table.fontMetrics().height() + 3 * theme.STEP
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setFixedHeight(height * (_ROWS + 1) + theme.STEP)

    def show_line(self, line: UnitLine) -> None:
        """Show the contacts of a unit; of the same unit only where they are stored otherwise than before."""
        if self._unit == line.id and self._filled == line.contacts:
            return
        self._unit, self._filled = line.id, line.contacts
        self._filling = True
        self.table.setRowCount(0)
        for person in line.contacts:
            self._append(person)
        self._filling = False

    def _append(self, person: Person) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(astuple(person)):
            self.table.setItem(row, column, QTableWidgetItem(text))

    def people(self) -> list[Person]:
        """Return the contacts as they stand in the table; empty lines are left out."""
        rows = [
            Person(*((self._text(row, column)) for column in range(len(_TITLES))))
            for row in range(self.table.rowCount())
        ]
        return [person for person in rows if person != Person()]

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item else ""

    def add(self) -> None:
        """Begin a new line with its name."""
        self._filling = True
        self._append(Person())
        self._filling = False
        row = self.table.rowCount() - 1
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentCell(row, 0)
        self.table.edit(self.table.model().index(row, 0))

    def remove(self) -> None:
        """Take out the line with the cursor."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self._commit()

    def shift(self, step: int) -> None:
        """Move the line with the cursor up or down."""
        here, column = self.table.currentRow(), self.table.currentColumn()
        there = here + step
        if here < 0 or not 0 <= there < self.table.rowCount():
            return
        self._filling = True
        for place in range(len(_TITLES)):
            mine, other = self.table.takeItem(here, place), self.table.takeItem(there, place)
            self.table.setItem(there, place, mine)
            self.table.setItem(here, place, other)
        self._filling = False
        self.table.setCurrentCell(there, column)
        self._commit()

    def _commit(self) -> None:
        unit, people = self._unit, self.people()
        if self._filling or unit is None or people == list(self._filled):
            return

        def operation(database: Database) -> Changes:
            from db import units

            return units.set_contacts(database, unit=unit, contacts=[asdict(person) for person in people])

        self.changed.emit(operation)
