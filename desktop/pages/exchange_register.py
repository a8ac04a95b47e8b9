"""The register of the dispatch shown (分發登記): which unit has its sheet, which has returned it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.register import RegisterRow
from db.script import fold
from desktop import theme
from desktop.desk import Desk
from desktop.pages.exchange_rows import Sending
from desktop.widgets.chips import add_chips
from desktop.widgets.filterkeys import FilterKeys
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing
from desktop.widgets.readtable import ReadTable

_TITLES = ("單位", "項數", "發出", "狀態", "聯繫人", "電話", "識別碼")
_STATE = 3
_FILTERS = ("全部", "未報回", "已報回")


class RegisterPane(QWidget):
    """``chosen`` is sent when another unit is chosen, or none."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.sending: Sending | None = None
        self.shown: list[RegisterRow] = []
        self.chips = QButtonGroup(self)
        self.search = QLineEdit()
        self.table = ReadTable(desk.words, "分發登記", _TITLES, wide=0)
        self.empty = Nothing(desk.words)
        self.stack = QStackedWidget()
        self.count = QLabel()
        self.foot = FlowLayout(theme.STEP)
        self._build()
        FilterKeys(self.search, self.table)
        self.chips.idClicked.connect(lambda _id: self._fill())
        self.search.textChanged.connect(lambda _text: self._fill())
        self.table.currentCellChanged.connect(lambda row, _c, before, _b: self._on_row(row, before))
        self.empty.button.clicked.connect(self.show_all)
        desk.words.changed.connect(self._fill)
        desk.scaled.connect(lambda _scale: self.table.fit())

    def _build(self) -> None:
        words = self._desk.words
        line = QHBoxLayout()
        line.setSpacing(theme.STEP)
        add_chips(line, self.chips, words, _FILTERS)
        words.put(self.search, "單位、聯繫人或識別碼（Ctrl+F）", setter="setPlaceholderText")
        words.put(self.search, "篩選單位", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        line.addWidget(self.search, 1)
        self.count.setProperty("role", "faint")
        self.foot.addWidget(self.count)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(line)
        column.addWidget(self.stack, 1)
        column.addLayout(self.foot)

    def show_sending(self, sending: Sending | None) -> None:
        """Show another dispatch, or none."""
        self.sending = sending
        self._fill()

    def row(self) -> RegisterRow | None:
        """Return the sheet of the chosen unit."""
        at = self.table.currentRow()
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def show_all(self) -> None:
        """Take the filters away."""
        self.chips.button(0).setChecked(True)
        self.search.clear()
        self._fill()

    def _fill(self) -> None:
        before = self.row()
        rows = self.sending.rows if self.sending else ()
        self.table.blockSignals(True)  # one sign at the end, for the row that is then chosen
        self.shown = [row for row in rows if self._passes(row)]
        self.table.show_rows([self._texts(row) for row in self.shown])
        for at, row in enumerate(self.shown):
            if row.returned_at is None and row.late(date.today()):
                item = self.table.item(at, _STATE)
                assert item is not None
                item.setForeground(theme.colour(theme.RED))
        here = next((at for at, row in enumerate(self.shown) if before and row.id == before.id), None)
        if here is not None:
            self.table.setCurrentCell(here, 0)
        self.table.blockSignals(False)
        self._say_count(len(rows))
        self.chosen.emit()

    def _say_count(self, total: int) -> None:
        words = self._desk.words
        if len(self.shown) == total:
            words.put(self.count, "共 {total} 個單位", total=total)
        else:
            words.put(self.count, "顯示 {shown} 個，共 {total} 個單位", shown=len(self.shown), total=total)
        if total:
            self.empty.say("沒有符合篩選條件的單位。", "清除篩選")
        else:
            self.empty.say("還沒有分發。點「新分發」，給每個單位一份要填報的工作簿。")
        self.stack.setCurrentWidget(self.table if self.shown else self.empty)

    def _passes(self, row: RegisterRow) -> bool:
        wanted = self.chips.checkedId()
        returned = row.returned_at is not None
        text = fold(self.search.text())
        fits = not text or any(text in fold(part) for part in (row.unit, row.contact, row.token))
        return fits and (wanted == 0 or returned == (wanted == 2))  # noqa: PLR2004 - the third filter

    def _texts(self, row: RegisterRow) -> list[str]:
        sent = f"{row.sent_at:%m-%d %H:%M}" if row.sent_at else "—"
        return [row.unit, str(row.rows), sent, self._state(row), row.contact, row.telephone, row.token]

    def _state(self, row: RegisterRow) -> str:
        """Return a shape and words, so that colour never speaks alone."""
        say = self._desk.say
        if row.returned_at is not None:
            word = "● 遲報 {on}" if row.late(date.today()) else "● 已報回 {on}"
            return say(word, on=f"{row.returned_at:%m-%d}")
        if row.late(date.today()):
            return say("▲ 逾期 {days} 天", days=(date.today() - row.due_on).days)
        return say("○ 未報回")

    def _on_row(self, row: int, before: int) -> None:
        if row != before:
            self.chosen.emit()
