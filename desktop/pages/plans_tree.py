"""The tree of points with its filters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QPushButton, QTreeView, QVBoxLayout, QWidget

from desktop.drafting import Draft, Spot
from desktop.pages.plans_outline import COLUMNS, LEAD, TEXT, Kind, Outline
from desktop.theme import STEP
from desktop.widgets.filterkeys import FilterKeys
from desktop.words import Words

_WIDTHS = (4.0, 0.0, 5.5, 5.5, 2.4)  # of the columns, in characters; the text takes the rest
_INDENT = 3 * STEP
_LEVELS = 4


class TreePane(QWidget):
    """``chosen`` carries the kind and place of the row the user went to; ``filtered`` follows the filters."""

    chosen = Signal(Kind, Spot)
    filtered = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.outline = Outline(words, self)
        self._draft: Draft = ()
        self._folded: set[tuple[Kind, Spot]] = set()
        self._quiet = False
        self.view = QTreeView()
        words.put(self.view, "要點", setter="setAccessibleName")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        words.put(self.search, "篩選文字、單位（Ctrl+F）", setter="setPlaceholderText")
        words.put(self.search, "篩選", setter="setAccessibleName")
        self.doubts_only = QPushButton()
        self.doubts_only.setCheckable(True)
        self.doubts_only.setProperty("role", "chip")
        words.put(self.doubts_only, "只看待核")
        self._typing = QTimer(self, singleShot=True, interval=150)
        self._build()
        self._connect()

    def _build(self) -> None:
        view = self.view
        view.setModel(self.outline)
        view.setUniformRowHeights(True)
        view.setIndentation(_INDENT)
        view.setAllColumnsShowFocus(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(TEXT, view.header().ResizeMode.Stretch)
        self._fit()
        top = QHBoxLayout()
        top.setSpacing(2 * STEP)
        top.addWidget(self.search, 1)
        top.addWidget(self.doubts_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addLayout(top)
        column.addWidget(view, 1)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.view.collapsed.connect(lambda index: self._remember(index, folded=True))
        self.view.expanded.connect(lambda index: self._remember(index, folded=False))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        FilterKeys(self.search, self.view, self.filter)
        self.view.viewport().installEventFilter(self)
        self._typing.timeout.connect(self.filter)
        self.doubts_only.toggled.connect(lambda _on: self.filter())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        em = self.fontMetrics().horizontalAdvance("要")
        self.view.header().setMinimumSectionSize(3 * em)
        for column in range(len(COLUMNS)):
            if column != TEXT:
                width = round(_WIDTHS[column] * em) + 4 * STEP + (_LEVELS * _INDENT if column == 0 else 0)
                wide = self.view.viewport().width() // 5 if column == LEAD else 0
                self.view.header().resizeSection(column, max(width, wide))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the chosen row in sight."""
        if event.type() is QEvent.Type.Resize and watched is self.view.viewport():
            self._fit()
            self.view.scrollTo(self.view.currentIndex())
        return super().eventFilter(watched, event)

    def find_row(self) -> None:
        """Go to the filter."""
        self.search.setFocus()
        self.search.selectAll()

    def show_draft(self, draft: Draft) -> None:
        """Show the rows of a draft; what was folded and where the view stood stay."""
        self._draft = draft
        place = self.view.verticalScrollBar().value()
        self._quiet = True
        self.outline.show(draft, words=self.search.text(), doubts_only=self.doubts_only.isChecked())
        self.view.expandAll()
        for index in self.outline.heads():
            self.view.setFirstColumnSpanned(index.row(), index.parent(), True)
            node = self.outline.node(index)
            if node is not None and (node.kind, node.spot) in self._folded:
                self.view.collapse(index)
        self.view.verticalScrollBar().setValue(place)
        self._quiet = False

    def filter(self) -> None:
        """Show what fits the filters now."""
        self._typing.stop()
        node = self.outline.node(self.view.currentIndex())
        self._folded.clear()
        self.show_draft(self._draft)
        if node is not None:
            self.select(node.kind, node.spot)
        self.filtered.emit()

    def update_row(self, draft: Draft, spot: Spot) -> None:
        """Show new words of one row."""
        self._draft = draft
        self.outline.update(draft, spot)

    def select(self, kind: Kind, spot: Spot) -> None:
        """Make a row the current one without telling that the user did; nothing where the filter hides it."""
        index = self.outline.index_of(kind, spot)
        self._quiet = True
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._quiet = False
        if index.isValid():
            self.view.scrollTo(index)

    def _on_row(self, index: QModelIndex) -> None:
        node = self.outline.node(index)
        if node is not None and not self._quiet:
            self.chosen.emit(node.kind, node.spot)

    def _remember(self, index: QModelIndex, *, folded: bool) -> None:
        node = self.outline.node(index)
        if node is not None and not self._quiet:
            (self._folded.add if folded else self._folded.discard)((node.kind, node.spot))
