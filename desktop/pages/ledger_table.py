"""The view of the ledger's table: dense rows, heads of groups across it, columns to choose and move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from db.arranging import Group, sortable
from db.ledger import LedgerRow
from desktop import theme
from desktop.desk import Desk
from desktop.models.ledger import LedgerTable
from desktop.models.ledger_columns import KEYS, SCREEN_COLUMNS, USUAL
from desktop.widgets.rowview import forget_choice_in_header
from desktop.widgets.ticks import TickMenu

_LEAST = 6 * theme.STEP


class _GroupHeads(QStyledItemDelegate):
    """Draws the head of a group across the row: each cell draws its own part of one text."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Let a cell keep its colour where its row is chosen."""
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            palette: QPalette = option.palette  # type: ignore[attr-defined]
            palette.setColor(QPalette.ColorRole.HighlightedText, palette.color(QPalette.ColorRole.Text))
            option.palette = palette  # type: ignore[attr-defined]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        table, view = index.model(), self.parent()
        assert isinstance(table, LedgerTable)
        assert isinstance(view, LedgerView)
        entry = table.entries[index.row()]
        if not isinstance(entry, Group):
            super().paint(painter, option, index)
            return
        place: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(place, theme.colour(theme.CHOSEN if view.currentIndex().row() == index.row() else theme.LINE))
        painter.setFont(theme.font(scale=view.scale, bold=True))
        painter.setPen(theme.colour(theme.INK))
        across = QRect(2 * theme.STEP, place.y(), view.viewport().width(), place.height())
        painter.drawText(
            across, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), table.group_title(entry)
        )
        painter.restore()


