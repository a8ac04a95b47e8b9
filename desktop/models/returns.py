"""The cells of what came back as a table: sent, ledger, returned, and what becomes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from db.merge import Value
from db.returns import PlanCell, ReturnPlan, Rule
from db.terms import TaskState, Verdict
from desktop import theme
from desktop.words import Words

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
TITLES = ("編號", "欄位", "發出時", "臺賬現在", "收回", "取捨", "說明")
CODE, FIELD, SENT, LEDGER, RETURNED, CHOICE, PROBLEM = range(len(TITLES))
_LONG = 60  # characters of a text that a cell of the table shows


class Show(Enum):
    """Which cells are shown (篩選)."""

    ALL = "全部"
    CONFLICT = "衝突"
    INVALID = "無效"
    PROPOSAL = "提議"
    MISSING = "缺行"
    TAKEN = "採納"
    MARKED = "有標記"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is shown: the files (None for all), the filter, and of the marked ones those of one rule."""

    files: frozenset[int] | None = None
    show: Show = Show.ALL
    rule: Rule | None = None


def field_title(field: str) -> str:
    """Return what a column is called, empty for one that is none of ours."""
    from exports.workbook import travel

    column = travel.BY_KEY.get(field)
    return column.title if column is not None else ""


def shown_value(words: Words, field: str, value: Value) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return "—"
    if field == "status" and isinstance(value, str) and value in set(TaskState):
        return words.say(TaskState(value).label)
    return str(value)


def choice(cell: PlanCell) -> str:
    """Return in our words, with a shape, what becomes of a cell."""
    if cell.verdict is Verdict.TAKEN:
        return "✓ 採納" if cell.accepted else "○ 不採納"
    if cell.verdict is Verdict.CONFLICT:
        return "✓ 衝突，用收回" if cell.accepted else "◆ 衝突，用臺賬"
    if cell.verdict is Verdict.PROPOSAL and cell.accepted:
        return "✓ 列為任務"
    return _SHAPES[cell.verdict] + cell.verdict.label


_SHAPES: Mapping[Verdict, str] = {
    Verdict.INVALID: "✗ ",
    Verdict.PROPOSAL: "＋ ",
    Verdict.KEPT: "● ",
    Verdict.SAME: "＝ ",
    Verdict.UNCHANGED: "－ ",
}


