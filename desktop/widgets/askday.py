"""A day asked in place: a sentence, a date, and the word for what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop import theme
from desktop.words import Words


class AskDay(QFrame):
    """Hidden until :meth:`begin`; the answer goes to what was given there."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words = words
        self._then: Callable[[date], None] | None = None
        self.sentence, self.day = QLabel(), QDateEdit()
        self.sentence.setWordWrap(True)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        words.put(self.day, "日期", setter="setAccessibleName")
        self.ok_button, self.cancel_button = QPushButton(), QPushButton()
        words.put(self.cancel_button, "取消")
        line = QHBoxLayout()
        line.addWidget(self.day)
        line.addStretch(1)
        line.addWidget(self.ok_button)
        line.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * theme.STEP] * 4)
        column.addWidget(self.sentence)
        column.addLayout(line)
        self.ok_button.clicked.connect(self._decide)
        self.cancel_button.clicked.connect(self.hide)
        self.hide()

    def begin(self, sentence: str, word: str, then: Callable[[date], None], *, day: date | None = None) -> None:
        """Ask for a day; ``sentence`` and ``word`` are ours, ``word`` says what the button does."""
        self._then = then
        self._words.put(self.sentence, sentence)
        self._words.put(self.ok_button, word)
        first = day or date.today()
        self.day.setDate(QDate(first.year, first.month, first.day))
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        chosen = self.day.date()
        self.hide()
        if self._then is not None:
            self._then(date(chosen.year(), chosen.month(), chosen.day()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter answer and Escape close."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._decide()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
