"""The tab 政策: the policies of the catalogue with what each still lacks, and the card to change one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from desktop.desk import Desk
from desktop.models.policies import PolicyTable
from desktop.pages.subsidies_rows import Shelf
from desktop.pages.subsidies_tab import SubsidyTab
from desktop.pages.subsidies_table import PolicyPane

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database

TABLES = ("subsidy_policy", "policy_version", "policy_document", "policy_phone")


class PolicyTab(SubsidyTab):
    """The tab 政策. Every change is an operation of its own, so nothing waits to be saved."""

    name = "政策"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = PolicyTable(desk.words)
        self.pane = PolicyPane(desk, self.table)
        self._stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.desk.changed.connect(self._on_change)
        QShortcut(QKeySequence.StandardKey.Find, self, self.pane.search.setFocus)

    def arrived(self) -> None:
        """Read the policies if they may have changed."""
        if self._stale:
            self._stale = False
            from desktop.pages import subsidies_rows

            self.desk.ask(self, subsidies_rows.load, self._take)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self._stale = True
            if self.isVisible():
                self.arrived()

    def _take(self, shelf: Shelf) -> None:
        self.table.set_shelf(shelf)
        self.pane.refresh()

    def _perform(self, operation: Callable[[Database], Changes], then: Callable[[Changes], None] | None = None) -> None:
        self.desk.perform(self, lambda: operation(self.desk.database), then)
