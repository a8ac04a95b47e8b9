"""The tab 安全: the password that private data are encrypted with, the recovery key, what is still plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from db.errors import Trouble
from desktop import theme
from desktop.desk import Desk
from desktop.locking import lock, tell_turned, unlock
from desktop.pages.settings_recovery import RecoveryCard
from desktop.widgets.passwordform import AGAIN, NEW, PasswordForm
from desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database
    from db.vault import NewPassword, VaultState
    from db.vaultrest import Rest

_OLD, _KEY = "old", "key"
_TWICE = ((NEW, "新密碼"), (AGAIN, "再輸入一次"))
_WIDEST = 720  # px at 100 %
_HEADS = {"absent": "沒有設置密碼", "locked": "已設置密碼，現在已鎖定", "unlocked": "已設置密碼，現在已解鎖"}
_TOLD = {
    "absent": "身份證號、賬號和個人手機號碼只保留掩碼，不能按身份證號查重；收到的文件、通知原件和佐證材料不加密。"
    "設置密碼後，這些內容加密保存，以前存入的原件也一併加密。"
    "密碼至少 8 個字符；忘記了只能用恢復密鑰重設，請務必打印保管。",
    "locked": "個人信息只顯示掩碼，加密的原件打不開；新存入的仍然加密保存。密碼於 {since} 設置。",
    "unlocked": "個人信息和加密的原件可以查看，直到鎖定或關閉程序。密碼於 {since} 設置。",
}


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the tab shows: the state, since when there is a password, what is still plain."""

    state: VaultState
    since: datetime | None
    rest: Rest


def _standing(database: Database) -> _Standing:
    from db.vault import changed_since, state
    from db.vaultrest import rest

    with database.reading() as session:
        since = changed_since(session)
    return _Standing(state(database), since, rest(database))


