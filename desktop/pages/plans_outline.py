"""The tree of a read notice: document → plan → section → point, built for thousands of points."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from db.drafts import PointDraft
from db.script import fold
from desktop import theme
from desktop.drafting import Draft, Spot
from desktop.pages.plans_values import shown_deadlines, shown_names
from desktop.words import Words

COLUMNS = ("序號", "要點", "牽頭", "時限", "待核")
NUMBER, TEXT, LEAD, DEADLINE, DOUBTS = range(len(COLUMNS))
_SHOWN = 160  # characters of a point worth laying out in one line

Index = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What a row of the tree stands for."""

    DOCUMENT = "document"
    PLAN = "plan"
    SECTION = "section"
    POINT = "point"


@dataclass(slots=True)
class Node:
    """A row: what it is, its place (a section's is that of its first point), its parent and children by number."""

    kind: Kind
    spot: Spot
    parent: int
    row: int
    children: list[int] = field(default_factory=list)


class Outline(QAbstractItemModel):
    """The rows of a draft, filtered; rebuilt when its structure changes."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._draft: Draft = ()
        self._nodes: list[Node] = []
        self._tops: list[int] = []
        self._places: dict[tuple[Kind, Spot], int] = {}
        self._folded: dict[int, tuple[PointDraft, str]] = {}  # folding is what a search costs; points do not change
        self.shown = 0
        words.changed.connect(self._say_again)

    def show(self, draft: Draft, *, words: str = "", doubts_only: bool = False) -> None:
        """Build the rows anew, of all points or of those that fit the filter."""
        self.beginResetModel()
        self._draft, self._nodes, self._tops, self._places, self.shown = draft, [], [], {}, 0
        wanted = fold(words)
        for d, entry in enumerate(draft):
            document = self._add(Kind.DOCUMENT, Spot(d), -1)
            for p, plan in enumerate(entry.document.plans):
                above = self._add(Kind.PLAN, Spot(d, p), document)
                under, heading = above, ""
                for i, point in enumerate(plan.points):
                    if (doubts_only and not point.review) or (wanted and wanted not in self._searched(point)):
                        continue
                    if point.section != heading:
                        heading = point.section
                        under = self._add(Kind.SECTION, Spot(d, p, i), above) if heading else above
                    self._add(Kind.POINT, Spot(d, p, i), under)
                    self.shown += 1
        self.endResetModel()

    def update(self, draft: Draft, spot: Spot) -> None:
        """Take over a draft of the same structure in which only the row at ``spot`` has other words."""
        self._draft = draft
        for kind in Kind:
            index = self.index_of(kind, spot)
            if index.isValid():
                self.dataChanged.emit(index, index.siblingAtColumn(DOUBTS))

    def _add(self, kind: Kind, spot: Spot, parent: int) -> int:
        siblings = self._nodes[parent].children if parent >= 0 else self._tops
        number = len(self._nodes)
        self._nodes.append(Node(kind, spot, parent, len(siblings)))
        siblings.append(number)
        self._places[kind, spot] = number
        return number

    def node(self, index: Index) -> Node | None:
        """Return the row at an index."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def index_of(self, kind: Kind, spot: Spot) -> QModelIndex:
        """Return the index of a place; invalid where the filter hides it."""
        number = self._places.get((kind, spot))
        return self.createIndex(self._nodes[number].row, 0, number) if number is not None else QModelIndex()

    def heads(self) -> list[QModelIndex]:
        """Return the rows that are no points."""
        return [self.index_of(node.kind, node.spot) for node in self._nodes if node.kind is not Kind.POINT]

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        for number, node in enumerate(self._nodes):
            if node.kind is not Kind.POINT:
                index = self.createIndex(node.row, 0, number)
                self.dataChanged.emit(index, index)

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Return the index of a child row."""
        siblings = self._nodes[parent.internalId()].children if parent.isValid() else self._tops
        if not (0 <= row < len(siblings) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - Qt overloads it
        """Return the index of the row above."""
        above = self._nodes[index.internalId()].parent if index.isValid() else -1
        return self.createIndex(self._nodes[above].row, 0, above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of children."""
        if not parent.isValid():
            return len(self._tops)
        return len(self._nodes[parent.internalId()].children) if parent.column() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008 - Qt's signature
        """Return the number of columns."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title in the current script."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._words.say(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the mark's colour, the full text as a tool tip."""
        node = self.node(index)
        if node is None:
            return None
        if node.kind is not Kind.POINT:
            return self._head(node, index.column(), role)
        point = self._draft[node.spot.document].document.plans[node.spot.plan].points[node.spot.point]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(point, index.column())
        if role == Qt.ItemDataRole.BackgroundRole and index.column() == DOUBTS and point.review:
            return theme.colour(theme.DOUBT)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (LEAD, DEADLINE):
            return _cell(point, index.column())
        return None

    def _head(self, node: Node, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(scale=self._scale(), bold=True) if node.kind is not Kind.SECTION else None
        if role != Qt.ItemDataRole.DisplayRole or column != 0:
            return None
        document = self._draft[node.spot.document].document
        if node.kind is Kind.DOCUMENT:
            title = document.title or document.source_name or self._words.say("（無標題）")
            return f"{self._doubt_mark(len(document.review))}{title}"
        plan = document.plans[node.spot.plan]
        if node.kind is Kind.PLAN:
            return (plan.title or self._words.say("（無標題）")) + self._words.say("（{n} 條）", n=len(plan.points))
        return plan.points[node.spot.point].section

    def _searched(self, point: PointDraft) -> str:
        kept = self._folded.get(id(point))
        if kept is None or kept[0] is not point:
            fields = (point.number, point.section, point.text, *point.lead, *point.co, *point.groups, *point.cited)
            kept = (point, fold("\n".join((*fields, *(one.text for one in point.deadlines)))))
            self._folded[id(point)] = kept
        return kept[1]

    def _scale(self) -> float:
        from PySide6.QtWidgets import QApplication

        return QApplication.font().pointSizeF() / theme.SIZES["body"]

    def _doubt_mark(self, doubts: int) -> str:
        return self._words.say("【待核 {n}】", n=doubts) if doubts else ""


def _cell(point: PointDraft, column: int) -> str:
    if column == NUMBER:
        return point.number
    if column == TEXT:
        return point.text[:_SHOWN].replace("\n", " ")
    if column == LEAD:
        return shown_names(point.lead)
    if column == DEADLINE:
        return shown_deadlines(point.deadlines)
    return f"？{len(point.review)}" if point.review else ""
