"""What 總覽 shows before there are tasks: the next step, one click away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop import theme
from desktop.desk import Desk


class EmptyPane(QFrame):
    """Either nothing is stored yet, or a plan is stored and not yet divided."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self.head, self.told = QLabel(), QLabel()
        self.head.setProperty("role", "head")
        self.told.setWordWrap(True)
        self.told.setProperty("role", "faint")
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button, self.sample_button, self.divide_button = QPushButton(), QPushButton(), QPushButton()
        desk.words.put(self.open_button, "打開通知文件…")
        desk.words.put(self.sample_button, "試用：2022 年湖南省通知")
        desk.words.put(self.divide_button, "去「要點」分解任務")
        self.divide_button.setProperty("role", "main")
        row = QHBoxLayout()
        row.setSpacing(2 * theme.STEP)
        row.addStretch(1)
        for button in (self.open_button, self.sample_button, self.divide_button):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(4 * theme.STEP)
        column.addStretch(2)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.told)
        column.addLayout(row)
        column.addStretch(3)

    def show_step(self, plans: int) -> None:
        """Say what is to be done next; ``plans`` counts those stored."""
        if plans:
            self._words.put(self.head, "已存入 {n} 個計劃，還沒有任務", n=plans)
            self._words.put(self.told, "把要點分解成任務後，這裏顯示到期、逾期和未報的任務，以及各單位、各章節的進度。")
        else:
            self._words.put(self.head, "還沒有任務。從一份上級通知開始")
            self._words.put(
                self.told, "讀取通知 → 核對要點 → 分解任務，大約一小時。之後這裏顯示到期、逾期、未報和各單位的進度。"
            )
        self.divide_button.setVisible(bool(plans))
        self.open_button.setVisible(not plans)
        self.sample_button.setVisible(not plans)
