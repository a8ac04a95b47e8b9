"""The last operations (操作記錄), each of which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.changes import Changes
    from db.undo import PastBatch

LIMIT = 200


def states(past: Sequence[PastBatch]) -> list[str]:
    """Return the state of each operation, newest first: what was undone may stand again by an undo of the undo."""
    undone_by = {one.undoes: one for one in reversed(past) if one.undoes is not None}

    def stands(one: PastBatch) -> bool:
        later = undone_by.get(one.id)
        return later is None or not stands(later)

    return ["" if not one.undone else "已撤銷，後又恢復" if stands(one) else "已撤銷" for one in past]


class HistoryPane(QWidget):
    """The tab 操作記錄."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._past: list[PastBatch] = []
        words = desk.words
        self.table = ReadTable(words, "操作記錄", ("時間", "操作人", "操作", "涉及", "狀態"), wide=2)
        self.count, self.undo_button = QLabel(), QPushButton()
        self.kept_head, self.kept = QLabel(), QPlainTextEdit()
        self.kept_head.setWordWrap(True)
        self.kept.setReadOnly(True)
        self.kept.setTabChangesFocus(True)
        self.kept_head.setBuddy(self.kept)
        words.put(self.kept, "撤銷時保留的內容", setter="setAccessibleName")
        self._told: Changes | None = None
        self.count.setProperty("role", "faint")
        words.put(self.undo_button, "撤銷選中的操作，之後又改過的內容保留", setter="setToolTip")
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3 * theme.STEP, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.table, 3)
        column.addWidget(self.kept_head)
        column.addWidget(self.kept, 1)
        column.addLayout(foot)
        self.undo_button.clicked.connect(self.undo_chosen)
        self.table.currentCellChanged.connect(lambda *_: self._show_what_fits())
        words.changed.connect(self._show)
        words.changed.connect(lambda: self._tell_kept(self._told))
        self._tell_kept(None)
        desk.scaled.connect(lambda _scale: self.table.fit())
        desk.changed.connect(self._on_change)

    def _on_change(self, _changes: Changes) -> None:
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Read the last operations."""
        from db.undo import history

        self._desk.ask(self, lambda session: history(session, limit=LIMIT), self._take)

    def _take(self, past: list[PastBatch]) -> None:
        self._past = past
        self._show()

    def _show(self) -> None:
        words = self._desk.words
        self.table.show_rows(
            [
                (
                    f"{one.at:%Y-%m-%d %H:%M}",
                    one.operator,
                    words.say_stored(one.title),
                    words.say("{n} 條", n=one.rows),
                    words.say(state),
                )
                for one, state in zip(self._past, states(self._past), strict=True)
            ]
        )
        template = "最近 {n} 次操作" if self._past else "還沒有操作。"
        words.put(self.count, template, n=len(self._past))
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        row = self.table.currentRow()
        again = 0 <= row < len(self._past) and self._past[row].takes_back
        self._desk.words.put(self.undo_button, "重做這一項" if again else "撤銷這一項")
        chosen = self._past[row] if 0 <= row < len(self._past) else None
        self.undo_button.setEnabled(chosen is not None and not (chosen.undone or chosen.stays))

    def undo_chosen(self) -> None:
        """Take the chosen operation back."""
        batch = self._past[self.table.currentRow()].id

        def operation() -> Changes:
            from db.undo import undo

            return undo(self._desk.database, batch=batch)

        self._desk.perform(self, operation, self._tell_kept)

    def _tell_kept(self, changes: Changes | None) -> None:
        """List what an undo left as it is, because it was changed or used since."""
        self._told = changes if changes is not None and changes.notes else None
        for part in (self.kept_head, self.kept):
            part.setVisible(self._told is not None)
        if self._told is not None:
            words = self._desk.words
            template = "「{title}」之後改過或用到的 {n} 處沒有動："
            title = words.say_stored(self._told.title).partition("：")[2]
            words.put(self.kept_head, template, title=title, n=len(self._told.notes))
            self.kept.setPlainText("\n".join(map(words.say_stored, self._told.notes)))
