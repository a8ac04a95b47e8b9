"""The left side of the tab 公示: chips, period, filter, the table of villages by periods, how many are shown."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.postinglist import Cell, MatrixRow
from desktop import theme
from desktop.desk import Desk
from desktop.models.postings import LATEST, PostingTable, Shown
from desktop.widgets.chips import add_chips
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing

_PERIOD = 8  # width of a column in characters
_NARROWEST = 420  # px; in a narrow window the table scrolls


class PostingPane(QWidget):
    """``chosen`` follows the cursor and the selection; ``began`` asks for the next step where nothing is paid yet."""

    chosen = Signal()
    began = Signal()

    def __init__(self, desk: Desk, table: PostingTable) -> None:
        super().__init__()
        self._words, self._table = desk.words, table
        self.chips, self.period, self.search = QButtonGroup(self), QComboBox(), QLineEdit()
        self.view, self.count, self.stack = QTableView(), QLabel(), QStackedWidget()
        self.empty = Nothing(desk.words)
        self._kinds = tuple(Shown)
        self._build_filters()
        self._build_view()
        self.chips.idClicked.connect(lambda _id: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.period.currentIndexChanged.connect(lambda _place: self._filter())
        self.empty.button.clicked.connect(self._next_step)
        self._words.changed.connect(self._say_chips)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build_filters(self) -> None:
        chips = FlowLayout(theme.STEP)
        add_chips(chips, self.chips, self._words, [""] * len(self._kinds))
        self._words.put(self.search, "鄉鎮或村（Ctrl+F）", setter="setPlaceholderText")
        self._words.put(self.search, "篩選村", setter="setAccessibleName")
        self._words.put(self.period, "發放期", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.period)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 2 * theme.STEP, 0, 0)
        self.column.setSpacing(2 * theme.STEP)
        self.column.addLayout(chips)
        self.column.addLayout(line)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self._table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.verticalHeader().setHighlightSections(False)
        view.setCornerButtonEnabled(False)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.horizontalHeader().setStretchLastSection(True)
        view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self._words.put(view, "各村公示情況", setter="setAccessibleName")
        self.count.setProperty("role", "faint")
        self.stack.addWidget(view)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        self.column.addWidget(self.count)

    def minimumSizeHint(self) -> QSize:
        """Leave the register its room in a narrow window: the table scrolls."""
        return QSize(min(super().minimumSizeHint().width(), _NARROWEST), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 3 * theme.STEP)
        size = metrics.horizontalAdvance("字" * _PERIOD) + 3 * theme.STEP
        for column in range(self._table.columnCount()):
            self.view.horizontalHeader().resizeSection(column, size)

    def refresh(self) -> None:
        """Show what the table holds now; the cursor goes to the same village where it is still there."""
        table = self._table
        self._fill_periods()
        self._fit()
        self._say_chips()
        total, shown = len(table.matrix.rows), len(table.rows)
        self._words.put(self.count, "顯示 {n} 個村，共 {total} 個", n=shown, total=total)
        self.stack.setCurrentWidget(self.view if shown else self.empty)
        if not total:
            self.empty.say("還沒有發放記錄。先在「發放」裏導入發放表，再來製作公示。", "去「發放」")
        elif not shown:
            self.empty.say("沒有符合條件的村。", "顯示全部")

    def _fill_periods(self) -> None:
        wanted = ["", *self._table.matrix.periods]
        if [self.period.itemData(place) for place in range(self.period.count())] == wanted:
            return
        self.period.blockSignals(True)
        self.period.clear()
        for period in wanted:
            self.period.addItem(period, period)
        self._words.put(self.period, "最近 {n} 期", setter="setItemText", before=(0,), n=LATEST)
        self.period.setCurrentIndex(max(0, self.period.findData(self._table.period)))
        self.period.blockSignals(False)

    def _say_chips(self) -> None:
        for number, kind in enumerate(self._kinds):
            count = self._table.count(kind)
            self.chips.button(number).setText(f"{self._words.say(kind.value)} {count}")

    def _filter(self) -> None:
        self._table.shown = self._kinds[self.chips.checkedId()]
        self._table.text = self.search.text()
        self._table.period = self.period.currentData() or ""
        here = self.place()
        self._table.filter()
        self.refresh()
        self.go(here)
        self.chosen.emit()

    def show_only(self, kind: Shown) -> None:
        """Show the villages of a kind."""
        self.chips.button(self._kinds.index(kind)).setChecked(True)
        self._filter()

    def _next_step(self) -> None:
        if not self._table.matrix.rows:
            self.began.emit()
            return
        self.search.clear()
        self.show_only(Shown.ALL)

    # the cursor

    def place(self) -> tuple[int, str] | None:
        """Return the village and the period under the cursor."""
        found = self._table.at(self.view.currentIndex())
        return None if found is None else (found[0].place, found[1])

    def go(self, place: tuple[int, str] | None) -> None:
        """Put the cursor on a village and period, else on the first."""
        table, wanted = self._table, place or (0, "")
        if not table.rows:
            return
        row = next((at for at, one in enumerate(table.rows) if one.place == wanted[0]), 0)
        column = table.periods.index(wanted[1]) if wanted[1] in table.periods else 0
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(table.index(row, column), flags)

    def cells(self) -> list[tuple[MatrixRow, str, Cell]]:
        """Return the chosen villages and periods in which anything was paid, each once."""
        found = (self._table.at(index) for index in self.view.selectionModel().selectedIndexes())
        return list({(one[0].place, one[1]): one for one in found if one is not None}.values())
