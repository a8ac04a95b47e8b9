"""The text of the mails, and what the office says of itself in them, in the place of the mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database
    from db.settings import Office

_LINES = 8


class TemplatePane(Form):
    """``decided`` carries the operation that keeps the texts, ``left`` says that they are given up."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        words = desk.words
        head = QLabel()
        head.setProperty("role", "head")
        words.put(head, "郵件文字")
        self.grid.addWidget(head, 0, 0, 1, 2)
        self.email = self.line("辦公室郵箱", 1, 0)
        words.put(self.email, "寫在草稿的發件人處", setter="setPlaceholderText")
        self.telephone = self.line("辦公室電話", 2, 0)
        words.put(self.telephone, "寫在正文的聯繫電話處", setter="setPlaceholderText")
        self.subject = self.line("主題", 3, 0)
        self.text_field = self.text("正文", 4, 0, lines=_LINES)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "faint")
        self.grid.addWidget(self.hint, 5, 0, 1, 2)
        self.ok_button, self.own_button, self.cancel_button = QPushButton(), QPushButton(), QPushButton()
        buttons = QHBoxLayout()
        for button, word in (
            (self.own_button, "恢復默認文字"),
            (self.ok_button, "保存"),
            (self.cancel_button, "取消"),
        ):
            words.put(button, word)
            buttons.addWidget(button)
        buttons.insertStretch(1, 1)
        self.grid.addLayout(buttons, 6, 0, 1, 2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setRowStretch(4, 1)
        self.grid.setContentsMargins(2 * theme.STEP, 0, 0, 0)
        self.grid.setVerticalSpacing(2 * theme.STEP)
        self.ok_button.clicked.connect(self._decide)
        self.own_button.clicked.connect(self._show_own)
        self.cancel_button.clicked.connect(self.left)

    def begin(self, office: Office) -> None:
        """Show the texts that hold now."""
        from exports.mail.letter import PLACES, template

        self._own = template()
        self.email.setText(office.office_email)
        self.telephone.setText(office.office_telephone)
        self.subject.setText(office.mail_subject or self._own[0])
        self.subject.setCursorPosition(0)
        self.text_field.setPlainText(office.mail_body or self._own[1])
        told = "、".join(f"{{{place}}} {_MEANING[place]}" for place in PLACES)
        self.words.put(
            self.hint,
            "{{…}} 處自動填入：{told}。其中沒有內容的，那一行不出現。已寫好的草稿不變。",
            told=self.words.say(told),
        )
        self.subject.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_own(self) -> None:
        self.subject.setText(self._own[0])
        self.text_field.setPlainText(self._own[1])

    def _decide(self) -> None:
        subject, body = self.subject.text().strip(), self.text_field.toPlainText().strip("\n")
        values: Mapping[str, str] = {
            "office_email": self.email.text().strip(),
            "office_telephone": self.telephone.text().strip(),
            "mail_subject": "" if subject == self._own[0] else subject,
            "mail_body": "" if body == self._own[1] else body,
        }

        def operation(database: Database) -> Changes:
            from db import settings
            from exports.mail.letter import check_template

            check_template(values["mail_subject"])
            check_template(values["mail_body"])
            return settings.set_office(database, values=dict(values))

        self.decided.emit(operation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


_MEANING = {
    "unit": "收件單位",
    "period": "報送期",
    "due": "截止日期",
    "title": "計劃名稱",
    "rows": "項數",
    "lead": "牽頭項數",
    "co": "配合項數",
    "office": "辦公室",
    "county": "縣名",
    "telephone": "辦公室電話",
    "token": "識別碼",
    "today": "今天",
}
