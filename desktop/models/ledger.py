"""The table of the ledger: flat rows, among them the heads of groups, which can be folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from db.arranging import Group
from db.ledger import LedgerRow
from db.terms import Grouping, Light, TaskState
from desktop import theme
from desktop.models.ledger_columns import KEYS, SCREEN_COLUMNS
from desktop.words import Words
from exports.words import Words as Writing

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_HEAD_FLAGS = Qt.ItemFlag.ItemIsEnabled
_ROW_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NAMELESS = {
    Grouping.NONE: "",
    Grouping.SECTION: "未列章節",
    Grouping.UNIT: "牽頭單位待定",
    Grouping.LEADER: "未定分管領導",
}


class LedgerTable(QAbstractTableModel):
    """Rows of :class:`LedgerRow` and, where they are grouped, a :class:`Group` above its rows."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._writing = Writing(words.say, str)
        self.groups: list[Group] = []
        self.entries: list[LedgerRow | Group] = []
        self.folded_away: set[tuple[str, str]] = set()
        self.counts: dict[str, int] = {}
        self._places: dict[int, int] = {}
        self._colours = {kind: theme.colour(light.colour) for kind, light in theme.LIGHTS.items()}
        self._faint = theme.colour(theme.FAINT)
        words.changed.connect(self._reword)

    # what is shown

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.groups = list(groups)
        self._lay_out()
        self.endResetModel()

    def append(self, rows: Sequence[LedgerRow]) -> None:
        """Show more rows below the others, ungrouped."""
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), len(self.entries), len(self.entries) + len(rows) - 1)
        self.groups = [Group(Grouping.NONE, "", (*self.shown(), *rows))]
        self.entries.extend(rows)
        self._places = {}
        self.endInsertRows()

    def _lay_out(self) -> None:
        self.entries = []
        for group in self.groups:
            if group.grouping is not Grouping.NONE:
                self.entries.append(group)
                if group.key in self.folded_away:
                    continue
            self.entries.extend(group.rows)
        self._places = {}

    def shown(self) -> list[LedgerRow]:
        """Return every row that passes, also those of groups folded away."""
        return [row for group in self.groups for row in group.rows]

    def total(self) -> int:
        """Return how many rows pass."""
        return sum(len(group.rows) for group in self.groups)

    def toggle(self, group: Group) -> None:
        """Fold a group away or show its rows again."""
        self.folded_away ^= {group.key}
        self.show_groups(self.groups)

    def fold_all(self, away: bool) -> None:  # noqa: FBT001 - a switch
        """Fold all groups away, or none."""
        self.folded_away = {group.key for group in self.groups} if away else set()
        self.show_groups(self.groups)

    def row_of(self, assignment: int) -> int | None:
        """Return the place of an assignment, None where it is not shown."""
        if not self._places:
            self._places = {one.id: place for place, one in enumerate(self.entries) if isinstance(one, LedgerRow)}
        return self._places.get(assignment)

    def ledger_rows(self, places: Iterable[int]) -> list[LedgerRow]:
        """Return the rows at these places, without the heads of groups."""
        return [one for one in (self.entries[place] for place in places) if isinstance(one, LedgerRow)]

    def group_title(self, group: Group) -> str:
        """Return the words of a group's head."""
        say = self._words.say
        name = group.label or say(_NAMELESS[group.grouping])
        mark = "▸" if group.key in self.folded_away else "▾"
        told = [f"{mark} {name}", say("{n} 項", n=len(group.rows))]
        if group.late:
            told.append(say("逾期 {n}", n=group.late))
        if group.beside and len({one.beside for one in self.groups}) > 1:
            told.append(group.beside)
        return "　".join(told)

    def text(self, row: LedgerRow, column: int) -> str:
        """Return what a cell says."""
        return SCREEN_COLUMNS[column].text(row, self._writing)

    # as Qt asks for it

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows, heads of groups included."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns, hidden ones included."""
        return 0 if parent.isValid() else len(SCREEN_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self._words.say(SCREEN_COLUMNS[section].title)
        return self._alignment(None, section) if role == _Role.TextAlignmentRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let rows be chosen; the heads of groups only be gone to."""
        return _HEAD_FLAGS if isinstance(self.entries[index.row()], Group) else _ROW_FLAGS

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the text, tip, alignment and colour of a cell."""
        give = _ROLES.get(role)
        if give is None:
            return None
        entry = self.entries[index.row()]
        if isinstance(entry, Group):
            told = index.column() == 0 and role in (_Role.DisplayRole, _Role.AccessibleTextRole)
            return self.group_title(entry) if told else None
        return give(self, entry, index.column())

    def _tip(self, row: LedgerRow, column: int) -> str:
        if KEYS[column] in ("task", "text"):
            return "\n".join(filter(None, (row.measure, row.point_text)))
        if KEYS[column] == "lead" and not row.lead:
            return self._words.say_stored(row.lead_reason)
        if KEYS[column] == "deadline" and row.deadline_on:
            return f"{row.deadline_text}（{row.deadline_on.isoformat()}）" if row.deadline_text else ""
        return self.text(row, column)

    def _colour(self, row: LedgerRow, column: int) -> object:
        if KEYS[column] == "light":
            return self._colours[row.light]
        faint = not row.confirmed or row.task_state is TaskState.WITHDRAWN
        return self._faint if faint or (KEYS[column] == "lead" and row.light is Light.NO_LEAD) else None

    def _alignment(self, _row: LedgerRow | None, column: int) -> int:
        return _CENTRE if SCREEN_COLUMNS[column].centred else _LEFT

    def _reword(self) -> None:
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, last))


_ROLES: dict[int, Callable[[LedgerTable, LedgerRow, int], Any]] = {
    _Role.DisplayRole: LedgerTable.text,
    _Role.ToolTipRole: LedgerTable._tip,  # noqa: SLF001 - its own
    _Role.ForegroundRole: LedgerTable._colour,  # noqa: SLF001
    _Role.TextAlignmentRole: LedgerTable._alignment,  # noqa: SLF001
}
