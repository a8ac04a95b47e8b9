"""The columns of the ledger (臺賬欄目): which are printed, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import Refused
from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings_form import SettingsForm, Values
from desktop.widgets.ticks import TickRoom
from desktop.words import Words

if TYPE_CHECKING:
    from exports.workbook.columns import Column

_KEY = Qt.ItemDataRole.UserRole


class ColumnList(QWidget):
    """A list with boxes to tick; ``edited`` follows every change by hand."""

    edited = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._titles: dict[str, str] = {}
        self._default: list[str] = []
        self.head, self.list = QLabel(), QListWidget()
        self.list.setItemDelegate(TickRoom(self.list))
        self.head.setBuddy(self.list)
        words.put(self.head, "臺賬欄目（勾選要印的，調好先後）")
        words.put(self.list, "臺賬欄目", setter="setAccessibleName")
        self.up_button, self.down_button, self.default_button = QPushButton(), QPushButton(), QPushButton()
        buttons = QHBoxLayout()
        for button, word, tip, act in (
            (self.up_button, "上移", "上移（Alt+↑）", lambda: self.shift(-1)),
            (self.down_button, "下移", "下移（Alt+↓）", lambda: self.shift(1)),
            (self.default_button, "恢復默認", "恢復默認的欄目和順序", self.reset),
        ):
            words.put(button, word)
            words.put(button, tip, setter="setToolTip")
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        QShortcut(QKeySequence("Alt+Up"), self, lambda: self.shift(-1))
        QShortcut(QKeySequence("Alt+Down"), self, lambda: self.shift(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.list.itemChanged.connect(lambda _item: self.edited.emit())
        words.changed.connect(self._reword)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Tick these columns in this order, without any the default ones; the others follow."""
        from exports.workbook.columns import COLUMNS, chosen

        self._titles = {column.key: column.title for column in COLUMNS}
        self._default = [column.key for column in chosen()]
        ticked = [column.key for column in _known(keys)] or self._default
        self._fill([*ticked, *(key for key in self._titles if key not in ticked)], ticked)

    def keys(self) -> list[str]:
        """Return the ticked columns in order; empty where they are the default ones."""
        items = [self.list.item(place) for place in range(self.list.count())]
        ticked = [str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked]
        return [] if ticked == self._default else ticked

    def ticked_titles(self) -> list[str]:
        """Return the titles of the ticked columns in order."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [self._titles[item.data(_KEY)] for item in items if item.checkState() is Qt.CheckState.Checked]

    def _fill(self, keys: Sequence[str], ticked: Sequence[str]) -> None:
        here = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for key in keys:
            item = QListWidgetItem(self._words.say(self._titles[key]))
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(here)
        self.list.blockSignals(False)

    def _reword(self) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setText(self._words.say(self._titles[item.data(_KEY)]))
        self.list.blockSignals(False)

    def shift(self, step: int) -> None:
        """Move the column with the cursor up or down."""
        here = self.list.currentRow()
        there = here + step
        if here >= 0 and 0 <= there < self.list.count():
            self.list.insertItem(there, self.list.takeItem(here))
            self.list.setCurrentRow(there)
            self.edited.emit()

    def reset(self) -> None:
        """Go back to the default columns."""
        self.set_keys([])
        self.edited.emit()


class ColumnsPane(SettingsForm):
    """The tab 欄目: the list, and beside it the head of the ledger as it will be printed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.columns = ColumnList(desk.words)
        self.count, self.head = QLabel(), QLabel()
        for label in (self.count, self.head):
            label.setWordWrap(True)
        hint = QLabel()
        hint.setWordWrap(True)
        hint.setProperty("role", "faint")
        desk.words.put(
            hint, "窗口和命令行導出、打印臺賬時都用這裏的欄目和順序；每次導出時也可以另選。欄目越多，字越小。"
        )
        beside = QVBoxLayout()
        beside.setSpacing(2 * theme.STEP)
        for label in (self.count, self.head, hint):
            beside.addWidget(label)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3 * theme.STEP, 0, 0)
        row.setSpacing(6 * theme.STEP)
        row.addWidget(self.columns, 2)
        row.addLayout(beside, 3)
        self.columns.edited.connect(self.say_edited)
        self.columns.edited.connect(self._tell)

    def _tell(self) -> None:
        titles = self.columns.ticked_titles()
        self.desk.words.put(self.count, "印 {n} 欄，表頭從左到右：", n=len(titles))
        self.desk.words.put(self.head, "　│　".join(titles) or "一欄也沒有勾選，將按默認的欄目印。")

    def fill(self, values: Values) -> None:
        """Show settings by name."""
        if not self.columns.list.count() or self.columns.keys() != values["ledger_columns"]:
            self.columns.set_keys(values["ledger_columns"])
        self._tell()

    def values(self) -> Values:
        """Return the settings by name as they stand in the list."""
        return {"ledger_columns": self.columns.keys()}


def _known(keys: Sequence[str]) -> list[Column]:
    """Return the columns of these keys; one that this program does not have is passed over."""
    from exports.workbook.columns import chosen

    found = []
    for key in keys:
        try:
            found += chosen([key])
        except Refused:  # chosen in a newer program
            continue
    return found
