"""What an import could not take, cell by cell, before the rest is brought in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.words import Words
from exports.problems import Problem

_TITLES = ("工作表", "單元格", "內容", "問題")


class ProblemsDialog(QDialog):
    """Lists the problems; accepted where the rest is to be brought in."""

    def __init__(
        self, parent: QWidget, words: Words, sentence: str, problems: Sequence[Problem], *, rest: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.say("政務臺賬"))
        self.head = QLabel(sentence)
        self.head.setWordWrap(True)
        self.table = QTableWidget(len(problems), len(_TITLES))
        self.table.setAccessibleName(words.say("沒有採用的單元格"))
        self.table.setHorizontalHeaderLabels([words.say(title) for title in _TITLES])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        for row, problem in enumerate(problems):
            for column, text in enumerate((problem.sheet, problem.cell, problem.found, words.say(problem.expected))):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.buttons = QDialogButtonBox()
        if rest:
            accept = self.buttons.addButton(words.say("導入其餘各行"), QDialogButtonBox.ButtonRole.AcceptRole)
            accept.setProperty("role", "main")
            accept.setDefault(True)
        self.buttons.addButton(words.say("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(*[4 * theme.STEP] * 4)
        for part in (self.head, self.table, self.buttons):
            column_box.addWidget(part)
        wide = self.fontMetrics().height()
        self.resize(min(1100, 46 * wide), min(620, 24 * wide))
        self.table.resizeRowsToContents()
