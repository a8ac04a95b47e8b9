"""A table to read and choose a row from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from desktop import theme
from desktop.words import Words


class ReadTable(QTableWidget):
    """``titles`` are our words; ``wide`` is the column that takes the room left over."""

    def __init__(self, words: Words, name: str, titles: Sequence[str], *, wide: int) -> None:
        super().__init__(0, len(titles))
        self._words, self._titles, self._wide = words, titles, wide
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words.put(self, name, setter="setAccessibleName")
        words.changed.connect(self._say_titles)
        self._say_titles()

    def _say_titles(self) -> None:
        self.setHorizontalHeaderLabels([self._words.say(title) for title in self._titles])

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows; the cursor stays in its row where that still exists."""
        here = self.currentRow()
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)
        self.fit()
        if rows:
            self.setCurrentCell(min(max(here, 0), len(rows) - 1), 0)

    def fit(self) -> None:
        """Fit rows and columns to the size of the type."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 3 * theme.STEP)
        self.resizeColumnsToContents()
        self.horizontalHeader().setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)
