"""The view 合計: what was paid by village, policy and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from db.money import figures
from db.script import fold
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.nothing import Nothing
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.paymentlist import PaymentSum

_TITLES = ("發放期", "補貼政策", "鄉鎮", "村", "筆數", "金額（元）")
_MOST_SHOWN = 2_000


class SumsPane(QWidget):
    """A filter and a table; the sum of what is shown under it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.table = ReadTable(desk.words, "發放合計", _TITLES, wide=1)
        self.search, self.count = QLineEdit(), QLabel()
        self.empty, self.stack = Nothing(desk.words), QStackedWidget()
        self._lines: list[PaymentSum] = []
        desk.words.put(self.search, "村、鄉鎮、政策或發放期（Ctrl+F）", setter="setPlaceholderText")
        desk.words.put(self.search, "篩選合計", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show())
        self.count.setProperty("role", "faint")
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        for part in (self.search, self.stack, self.count):
            column.addWidget(part)
        desk.scaled.connect(lambda _scale: self.table.fit())

    def seek(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load(self) -> None:
        """Read the sums."""
        from db import paymentlist

        self.desk.ask(self, paymentlist.sums, self._take)

    def _take(self, lines: list[PaymentSum]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        words = fold(self.search.text()).lower()
        shown = [
            one for one in self._lines if words in fold(f"{one.period}{one.policy_name}{one.town}{one.village}").lower()
        ]
        self.table.show_rows(
            [
                (one.period, one.policy_name, one.town, one.village, f"{one.rows:,}", figures(one.amount_fen))
                for one in shown[:_MOST_SHOWN]
            ]
        )
        self.empty.say("沒有符合篩選條件的合計。" if self._lines else "還沒有發放記錄。")
        self.stack.setCurrentWidget(self.table if shown else self.empty)
        told = "{n} 行，{rows} 筆，合計 {sum} 元"
        if len(shown) > _MOST_SHOWN:
            told += "；只列出前 {most} 行，請用篩選"
        self.desk.words.put(
            self.count,
            told,
            n=f"{len(shown):,}",
            rows=f"{sum(one.rows for one in shown):,}",
            sum=figures(sum(one.amount_fen for one in shown)),
            most=_MOST_SHOWN,
        )
