"""A new dispatch, set up in the place of the mail: period, due day, plan, folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton

from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be sent, when it is due, where the files go."""

    period: str
    due_on: date
    plan: int | None
    folder: Path


class NewPane(Form):
    """``decided`` carries a :class:`Wanted`, ``left`` says that it is given up."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self._desk = desk
        head = QLabel()
        head.setProperty("role", "head")
        desk.words.put(head, "新分發")
        self.grid.addWidget(head, 0, 0, 1, 3)
        self.due = QDateEdit()
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setCalendarPopup(True)
        self.put(self.due, "報送截止", 1, 0, 2)
        self.period: QLineEdit = self.line("報送期", 2, 0, 2)
        desk.words.put(self.period, "如 2022-06；不填為截止日期所在月", setter="setPlaceholderText")
        self.plan = QComboBox()
        self.plan.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.put(self.plan, "計劃", 3, 0, 2)
        self.folder: QLineEdit = self.line("文件夾", 4, 0)
        self.folder_button = QPushButton()
        desk.words.put(self.folder_button, "選擇…")
        desk.words.put(self.folder_button, "選擇放分發文件的文件夾", setter="setAccessibleName")
        self.grid.addWidget(self.folder_button, 4, 2)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "faint")
        desk.words.put(
            self.hint,
            "每個單位一份工作簿，牽頭和配合的任務分列；同時寫好郵件草稿和分發登記。只發已採納的任務。",
        )
        self.grid.addWidget(self.hint, 5, 0, 1, 3)
        self.ok_button, self.cancel_button = QPushButton(), QPushButton()
        desk.words.put(self.ok_button, "分發")
        desk.words.put(self.cancel_button, "取消")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self.cancel_button)
        self.grid.addLayout(buttons, 6, 0, 1, 3)
        self.grid.setColumnStretch(1, 1)
        self.grid.setRowStretch(7, 1)
        self.grid.setContentsMargins(2 * theme.STEP, 0, 0, 0)
        self.grid.setVerticalSpacing(2 * theme.STEP)
        self.ok_button.clicked.connect(self.decide)
        self.cancel_button.clicked.connect(self.left)
        self.folder_button.clicked.connect(self._choose)
        self.folder.textChanged.connect(lambda text: self.ok_button.setEnabled(bool(text.strip())))
        for line in (self.period, self.folder):
            line.returnPressed.connect(self.decide)

    def begin(self, plans: Sequence[tuple[int, str]], due_on: date, folder: Path) -> None:
        """Begin a dispatch due on a day; ``folder`` is proposed."""
        self.plan.clear()
        self.plan.addItem("", None)
        self._desk.words.put(self.plan, "全部計劃", setter="setItemText", before=(0,))
        for plan, title in plans:
            self.plan.addItem(title, plan)
        self.due.setDate(QDate(due_on.year, due_on.month, due_on.day))
        self.period.clear()
        self.folder.setText(str(folder))
        self.ok_button.setEnabled(bool(self.folder.text()))
        self.due.setFocus(Qt.FocusReason.OtherFocusReason)

    def decide(self) -> None:
        """Ask for the dispatch."""
        if not self.ok_button.isEnabled():
            return
        day = self.due.date()
        due_on = date(day.year(), day.month(), day.day())
        folder = Path(self.folder.text().strip())
        self.decided.emit(Wanted(self.period.text().strip(), due_on, self.plan.currentData(), folder))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._desk.say("選擇放分發文件的文件夾"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