class CellTable(QAbstractTableModel):
    """``lines`` holds a place in the plan's cells, or below zero one in its missing rows, counted from -1."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.plan: ReturnPlan | None = None
        self.wanted = Wanted()
        self.lines: list[int] = []
        self.counts: Counter[Show] = Counter()
        self.rules: Counter[Rule] = Counter()
        self.unchanged = 0
        words.changed.connect(self._say_again)

    # content

    def show_plan(self, plan: ReturnPlan | None, wanted: Wanted) -> None:
        """Show another plan or other cells of it."""
        self.beginResetModel()
        self.plan, self.wanted = plan, wanted
        self._count()
        self.lines = self._lines()
        self.endResetModel()

    def choose(self, plan: ReturnPlan) -> None:
        """Show the same cells after a choice; rows stay where they are, also where the filter no longer fits."""
        self.plan = plan
        self._count()
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(TITLES) - 1))

    def _here(self, file: int) -> bool:
        return self.wanted.files is None or file in self.wanted.files

    def _count(self) -> None:
        self.counts, self.rules, self.unchanged = Counter(), Counter(), 0
        if self.plan is None:
            return
        here = [cell for cell in self.plan.cells if self._here(cell.file)]
        live = [cell for cell in here if cell.verdict is not Verdict.UNCHANGED]
        self.unchanged = len(here) - len(live)
        for show in (Show.CONFLICT, Show.INVALID, Show.PROPOSAL, Show.TAKEN, Show.MARKED):
            self.counts[show] = sum(map(_PASSES[show], live))
        self.rules.update(rule for cell in live for rule in cell.rules)
        self.counts[Show.MISSING] = sum(self._here(file) for file, _ in self.plan.missing)
        self.counts[Show.ALL] = len(live) + self.counts[Show.MISSING]

    def _lines(self) -> list[int]:
        if self.plan is None:
            return []
        show, rule = self.wanted.show, self.wanted.rule
        passes = _PASSES[show]
        lines = [
            place
            for place, cell in enumerate(self.plan.cells)
            if cell.verdict is not Verdict.UNCHANGED
            and self._here(cell.file)
            and passes(cell)
            and (rule is None or rule in cell.rules)
        ]
        if show in (Show.ALL, Show.MISSING) and rule is None:
            lines += [-1 - at for at, (file, _) in enumerate(self.plan.missing) if self._here(file)]
        return lines

    def cell(self, row: int) -> PlanCell | None:
        """Return the cell of a row, None for a missing row of the sheet."""
        if self.plan is None or not 0 <= row < len(self.lines) or self.lines[row] < 0:
            return None
        return self.plan.cells[self.lines[row]]

    def places(self, rows: Collection[int]) -> list[int]:
        """Return the places in the plan of rows that the clerk has a choice in."""
        plan = self.plan
        if plan is None:
            return []
        return [self.lines[row] for row in rows if (cell := self.cell(row)) is not None and plan.may_choose(cell)]

    # what Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self.words.say(TITLES[section])
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - as Qt wants it
        """Return what a cell shows."""
        if role == _Role.DisplayRole:
            text = self.text(index.row(), index.column()).replace("\n", " ")
            return text if len(text) <= _LONG or index.column() == PROBLEM else text[:_LONG] + "…"
        if role == _Role.ToolTipRole:
            return self.text(index.row(), index.column())
        if role == _Role.BackgroundRole:
            return self._ground(index.row()) if index.column() in (RETURNED, CHOICE) else None
        return None

    def text(self, row: int, column: int) -> str:
        """Return the whole text of a cell of the table."""
        cell = self.cell(row)
        if cell is None:
            return self._of_missing(row, column)
        return _TEXTS[column](self, cell) or "—"

    def _returned(self, cell: PlanCell) -> str:
        fixed = cell.verdict in (Verdict.INVALID, Verdict.PROPOSAL)
        return cell.found if fixed else shown_value(self.words, cell.field, cell.returned)

    def problem(self, cell: PlanCell) -> str:
        """Return what is to be said of a cell, with its place in the file."""
        told = self.words.say_stored(cell.problem) if cell.problem else ""
        if cell.parallel:
            told = "；".join(part for part in (told, self.words.say("同一行雙方都有改動")) if part)
        where = f"{cell.sheet}!{cell.cell}"
        return f"{told}（{where}）" if told else where

    def _of_missing(self, row: int, column: int) -> str:
        assert self.plan is not None
        file, code = self.plan.missing[-1 - self.lines[row]]
        if column == CODE:
            return code
        if column == CHOICE:
            return self.words.say("… 缺行")
        if column == PROBLEM:
            return self.words.say("「{name}」沒有這一行，臺賬不變", name=self.plan.files[file].name)
        return "—"

    def _ground(self, row: int) -> Any:  # noqa: ANN401 - a colour or nothing
        cell = self.cell(row)
        if cell is None:
            return None
        if cell.accepted:
            return theme.colour(theme.TAKEN)
        if cell.verdict in (Verdict.CONFLICT, Verdict.INVALID):
            return theme.colour(theme.DAMAGE)
        return theme.colour(theme.DOUBT) if cell.verdict is Verdict.PROPOSAL else None

    def _say_again(self) -> None:
        last = len(TITLES) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, last))


_TEXTS: Mapping[int, Callable[[CellTable, PlanCell], str]] = {
    CODE: lambda table, cell: cell.code or (table.words.say("新增") if cell.verdict is Verdict.PROPOSAL else ""),
    FIELD: lambda table, cell: table.words.say(field_title(cell.field)),
    SENT: lambda table, cell: shown_value(table.words, cell.field, cell.sent),
    LEDGER: lambda table, cell: shown_value(table.words, cell.field, cell.ledger),
    RETURNED: CellTable._returned,  # noqa: SLF001 - its own
    CHOICE: lambda table, cell: table.words.say(choice(cell)),
    PROBLEM: CellTable.problem,
}
_PASSES: Mapping[Show, Callable[[PlanCell], bool]] = {
    Show.ALL: lambda _cell: True,
    Show.CONFLICT: lambda cell: cell.verdict is Verdict.CONFLICT,
    Show.INVALID: lambda cell: cell.verdict is Verdict.INVALID,
    Show.PROPOSAL: lambda cell: cell.verdict is Verdict.PROPOSAL,
    Show.MISSING: lambda _cell: False,
    Show.TAKEN: lambda cell: cell.accepted,
    Show.MARKED: lambda cell: bool(cell.rules),
}
