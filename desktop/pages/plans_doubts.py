"""The doubts (待核) of the chosen row: each can be looked at in the source and ticked as checked (已核)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db.drafts import ReviewDraft
from desktop.pages.plans_values import say_around
from desktop.theme import STEP
from desktop.widgets.ticks import TickRoom
from desktop.words import Words


class Doubts(QWidget):
    """``settled`` and ``pointed`` carry the :class:`ReviewDraft` that was ticked or chosen."""

    settled = Signal(object)
    pointed = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._doubts: list[ReviewDraft] = []
        self._editable = False
        self.label = QLabel()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.put(self.list, "待核事項", setter="setAccessibleName")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.label)
        column.addWidget(self.list, 1)
        self.list.setItemDelegate(TickRoom(self.list))
        self.list.itemChanged.connect(self._on_tick)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemClicked.connect(lambda item: self._on_row(self.list.row(item)))
        words.changed.connect(self._say)

    def show_doubts(self, doubts: Sequence[ReviewDraft], *, editable: bool) -> None:
        """List doubts; ``editable`` lets them be ticked."""
        self._doubts, self._editable = list(doubts), editable
        self._say()

    def _say(self) -> None:
        if not self._doubts:
            self.words.put(self.label, "沒有待核事項")
        elif self._editable:
            self.words.put(self.label, "待核 {n} 項（核對後打勾）", n=len(self._doubts))
        else:
            self.words.put(self.label, "待核 {n} 項", n=len(self._doubts))
        self.list.blockSignals(True)
        self.list.clear()
        for doubt in self._doubts:
            item = QListWidgetItem(say_around(doubt.text, self.words.say))
            if self._editable:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                item.setToolTip(self.words.say("打勾表示已核，從待核中去掉（空格鍵）"))
            self.list.addItem(item)
        self.list.blockSignals(False)

    def _on_tick(self, item: QListWidgetItem) -> None:
        if item.checkState() is Qt.CheckState.Checked:
            self.settled.emit(self._doubts[self.list.row(item)])

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._doubts):
            self.pointed.emit(self._doubts[row])
