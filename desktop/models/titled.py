"""What every table of rows under fixed titles tells Qt: how many, how wide, the titles in the current script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.words import Words

Index = QModelIndex | QPersistentModelIndex


class TitledTable(QAbstractTableModel):
    """Subclasses say their ``titles``, which are our words, and how many rows they show in :meth:`size`."""

    titles: Sequence[str] = ()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        words.changed.connect(self._reword)

    def size(self) -> int:
        """Return how many rows are shown."""
        raise NotImplementedError

    def title(self, column: int) -> str:
        """Return the title of a column, before it is turned to the current script."""
        return self.titles[column]

    def _reword(self) -> None:
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.size():
            self.dataChanged.emit(self.index(0, 0), self.index(self.size() - 1, last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows shown."""
        return 0 if parent.isValid() else self.size()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words.say(self.title(section))
