"""What an import could not take, cell by cell, before the rest is brought in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.readtable import ReadTable
from desktop.words import Words
from exports.problems import Problem

_TITLES = ("工作表", "單元格", "內容", "問題")


class ProblemsDialog(QDialog):
    """Lists the problems under a sentence that ``tell`` puts; accepted where the ``rest`` is to be brought in."""

    def __init__(
        self, parent: QWidget, words: Words, tell: Callable[[QLabel], None], problems: Sequence[Problem], *, rest: bool
    ) -> None:
        super().__init__(parent)
        self._words, self._problems = words, problems
        words.put(self, "政務臺賬", setter="setWindowTitle")
        self.head = QLabel()
        tell(self.head)
        self.head.setWordWrap(True)
        self.table = ReadTable(words, "沒有採用的單元格", _TITLES, wide=3)
        self.buttons = QDialogButtonBox()
        if rest:
            accept = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
            words.put(accept, "導入其餘各行")
            accept.setProperty("role", "main")
            accept.setDefault(True)
        words.put(self.buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole), "取消")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(*[4 * theme.STEP] * 4)
        column_box.setSpacing(3 * theme.STEP)
        for part in (self.head, self.table, self.buttons):
            column_box.addWidget(part)
        wide = self.fontMetrics().height()
        self.resize(min(1100, 46 * wide), min(620, 24 * wide))
        words.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        say = self._words.say
        self.table.show_rows([(one.sheet, one.cell, one.found, say(one.expected)) for one in self._problems])
