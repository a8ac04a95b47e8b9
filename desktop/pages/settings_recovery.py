"""The recovery key on screen: shown once, to be printed or copied by hand, gone when the clerk says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop import theme
from desktop.desk import Desk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.errors import Trouble
    from exports.pdf import Print
    from exports.pdf.press import Tick

_GROUPS_A_LINE = 4


class RecoveryCard(QFrame):
    """``kept`` tells that the clerk has the key and it is shown no more."""

    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._key = ""
        words = desk.words
        self.head, self.key, self.told, self.residue = QLabel(), QLabel(), QLabel(), QLabel()
        self.head.setProperty("role", "head")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.put(self.head, "恢復密鑰")
        words.put(self.key, "恢復密鑰", setter="setAccessibleName")
        words.put(
            self.told,
            "只顯示這一次。請打印或抄下，裝入信封，與電腦分開保管：忘記密碼時只有它能重設，丟失了加密的內容就讀不出來。",
        )
        self.residue.setProperty("role", "error")
        for label in (self.told, self.residue):
            label.setWordWrap(True)
        self.print_button, self.kept_button = QPushButton(), QPushButton()
        words.put(self.print_button, "打印恢復密鑰…")
        words.put(self.kept_button, "已經保管好")
        self.print_button.setProperty("role", "main")
        self.print_button.clicked.connect(self._print)
        self.kept_button.clicked.connect(self._keep)
        buttons = QHBoxLayout()
        for button in (self.print_button, self.kept_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.STEP] * 4)
        column.setSpacing(3 * theme.STEP)
        for part in (self.head, self.key, self.told, self.residue):
            column.addWidget(part)
        column.addLayout(buttons)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()
        self.hide()

    def _fit(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.SIZES["title"] * self._desk.scale)
        self.key.setFont(font)

    def show_key(self, key: str, residue: Trouble | None) -> None:
        """Show a new key; ``residue`` is why what was plain could not be wiped off the file."""
        self._key = key
        groups = key.split("-")
        lines = ["-".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
        self.key.setText("\n".join(lines))
        self.residue.setVisible(residue is not None)
        if residue is not None:
            sentence = "{why}加密前的內容可能還留在數據庫文件裏；之後可運行 taizhang vault clean 清除。"
            self._desk.words.put(self.residue, sentence, why=residue.told(self._desk.say))
        self.show()

    def _print(self) -> None:
        key, name = self._key, self._desk.database.path.name

        def make(session: Session, _tick: Tick) -> Print:
            from db.settings import office
            from exports.pdf.recovery import print_recovery

            return print_recovery(key, office=office(session), database=name, on=date.today())

        self._desk.preview(self, make, "恢復密鑰")

    def _keep(self) -> None:
        self._key = ""
        self.key.clear()
        self.hide()
        self.kept.emit()
