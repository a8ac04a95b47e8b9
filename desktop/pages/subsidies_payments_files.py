"""The view 發放表: the imported sheets with what was doubtful in them; withdrawing and restoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db.money import figures
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.nothing import Nothing
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.changes import Changes
    from db.paymentlist import ImportLine

_TITLES = ("序號", "導入時間", "文件", "工作表", "行數", "金額（元）", "表中合計", "號碼", "狀態")


class ImportsPane(QWidget):
    """``began`` asks for a sheet where there is none yet."""

    began = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.table = ReadTable(desk.words, "導入過的發放表", _TITLES, wide=2)
        self.report = ReadTable(desk.words, "核對結果", ("單元格", "內容", "核對結果"), wide=2)
        self.told, self.act_button = QLabel(), QPushButton()
        self.empty, self.stack = Nothing(desk.words), QStackedWidget()
        self._lines: list[ImportLine] = []
        self.empty.say("還沒有導入過發放表。", "導入發放表…")
        self._build()
        self.table.currentCellChanged.connect(lambda *_place: self._show_report())
        self.act_button.clicked.connect(self._act)
        self.empty.button.clicked.connect(self.began)
        desk.words.changed.connect(self._show)
        desk.scaled.connect(lambda _scale: self._fit())

    def _build(self) -> None:
        self.told.setProperty("role", "faint")
        self.told.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.act_button)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.report)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.stack.addWidget(splitter)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _fit(self) -> None:
        self.table.fit()
        self.report.fit()

    def seek(self) -> None:
        """Put the cursor into the table."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load(self) -> None:
        """Read the imports."""
        from db import paymentlist

        self.desk.ask(self, paymentlist.imports, self._take)

    def _take(self, lines: list[ImportLine]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        say = self.desk.say
        self.table.show_rows(
            [
                (
                    str(one.id),
                    f"{one.made_at:%Y-%m-%d %H:%M}",
                    one.file_name,
                    one.sheet,
                    f"{one.rows:,}",
                    figures(one.amount_fen),
                    say(_total(one)),
                    say("已加密" if one.sealed else "只留掩碼"),
                    say("有效" if one.active else "已撤回"),
                )
                for one in self._lines
            ]
        )
        self.stack.setCurrentIndex(0 if self._lines else 1)
        self._show_report()

    def chosen(self) -> ImportLine | None:
        """Return the import with the cursor."""
        place = self.table.currentRow()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def _show_report(self) -> None:
        line, say = self.chosen(), self.desk.say
        self.act_button.setVisible(line is not None)
        self.told.setVisible(line is not None)
        if line is None:
            return
        findings = line.report.get("findings", [])
        self.report.show_rows(
            [(say(one["cell"]), one["found"], self.desk.words.say_stored(one["told"])) for one in findings]
        )
        count = sum(line.report.get("counts", {}).values())
        told = "導入時有 {n} 處要核對，列出 {shown} 處。" if count else "導入時沒有發現問題。"
        self.desk.words.put(self.told, told, setter="setText", before=(), n=count, shown=len(findings))
        self.desk.words.put(self.act_button, "撤回" if line.active else "恢復")

    def _act(self) -> None:
        line = self.chosen()
        if line is None:
            return
        number, active = line.id, line.active

        def operation() -> Changes:
            from db import payments

            act = payments.withdraw if active else payments.restore
            return act(self.desk.database, import_id=number)

        self.desk.perform(self, operation)


def _total(line: ImportLine) -> str:
    if line.total_fen is None:
        return "無"
    return "相符" if line.total_fen == line.amount_fen else figures(line.total_fen)