class LedgerView(QTableView):
    """``opened`` and ``previewed`` carry the assignment Enter and Space are pressed on; ``sorted_`` a column's key.

    ``laid_out`` says that the clerk changed the columns; ``copied`` asks for the chosen rows on the clipboard.
    """

    opened = Signal(int)
    previewed = Signal()
    sorted_ = Signal(str, bool)
    laid_out = Signal()
    copied = Signal()

    def __init__(self, desk: Desk, table: LedgerTable) -> None:
        super().__init__()
        self._words, self.table = desk.words, table
        self.scale = desk.scale
        self._arranging = False
        self._widths: dict[str, int] = {}  # px at 100 %
        self.setModel(table)
        self.setItemDelegate(_GroupHeads(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self._words.put(self, "臺賬", setter="setAccessibleName")
        self._head()
        self.show_columns(USUAL)
        desk.scaled.connect(self._fit)
        self._fit(desk.scale)

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        forget_choice_in_header(self)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(_LEAST)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.columns_menu().popup(head.mapToGlobal(at)))
        head.sectionClicked.connect(self._on_head)
        head.sectionMoved.connect(lambda *_: self._say_laid_out())
        head.sectionResized.connect(self._on_resized)

    # columns

    def columns(self) -> tuple[str, ...]:
        """Return the keys of the columns shown, in their order on screen."""
        head = self.horizontalHeader()
        order = [head.logicalIndex(place) for place in range(head.count())]
        return tuple(KEYS[one] for one in order if not head.isSectionHidden(one))

    def show_columns(self, keys: tuple[str, ...]) -> None:
        """Show these columns in this order; ones that this program does not have are passed over."""
        wanted = [key for key in keys if key in KEYS] or list(USUAL)
        head = self.horizontalHeader()
        self._arranging = True
        for place, key in enumerate([*wanted, *(key for key in KEYS if key not in wanted)]):
            column = KEYS.index(key)
            head.moveSection(head.visualIndex(column), place)
            head.setSectionHidden(column, key not in wanted)
        self._arranging = False

    def widths(self) -> dict[str, int]:
        """Return the widths the clerk has chosen, in px at 100 %."""
        return dict(self._widths)

    def set_widths(self, widths: dict[str, int]) -> None:
        """Give columns these widths, in px at 100 %."""
        self._widths = {key: width for key, width in widths.items() if key in KEYS and width > 0}
        self._fit(self.scale)

    def columns_menu(self) -> QMenu:
        """Return a menu to choose the columns from."""
        menu, head = TickMenu(self), self.horizontalHeader()
        menu.aboutToHide.connect(menu.deleteLater)
        for place, column in enumerate(SCREEN_COLUMNS):
            action = menu.addAction(self._words.say(column.title))
            action.setCheckable(True)
            action.setChecked(not head.isSectionHidden(place))
            action.toggled.connect(lambda on, place=place: self._show_column(place, on=on))
        menu.addSeparator()
        menu.addAction(self._words.say("恢復默認欄目")).triggered.connect(self.reset_columns)
        return menu

    def reset_columns(self) -> None:
        """Go back to the usual columns, order and widths."""
        self._widths = {}
        self.show_columns(USUAL)
        self._fit(self.scale)
        self._say_laid_out()

    def _show_column(self, column: int, *, on: bool) -> None:
        if on or len(self.columns()) > 1:
            self.horizontalHeader().setSectionHidden(column, not on)
            self._say_laid_out()

    def _fit(self, scale: float) -> None:
        """Fit rows and columns to the size of the type."""
        self.scale = scale
        metrics = self.fontMetrics()
        self._arranging = True
        for place, column in enumerate(SCREEN_COLUMNS):
            usual = metrics.horizontalAdvance("字") * max(column.width, len(column.title)) + 3 * theme.STEP
            width = self._widths.get(column.key)
            self.setColumnWidth(place, usual if width is None else round(width * scale))
        self._arranging = False
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 2 * theme.STEP)

    def _on_resized(self, column: int, _before: int, now: int) -> None:
        if not self._arranging and now:
            self._widths[KEYS[column]] = round(now / self.scale)
            self.laid_out.emit()

    def _say_laid_out(self) -> None:
        if not self._arranging:
            self.laid_out.emit()

    # order

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        head = self.horizontalHeader()
        head.setSortIndicatorShown(bool(key))
        if key:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(KEYS.index(key), order)

    def _on_head(self, column: int) -> None:
        """Sort by a column; again the other way round; a third time in the notice's own order."""
        key, head = KEYS[column], self.horizontalHeader()
        if not sortable(key):
            return
        sorting = head.isSortIndicatorShown() and head.sortIndicatorSection() == column
        if not sorting:
            self.sorted_.emit(key, False)
        elif head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder:
            self.sorted_.emit(key, True)
        else:
            self.sorted_.emit("", False)

    # keys and mouse

    def chosen_ids(self) -> list[int]:
        """Return the chosen assignments in their order on screen."""
        return [row.id for row in self.chosen_rows()]

    def chosen_rows(self) -> list[LedgerRow]:
        """Return the chosen rows in their order on screen."""
        ranges = cast("list[QItemSelectionRange]", self.selectionModel().selection())
        places = sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})
        return self.table.ledger_rows(places)

    def choose(self, ids: Iterable[int], current: int | None) -> None:
        """Choose these assignments where they are shown, and put the cursor on one."""
        places = sorted(place for place in map(self.table.row_of, ids) if place is not None)
        chosen = QItemSelection()
        last = self.table.columnCount() - 1
        for first, end in _runs(places):
            chosen.select(self.table.index(first, 0), self.table.index(end, last))
        here = self.table.row_of(current) if current is not None else None
        if here is not None:
            index = self.table.index(here, KEYS.index(self.columns()[0]))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def current_group(self) -> Group | None:
        """Return the group on whose head the cursor stands."""
        row = self.currentIndex().row()
        entry = self.table.entries[row] if 0 <= row < len(self.table.entries) else None
        return entry if isinstance(entry, Group) else None

    def current_id(self) -> int | None:
        """Return the assignment at the cursor."""
        row = self.currentIndex().row()
        found = self.table.ledger_rows([row]) if 0 <= row < len(self.table.entries) else []
        return found[0].id if found else None

    def go_to_place(self, place: int) -> None:
        """Put the cursor on a row without choosing others."""
        column = KEYS.index(self.columns()[0])
        self.setCurrentIndex(self.table.index(place, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space previews, both fold the head of a group; Ctrl+C copies."""
        group, key = self.current_group(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and group is not None:
            self._fold(group)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and group is not None:
            if (group.key in self.table.folded_away) is (key == Qt.Key.Key_Right):
                self._fold(group)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Space:
            self.previewed.emit()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        current = self.current_id()
        if current is not None:
            self.opened.emit(current)

    def _fold(self, group: Group) -> None:
        place = self.currentIndex().row()
        self.table.toggle(group)
        self.go_to_place(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a group whose head is clicked."""
        index = self.indexAt(event.position().toPoint())
        entry = self.table.entries[index.row()] if index.isValid() else None
        if isinstance(entry, Group) and event.button() is Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self._fold(entry)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the assignment."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self._open()


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of places that follow one another."""
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[start], places[at - 1]
            start = at
