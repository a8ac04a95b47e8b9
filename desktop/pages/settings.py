"""The page 設置: the office, the snapshots and the check of the database, the last operations."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMessageBox, QTabWidget

from db.errors import Refused
from desktop.desk import Desk
from desktop.pages.page import Page
from desktop.pages.settings_backups import BackupsPane
from desktop.pages.settings_columns import ColumnsPane
from desktop.pages.settings_form import SettingsForm, Values
from desktop.pages.settings_history import HistoryPane
from desktop.pages.settings_office import OfficePane
from desktop.pages.settings_reporting import ReportingPane
from desktop.pages.settings_vault import VaultPane

if TYPE_CHECKING:
    from db.changes import Changes
    from db.settings import Office

_TABS = ("辦公室和輸出", "欄目", "報送和郵件", "安全", "備份和檢查", "操作記錄")


class SettingsPage(Page):
    """The page 設置. What the office sets is a draft until 保存."""

    name = "設置"
    icon = "mdi6.cog"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.office, self.columns, self.reporting = OfficePane(desk), ColumnsPane(desk), ReportingPane(desk)
        self.forms: tuple[SettingsForm, ...] = (self.office, self.columns, self.reporting)
        self.vault, self.backups, self.history = VaultPane(desk), BackupsPane(desk), HistoryPane(desk)
        self._stored: Values | None = None
        self._steps: list[Values] = []  # the states of the draft, for undo
        self.tabs = QTabWidget()
        for pane, name in zip((*self.forms, self.vault, self.backups, self.history), _TABS, strict=True):
            self.tabs.addTab(pane, "")
            desk.words.put(self.tabs, name, setter="setTabText", before=(self.tabs.count() - 1,))
        self.tabs.setDocumentMode(True)
        self.body.addWidget(self.tabs, 1)
        self.unsaved = QLabel()
        self.unsaved.setProperty("role", "faint")
        desk.words.put(self.unsaved, "有未保存的修改")
        self.side_actions.addWidget(self.unsaved)
        self.set_main_action("保存").clicked.connect(self.save)
        desk.words.put(self.main_action, "保存設置（Ctrl+S）", setter="setToolTip")
        for form in self.forms:
            form.typed.connect(self._show_state)
            form.edited.connect(self._on_step)
        self.tabs.currentChanged.connect(lambda _tab: self._load_tab())
        desk.changed.connect(self._on_change)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        self._show_state()

    def arrived(self) -> None:
        """Load what the open tab shows."""
        self._load_office()
        self._load_tab()

    def _load_office(self) -> None:
        from db.settings import office

        self.desk.ask(self, office, self._take)

    def _load_tab(self) -> None:
        pane = self.tabs.currentWidget()
        if isinstance(pane, VaultPane | BackupsPane | HistoryPane):
            pane.load()

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("setting"):
            self._load_office()

    def _take(self, office: Office) -> None:
        """Show what is stored; what was changed here and not yet saved stays."""
        new = asdict(office)
        if self._stored is not None:
            draft = self._draft()
            shown = {key: new[key] if draft[key] == self._stored[key] else draft[key] for key in new}
        else:
            shown = new
        if new != self._stored:
            self._stored = new
            self._show_values(shown)
            self._steps = [self._draft()]
        self._show_state()

    # the draft

    def _draft(self) -> Values:
        return {name: value for form in self.forms for name, value in form.values().items()}

    def _show_values(self, values: Values) -> None:
        for form in self.forms:
            form.show_values(values)

    def changed_values(self) -> Values:
        """Return what differs from what is stored."""
        if self._stored is None:
            return {}
        return {key: value for key, value in self._draft().items() if value != self._stored[key]}

    def _show_state(self) -> None:
        changed = bool(self.changed_values())
        self.main_action.setEnabled(changed)
        self.unsaved.setVisible(changed)

    def _on_step(self) -> None:
        now = self._draft()
        if not self._steps or now != self._steps[-1]:
            self._steps.append(now)
        self._show_state()

    def undo_own(self) -> bool:
        """Take back the last change of the form that is not yet saved."""
        if self.tabs.currentWidget() not in self.forms or len(self._steps) < 2:  # noqa: PLR2004 - now and before
            return False
        self._steps.pop()
        self._show_values(self._steps[-1])
        self._show_state()
        return True

    def save(self, *, closing: bool = False) -> None:
        """Store what was changed as one operation."""
        values = self.changed_values()
        if not values:
            return

        def work() -> Changes:
            from db.settings import set_office

            _refuse_folder(values.get("backup_folder", ""))
            _refuse_template(values)
            return set_office(self.desk.database, values=values)

        self.desk.perform(self, work, lambda _changes: self._saved(closing=closing))

    def _saved(self, *, closing: bool) -> None:
        self._load_office()
        if closing:
            self.desk.jobs.run(self, lambda _progress: None, lambda _none: self._close(), self.desk.troubled.emit)

    def _close(self) -> None:
        self.window().close()

    def may_close(self) -> bool:
        """Ask what is to become of changes not yet saved: save them, drop them, or stay."""
        if not self.changed_values():
            return True
        say = self.desk.say
        question = say("設置有修改還沒有保存。")
        box = QMessageBox(QMessageBox.Icon.Question, say("政務臺賬"), question, parent=self)
        save = box.addButton(say("保存"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(say("放棄"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(say("取消"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is save:
            self.save(closing=True)  # closes the window again when all is stored
        return box.clickedButton() is drop


def _refuse_template(values: Values) -> None:
    """Raise :class:`Refused` where a mail names a place that there is none of."""
    from exports.mail.letter import check_template

    for name in ("mail_subject", "mail_body"):
        check_template(values.get(name, ""))


def _refuse_folder(name: str) -> None:
    """Raise :class:`Refused` where no snapshot could be written into the folder chosen."""
    if not name:
        return
    folder = Path(name)
    if not folder.is_absolute() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Refused("備份文件夾「{folder}」不存在或不能寫入，設置沒有保存。請另選一個文件夾。", folder=name)
