"""Asking for the password at the opening, or later from the status bar; it may be skipped."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from db.errors import Trouble
from desktop import theme
from desktop.desk import Desk
from desktop.locking import unlock
from desktop.widgets.passwordform import PasswordForm


class UnlockDialog(QDialog):
    """``forgotten`` asks for the page where the recovery key is typed."""

    forgotten = Signal()

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        desk.words.put(self, "輸入密碼", setter="setWindowTitle")
        self.told = QLabel()
        self.told.setWordWrap(True)
        desk.words.put(self.told, "個人信息和收到的原件是加密保存的。不輸入密碼也能使用，這些內容只顯示掩碼。")
        self.form = PasswordForm(desk.words, [("old", "密碼")], "解鎖", leave="暫不解鎖")
        self.form.given.connect(self._unlock)
        self.form.left.connect(self.reject)
        self.forgotten_button = QPushButton()
        desk.words.put(self.forgotten_button, "忘記密碼…")
        self.forgotten_button.setAutoDefault(False)
        self.form.accept_button.setDefault(True)
        self.forgotten_button.clicked.connect(self._on_forgotten)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[4 * theme.STEP] * 4)
        column.setSpacing(3 * theme.STEP)
        column.addWidget(self.told)
        column.addWidget(self.form)
        column.addWidget(self.forgotten_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.resize(min(700, 26 * self.fontMetrics().height()), 0)

    def _unlock(self, typed: dict[str, str]) -> None:
        unlock(self._desk, self, typed["old"], self.accept, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Trouble):
            self.form.say_trouble(error)
            self.form.begin()
            self._fit()
        else:
            self.reject()
            self._desk.troubled.emit(error)

    def _on_forgotten(self) -> None:
        self.reject()
        self.forgotten.emit()

    def _fit(self) -> None:
        """Make the dialog as high as its words and fields ask for at its width."""
        whole = self.layout()
        assert whole is not None
        whole.activate()
        self.resize(self.width(), max(self.height(), whole.totalHeightForWidth(self.width())))

    def begin(self) -> None:
        """Open over the window with the cursor in the field."""
        self._fit()
        self.open()
        self.form.begin()
