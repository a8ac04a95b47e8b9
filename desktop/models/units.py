"""The table of units: what passes the filters, in the office's order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from db.terms import UnitLevel
from db.units import ABOVE
from desktop import theme
from desktop.models.titled import Index, TitledTable
from desktop.pages.units_rows import Book, UnitLine, matches
from desktop.words import Words

NAME, LEVEL, KIND, ALIASES, RELATED, LEADER, TELEPHONE = range(7)


class UnitTable(TitledTable):
    """Rows of :class:`UnitLine`. ``level`` None shows every level."""

    titles = ("單位名稱", "層級", "類別", "別名", "對口單位", "分管領導", "電話")

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.book = Book()
        self.level: UnitLevel | None = None
        self.text = ""
        self.with_ended = False
        self.shown: list[UnitLine] = []

    def set_book(self, book: Book) -> None:
        """Show other data."""
        self.book = book
        self.filter()

    def filter(self) -> None:
        """Apply the filters anew."""
        self.beginResetModel()
        self.shown = [line for line in self.book.lines if self._passes(line)]
        self.endResetModel()

    def _passes(self, line: UnitLine) -> bool:
        present = self.with_ended or line.ended_on is None
        return present and self.level in (None, line.level) and matches(line, self.text)

    def total(self) -> int:
        """Return how many units there are at all, ended ones only where they are shown."""
        return sum(self.with_ended or line.ended_on is None for line in self.book.lines)

    def row_of(self, unit: int) -> int | None:
        """Return the row of a unit, None where it is not shown."""
        return next((row for row, line in enumerate(self.shown) if line.id == unit), None)

    def size(self) -> int:
        """Return how many rows are shown."""
        return len(self.shown)

    def title(self, column: int) -> str:
        """Return the title of a column; that of the counterparts depends on the level shown."""
        if column == RELATED and self.level is not None:
            return "縣級對口單位" if self.level in ABOVE else "對應上級單位"
        return super().title(column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the text of a cell; the same as its tip, for a long one is cut off."""
        line = self.shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _CELLS[index.column()](line, self.book, self._words)
        if role == Qt.ItemDataRole.ForegroundRole and line.ended_on is not None:
            return theme.colour(theme.FAINT)
        return None


def _name(line: UnitLine, _book: Book, words: Words) -> str:
    return line.name if line.ended_on is None else f"{line.name}　{words.say('已撤銷')}"


def _related(line: UnitLine, book: Book, words: Words) -> str:
    if line.related:
        return "、".join(book.names(line.related))
    return words.say("無（{reason}）", reason=line.reason) if line.above and line.reason else ""


_CELLS: tuple[Callable[[UnitLine, Book, Words], str], ...] = (
    _name,
    lambda line, _book, words: words.say(line.level.label),
    lambda line, _book, _words: line.kind,
    lambda line, _book, _words: "、".join(line.aliases),
    _related,
    lambda line, _book, _words: line.leader,
    lambda line, _book, _words: line.telephone,
)