class VaultPane(QWidget):
    """The tab 安全."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._standing: _Standing | None = None
        self._open = ""  # which form is asked for by a button
        self._wanted = False  # the cursor is to go into the form as soon as it is known which
        words = desk.words
        self.head, self.told = QLabel(), QLabel()
        self.head.setProperty("role", "head")
        self.forms = {
            "set": PasswordForm(words, _TWICE, "設置密碼"),
            "unlock": PasswordForm(words, [(_OLD, "密碼")], "解鎖"),
            "change": PasswordForm(words, [(_OLD, "現在的密碼"), *_TWICE], "修改密碼", leave="取消"),
            "recover": PasswordForm(words, [(_KEY, "恢復密鑰"), *_TWICE], "重設密碼", shown=[_KEY], leave="取消"),
            "renew": PasswordForm(words, [(_OLD, "現在的密碼")], "更換恢復密鑰", leave="取消"),
        }
        acts = {
            "set": self._set,
            "unlock": self._unlock,
            "change": self._change,
            "recover": self._recover,
            "renew": self._renew,
        }
        for name, form in self.forms.items():
            form.given.connect(acts[name])
            form.left.connect(lambda: self.ask(""))
        self.lock_button, self.change_button = QPushButton(), QPushButton()
        self.recover_button, self.renew_button = QPushButton(), QPushButton()
        for button, word, act in (
            (self.lock_button, "鎖定", lambda: lock(desk)),
            (self.change_button, "修改密碼…", lambda: self.ask("change")),
            (self.recover_button, "用恢復密鑰重設…", lambda: self.ask("recover")),
            (self.renew_button, "更換恢復密鑰…", lambda: self.ask("renew")),
        ):
            words.put(button, word)
            button.clicked.connect(act)
        self.key = RecoveryCard(desk)
        self.key.kept.connect(self._on_kept)
        self.rest, self.clean_button = QLabel(), QPushButton()
        words.put(self.clean_button, "刪除未加密的舊備份…")
        self.clean_button.clicked.connect(self._clean)
        for label in (self.told, self.rest):
            label.setWordWrap(True)
        self._arrange()
        desk.changed.connect(self._on_change)
        self._show()

    def _arrange(self) -> None:
        inside = QWidget()
        self._desk.scaled.connect(lambda scale: inside.setMaximumWidth(round(_WIDEST * scale)))
        inside.setMaximumWidth(round(_WIDEST * self._desk.scale))
        buttons = QHBoxLayout()
        for button in (self.lock_button, self.change_button, self.recover_button, self.renew_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 3 * theme.STEP, 2 * theme.STEP, 0)
        column.setSpacing(3 * theme.STEP)
        column.addWidget(self.head)
        column.addWidget(self.told)
        column.addWidget(self.key)
        for form in self.forms.values():
            column.addWidget(form)
        column.addLayout(buttons)
        column.addWidget(self.rest)
        column.addWidget(self.clean_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scrolled(inside))

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("vault_key"):
            self.load()

    def load(self) -> None:
        """Read how things stand."""
        self._desk.work(self, lambda _progress: _standing(self._desk.database), self._take)

    def _take(self, standing: _Standing) -> None:
        before, self._standing = self._standing, standing
        self._show()
        turned = before is not None and before.state is not standing.state and self.forms["unlock"].isVisible()
        if turned or self._wanted:  # the button that locked is gone, and the cursor with it
            self._wanted = False
            self._begin_usual()

    def ask(self, name: str) -> None:
        """Show one form instead of the buttons, or the buttons again where ``name`` is empty."""
        self._open = name
        self._show()
        if name:
            self.forms[name].begin()
        elif not self._begin_usual():
            self._wanted = self._standing is None

    def _begin_usual(self) -> bool:
        """Put the cursor into the form that stands there by itself; tell whether there is one."""
        form = next((one for one in self.forms.values() if one.isVisible()), None)
        if form is not None:
            form.begin()
        return form is not None

    def _on_kept(self) -> None:
        self._show()
        self.lock_button.setFocus(Qt.FocusReason.OtherFocusReason)  # the card is gone, and the cursor with it

    def _show(self) -> None:
        now = self._standing.state.value if self._standing is not None else ""
        usual = {"absent": "set", "locked": "unlock"}.get(now, "")
        asked = "" if self.key.isVisibleTo(self) else self._open or usual
        for name, form in self.forms.items():
            form.setVisible(name == asked)
        buttons = not self._open and not self.key.isVisibleTo(self)
        self.lock_button.setVisible(buttons and now == "unlocked")
        self.change_button.setVisible(buttons and now == "unlocked")
        self.renew_button.setVisible(buttons and now == "unlocked")
        self.recover_button.setVisible(buttons and now in ("locked", "unlocked"))
        plain = len(self._standing.rest.backups) if self._standing is not None else 0
        for part in (self.rest, self.clean_button):
            part.setVisible(plain > 0)
        if self._standing is None:
            return
        words, since = self._desk.words, self._standing.since
        words.put(self.head, _HEADS[now])
        words.put(self.told, _TOLD[now], since=f"{since:%Y-%m-%d %H:%M}" if since else "")
        words.put(self.rest, "有 {n} 個舊備份是設置密碼以前的，其中的原件沒有加密。複製到別處的請自行刪除。", n=plain)

    # what the forms do

    def _run(self, name: str, work: Callable[[Database], Changes], then: Callable[[], None] = lambda: None) -> None:
        """Run an operation of the vault; it is told without an offer of undo, for there is none."""

        def done(changes: Changes) -> None:
            self.forms[name].clear()
            self._open = ""
            self._desk.changed.emit(changes)
            tell_turned(self._desk)
            self._desk.told.emit(self._desk.sentence(changes), None)
            then()

        self._desk.jobs.run(
            self,
            lambda _progress: work(self._desk.database),
            done,
            lambda error: self._failed(name, error),
            what="正在加密已有的原件…" if name == "set" else "正在處理…",
        )

    def _failed(self, name: str, error: BaseException) -> None:
        form = self.forms[name]
        if isinstance(error, Trouble):
            form.say_trouble(error)
            form.begin()
        else:
            form.clear()
            self._desk.troubled.emit(error)

    def _with_key(self, name: str, make: Callable[[Database], NewPassword]) -> None:
        """Run what makes a recovery key, and show that."""
        made: list[NewPassword] = []

        def work(database: Database) -> Changes:
            made.append(make(database))
            return made[0].changes

        def then() -> None:
            self.key.show_key(made[0].recovery_key, made[0].residue)
            self._show()
            self.key.print_button.setFocus(Qt.FocusReason.OtherFocusReason)  # what is to be done next

        self._run(name, work, then)

    def _set(self, typed: Mapping[str, str]) -> None:
        def make(database: Database) -> NewPassword:
            from db import vault

            return vault.set_password(database, password=typed[NEW])

        self._with_key("set", make)

    def _renew(self, typed: Mapping[str, str]) -> None:
        def make(database: Database) -> NewPassword:
            from db import vault

            return vault.renew_recovery_key(database, password=typed[_OLD])

        self._with_key("renew", make)

    def _unlock(self, typed: Mapping[str, str]) -> None:
        unlock(self._desk, self, typed[_OLD], self.forms["unlock"].clear, lambda error: self._failed("unlock", error))

    def _change(self, typed: Mapping[str, str]) -> None:
        def work(database: Database) -> Changes:
            from db import vault

            return vault.change_password(database, old=typed[_OLD], new=typed[NEW])

        self._run("change", work)

    def _recover(self, typed: Mapping[str, str]) -> None:
        def work(database: Database) -> Changes:
            from db import vault

            return vault.recover(database, recovery_key=typed[_KEY], password=typed[NEW])

        self._run("recover", work)

    def _clean(self) -> None:
        """Ask, and delete the plain backups after a new one was written."""
        if self._standing is None or not self._agreed(len(self._standing.rest.backups)):
            return
        paths = self._standing.rest.backups

        def work(_progress: object) -> int:
            from db.vaultrest import remove_backups

            remove_backups(self._desk.database, paths)
            return len(paths)

        def done(count: int) -> None:
            self._desk.told.emit(self._desk.say("已另做一個新備份，刪除未加密的舊備份 {n} 個。", n=count), None)
            self.load()

        self._desk.work(self, work, done)

    def _agreed(self, count: int) -> bool:
        say = self._desk.say
        box = QMessageBox(
            QMessageBox.Icon.Question, say("政務臺賬"), say("刪除 {n} 個未加密的舊備份？", n=count), parent=self
        )
        box.setInformativeText(say("會先做一個新備份並檢查。刪除以後，不能再恢復到設置密碼以前的狀態。"))
        agree = box.addButton(say("刪除"), QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(say("取消"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse)
        box.setEscapeButton(refuse)
        box.exec()
        return box.clickedButton() is agree
