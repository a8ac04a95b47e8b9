"""The left side of the tab 政策: chips, filter, the table, how many are shown, and the order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.models.policies import Chosen, PolicyTable
from desktop.pages.units_table import Nothing
from desktop.widgets.flow import FlowLayout

_WIDTHS = (9, 15, 7, 8, 7)  # in characters
_NARROWEST = 420  # px; in a narrow window the table scrolls


class PolicyPane(QWidget):
    """``filtered`` follows every change of the rows shown; ``moved`` asks to move the chosen one.

    ``began`` asks for the next step where there is nothing yet.
    """

    filtered = Signal()
    moved = Signal(int)
    began = Signal()

    def __init__(self, desk: Desk, table: PolicyTable) -> None:
        super().__init__()
        self._words, self._table = desk.words, table
        self.chips = QButtonGroup(self)
        self.search, self.ended = QLineEdit(), QCheckBox()
        self.view, self.count = QTableView(), QLabel()
        self.empty, self.stack = Nothing(desk.words), QStackedWidget()
        self.up_button, self.down_button = QPushButton(), QPushButton()
        self._build_filters()
        self._build_view()
        self._build_foot()
        self.chips.idClicked.connect(lambda _id: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.ended.toggled.connect(lambda _on: self._filter())
        self.empty.button.clicked.connect(self._next_step)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build_filters(self) -> None:
        chips = FlowLayout(theme.STEP)
        self._kinds = tuple(Chosen)
        for number, kind in enumerate(self._kinds):
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            self._words.put(chip, kind.value)
            self.chips.addButton(chip, number)
            chips.addWidget(chip)
        self.chips.button(0).setChecked(True)
        self._words.put(self.ended, "含停止執行")
        self._words.put(self.search, "名稱、部門、文號或拼音首字母（Ctrl+F）", setter="setPlaceholderText")
        self._words.put(self.search, "篩選補貼政策", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.ended)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 2 * theme.STEP, 0, 0)
        self.column.setSpacing(2 * theme.STEP)
        self.column.addLayout(chips)
        self.column.addLayout(line)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self._table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.horizontalHeader().setStretchLastSection(True)
        self._words.put(view, "補貼政策", setter="setAccessibleName")
        self.stack.addWidget(view)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)

    def _build_foot(self) -> None:
        self.count.setProperty("role", "faint")
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        for button, word, tip, step in (
            (self.up_button, "上移", "在目錄中上移（Alt+↑）", -1),
            (self.down_button, "下移", "在目錄中下移（Alt+↓）", 1),
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
        return QSize(min(super().minimumSizeHint().width(), _NARROWEST), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 3 * theme.STEP)
        for column, width in enumerate(_WIDTHS):
            size = metrics.horizontalAdvance("字" * width) + 3 * theme.STEP
            self.view.horizontalHeader().resizeSection(column, size)

    def _filter(self) -> None:
        self._table.chosen = self._kinds[self.chips.checkedId()]
        self._table.text = self.search.text()
        self._table.with_ended = self.ended.isChecked()
        self._table.filter()
        self.refresh()
        self.filtered.emit()

    def _next_step(self) -> None:
        if self._table.total():
            self.show_all()
        else:
            self.began.emit()

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

    def picked(self) -> list[int]:
        """Return the policies of the chosen rows."""
        places = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self._table.shown[place].id for place in places]

    def refresh(self) -> None:
        """Say how many are shown, and what to do where there are none."""
        shown, total = len(self._table.shown), self._table.total()
        lacking = sum(bool(row.line.missing) for row in self._table.shown)
        told = "共 {total} 項" if shown == total else "顯示 {shown} 項，共 {total} 項"
        told += "，{lacking} 項有缺" if lacking else ""
        self._words.put(self.count, told, shown=shown, total=total, lacking=lacking)
        if total:
            self.empty.say("沒有符合篩選條件的政策。", "清除篩選")
        else:
            self.empty.say("還沒有補貼政策。可導入已有的目錄（.xlsx、.docx 或網頁），或逐項添加。", "導入…")
        self.stack.setCurrentWidget(self.view if shown else self.empty)
        for button in (self.up_button, self.down_button):
            button.setEnabled(bool(shown))
