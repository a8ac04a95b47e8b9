"""The left side of the page 單位: level chips, filter, the table, how many are shown, and the order."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from db.terms import UnitLevel
from desktop.desk import Desk
from desktop.models.units import UnitTable
from desktop.widgets.orderedpane import OrderedPane


class TablePane(OrderedPane):
    """The units of the level chosen."""

    name = "單位"
    widths = (10, 3, 5, 8, 8, 5, 7)
    hint, ended_word = "名稱、別名、類別、電話或拼音（Ctrl+F）", "含已撤銷"
    move_where = "在同一層級內"

    def __init__(self, desk: Desk, table: UnitTable) -> None:
        self._table = table
        self._levels: list[UnitLevel | None] = [None, *UnitLevel]
        super().__init__(desk, table, [level.label if level else "全部" for level in self._levels])
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def apply(self) -> None:
        """Filter by level, text, and whether units that ended are shown."""
        self._table.level = self._levels[self.chips.checkedId()]
        self._table.text = self.search.text()
        self._table.with_ended = self.ended.isChecked()
        self._table.filter()

    def refresh(self) -> None:
        """Say how many are shown, and what to do where there are none."""
        shown, total = len(self._table.shown), self._table.total()
        if shown == total:
            self._words.put(self.count, "共 {total} 個單位", total=total)
        else:
            self._words.put(self.count, "顯示 {shown} 個，共 {total} 個單位", shown=shown, total=total)
        if total:
            self.empty.say("沒有符合篩選條件的單位。", "清除篩選")
        else:
            self.empty.say("還沒有單位。可點「添加單位」，或用「導入…」帶入單位表。")
        self.show_or_say(shown=bool(shown))
