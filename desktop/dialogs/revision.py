"""A corrected notice beside the stored one (更正稿): every point that differs, before and after, then one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from db.changes import Changes
from db.database import Database
from db.drafts import DocumentDraft
from db.revision import Fate, PointChange, Revision
from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog
from desktop.widgets.readtable import ReadTable

_TITLES = ("改動", "編號", "內容", "任務")
_SHAPES = {Fate.SAME: "=", Fate.CHANGED: "≠", Fate.NEW: "+", Fate.GONE: "−", Fate.OWN: "·"}
_SHOWN = 60  # characters of a point in the table


class RevisionDialog(StepDialog):
    """Shows the comparison; its operation applies exactly what is shown."""

    def __init__(self, parent: QWidget, desk: Desk, plan: int, draft: DocumentDraft, found: Revision) -> None:
        super().__init__(parent, desk, "讀入更正稿", "套用更正")
        self._plan, self._draft, self._found = plan, draft, found
        self.lines: list[PointChange] = []
        self.only_changed = QCheckBox()
        desk.words.put(self.only_changed, "只看有改動的")
        self.only_changed.setChecked(not found.nothing)
        self.table = ReadTable(desk.words, "逐條對照", _TITLES, wide=2)
        self.detail = QTextBrowser()
        desk.words.put(self.detail, "改動前後", setter="setAccessibleName")
        self._say_counts()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.detail)
        splitter.setSizes([300, 220])
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.only_changed)
        column.insertWidget(2, splitter, 10)
        self.form.hide()
        self.ok_button.setEnabled(not found.nothing)
        self.only_changed.toggled.connect(lambda _on: self._fill())
        self.table.currentCellChanged.connect(lambda *_: self._say_point())
        desk.words.changed.connect(self._fill)
        high = self.fontMetrics().height()
        self.resize(min(1180, 56 * high), min(640, 32 * high))
        self._fill()

    def _say_counts(self) -> None:
        found = self._found
        if found.nothing:
            self.desk.words.put(self.head, "「{title}」與已存入的逐條相同，不用套用。", title=found.title)
            return
        told = "「{title}」：有改動 {changed}，新增 {new}，刪去 {gone}，不變 {same}。套用後任務全部保留，可以撤銷。"
        if found.left_out:
            told += "另有計劃「{left}」不在原通知裏，不會存入。"
        self.desk.words.put(
            self.head,
            told,
            title=found.title,
            changed=found.count(Fate.CHANGED),
            new=found.count(Fate.NEW),
            gone=found.count(Fate.GONE),
            same=found.count(Fate.SAME),
            left="」「".join(found.left_out),
        )

    def _fill(self) -> None:
        quiet = (Fate.SAME, Fate.OWN) if self.only_changed.isChecked() else ()
        self.lines = [one for one in self._found.changes if one.fate not in quiet]
        self.table.show_rows([self._row(one) for one in self.lines])
        self._say_point()

    def _row(self, one: PointChange) -> Sequence[str]:
        fate = f"{_SHAPES[one.fate]} {self.desk.say(one.fate.value)}"
        text = (one.after or one.before)[:_SHOWN]
        return (fate + ("？" if one.doubtful else ""), one.number, text, "、".join(one.tasks))

    def _say_point(self) -> None:
        row = self.table.currentRow()
        if not 0 <= row < len(self.lines):
            self.detail.clear()
            return
        one, say = self.lines[row], self.desk.words.say_stored
        told = [f"<p>{escape(say('兩條的文字相差較大，請核對是不是同一條。'))}</p>"] if one.doubtful else []
        told += [f"<p>{escape(say(sentence))}</p>" for sentence in one.differences]
        if one.fate is Fate.CHANGED and one.before != one.after:
            before, after = marked(one.before, one.after)
            told.append(f"<p><b>{escape(say('原'))}</b>　{before}</p><p><b>{escape(say('改'))}</b>　{after}</p>")
        else:
            told.append(f"<p>{escape(one.after or one.before)}</p>")
        self.detail.setHtml("".join(told))

    def show_first(self) -> None:
        """Open with the cursor in the table."""
        self.begin(self.table)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation that applies what is shown."""
        plan, draft, found = self._plan, self._draft, self._found

        def work(database: Database) -> Changes:
            from db import revision

            return revision.apply(database, plan=plan, draft=draft, agreed=found)

        return work


def marked(before: str, after: str) -> tuple[str, str]:
    """Return two texts as HTML with what differs struck out in the first and underlined in the second."""
    from rapidfuzz.distance import Levenshtein

    old, new = [], []
    for step in Levenshtein.opcodes(before, after):
        was, now = escape(before[step.src_start : step.src_end]), escape(after[step.dest_start : step.dest_end])
        if step.tag == "equal":
            old.append(was)
            new.append(now)
            continue
        if was:
            old.append(f'<span style="background:{theme.DAMAGE}"><s>{was}</s></span>')
        if now:
            new.append(f'<span style="background:{theme.CHOSEN}"><u>{now}</u></span>')
    return "".join(old), "".join(new)
