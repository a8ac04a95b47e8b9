"""The left side of the page 臺賬: filters, hints, the bar for several rows, the table, the count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.filters import LedgerFilter
from db.terms import Grouping
from desktop import theme
from desktop.desk import Desk
from desktop.models.ledger import LedgerTable
from desktop.models.ledger_book import Book
from desktop.pages.ledger_bulk import BulkBar
from desktop.pages.ledger_chips import FilterChips
from desktop.pages.ledger_hints import Hints
from desktop.pages.ledger_table import LedgerView
from desktop.widgets.filterkeys import FilterKeys
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing


class TablePane(QWidget):
    """``asked`` carries an operation; the other signals ask for a step that is the page's."""

    asked = Signal(object)
    propose = Signal()
    to_points = Signal()
    only = Signal(object)
    again = Signal()

    def __init__(self, desk: Desk, table: LedgerTable) -> None:
        super().__init__()
        self._words, self.table = desk.words, table
        self.chips, self.hints = FilterChips(desk), Hints(desk)
        self.bulk = BulkBar(desk)
        self.view = LedgerView(desk, table)
        FilterKeys(self.chips.text, self.view, self.chips.apply)
        self.empty = Nothing(desk.words)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.count, self.grouping = QLabel(), QComboBox()
        self.count.setProperty("role", "faint")
        self.columns_button, self.fold_button = QPushButton(), QPushButton()
        self._next = self.to_points
        self._build()
        self.hints.asked.connect(self.asked)
        self.hints.only.connect(self.only)
        self.hints.propose.connect(self.propose)
        self.bulk.asked.connect(self.asked)
        self.empty.button.clicked.connect(self._go_on)

    def _build(self) -> None:
        for grouping in Grouping:
            self.grouping.addItem("", grouping.value)
            self._words.put(self.grouping, grouping.label, setter="setItemText", before=(self.grouping.count() - 1,))
        self._words.put(self.grouping, "分組", setter="setAccessibleName")
        self._words.put(self.columns_button, "欄目…")
        self._words.put(self.columns_button, "選擇顯示哪些欄目；拖動表頭可調整先後", setter="setToolTip")
        self._words.put(self.fold_button, "全部收起")
        self.columns_button.clicked.connect(self._choose_columns)
        self.fold_button.clicked.connect(self._fold_all)
        self.fold_button.hide()
        foot, feet_line = QHBoxLayout(), FlowLayout(theme.STEP, right=True)
        foot.addWidget(self.count)
        foot.addLayout(feet_line, 1)
        feet: tuple[QWidget, ...] = (self.chips.withdrawn, self.fold_button, self.grouping, self.columns_button)
        for part in feet:
            feet_line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        above: tuple[QWidget, ...] = (self.chips, self.hints, self.bulk)
        for bar in above:
            column.addWidget(bar)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _choose_columns(self) -> None:
        button = self.columns_button
        self.view.columns_menu().popup(button.mapToGlobal(button.rect().topLeft()))

    def _fold_all(self) -> None:
        self.table.fold_all(not self.table.folded_away)
        self._say_fold()

    def _say_fold(self) -> None:
        self.fold_button.setVisible(self.chosen_grouping() is not Grouping.NONE)
        self._words.put(self.fold_button, "全部展開" if self.table.folded_away else "全部收起")

    def chosen_grouping(self) -> Grouping:
        """Return the grouping."""
        return Grouping(self.grouping.currentData())

    def choose_grouping(self, grouping: Grouping) -> None:
        """Set the grouping, silently."""
        self.grouping.setCurrentIndex(self.grouping.findData(grouping.value))

    def say_loading(self, done: int = 0, total: int = 0) -> None:
        """Say that the rows are on their way, how many of how many have come, and show those that are there."""
        told = "正在讀取臺賬…　{done}/{total}" if total else "正在讀取臺賬…"
        self._words.put(self.count, told if self.table.entries else "", done=done, total=total)
        self.empty.say(told, done=done, total=total)
        self.show_rows()

    def show_rows(self) -> None:
        """Show the table where there are rows in it, else the sentence in its place."""
        self.stack.setCurrentWidget(self.view if self.table.entries else self.empty)

    def say_stopped(self) -> None:
        """Say that the clerk has stopped the reading."""
        self.empty.say("沒有讀完，所以不顯示。", "重新讀取")
        self._next = self.again

    def say_count(self, book: Book) -> None:
        """Say how many are shown of how many, and what to do where there are none."""
        shown = self.table.total()
        total = max(shown, book.standing)
        self._words.put(self.count, "顯示 {shown} / 共 {total}", shown=shown, total=total)
        self._say_fold()
        self.stack.setCurrentWidget(self.view if shown else self.empty)
        if shown:
            return
        if not book.plans:
            self.empty.say("臺賬還是空的：先讀入上級通知，存入要點。", "到「要點」讀入通知")
            self._next = self.to_points
        elif not book.rows:
            self.empty.say(
                "要點已存入，還沒有分解成任務。程序可按責任條款和單位詞典先擬出分工，再由您改定。", "擬出分工"
            )
            self._next = self.propose
        else:
            self.empty.say("沒有符合篩選條件的任務。", "清除篩選")
            self._next = self.only

    def _go_on(self) -> None:
        if self._next is self.only:
            self.only.emit(LedgerFilter())
        else:
            self._next.emit()
