"""The files that came back as a table: all together first, each with its totals, then the units that have not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from db.returns import PlanFile, ReturnPlan
from db.terms import ReturnState, Verdict
from desktop import theme
from desktop.words import Words

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
TITLES = ("文件", "單位", "狀態", "採納", "衝突", "無效", "提議", "缺行", "詳情")
NAME, UNIT, STATE, TAKEN, CONFLICT, INVALID, PROPOSAL, MISSING, DETAIL = range(len(TITLES))
NUMBERS = range(TAKEN, DETAIL)
_COUNTED = {Verdict.CONFLICT: CONFLICT, Verdict.INVALID: INVALID, Verdict.PROPOSAL: PROPOSAL}
_SHAPES = {ReturnState.RECOGNISED: "● ", ReturnState.DUPLICATE: "＝ ", ReturnState.SUPERSEDED: "○ "}
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class FileTable(QAbstractTableModel):
    """Row 0 stands for all files; then come the files, then the units that have not returned."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.plan: ReturnPlan | None = None
        self._totals: list[list[int]] = []
        words.changed.connect(self._say_again)

    def show_plan(self, plan: ReturnPlan | None) -> None:
        """Show another plan."""
        self.beginResetModel()
        self.plan = plan
        self._count()
        self.endResetModel()

    def choose(self, plan: ReturnPlan) -> None:
        """Show other totals of the same files."""
        self.plan = plan
        self._count()
        self.dataChanged.emit(self.index(0, TAKEN), self.index(len(plan.files), MISSING))

    def _count(self) -> None:
        """Count cells per file; the first line is the sum."""
        plan = self.plan
        self._totals = [[0] * len(TITLES) for _ in range(len(plan.files) + 1 if plan else 0)]
        if plan is None:
            return
        for cell in plan.cells:
            line = self._totals[cell.file + 1]
            if cell.accepted:
                line[TAKEN] += 1
            if cell.verdict is not Verdict.UNCHANGED and cell.verdict in _COUNTED:
                line[_COUNTED[cell.verdict]] += 1
        for file, _ in plan.missing:
            self._totals[file + 1][MISSING] += 1
        self._totals[0] = [sum(column) for column in zip(*self._totals, strict=True)]

    def file(self, row: int) -> int | None:
        """Return the place in the plan of a row's file, None for all together and for a unit without one."""
        return row - 1 if self.plan is not None and 1 <= row <= len(self.plan.files) else None

    # what Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of lines."""
        if self.plan is None or (parent is not None and parent.isValid()):
            return 0
        return 1 + len(self.plan.files) + len(self.plan.not_returned)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole and section in NUMBERS:
            return _CENTRE
        return self._words.say(TITLES[section]) if role == _Role.DisplayRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - as Qt wants it
        """Return what a cell shows."""
        if role == _Role.DisplayRole:
            return self.text(index.row(), index.column())
        if role == _Role.ToolTipRole:
            return self._tip(index.row(), index.column())
        if role == _Role.TextAlignmentRole and index.column() in NUMBERS:
            return _CENTRE
        if role == _Role.BackgroundRole:
            return self._ground(index.row(), index.column())
        return None

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell of the table."""
        if self.plan is None:
            return ""
        if row == 0:
            told = self._words.say("全部 {count} 份", count=len(self.plan.files)) if column == NAME else ""
            return str(self._totals[0][column]) if column in NUMBERS else told
        place = self.file(row)
        if place is None:
            unit = self.plan.not_returned[row - 1 - len(self.plan.files)]
            return {NAME: "—", UNIT: unit, STATE: self._words.say("▲ 未回")}.get(column, "")
        return self._of_file(self.plan.files[place], row, column)

    def _of_file(self, file: PlanFile, row: int, column: int) -> str:
        if column == NAME:
            return file.name
        if column == UNIT:
            return file.unit or "？"
        if column == STATE:
            shape = _SHAPES.get(file.state, "✗ ")
            return shape + self._words.say(file.state.label) + (self._words.say("・遲報") if file.late else "")
        if column == DETAIL:
            return self._words.say_stored(file.detail)
        count = self._totals[row][column]
        return str(count) if count or file.state is ReturnState.RECOGNISED else "–"

    def _tip(self, row: int, column: int) -> str:
        place = self.file(row)
        if column == NAME and place is not None and self.plan is not None:
            return self.plan.files[place].path
        return self.text(row, column)

    def _ground(self, row: int, column: int) -> Any:  # noqa: ANN401 - a colour or nothing
        if row >= len(self._totals) or column not in NUMBERS or not self._totals[row][column]:
            return None
        if column == TAKEN:
            return theme.colour(theme.TAKEN)
        return theme.colour(theme.DAMAGE if column in (CONFLICT, INVALID) else theme.DOUBT)

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TITLES) - 1)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(TITLES) - 1))
