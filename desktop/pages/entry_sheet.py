"""The middle of the page 填報: which task it is, the draft found again, the form, and the one question it may ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.progress import LowerPercent
from desktop import theme
from desktop.desk import Desk
from desktop.pages.entry_form import EntryForm
from desktop.pages.entry_rows import Card
from desktop.widgets.scrolled import scrolled

_SHOWN = 160  # characters of a point above the form; the whole is its tip


class Sheet(QWidget):
    """``agreed`` says that a lower percent is meant (and whether to go on), ``discarded`` gives the draft up."""

    agreed = Signal(bool)
    discarded = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._card: Card | None = None
        self._go_on = False
        self.form = EntryForm(desk)
        self.head, self.task, self.facts = QLabel(), QLabel(), QLabel()
        self.head.setProperty("role", "head")
        self.facts.setProperty("role", "faint")
        self.task.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.task, self.facts):
            label.setWordWrap(True)
        self.back_bar, self.back_label = QFrame(), QLabel()
        self.draft_bar, self.draft_label, self.drop_button = QFrame(), QLabel(), QPushButton()
        self.question, self.question_label = QFrame(), QLabel()
        self.yes_button, self.no_button = QPushButton(), QPushButton()
        self._build()

    def _build(self) -> None:
        words = self._desk.words
        words.put(self.drop_button, "放棄草稿")
        words.put(self.yes_button, "確認降低，保存")
        words.put(self.no_button, "改回去")
        self.drop_button.clicked.connect(self.discarded)
        self.yes_button.clicked.connect(lambda: self.agreed.emit(self._go_on))
        self.no_button.clicked.connect(self._back)
        _bar(self.back_bar, self.back_label)
        _bar(self.draft_bar, self.draft_label, self.drop_button)
        _bar(self.question, self.question_label, self.yes_button, self.no_button)
        self.question.setProperty("tone", "trouble")
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.STEP)
        for part in (self.task, self.facts, self.back_bar, self.draft_bar):
            whole.addWidget(part)
        whole.addWidget(self.form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.STEP, 0, 2 * theme.STEP, 0)
        column.setSpacing(theme.STEP)
        column.addWidget(self.head)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.question)
        self.form.edited.connect(self.ask_nothing)

    def show_card(self, card: Card, period: str) -> None:
        """Show a task with an empty form, or with its draft."""
        self._card = card
        self.head.setText(card.code)
        whole = f"{card.text}\n{card.measure}" if card.measure else card.text
        self.task.setText(card.text if len(card.text) <= _SHOWN else f"{card.text[:_SHOWN]}…")
        self.task.setToolTip(whole)
        percent = "—" if card.percent is None else f"{card.percent}%"
        deadline = card.deadline or "—"
        told = "時限 {deadline}　任務進度 {percent}　" + card.state.label
        self._desk.words.put(self.facts, told, deadline=deadline, percent=percent)
        self.form.begin(card, period)
        self._say_sent_back(card)
        self.draft_bar.setVisible(card.draft is not None)
        if card.draft_at is not None:
            at = card.draft_at.strftime("%m-%d %H:%M")
            self._desk.words.put(self.draft_label, "接着 {at} 沒有保存的草稿。", at=at)
        self.question.hide()

    def _say_sent_back(self, card: Card) -> None:
        back = card.sent_back
        self.back_bar.setVisible(back is not None)
        if back is not None:
            told = "{period} 的填報已退回補正：{reason}" if back.reason else "{period} 的填報已退回補正。"
            self._desk.words.put(self.back_label, told, period=back.period, reason=back.reason)

    def noted(self, draft: dict[str, Any] | None) -> Card | None:
        """Remember what is kept as the draft of the task shown, and return its card."""
        if self._card is not None:
            self._card = replace(self._card, draft=draft)
            if draft is None:
                self.draft_bar.hide()
        return self._card

    def ask_lower(self, question: LowerPercent, *, go_on: bool) -> None:
        """Ask whether a lower percent is meant."""
        self._go_on = go_on
        facts: dict[str, Any] = dict(question.facts)
        self._desk.words.put(self.question_label, question.template, **facts)
        self.question.show()
        self.no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_nothing(self) -> None:
        """Take the question back."""
        self.question.hide()

    def _back(self) -> None:
        self.question.hide()
        self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.percent.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape take the question back."""
        if event.key() == Qt.Key.Key_Escape and self.question.isVisible():
            self._back()
        else:
            super().keyPressEvent(event)


def _bar(frame: QFrame, label: QLabel, *buttons: QPushButton) -> None:
    """Make a bar of a sentence and its buttons, like the window's notice."""
    frame.setObjectName("notice")
    label.setWordWrap(True)
    row = QHBoxLayout(frame)
    row.setContentsMargins(*[2 * theme.STEP] * 4)
    row.addWidget(label, 1)
    for button in buttons:
        button.setAutoDefault(True)
        row.addWidget(button)
    frame.hide()
