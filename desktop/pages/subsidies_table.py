"""The left side of the tab 政策: chips, filter, the table, how many are shown, and the order."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop import theme
from desktop.desk import Desk
from desktop.models.policies import Chosen, PolicyTable
from desktop.widgets.orderedpane import OrderedPane


class PolicyPane(OrderedPane):
    """The policies chosen. ``began`` asks for the next step where there is nothing yet."""

    name = "補貼政策"
    widths = (9, 15, 7, 8, 7)
    hint, ended_word = "名稱、部門、文號或拼音首字母（Ctrl+F）", "含停止執行"
    move_where = "在目錄中"
    began = Signal()

    def __init__(self, desk: Desk, table: PolicyTable) -> None:
        self._table = table
        self._kinds = tuple(Chosen)
        super().__init__(desk, table, [kind.value for kind in self._kinds])
        self.column.setContentsMargins(0, 2 * theme.STEP, 0, 0)

    def apply(self) -> None:
        """Filter by kind, text, and whether policies that ended are shown."""
        self._table.chosen = self._kinds[self.chips.checkedId()]
        self._table.text = self.search.text()
        self._table.with_ended = self.ended.isChecked()
        self._table.filter()

    def next_step(self) -> None:
        """Take the filters away, or begin where there is nothing."""
        if self._table.total():
            self.show_all()
        else:
            self.began.emit()

    def picked(self) -> list[int]:
        """Return the policies of the chosen rows."""
        places = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self._table.shown[place].id for place in places]

    def refresh(self) -> None:
        """Say how many are shown, and what to do where there are none."""
        shown, total = len(self._table.shown), self._table.total()
        lacking = sum(bool(row.line.missing) for row in self._table.shown)
        told = "共 {total} 項" if shown == total else "顯示 {shown} 項，共 {total} 項"
        told += "，{lacking} 項有缺" if lacking else ""
        self._words.put(self.count, told, shown=shown, total=total, lacking=lacking)
        if total:
            self.empty.say("沒有符合篩選條件的政策。", "清除篩選")
        else:
            self.empty.say("還沒有補貼政策。可導入已有的目錄（.xlsx、.docx 或網頁），或逐項添加。", "導入…")
        self.show_or_say(shown=bool(shown))
