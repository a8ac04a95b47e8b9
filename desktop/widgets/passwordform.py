"""Fields for passwords under each other, with one button that does something with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.errors import Trouble
from desktop import theme
from desktop.pages.plans_form import Form
from desktop.words import Words

NEW, AGAIN = "new", "again"


class PasswordForm(QWidget):
    """``given`` carries what was typed, by the keys of ``fields`` (key and label); a new password is typed twice."""

    given = Signal(dict)
    left = Signal()

    def __init__(
        self,
        words: Words,
        fields: Sequence[tuple[str, str]],
        accept: str,
        *,
        shown: Sequence[str] = (),
        leave: str = "",
    ) -> None:
        super().__init__()
        self._words = words
        self._shown = frozenset(shown)
        self.form, self.error = Form(words), QLabel()
        self.form.grid.setColumnStretch(1, 1)
        self.form.grid.setVerticalSpacing(2 * theme.STEP)
        self.fields: dict[str, QLineEdit] = {}
        for row, (key, label) in enumerate(fields):
            self.fields[key] = self.form.line(label, row, 0)
            self.fields[key].returnPressed.connect(self._on_return)
        self.show_box = QCheckBox()
        words.put(self.show_box, "顯示輸入的內容（輸入漢字時要勾選）")
        self.show_box.toggled.connect(self._set_modes)
        self.form.grid.addWidget(self.show_box, len(fields), 1)
        self.error.setWordWrap(True)
        self.error.setProperty("role", "error")
        self.accept_button, self.leave_button = QPushButton(), QPushButton()
        self.accept_button.setProperty("role", "main")
        words.put(self.accept_button, accept)
        words.put(self.leave_button, leave)
        self.accept_button.clicked.connect(self.decide)
        self.leave_button.clicked.connect(self._leave)
        self.leave_button.setVisible(bool(leave))
        buttons = QHBoxLayout()
        for button in (self.accept_button, self.leave_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.form)
        column.addWidget(self.error)
        column.addLayout(buttons)
        self.clear()

    def _set_modes(self) -> None:
        for key, field in self.fields.items():
            hidden = key not in self._shown and not self.show_box.isChecked()
            field.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)

    def _on_return(self) -> None:
        """Go on to the next empty field, or do it."""
        empty = next((field for field in self.fields.values() if not field.text()), None)
        if empty is None:
            self.decide()
        else:
            empty.setFocus(Qt.FocusReason.TabFocusReason)

    def typed(self) -> Mapping[str, str]:
        """Return what stands in the fields."""
        return {key: field.text() for key, field in self.fields.items()}

    def decide(self) -> None:
        """Give what was typed, unless something is missing or a new password was typed in two ways."""
        typed = self.typed()
        if not all(typed.values()):
            self._words.put(self.error, "還有沒填的。")
            self.error.show()
        elif typed.get(NEW, "") != typed.get(AGAIN, typed.get(NEW, "")):
            self._words.put(self.error, "兩次輸入的密碼不一樣。")
            self.error.show()
        else:
            self.accept_button.setEnabled(False)
            self.error.hide()
            self.given.emit(dict(typed))

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what was refused; what was typed stays."""
        self.accept_button.setEnabled(True)
        self.error.setText(trouble.told(self._words.say))
        self.error.show()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields.values():
            field.clear()
        self.show_box.setChecked(False)
        self._set_modes()
        self.error.hide()
        self.accept_button.setEnabled(True)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)
