"""A table of things that stand in the office's own order: chips, filter, the rows, how many are shown, up and down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
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
from desktop.widgets.chips import add_chips
from desktop.widgets.filterkeys import FilterKeys
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing
from desktop.widgets.rowview import show_rows

_NARROWEST = 420  # px; in a narrow window the table scrolls


class OrderedPane(QWidget):
    """``filtered`` follows every change of the rows shown; ``moved`` asks to move the chosen one.

    Subclasses say their words, filter their table in :meth:`apply` and tell what is shown in :meth:`refresh`.
    """

    name = ""  # of the table, for those who do not see it
    widths: Sequence[int] = ()  # of the columns, in characters
    hint, ended_word, move_where = "", "", ""  # of the filter, the box of what has ended, where the rows move
    filtered = Signal()
    moved = Signal(int)

    def __init__(self, desk: Desk, table: QAbstractTableModel, chips: Sequence[str]) -> None:
        super().__init__()
        self._words = desk.words
        self.chips = QButtonGroup(self)
        self.search, self.ended = QLineEdit(), QCheckBox()
        self.view, self.count = QTableView(), QLabel()
        self.empty, self.stack = Nothing(desk.words), QStackedWidget()
        self.up_button, self.down_button = QPushButton(), QPushButton()
        self._build_filters(chips)
        self._build_view(table)
        self._build_foot()
        FilterKeys(self.search, self.view)
        self.chips.idClicked.connect(lambda _id: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.ended.toggled.connect(lambda _on: self._filter())
        self.empty.button.clicked.connect(self.next_step)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build_filters(self, chips: Sequence[str]) -> None:
        row = FlowLayout(theme.STEP)
        add_chips(row, self.chips, self._words, chips)
        self._words.put(self.ended, self.ended_word)
        self._words.put(self.search, self.hint, setter="setPlaceholderText")
        self._words.put(self.search, f"篩選{self.name}", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.ended)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * theme.STEP)
        self.column.addLayout(row)
        self.column.addLayout(line)

    def _build_view(self, table: QAbstractTableModel) -> None:
        self.view.setModel(table)
        show_rows(self.view)
        self.view.horizontalHeader().setStretchLastSection(True)
        self._words.put(self.view, self.name, setter="setAccessibleName")
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)

    def _build_foot(self) -> None:
        self.count.setProperty("role", "faint")
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        for button, word, key, step in (
            (self.up_button, "上移", "Alt+Up", -1),
            (self.down_button, "下移", "Alt+Down", 1),
        ):
            self._words.put(button, word)
            tip = f"{self.move_where}{word}（{'Alt+↑' if step < 0 else 'Alt+↓'}）"
            self._words.put(button, tip, setter="setToolTip")
            button.clicked.connect(lambda _checked, step=step: self.moved.emit(step))
            QShortcut(QKeySequence(key), self, lambda step=step: self.moved.emit(step))
            foot.addWidget(button)
        self.column.addLayout(foot)

    def minimumSizeHint(self) -> QSize:
        """Leave the card its room in a narrow window: the table scrolls."""
        return QSize(min(super().minimumSizeHint().width(), _NARROWEST), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 3 * theme.STEP)
        for column, width in enumerate(self.widths):
            size = metrics.horizontalAdvance("字" * width) + 3 * theme.STEP
            self.view.horizontalHeader().resizeSection(column, size)

    def _filter(self) -> None:
        self.apply()
        self.refresh()
        self.filtered.emit()

    def apply(self) -> None:
        """Filter the table by what the chips, the field and the box say."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Say how many are shown, and what to do where there are none; ends with :meth:`show_or_say`."""
        raise NotImplementedError

    def show_or_say(self, *, shown: bool) -> None:
        """Show the rows, or what is said instead of them."""
        self.stack.setCurrentWidget(self.view if shown else self.empty)
        for button in (self.up_button, self.down_button):
            button.setEnabled(shown)

    def next_step(self) -> None:
        """Do what the button in the empty place says."""
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
