"""The mail of the chosen unit on the page 收發: to be opened as a draft, or copied piece by piece into web mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from exports.mail.letter import Letter

_KEYS = (("recipients", "收件人", "Ctrl+Shift+C"), ("subject", "主題", "Ctrl+Alt+C"), ("body", "正文", "Ctrl+Shift+B"))


class MailPane(QWidget):
    """``opened`` asks for the unit's draft, ``reworded`` for other texts, ``marked`` says that its sheet is out."""

    opened = Signal()
    reworded = Signal()
    marked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.letter: Letter | None = None
        self.unit = QLabel()
        self.unit.setProperty("role", "head")
        self.unit.setWordWrap(True)
        self.recipients, self.subject, self.body = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.copy_buttons: dict[str, QPushButton] = {}
        self.open_button, self.text_button, self.mark_button = QPushButton(), QPushButton(), QPushButton()
        self._build()

    def _build(self) -> None:
        words = self._desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.STEP, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.unit)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.STEP)
        for row, (key, word, sequence) in enumerate(_KEYS):
            field: QWidget = getattr(self, key)
            label, button = QLabel(), QPushButton()
            label.setBuddy(field)
            words.put(label, word)
            words.put(field, word, setter="setAccessibleName")
            words.put(button, "複製")
            words.put(button, "複製" + word + "（{key}）", setter="setToolTip", key=sequence)
            words.put(button, "複製" + word, setter="setAccessibleName")
            button.clicked.connect(lambda _checked, key=key: self.copy(key))
            QShortcut(QKeySequence(sequence), self, lambda key=key: self.copy(key))
            self.copy_buttons[key] = button
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(button, 2 * row, 1)
            grid.addWidget(field, 2 * row + 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2 * len(_KEYS) - 1, 1)
        column.addLayout(grid, 1)
        for line in (self.recipients, self.subject):
            line.setReadOnly(True)
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        words.put(self.recipients, "這個單位沒有登記郵箱", setter="setPlaceholderText")
        words.put(self.open_button, "打開郵件草稿")
        words.put(self.open_button, "用郵件程序打開，附件已帶上（Ctrl+Return）", setter="setToolTip")
        words.put(self.text_button, "郵件文字…")
        words.put(self.text_button, "修改郵件的主題和正文", setter="setToolTip")
        words.put(self.mark_button, "標為已發")
        words.put(self.mark_button, "登記這個單位已發出（Ctrl+M）", setter="setToolTip")
        buttons = FlowLayout(theme.STEP)
        for button in (self.open_button, self.text_button, self.mark_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.open_button.clicked.connect(self.opened)
        self.text_button.clicked.connect(self.reworded)
        self.mark_button.clicked.connect(self.marked)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.open_button.click)
        QShortcut(QKeySequence("Ctrl+M"), self, self.mark_button.click)

    def show_letter(self, unit: str, letter: Letter | None, *, sent: bool, has_draft: bool) -> None:
        """Show the mail of a unit."""
        self.letter = letter
        self.unit.setText(unit)
        self.recipients.setText(letter.recipients if letter else "")
        self.recipients.setCursorPosition(0)
        self.subject.setText(letter.subject if letter else "")
        self.subject.setCursorPosition(0)
        self.body.setPlainText(letter.body if letter else "")
        self.copy_buttons["recipients"].setEnabled(bool(letter and letter.recipients))
        for key in ("subject", "body"):
            self.copy_buttons[key].setEnabled(letter is not None)
        self.open_button.setEnabled(has_draft)
        self.mark_button.setEnabled(letter is not None)
        self._desk.words.put(self.mark_button, "再次發出" if sent else "標為已發")

    def copy(self, key: str) -> None:
        """Put a piece of the mail on the clipboard and say so."""
        text = getattr(self.letter, key, "") if self.letter else ""
        if not text:
            return
        QGuiApplication.clipboard().setText(text)
        word = next(word for name, word, _ in _KEYS if name == key)
        self._desk.told.emit(self._desk.say("已複製「{unit}」的" + word + "。", unit=self.unit.text()), None)
