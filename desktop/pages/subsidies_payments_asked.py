"""What a payment sheet leaves open: columns that mean nothing to the program, names of villages and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.desk import Desk
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from exports.payments.importing import Preview
    from exports.payments.reading import SheetResult

_MOST_ASKED = 100  # a list of all villages stands beside each
_MOST_HEADINGS = 20
_NOT_TAKEN = "不採用"
_CHOOSE = "請選擇…"


class ColumnsTable(ReadTable):
    """The columns of each kind of sheet with what they are taken for; ``changed`` follows every choice by hand.

    Sheets with the same headings are one kind: a county's workbook may have three hundred.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words, "列的對應", ("工作表", "列", "表頭", "作為"), wide=2)
        self._desk = desk
        self._chosen: dict[tuple[str, str], dict[int, str]] = {}

    def clear_choices(self) -> None:
        """Begin anew."""
        self._chosen = {}

    def choices(self) -> dict[tuple[str, str], dict[int, str]]:
        """Return the field of every column of the sheets for which the clerk said anything."""
        return {key: dict(fields) for key, fields in self._chosen.items()}

    def show_preview(self, shown: Preview) -> None:
        """Show the columns of all sheets that have a heading."""
        from exports.payments.told import letter

        alike: dict[tuple[str, ...], list[SheetResult]] = {}
        for sheet in (sheet for file in shown.files for sheet in file.sheets):
            if sheet.heading is not None:
                alike.setdefault(sheet.heading.headings, []).append(sheet)
        lines = [
            (sheets, column)
            for sheets in list(alike.values())[:_MOST_HEADINGS]
            for column in (sheets[0].heading.columns if sheets[0].heading else ())
            if column.heading
        ]
        self.show_rows([(self._called(sheets), letter(column.place), column.heading, "") for sheets, column in lines])
        for at, (sheets, column) in enumerate(lines):
            self.setCellWidget(at, 3, self._box(sheets, column.place, column.field))
        self.fit()

    def _called(self, sheets: list[SheetResult]) -> str:
        """Return the sheets with one heading: the first one, and how many there are."""
        if len(sheets) == 1:
            return sheets[0].sheet
        return self._desk.say("{sheet} 等 {n} 個", sheet=sheets[0].sheet, n=len(sheets))

    def _box(self, sheets: list[SheetResult], place: int, field: str) -> QWidget:
        from exports.payments.fields import FIELDS, SKIP

        box = QComboBox()
        box.addItem(self._desk.say(_NOT_TAKEN), "")
        for one in FIELDS:
            if one.key != SKIP:
                box.addItem(self._desk.say(one.label), one.key)
        box.setCurrentIndex(max(0, box.findData(field)))
        box.activated.connect(lambda _at: self._choose(sheets, place, box))
        return box

    def _choose(self, sheets: list[SheetResult], place: int, box: QComboBox) -> None:
        field = box.currentData()
        for sheet in sheets:
            columns = sheet.heading.columns if sheet.heading else ()
            fields = self._chosen.setdefault((sheet.file, sheet.sheet), {one.place: one.field for one in columns})
            for other, taken in fields.items():
                if field and taken == field and other != place:
                    fields[other] = ""  # a field has one column
            fields[place] = field
        self.changed.emit()


class AskedTable(ReadTable):
    """Names that nobody knows, each with a list of what it may be; ``changed`` follows every choice by hand."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words, "要指明的", ("表中所寫", "是什麼", "行數", "指明為"), wide=0)
        self._desk = desk
        self._chosen: dict[tuple[str, str], int] = {}
        self.asked = 0

    def clear_choices(self) -> None:
        """Begin anew."""
        self._chosen = {}

    def places(self) -> dict[str, int]:
        """Return the village for each name that was settled."""
        return {name: number for (kind, name), number in self._chosen.items() if kind == "village"}

    def policies(self) -> dict[str, int]:
        """Return the policy for each name that was settled."""
        return {name: number for (kind, name), number in self._chosen.items() if kind == "policy"}

    def show_preview(self, shown: Preview) -> None:
        """Show what is asked of all sheets."""
        from exports.payments.findings import safe
        from exports.payments.told import ASKED

        say = self._desk.say
        asked: dict[tuple[str, str], int] = {}
        for sheet in shown.sheets:
            for (kind, town, written), rows in sheet.questions.items():
                asked[kind, town + written] = asked.get((kind, town + written), 0) + rows
        self.asked = len(asked)
        lines = list(asked.items())[:_MOST_ASKED]
        self.show_rows(
            [(safe(name) or say("（沒有寫）"), say(ASKED[kind]), f"{rows:,}", "") for (kind, name), rows in lines]
        )
        for at, ((kind, name), _) in enumerate(lines):
            offered = {"village": shown.names, "policy": shown.policies}.get(kind, {})
            if name and offered:
                self.setCellWidget(at, 3, self._box(kind, name, offered))
        self.fit()

    def _box(self, kind: str, name: str, offered: dict[int, str]) -> QWidget:
        box = QComboBox()
        box.addItem(self._desk.say(_CHOOSE), None)
        for number, called in offered.items():
            box.addItem(called, number)
        box.activated.connect(lambda _at, key=(kind, name), box=box: self._choose(key, box))
        return box

    def _choose(self, key: tuple[str, str], box: QComboBox) -> None:
        number = box.currentData()
        if number is None:
            self._chosen.pop(key, None)
        else:
            self._chosen[key] = number
        self.changed.emit()
