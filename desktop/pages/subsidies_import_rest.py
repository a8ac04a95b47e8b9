"""What a list had that was not taken: cells with their reason, lines passed over, columns that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from desktop.pages.subsidies_import_read import Preview
    from exports.subsidies.found import Column, Headed

_CELLS = ("位置", "內容", "問題")
_UNKNOWN = ("列", "樣例", "作為")
_AS = 2


class RestPane(QWidget):
    """``settled`` carries the tables with the columns that the clerk has settled."""

    settled = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._preview: Preview | None = None
        self._wanted: dict[tuple[str, str], str] = {}
        self.cells = ReadTable(desk.words, "沒有採用的單元格和行", _CELLS, wide=_AS)
        self.unknown = ReadTable(desk.words, "沒有讀取的列", _UNKNOWN, wide=1)
        self.head, self.button = QLabel(), QPushButton()
        self.head.setWordWrap(True)
        desk.words.put(self.head, "沒有認出的列，可以指明作為哪一項；導入後記住，同樣的表頭下次自動採用。")
        desk.words.put(self.button, "按此重新讀取")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.STEP, 0, 0)
        column.setSpacing(theme.STEP)
        for part in (self.cells, self.head, self.unknown, self.button):
            column.addWidget(part, 1 if part in (self.cells, self.unknown) else 0)
        self.button.clicked.connect(self.settle)
        desk.words.changed.connect(self._show)

    def show_preview(self, preview: Preview) -> None:
        """Show what of a file was not taken."""
        self._preview, self._wanted = preview, {}
        self._show()

    def _show(self) -> None:
        if self._preview is None:
            return
        say, stored = self._desk.say, self._desk.words.say_stored
        rows = [
            (f"{one.sheet}!{one.cell}" if one.sheet else one.cell, one.found or say("（空）"), say(one.expected))
            for some in self._preview.found
            for one in some.problems
        ]
        rows += [
            (stored(place), text, say("不是政策，略過")) for some in self._preview.found for place, text in some.passed
        ]
        self.cells.show_rows(rows)
        unknown = [column for some in self._preview.found for column in some.unknown()]
        for part in (self.head, self.unknown, self.button):
            part.setVisible(bool(unknown))
        self.unknown.show_rows([(column.title, column.sample, "") for column in unknown])
        for row, column in enumerate(unknown):
            self._offer(row, column)
        self.unknown.setColumnWidth(_AS, 10 * self.fontMetrics().horizontalAdvance("字"))
        self.button.setEnabled(any(self._wanted.values()))

    def _offer(self, row: int, column: Column) -> None:
        """Offer the items that a column may be taken for."""
        from exports.subsidies.settling import choices

        box = QComboBox()
        box.setAccessibleName(column.title)
        box.addItem(self._desk.say("（不讀）"), "")
        for key, label in choices().items():
            box.addItem(self._desk.say(label), key)
        mark = (column.sheet, column.title)
        box.setCurrentIndex(max(0, box.findData(self._wanted.get(mark, ""))))
        box.activated.connect(lambda _row: self.choose(mark, box.currentData()))
        self.unknown.setItem(row, _AS, QTableWidgetItem(""))
        self.unknown.setCellWidget(row, _AS, box)

    def choose(self, mark: tuple[str, str], key: str) -> None:
        """Take a column, told by its sheet and heading, for an item; for none where ``key`` is empty."""
        self._wanted[mark] = key
        self.button.setEnabled(any(self._wanted.values()))

    def settle(self) -> None:
        """Read the file again with the columns as they were chosen."""
        if self._preview is None:
            return
        from exports.subsidies.settling import settle

        told: list[Headed] = []
        for table in self._preview.tables():
            pairs = [(key, title) for (sheet, title), key in self._wanted.items() if key and sheet == table.sheet]
            told += settle([table], pairs) if pairs else []
        if told:
            self.settled.emit(told)
