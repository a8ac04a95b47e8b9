"""Strange tables among what came back (對應列): what each column is taken for, corrected and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from exports.workbook.collect.foreign import Proposal

_COLUMNS = ("列", "表頭", "作為")
_FIELD = 2
_KNOWN_BY = ("code", "task", "measure", "lead", "others", "deadline", "last_percent", "last_text", "sequence")


class MappingPane(QWidget):
    """``kept`` says that the columns are remembered, so that the files can be read again; ``left`` gives up."""

    kept = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._proposals: tuple[Proposal, ...] = ()
        self.fields: dict[int, str] = {}
        self.head, self.sheets, self.name = QLabel(), QComboBox(), QLineEdit()
        self.hint = QLabel()
        self.columns = ReadTable(desk.words, "列的對應", _COLUMNS, wide=1)
        self.keep_button, self.cancel_button = QPushButton(), QPushButton()
        self._build()
        self.sheets.activated.connect(self._begin_sheet)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.left)
        self.name.textChanged.connect(lambda _text: self._say())
        desk.words.changed.connect(self._show)
        desk.scaled.connect(lambda _scale: self.columns.fit())

    def _build(self) -> None:
        words = self._desk.words
        self.head.setWordWrap(True)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "faint")
        words.put(self.sheets, "工作表", setter="setAccessibleName")
        words.put(self.name, "名稱，如 甲局匯總；下次同樣的表頭自動採用", setter="setPlaceholderText")
        words.put(self.name, "列對應的名稱", setter="setAccessibleName")
        words.put(self.keep_button, "記住並重新讀取")
        words.put(self.cancel_button, "取消")
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        for part in (self.head, self.sheets, self.columns, self.hint, self.name):
            column.addWidget(part, 1 if part is self.columns else 0)
        column.addLayout(buttons)

    def begin(self, file: str, found: Sequence[Proposal]) -> None:
        """Show the columns of a file's sheets as they are proposed."""
        self._proposals = tuple(found)
        self._desk.words.put(self.head, "「{name}」的列", name=file)
        self.name.setText(file.rpartition(".")[0] or file)
        self.sheets.clear()
        self.sheets.addItems([one.sheet for one in found])
        self.sheets.setVisible(len(found) > 1)
        self._begin_sheet(0)
        self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def proposal(self) -> Proposal | None:
        """Return what is proposed for the sheet chosen."""
        at = self.sheets.currentIndex()
        return self._proposals[at] if 0 <= at < len(self._proposals) else None

    def _begin_sheet(self, place: int) -> None:
        self.sheets.setCurrentIndex(place)
        shown = self.proposal()
        self.fields = dict(shown.fields) if shown is not None else {}
        self._show()

    def _show(self) -> None:
        from exports.workbook import travel
        from exports.workbook.grid import address

        shown, say = self.proposal(), self._desk.say
        if shown is None:
            self.columns.show_rows([])
            self._say()
            return
        letters = [address(0, place).rstrip("1") for place in range(len(shown.headings))]
        self.columns.show_rows([(letter, title, "") for letter, title in zip(letters, shown.headings, strict=True)])
        for place, letter in enumerate(letters):
            box = QComboBox()
            box.setAccessibleName(f"{letter} {shown.headings[place]}")
            box.addItem(say("（不用這一列）"), "")
            for key in (*travel.INPUTS, *_KNOWN_BY):
                title = say(travel.BY_KEY[key].title)
                box.addItem(title if key in travel.INPUTS else say("{title}（認行用）", title=title), key)
            box.setCurrentIndex(max(0, box.findData(self.fields.get(place, ""))))
            box.activated.connect(lambda _row, place=place, box=box: self.choose(place, box.currentData()))
            self.columns.setItem(place, _FIELD, QTableWidgetItem(""))
            self.columns.setCellWidget(place, _FIELD, box)
        self.columns.setColumnWidth(_FIELD, 10 * self.fontMetrics().horizontalAdvance("字"))
        self._say()

    def choose(self, place: int, key: str) -> None:
        """Take a column for a field, which another column then no longer is; for none where ``key`` is empty."""
        self.fields = {at: old for at, old in self.fields.items() if at != place and old != key}
        if key:
            self.fields[place] = key
        for row in range(self.columns.rowCount()):
            box = self.columns.cellWidget(row, _FIELD)
            if isinstance(box, QComboBox):
                box.setCurrentIndex(max(0, box.findData(self.fields.get(row, ""))))
        self._say()

    def missing(self) -> str:
        """Return in our words what the columns still lack, empty where they are enough."""
        from exports.workbook import travel

        if not {"code", "task"} & set(self.fields.values()):
            return "請指定哪一列是「編號」或「工作要點」，好認出每一行是哪項任務。"
        if not set(travel.INPUTS) & set(self.fields.values()):
            return "請至少指定一列要收的內容，如「進度(%)」或「進展情況」。"
        return "" if self.name.text().strip() else "請給這種表起一個名稱。"

    def _say(self) -> None:
        lacking = self.missing()
        told = lacking or "記住以後，同樣表頭的表都按此讀取；按文字認出的行請核對。"
        self._desk.words.put(self.hint, told)
        self.keep_button.setEnabled(not lacking)

    def keep(self) -> None:
        """Remember what the columns are taken for."""
        shown = self.proposal()
        if shown is None or self.missing():
            return
        from db import mappings
        from exports.workbook.collect.foreign import PURPOSE

        name, fields = self.name.text(), dict(self.fields)
        self._desk.perform(
            self,
            lambda: mappings.remember(
                self._desk.database, purpose=PURPOSE, name=name, headings=shown.headings, fields=fields
            ),
            lambda _changes: self.kept.emit(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
