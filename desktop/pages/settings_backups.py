"""The snapshots of the database: what there is, a new one now, going back to one; and the check of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from db.errors import DatabaseTrouble
from desktop import theme
from desktop.desk import Desk
from desktop.jobs import Progress
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.backup import Contents
    from db.changes import Changes
    from db.database import Database

_MB = 1024 * 1024
_TITLES = ("時間", "原因", "計劃", "任務", "進展", "其中最後一次操作", "大小")


@dataclass(frozen=True, slots=True)
class Copy:
    """A snapshot as the list shows it."""

    at: datetime
    reason: str
    size: int
    path: Path


def copies(database: Database) -> tuple[Path, list[Copy]]:
    """Return the folder for new snapshots, and the snapshots in it and beside the database, newest first."""
    from db.backup import folder_of, snapshots

    usual = folder_of(database.path)
    folder = database.backup_folder() or usual
    found = {one.path: one for place in (usual, folder) for one in snapshots(place, database.path.stem)}
    newest = sorted(found.values(), reverse=True)
    return folder, [Copy(one.at, one.label, one.path.stat().st_size, one.path) for one in newest]


def told_size(size: int) -> str:
    """Return a size as a clerk reads it."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / 1024))} KB"


def look_into(paths: Sequence[Path], progress: Progress) -> dict[Path, Contents | str]:
    """Return what is in each snapshot, or the sentence why that cannot be told."""
    from db.backup import contents

    found: dict[Path, Contents | str] = {}
    for done, path in enumerate(paths):
        progress.at(done, len(paths))
        try:
            found[path] = contents(path)
        except DatabaseTrouble as trouble:
            found[path] = str(trouble)
    return found


class BackupsPane(QWidget):
    """The tab 備份."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._copies: list[Copy] = []
        self._inside: dict[Path, Contents | str] = {}  # snapshots never change, so each is read once
        words = desk.words
        self.where, self.count, self.checked = QLabel(), QLabel(), QLabel()
        self.table = ReadTable(words, "備份", _TITLES, wide=len(_TITLES) - 2)
        self.now_button, self.restore_button = QPushButton(), QPushButton()
        self.other_button, self.check_button = QPushButton(), QPushButton()
        for button, word, act in (
            (self.now_button, "立即備份", self.back_up),
            (self.restore_button, "用選中的備份恢復…", self._restore_chosen),
            (self.other_button, "用其他文件恢復…", self._restore_other),
            (self.check_button, "檢查數據庫", self.check),
        ):
            words.put(button, word)
            button.clicked.connect(act)
        for label in (self.where, self.count, self.checked):
            label.setWordWrap(True)
        self.count.setProperty("role", "faint")
        self._arrange()
        words.changed.connect(self._show)
        desk.scaled.connect(lambda _scale: self.table.fit())
        desk.changed.connect(self._on_change)

    def _arrange(self) -> None:
        buttons, check = QHBoxLayout(), QHBoxLayout()
        for button in (self.now_button, self.restore_button, self.other_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.check_button)
        check.addWidget(self.checked, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3 * theme.STEP, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.where)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)
        column.addLayout(buttons)
        column.addLayout(check)

    def _on_change(self, _changes: Changes) -> None:
        self.checked.clear()  # it was said of another state of the data
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Read which snapshots there are."""
        self._desk.work(self, lambda _progress: copies(self._desk.database), self._take)

    def _take(self, found: tuple[Path, list[Copy]]) -> None:
        folder, self._copies = found
        self._desk.words.put(self.where, "備份文件夾：{folder}", folder=folder)
        self._show()
        new = [one.path for one in self._copies if one.path not in self._inside]
        if new:
            self._desk.work(self, lambda progress: look_into(new, progress), self._take_contents)

    def _take_contents(self, found: dict[Path, Contents | str]) -> None:
        self._inside |= found
        self._show()

    def _show(self) -> None:
        self.table.show_rows([self._row(one) for one in self._copies])
        self.restore_button.setEnabled(bool(self._copies))
        words = "共 {n} 個備份" if self._copies else "還沒有備份。關閉程序時會自動備份，也可點「立即備份」。"
        self._desk.words.put(self.count, words, n=len(self._copies))

    def _row(self, one: Copy) -> tuple[str, ...]:
        words = self._desk.words
        head = (f"{one.at:%Y-%m-%d %H:%M}", words.say(one.reason))
        inside = self._inside.get(one.path)
        if inside is None:
            middle = ("…", "…", "…", words.say("正在讀取…"))
        elif isinstance(inside, str):
            middle = ("", "", "", words.say_stored(inside))
        else:
            last = words.say_stored(inside.last_title)
            when = f"{inside.last_at:%m-%d %H:%M} {inside.last_operator}　" if inside.last_at else ""
            middle = (str(inside.plans), str(inside.tasks), str(inside.entries), when + last)
        return (*head, *middle, told_size(one.size))

    def back_up(self) -> None:
        """Write a snapshot now."""

        def work(_progress: object) -> Path:
            from db.backup import snapshot

            database = self._desk.database
            return snapshot(database.path, reason="manual", folder=database.backup_folder())

        def done(path: Path) -> None:
            self._desk.told.emit(self._desk.say("備份已寫入並通過檢查：{path}", path=path), None)
            self.load()

        self._desk.work(self, work, done)

    def _restore_chosen(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._copies):
            self.restore(self._copies[row].path)

    def _restore_other(self) -> None:
        say = self._desk.say
        folder = str(self._desk.database.path.parent)
        name, _ = QFileDialog.getOpenFileName(self, say("選擇備份"), folder, f"{say('臺賬數據庫')} (*.db)")
        if name:
            self.restore(Path(name))

    def restore(self, path: Path) -> None:
        """Ask, and put a snapshot in the place of the open database."""
        if not self._agreed(path):
            return

        def done(kept: Path | None) -> None:
            told = self._desk.say("已用「{name}」恢復。", name=path.name)
            if kept is not None:
                told += self._desk.say("恢復前的數據庫保存在：{path}", path=kept)
            self._desk.told.emit(told, None)
            self.load()

        self._desk.restore(self, path, done)

    def _agreed(self, path: Path) -> bool:
        say = self._desk.say
        box = QMessageBox(
            QMessageBox.Icon.Question, say("政務臺賬"), say("用「{name}」恢復？", name=path.name), parent=self
        )
        box.setInformativeText(
            say(
                "數據庫會先關閉，換成這個備份，再自動打開；備份以後的修改不在其中。現在的數據庫會另存一份，可以再恢復回來。"
            )
        )
        agree = box.addButton(say("恢復"), QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(say("取消"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse)
        box.setEscapeButton(refuse)
        box.exec()
        return box.clickedButton() is agree

    def check(self) -> None:
        """Verify the file and the chain of the audit trail."""
        self._desk.words.put(self.checked, "正在檢查…")

        def work(_progress: object) -> list[str]:
            from db.check import problems

            return problems(self._desk.database)

        self._desk.work(self, work, self._take_problems)

    def _take_problems(self, problems: list[str]) -> None:
        if not problems:
            self._desk.words.put(self.checked, "檢查通過：數據庫完整，操作記錄沒有改動。")
            return
        template = "發現 {n} 個問題，請用備份恢復：{problems}"
        told = "；".join(map(self._desk.words.say_stored, problems))
        self._desk.words.put(self.checked, template, n=len(problems), problems=told)
