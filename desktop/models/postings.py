"""The table of the tab 公示: villages by periods, and in each cell where the postings stand."""

from __future__ import annotations

from enum import Enum
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel

from db import money
from db.postinglist import NOT_MADE, NOT_MADE_SHAPE, SHAPES, Cell, Matrix, MatrixRow
from db.script import fold
from db.terms import PostingState
from desktop import theme
from desktop.models.titled import Index, TitledTable
from desktop.words import Words

LATEST = 6
_COLOURS = {
    PostingState.MADE: theme.ACCENT,
    PostingState.POSTED: theme.GOOD,
    PostingState.DUE_DOWN: theme.YELLOW,
    PostingState.TAKEN_DOWN: theme.FAINT,
}


class Shown(Enum):
    """Which villages are shown: those with a cell in this state."""

    ALL = "全部"
    NOT_MADE = "未製作"
    MADE = "已製作"
    POSTED = "公示中"
    DUE_DOWN = "到期待撤"
    TAKEN_DOWN = "已撤下"
    CHANGED = "發放有變動"


def passes(cell: Cell, shown: Shown) -> bool:
    """Tell whether a cell is of the kind that is to be shown."""
    if shown is Shown.ALL:
        return True
    if shown is Shown.CHANGED:
        return cell.changed
    if shown is Shown.NOT_MADE:
        return cell.state is None
    return cell.state is not None and cell.state.label == shown.value


class PostingTable(TitledTable):
    """Villages, which head the rows, by periods. ``period`` narrows to one column, empty shows the latest ones."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.matrix = Matrix((), ())
        self.shown, self.text, self.period = Shown.ALL, "", ""
        self.rows: list[MatrixRow] = []
        self.periods: tuple[str, ...] = ()

    def set_matrix(self, matrix: Matrix) -> None:
        """Show other data."""
        self.matrix = matrix
        if self.period not in matrix.periods:
            self.period = ""
        self.filter()

    def filter(self) -> None:
        """Apply the filters anew."""
        self.beginResetModel()
        self.periods = (self.period,) if self.period else self.matrix.periods[:LATEST]
        wanted = fold(self.text).lower()
        self.rows = [
            row
            for row in self.matrix.rows
            if wanted in fold(row.town + row.village).lower()
            and any(passes(row.cells[period], self.shown) for period in self.periods if period in row.cells)
        ]
        self.endResetModel()

    def count(self, shown: Shown) -> int:
        """Return how many villages there are of a kind, whatever else is filtered."""
        return sum(
            any(passes(row.cells[period], shown) for period in self.periods if period in row.cells)
            for row in self.matrix.rows
        )

    def at(self, index: Index) -> tuple[MatrixRow, str, Cell] | None:
        """Return village, period and cell, None where nothing was paid."""
        if not index.isValid() or not self.periods:
            return None
        row, period = self.rows[index.row()], self.periods[index.column()]
        cell = row.cells.get(period)
        return None if cell is None else (row, period, cell)

    def size(self) -> int:
        """Return how many villages are shown."""
        return len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.periods)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the title of a column, or the village of a row, which stays in sight whatever is scrolled."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            row = self.rows[section]
            return f"{row.town} {row.village}".strip()
        from db.postingfacts import period_words

        return self._words.say(period_words(self.periods[section]))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the text of a cell; its tip says how much was paid."""
        cell = self.rows[index.row()].cells.get(self.periods[index.column()])
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return told(cell, self._words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return summed(cell, self._words)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour(_COLOURS[cell.state] if cell.state else theme.INK)
        return None


def told(cell: Cell, words: Words) -> str:
    """Return shape and word of a cell's state."""
    shape, word = (SHAPES[cell.state], cell.state.label) if cell.state else (NOT_MADE_SHAPE, NOT_MADE)
    return f"{shape} {words.say(word)}" + (words.say("（有變動）") if cell.changed else "")


_SUM = "{policies} 項補貼，{rows} 筆，{amount} 元"


def summed(cell: Cell, words: Words) -> str:
    """Return what was paid."""
    return words.say(_SUM, **_paid(cell))


def put_sum(words: Words, label: QLabel, cell: Cell) -> None:
    """Let a label say what was paid."""
    words.put(label, _SUM, setter="setText", before=(), **_paid(cell))


def _paid(cell: Cell) -> dict[str, object]:
    return {"policies": cell.policies, "rows": cell.rows, "amount": money.figures(cell.amount_fen)}
