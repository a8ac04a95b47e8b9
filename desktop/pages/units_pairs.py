"""The counterparts (對口單位) of a unit: of one above an ordered list to edit, of a county unit where it answers to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.database import Database
from db.terms import UnitLevel
from desktop import theme
from desktop.desk import Desk
from desktop.pages.units_rows import Book, UnitLine
from desktop.widgets.picker import Picker

_ROWS = 3  # shown without scrolling


class Pairs(QWidget):
    """``changed`` carries an operation to perform, ``followed`` a unit to show."""

    changed = Signal(object)
    followed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self._line: UnitLine | None = None
        self._filled: tuple[tuple[int, ...], str] | None = None
        self.head = QLabel()
        self.list = QListWidget()
        self.head.setBuddy(self.list)
        self.picker = Picker(desk.words)
        self.reason = QLineEdit()
        self.add_button, self.remove_button = QPushButton(), QPushButton()
        self.up_button, self.down_button = QPushButton("↑"), QPushButton("↓")
        self._build(desk)
        self.add_button.clicked.connect(self.add)
        self.picker.chosen.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(lambda: self.shift(-1))
        self.down_button.clicked.connect(lambda: self.shift(1))
        self.reason.editingFinished.connect(self._commit)
        self.list.itemActivated.connect(lambda item: self.followed.emit(item.data(Qt.ItemDataRole.UserRole)))
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build(self, desk: Desk) -> None:
        words = desk.words
        words.put(self.add_button, "添加")
        words.put(self.remove_button, "刪除")
        for button, name in ((self.up_button, "上移"), (self.down_button, "下移")):
            words.put(button, name, setter="setToolTip")
            words.put(button, name, setter="setAccessibleName")
        words.put(self.list, "按 Enter 查看這個單位", setter="setToolTip")
        words.put(self.reason, "說明", setter="setAccessibleName")
        words.put(self.reason, "說明；沒有對口單位時寫明原因", setter="setPlaceholderText")
        words.put(self.picker, "要添加的縣級單位", setter="setAccessibleName")
        choose = QHBoxLayout()
        choose.addWidget(self.picker, 1)
        choose.addWidget(self.add_button)
        order = QHBoxLayout()
        for button in (self.remove_button, self.up_button, self.down_button):
            order.addWidget(button)
        order.addStretch(1)
        self.tools = QWidget()
        tools = QVBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(theme.STEP)
        tools.addLayout(order)
        tools.addLayout(choose)
        tools.addWidget(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        for part in (self.head, self.list, self.tools):
            column.addWidget(part)

    def _fit(self) -> None:
        self.list.setFixedHeight((self.list.fontMetrics().height() + 2 * theme.STEP) * _ROWS)

    def show_line(self, line: UnitLine, book: Book) -> None:
        """Show the counterparts of a unit; of the same unit only where they are stored otherwise than before."""
        same = self._line is not None and self._line.id == line.id
        self._line = line
        self.setVisible(line.above or line.level is UnitLevel.COUNTY)
        self.tools.setVisible(line.above)
        head = "縣級對口單位（第一個作牽頭）" if line.above else "對應的上級單位"
        self._words.put(self.head, head)
        self._words.put(self.list, head, setter="setAccessibleName")
        present = [one for one in book.of_level(UnitLevel.COUNTY) if one.ended_on is None]
        self.picker.offer([(one.name, one.id) for one in present])
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setText("".join(book.names([item.data(Qt.ItemDataRole.UserRole)])))
        if same and self._filled == (line.related, line.reason):
            return
        self._filled = line.related, line.reason
        self.list.clear()
        for unit, name in zip(line.related, book.names(line.related), strict=True):
            self._append(unit, name)
        self.reason.setText(line.reason)
        self.reason.setCursorPosition(0)

    def _append(self, unit: int, name: str) -> None:
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, unit)
        self.list.addItem(item)

    def counties(self) -> list[int]:
        """Return the units of the list in their order."""
        return [self.list.item(place).data(Qt.ItemDataRole.UserRole) for place in range(self.list.count())]

    def add(self) -> None:
        """Put the chosen county unit at the end."""
        unit = self.picker.unit()
        if unit is None or unit in self.counties():
            return
        self._append(unit, self.picker.currentText())
        self.picker.clear_choice()
        self._commit()

    def remove(self) -> None:
        """Take out the unit with the cursor."""
        if self._line is not None and self._line.above and self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            if not self.list.count() and not self.reason.text().strip():
                self.reason.setFocus()  # without any the reason is needed; leaving it commits both
            self._commit()

    def shift(self, step: int) -> None:
        """Move the unit with the cursor up or down."""
        here = self.list.currentRow()
        there = here + step
        if here >= 0 and 0 <= there < self.list.count():
            self.list.insertItem(there, self.list.takeItem(here))
            self.list.setCurrentRow(there)
            self._commit()

    def _commit(self) -> None:
        line = self._line
        counties, note = self.counties(), self.reason.text().strip()
        if line is None or not line.above or (tuple(counties), note) == self._filled:
            return

        def operation(database: Database) -> Changes:
            from db import units

            return units.set_counterparts(database, superior=line.id, counties=counties, note=note)

        self.changed.emit(operation)
