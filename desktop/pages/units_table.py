"""The left side of the page 單位: level chips, filter, the table, how many are shown, and the order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.terms import UnitLevel
from desktop import theme
from desktop.desk import Desk
from desktop.models.units import ALIASES, NAME, RELATED, UnitTable
from desktop.widgets.filterkeys import FilterKeys
from desktop.widgets.flow import FlowLayout
from desktop.words import Words

_WIDTHS = (10, 3, 5, 8, 8, 5, 7)  # in characters


class Nothing(QWidget):
    """A sentence in the middle of an empty place, with the next step as a button where there is one."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.label, self.button = QLabel(), QPushButton()
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.button.hide()
        words.put(self.label, "選擇一個單位，在這裏查看和修改。")

    def say(self, template: str, action: str = "", **facts: int) -> None:
        """Say something else."""
        self.words.put(self.label, template, setter="setText", before=(), **facts)
        self.button.setVisible(bool(action))
        if action:
            self.words.put(self.button, action)


class TablePane(QWidget):
    """``filtered`` follows every change of the rows shown; ``moved`` asks to move the chosen one."""

    filtered = Signal()
    moved = Signal(int)

    def __init__(self, desk: Desk, table: UnitTable) -> None:
        super().__init__()
        self._words, self._table = desk.words, table
        self.chips = QButtonGroup(self)
        self.search, self.ended = QLineEdit(), QCheckBox()
        self.view = QTableView()
        self.empty = Nothing(desk.words)
        self.stack = QStackedWidget()
        self.count = QLabel()
        self.up_button, self.down_button = QPushButton(), QPushButton()
        self._build_filters()
        self._build_view()
        FilterKeys(self.search, self.view)
        self._build_foot()
        self.chips.idClicked.connect(lambda _id: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.ended.toggled.connect(lambda _on: self._filter())
        self.empty.button.clicked.connect(self._show_all)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build_filters(self) -> None:
        chips = FlowLayout(theme.STEP)
        self._levels: list[UnitLevel | None] = [None, *UnitLevel]
        for number, level in enumerate(self._levels):
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            self._words.put(chip, level.label if level else "全部")
            self.chips.addButton(chip, number)
            chips.addWidget(chip)
        self.chips.button(0).setChecked(True)
        self._words.put(self.ended, "含已撤銷")
        self._words.put(self.search, "名稱、別名、類別、電話或拼音（Ctrl+F）", setter="setPlaceholderText")
        self._words.put(self.search, "篩選單位", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.ended)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * theme.STEP)
        self.column.addLayout(chips)
        self.column.addLayout(line)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self._table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._words.put(view, "單位表", setter="setAccessibleName")
        self.stack.addWidget(view)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)

    def _build_foot(self) -> None:
        self.count.setProperty("role", "faint")
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        for button, word, tip, step in (
            (self.up_button, "上移", "在同一層級內上移（Alt+↑）", -1),
            (self.down_button, "下移", "在同一層級內下移（Alt+↓）", 1),
        ):
            self._words.put(button, word)
            self._words.put(button, tip, setter="setToolTip")
            button.clicked.connect(lambda _checked, step=step: self.moved.emit(step))
            foot.addWidget(button)
        QShortcut(QKeySequence("Alt+Up"), self, lambda: self.moved.emit(-1))
        QShortcut(QKeySequence("Alt+Down"), self, lambda: self.moved.emit(1))
        self.column.addLayout(foot)

    def minimumSizeHint(self) -> QSize:
        """Leave the card its room in a narrow window: the table scrolls."""
        return QSize(min(super().minimumSizeHint().width(), 420), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 3 * theme.STEP)
        header = self.view.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, metrics.horizontalAdvance("字" * width) + 3 * theme.STEP)
        for column in (NAME, ALIASES, RELATED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

    def _filter(self) -> None:
        self._table.level = self._levels[self.chips.checkedId()]
        self._table.text = self.search.text()
        self._table.with_ended = self.ended.isChecked()
        self._table.filter()
        self.refresh()
        self.filtered.emit()

    def _show_all(self) -> None:
        self.show_all()

    def show_all(self, *, with_ended: bool = False) -> None:
        """Take the filters away."""
        for part in (self.search, self.ended):
            part.blockSignals(True)
        self.chips.button(0).setChecked(True)
        self.search.clear()
        self.ended.setChecked(self.ended.isChecked() or with_ended)
        for part in (self.search, self.ended):
            part.blockSignals(False)
        self._filter()

    def refresh(self) -> None:
        """Say how many are shown, and what to do where there are none."""
        shown, total = len(self._table.shown), self._table.total()
        if shown == total:
            self._words.put(self.count, "共 {total} 個單位", total=total)
        else:
            self._words.put(self.count, "顯示 {shown} 個，共 {total} 個單位", shown=shown, total=total)
        if total:
            self.empty.say("沒有符合篩選條件的單位。", "清除篩選")
        else:
            self.empty.say("還沒有單位。可點「添加單位」，或用「導入…」帶入單位表。")
        self.stack.setCurrentWidget(self.view if shown else self.empty)
        for button in (self.up_button, self.down_button):
            button.setEnabled(bool(shown))
