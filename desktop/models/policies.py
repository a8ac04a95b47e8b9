"""The table of subsidy policies: what passes the filters, in the office's order."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt

from db.terms import PostingProfile
from desktop import theme
from desktop.models.titled import Index, TitledTable
from desktop.pages.subsidies_rows import PolicyRow, Shelf, lacking, matches, meter
from desktop.words import Words

NAME, SEVEN, DEPARTMENT, STANDARD, VALID = range(5)


class Chosen(Enum):
    """Which policies are shown."""

    ALL = "全部"
    LACKING = "缺項"
    QUESTIONABLE = "待核"
    STRICT = "從嚴公示"


class PolicyTable(TitledTable):
    """Rows of :class:`PolicyRow`."""

    titles = ("補貼政策名稱", "七項", "主管部門", "補助標準", "執行")

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.shelf = Shelf()
        self.chosen, self.text, self.with_ended = Chosen.ALL, "", False
        self.shown: list[PolicyRow] = []

    def set_shelf(self, shelf: Shelf) -> None:
        """Show other data."""
        self.shelf = shelf
        self.filter()

    def filter(self) -> None:
        """Apply the filters anew."""
        self.beginResetModel()
        self.shown = [row for row in self.shelf.rows if self._passes(row)]
        self.endResetModel()

    def _passes(self, row: PolicyRow) -> bool:
        present = self.with_ended or not row.ended(self.shelf.today)
        return present and _PASSES[self.chosen](row) and matches(row, self.text)

    def total(self) -> int:
        """Return how many policies there are at all, ended ones only where they are shown."""
        return sum(self.with_ended or not row.ended(self.shelf.today) for row in self.shelf.rows)

    def row_of(self, policy: int) -> int | None:
        """Return the row of a policy, None where it is not shown."""
        return next((place for place, row in enumerate(self.shown) if row.id == policy), None)

    def size(self) -> int:
        """Return how many rows are shown."""
        return len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the text of a cell; in full as its tip, for a long one is cut off."""
        row = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self._cell(row, index.column()).split("\n"))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._cell(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and row.ended(self.shelf.today):
            return theme.colour(theme.FAINT)
        return None

    def _cell(self, row: PolicyRow, column: int) -> str:
        say, line = self._words.say, row.line
        if column == NAME:
            told = [row.book.name]
            told += [say("已停止執行")] if row.ended(self.shelf.today) else []
            told += [say("從嚴")] if row.book.profile is PostingProfile.STRICT else []
            return "　".join(told)
        if column == SEVEN:
            lacks = lacking(line)
            return f"{meter(line)} " + (say("缺{items}", items=say(lacks)) if lacks else say("齊全"))
        if column == VALID:
            return self._span(row)
        return line.values["department" if column == DEPARTMENT else "standard"]

    def _span(self, row: PolicyRow) -> str:
        say, line = self._words.say, row.line
        if line.valid_from is None and line.valid_to is None:
            told = say("長期")
        else:
            first, last = (day.isoformat() if day else "" for day in (line.valid_from, line.valid_to))
            told = say("{first} 至 {last}", first=first or say("最初"), last=last or say("今後"))
        more = len(row.book.versions)
        return told if more == 1 else told + say("（{n} 版）", n=more)


_PASSES: dict[Chosen, Callable[[PolicyRow], bool]] = {
    Chosen.ALL: lambda _row: True,
    Chosen.LACKING: lambda row: bool(row.line.missing),
    Chosen.QUESTIONABLE: PolicyRow.questionable,
    Chosen.STRICT: lambda row: row.book.profile is PostingProfile.STRICT,
}
