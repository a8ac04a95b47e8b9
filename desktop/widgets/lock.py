"""The button in the status bar that says whether private data are locked, and turns the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton

from desktop import theme
from desktop.desk import Desk
from desktop.locking import lock

if TYPE_CHECKING:
    from db.changes import Changes
    from db.vault import VaultState

_ICON = 16  # px at 100 %
# By the stored value of the state: the word, the icon, what a click does.
_LOOKS = {
    "absent": ("未設密碼", "mdi6.lock-off-outline", "個人信息只保留掩碼。點這裏設置密碼"),
    "locked": ("已鎖定", "mdi6.lock", "個人信息只顯示掩碼。點這裏輸入密碼"),
    "unlocked": ("已解鎖", "mdi6.lock-open-variant-outline", "個人信息可以查看。點這裏鎖定"),
}


class LockButton(QPushButton):
    """``unlocking`` asks for the password, ``setting_up`` for the page where it is set."""

    unlocking = Signal()
    setting_up = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.state: VaultState | None = None
        self._asks = False
        self.clicked.connect(self.turn)
        desk.changed.connect(self._on_change)
        desk.scaled.connect(lambda scale: self.setIconSize(QSize(round(_ICON * scale), round(_ICON * scale))))
        self._load()

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("vault_key"):
            self._load()

    def _load(self) -> None:
        def work(_progress: object) -> VaultState:
            from db.vault import state

            return state(self._desk.database)

        self._desk.work(self, work, self._take)

    def _take(self, state: VaultState) -> None:
        import qtawesome

        self.state = state
        word, icon, told = _LOOKS[state.value]
        self._desk.words.put(self, word)
        self._desk.words.put(self, told, setter="setToolTip")
        self.setIcon(qtawesome.icon(icon, color=theme.INK))
        if self._asks and state.value == "locked":
            self._asks = False
            self.unlocking.emit()

    def ask_at_opening(self) -> None:
        """Ask for the password as soon as it is known that there is one."""
        self._asks = True
        self._load()

    def turn(self) -> None:
        """Lock, ask for the password, or go where it is set."""
        if self.state is None:
            return
        if self.state.value == "unlocked":
            lock(self._desk)
        elif self.state.value == "locked":
            self.unlocking.emit()
        else:
            self.setting_up.emit()
