"""A table whose rows are what is chosen, also by the thousand: the looks and keys that several pages share."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView


def show_rows(view: QTableView) -> None:
    """Let a table show and choose whole rows, several at once."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setAlternatingRowColors(True)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(False)  # else each one asks of every row whether it is chosen
    forget_choice_in_header(view)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def forget_choice_in_header(view: QTableView) -> None:
    """Keep the heads of a table with a model from asking of every row whether it is chosen, seven times over.

    They would, also where nothing shows it: ten thousand rows chosen at once held the window up for a quarter second.
    """
    header = view.horizontalHeader()
    header.setSelectionModel(QItemSelectionModel(view.model(), header))
