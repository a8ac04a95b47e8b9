"""What stands in an empty place: one sentence, and the next step where there is one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.words import Words


class Nothing(QWidget):
    """A sentence in the middle of an empty place, with the next step as a button where there is one."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.label, self.button = QLabel(), QPushButton()
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.button.hide()

    def say(self, template: str, action: str = "", **facts: int) -> None:
        """Say something else."""
        self.words.put(self.label, template, setter="setText", before=(), **facts)
        self.button.setVisible(bool(action))
        if action:
            self.words.put(self.button, action)
