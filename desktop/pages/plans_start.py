"""What the page 要點 shows before there is anything to check: what to do, and a place to paste."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import STEP
from desktop.words import Words


class StartPane(QFrame):
    """The three ways to begin."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.open_button, self.paste_button, self.sample_button = QPushButton(), QPushButton(), QPushButton()
        invitation, kinds = QLabel(), QLabel()
        invitation.setProperty("role", "head")
        kinds.setProperty("role", "faint")
        words.put(invitation, "把上級通知拖到這裏，或…")
        words.put(self.open_button, "打開文件…")
        words.put(self.paste_button, "粘貼文字…")
        words.put(self.sample_button, "試用：2022 年湖南省通知")
        words.put(kinds, "可以讀取 txt、docx、html、xlsx，也可以粘貼文字和表格。存入之前，每一條都可以核對和更正。")
        kinds.setWordWrap(True)
        kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * STEP)
        buttons.addStretch(1)
        for button in (self.open_button, self.paste_button, self.sample_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(4 * STEP)
        column.addStretch(2)
        column.addWidget(invitation, 0, Qt.AlignmentFlag.AlignCenter)
        column.addLayout(buttons)
        column.addWidget(kinds)
        column.addStretch(3)


class PastePane(QWidget):
    """A place for pasted text; ``pasted`` carries it."""

    pasted = Signal(str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        label = QLabel()
        words.put(label, "把通知的文字或表格粘貼在下面（Ctrl+V），再點「讀取」。")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(False)  # pasted tables live by their tabs
        self.text.setAcceptDrops(False)
        words.put(self.text, "粘貼的文字", setter="setAccessibleName")
        self.read_button, self.back_button = QPushButton(), QPushButton()
        words.put(self.read_button, "讀取")
        words.put(self.back_button, "返回")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.read_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(label)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.read_button.clicked.connect(lambda: self.pasted.emit(self.text.toPlainText()))
        self.back_button.clicked.connect(self.left)
        self.text.textChanged.connect(self._on_text)
        self._on_text()

    def begin(self) -> None:
        """Take what lies on the clipboard, so that usually nothing is left to do but read."""
        self.text.setPlainText(QApplication.clipboard().text())
        self.text.setFocus()

    def _on_text(self) -> None:
        self.read_button.setEnabled(bool(self.text.toPlainText().strip()))
