"""The last operations, each to be taken back, and the state of the backup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings_history import states
from desktop.widgets.elided import Elided

if TYPE_CHECKING:
    from db.undo import PastBatch

SHOWN = 3
_LARGE = 1.5


@dataclass(slots=True)
class _Line:
    words: Elided
    state: QLabel
    button: QPushButton


class Recent(QFrame):
    """``undone`` carries the number of the operation to take back; ``backups`` asks for the list of snapshots."""

    undone = Signal(int)
    backups = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._past: list[PastBatch] = []
        self._backup: tuple[datetime, str] | None = None
        self.setObjectName("card")
        head, self.backup, self.backup_button = QLabel(), QLabel(), QPushButton()
        head.setProperty("role", "head")
        desk.words.put(head, "最近操作")
        desk.words.put(self.backup_button, "備份…")
        self.backup_button.clicked.connect(self.backups)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "faint")
        desk.words.put(self.nothing, "還沒有操作。")
        self.lines = [_Line(Elided(), QLabel(), QPushButton()) for _ in range(SHOWN)]
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.STEP)
        grid.setColumnStretch(0, 1)
        for row, line in enumerate(self.lines):
            line.state.setProperty("role", "faint")
            line.button.clicked.connect(lambda _checked=False, place=row: self.undone.emit(self._past[place].id))
            for column, part in enumerate((line.words, line.state, line.button)):
                grid.addWidget(part, row, column)
        top = QHBoxLayout()
        top.addWidget(head)
        top.addStretch(1)
        top.addWidget(self.backup)
        top.addWidget(self.backup_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(3 * theme.STEP, 2 * theme.STEP, 3 * theme.STEP, 2 * theme.STEP)
        box.setSpacing(theme.STEP)
        box.addLayout(top)
        box.addWidget(self.nothing)
        box.addLayout(grid)
        desk.scaled.connect(lambda _scale: self._show())
        desk.words.changed.connect(self._show)

    def show_past(self, past: Sequence[PastBatch], backup: tuple[datetime, str] | None) -> None:
        """Show other operations, newest first; ``backup`` is when the last snapshot was taken and why."""
        self._past, self._backup = list(past), backup
        self._show()

    def _fitting(self) -> int:
        """Return how many operations there is room for beside the bars, by the size of the type."""
        return SHOWN if self._desk.scale < _LARGE else 1

    def _show(self) -> None:
        words = self._desk.words
        said = states(self._past)
        self.nothing.setVisible(not self._past)
        for place, line in enumerate(self.lines):
            present = place < min(len(self._past), self._fitting())
            for part in (line.words, line.state, line.button):
                part.setVisible(present)
            if present:
                one = self._past[place]
                when = told_time(one.at, self._desk)
                line.words.setText("　".join((when, one.operator, words.say_stored(one.title))))
                line.state.setText(words.say(said[place]))
                line.button.setVisible(not one.undone)
                words.put(line.button, act := "重做" if one.takes_back else "撤銷")
                name = words.say(act + "：{title}", title=words.say_stored(one.title))
                line.button.setAccessibleName(name)
        if self._backup is None:
            words.put(self.backup, "備份：還沒有。關閉程序時會自動備份。")
        else:
            at, why = self._backup
            when, told = told_time(at, self._desk), words.say(why)
            words.put(self.backup, "備份：{when}（{why}），已通過檢查", when=when, why=told)


def told_time(at: datetime, desk: Desk) -> str:
    """Return a time as told in passing: 今天 08:30, 昨天 17:05, 11月20日 09:00."""
    days = date.today() - at.date()
    if days == timedelta(0):
        return desk.say("今天 {time}", time=f"{at:%H:%M}")
    if days == timedelta(1):
        return desk.say("昨天 {time}", time=f"{at:%H:%M}")
    day = f"{at.month}月{at.day}日" if at.year == date.today().year else f"{at.year}年{at.month}月{at.day}日"
    return f"{day} {at:%H:%M}"
