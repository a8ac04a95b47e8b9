"""Beside the form 填報: the last entry of the unit, those of the other units, and what was reported before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from db.evidence import MEGABYTE
from desktop import theme
from desktop.desk import Desk
from desktop.pages.entry_rows import Card, Told

_KILO = 1024
_LABELS = (("text", "進展"), ("problem", "問題"), ("next_step", "下一步"))


class BesidePane(QWidget):
    """``copied`` asks to take the last entry over; ``opened`` carries a piece of evidence to show."""

    copied = Signal()
    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._card: Card | None = None
        self._author: int | None = None
        self.head = QLabel()
        self.head.setProperty("role", "head")
        desk.words.put(self.head, "上次填報")
        self.copy_button = QPushButton()
        desk.words.put(self.copy_button, "照抄上次")
        desk.words.put(self.copy_button, "把上次的進度和文字填進表單，再改（Ctrl+D）", setter="setToolTip")
        self.copy_button.clicked.connect(self.copied)
        self.view = QTextBrowser()
        self.view.setOpenLinks(False)
        self.view.anchorClicked.connect(self._on_link)
        desk.words.put(self.view, "以前的填報", setter="setAccessibleName")
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        desk.words.changed.connect(self._write)
        self._write()

    def show_card(self, card: Card | None, author: int | None) -> None:
        """Show the reports on a task as they matter to one unit's next one."""
        self._card, self._author = card, author
        self._write()

    def last(self) -> Told | None:
        """Return the entry that would be copied."""
        return self._card.last(self._author) if self._card is not None else None

    def first_evidence(self) -> int | None:
        """Return the evidence to open by key: the first of the newest entry that has any."""
        entries: Sequence[Told] = self._card.entries if self._card else ()
        return next((line.id for entry in entries for line in entry.evidence), None)

    def _on_link(self, link: QUrl) -> None:
        self.opened.emit(int(link.path()))

    def _write(self) -> None:
        last = self.last()
        self.copy_button.setEnabled(last is not None)
        say = self._desk.say
        parts: list[str] = []
        if self._card is None:
            parts.append(self._faint("請在左邊選擇任務。"))
        elif last is None:
            parts.append(self._faint("這個單位還沒有填報過。"))
        else:
            parts.append(self._entry(last))
        parts += self._others()
        older = [entry for entry in self._mine() if last is None or entry.id != last.id]
        if older:
            parts.append(f"<h4>{escape(say('更早'))}</h4>")
            parts += [self._entry(entry) for entry in older]
        self.view.setHtml("".join(parts))

    def _mine(self) -> list[Told]:
        entries: Sequence[Told] = self._card.entries if self._card else ()
        return [entry for entry in entries if entry.unit_id == self._author]

    def _others(self) -> Iterable[str]:
        newest: dict[int | None, Told] = {}
        for entry in self._card.entries if self._card else ():
            if entry.unit_id != self._author:
                newest.setdefault(entry.unit_id, entry)
        if newest:
            yield f"<h4>{escape(self._desk.say('同一任務的其他單位'))}</h4>"
        yield from (self._entry(entry, named=True) for entry in newest.values())

    def _faint(self, sentence: str) -> str:
        return f'<p style="color:{theme.FAINT}">{escape(self._desk.say(sentence))}</p>'

    def _entry(self, entry: Told, *, named: bool = False) -> str:
        say = self._desk.say
        facts = [entry.period]
        facts += [f"{entry.percent}%"] if entry.percent is not None else []
        facts += [say(entry.state.label)] if entry.state is not None else []
        facts += [say("完成於 {day}", day=entry.finished_on)] if entry.finished_on else []
        facts.append(say(entry.source))
        lines = [f"<b>{escape(entry.unit)}</b><br>"] if named else []
        lines.append(f'<span style="color:{theme.FAINT}">{escape("　".join(facts))}</span>')
        for key, label in _LABELS:
            words = getattr(entry, key)
            if words:
                told = escape(words).replace("\n", "<br>")
                lines.append(f'<br><span style="color:{theme.FAINT}">{escape(say(label))}：</span>{told}')
        lines += [
            f'<br><a href="evidence:{line.id}" style="color:{theme.ACCENT}">{escape(line.name)}</a>'
            f'<span style="color:{theme.FAINT}">　{_size(line.size)}</span>'
            for line in entry.evidence
        ]
        return f"<p>{''.join(lines)}</p>"


def _size(size: int) -> str:
    """Return a size in bytes as it is read."""
    if size < _KILO:
        return f"{size} B"
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{size // _KILO} KB"
