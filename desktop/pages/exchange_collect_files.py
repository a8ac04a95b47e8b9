"""The files that came back: the table in which the clerk chooses whose cells are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop import theme
from desktop.models.returned_files import (
    CONFLICT,
    DETAIL,
    INVALID,
    MISSING,
    NAME,
    PROPOSAL,
    STATE,
    TAKEN,
    UNIT,
    FileTable,
)
from desktop.widgets.rowview import show_rows

if TYPE_CHECKING:
    from db.returns import ReturnPlan
    from desktop.desk import Desk

_WIDTHS = {NAME: 16, UNIT: 9, STATE: 9, TAKEN: 3, CONFLICT: 3, INVALID: 3, PROPOSAL: 3, MISSING: 3, DETAIL: 20}
_LEAST_LINES = 2


class FilesPane(QTableView):
    """``chosen`` carries the places in the plan of the files chosen, None for all of them."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.table = FileTable(desk.words)
        self.setModel(self.table)
        show_rows(self)
        desk.words.put(self, "收回的文件和未回的單位", setter="setAccessibleName")
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self._choose())
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def show_plan(self, plan: ReturnPlan | None) -> None:
        """Show another plan, all files chosen."""
        blocked = self.selectionModel().blockSignals(True)
        self.table.show_plan(plan)
        self.selectionModel().blockSignals(blocked)
        self.selectRow(0)

    def choose(self, plan: ReturnPlan) -> None:
        """Show other totals of the same files."""
        self.table.choose(plan)

    def current_file(self) -> int | None:
        """Return the place in the plan of the file with the cursor."""
        return self.table.file(self.currentIndex().row())

    def minimumSizeHint(self) -> QSize:
        """Leave the cells their room: the table scrolls."""
        line = self.verticalHeader().defaultSectionSize()
        return QSize(super().minimumSizeHint().width(), (_LEAST_LINES + 1) * line)

    def _choose(self) -> None:
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        files = frozenset(file for row in rows if (file := self.table.file(row)) is not None)
        self.chosen.emit(None if 0 in rows or not rows else files)

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 2 * theme.STEP)
        header = self.horizontalHeader()
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, metrics.horizontalAdvance("字" * width) + 3 * theme.STEP)
        header.setStretchLastSection(True)
