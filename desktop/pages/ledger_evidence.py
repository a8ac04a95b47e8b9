"""The tab 佐證 of an assignment: its reports with the files of each, where files are added later and taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from db.changes import Changes
from db.database import Database
from desktop import theme
from desktop.desk import Desk
from desktop.evidence import Opener
from desktop.pages.entry_rows import Told
from desktop.pages.ledger_values import Operation
from desktop.widgets.flow import FlowLayout

_ENTRY, _EVIDENCE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_INDENT = "　"


def adding(entry: int, paths: Sequence[Path]) -> Operation:
    """Return the operation that attaches files to a report; one that cannot serve refuses them all."""

    def operation(database: Database) -> Changes:
        from db import evidence

        return evidence.add(database, entry=entry, files=[evidence.read_file(path) for path in paths])

    return operation


def removing(piece: int) -> Operation:
    """Return the operation that takes a piece of evidence off its report."""

    def operation(database: Database) -> Changes:
        from db import evidence

        return evidence.remove(database, evidence=piece)

    return operation


class EvidencePane(QWidget):
    """``asked`` carries an operation. A line is a report, or below it one of its files."""

    asked = Signal(object)

    def __init__(self, desk: Desk, opener: Opener) -> None:
        super().__init__()
        self._desk, self._opener = desk, opener
        self._entries: tuple[Told, ...] = ()
        self.list = QListWidget()
        desk.words.put(self.list, "佐證", setter="setAccessibleName")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add_button, self.open_button, self.remove_button = QPushButton(), QPushButton(), QPushButton()
        buttons = FlowLayout(theme.STEP)
        acts: tuple[tuple[QPushButton, str, str, Callable[[], None]], ...] = (
            (self.add_button, "補充文件…", "把文件附到選中的這一期填報上；也可以拖進來", self.choose),
            (self.open_button, "打開", "打開選中的文件（Enter）", self.open),
            (self.remove_button, "移除", "從填報上移除選中的文件（Delete，可撤銷）", self.remove),
        )
        for button, word, tip, act in acts:
            desk.words.put(button, word)
            desk.words.put(button, tip, setter="setToolTip")
            button.clicked.connect(act)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.STEP, 0, 0)
        column.setSpacing(theme.STEP)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.list.itemActivated.connect(lambda _item: self.open())
        self.list.currentRowChanged.connect(lambda _row: self._allow())
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.setAcceptDrops(True)
        self.list.setAcceptDrops(False)
        self.show_entries(())

    def show_entries(self, entries: Sequence[Told]) -> None:
        """Show reports, the newest first, and the files of each; the chosen line stays chosen."""
        chosen = self._data(_EVIDENCE), self._data(_ENTRY)
        self._entries = tuple(entries)
        self.list.clear()
        if not self._entries:
            self._say("還沒有填報。佐證材料附在填報上：先填報，再補充。")
        elif not any(entry.evidence for entry in self._entries):
            self._say("還沒有佐證材料。選中一期填報，點「補充文件…」。")
        for entry in self._entries:
            self._append("　".join(filter(None, (entry.period, entry.unit))), entry.id, None)
            for line in entry.evidence:
                self._append(_INDENT + line.name, entry.id, line.id)
        self._choose(*chosen)
        self._allow()

    def _choose(self, piece: int | None, entry: int | None) -> None:
        """Choose a line again: the same file, else its report, else the first report."""
        rows = [row for row in range(self.list.count()) if self._data(_ENTRY, row) is not None]
        same = [row for row in rows if (self._data(_EVIDENCE, row), self._data(_ENTRY, row)) == (piece, entry)]
        of_entry = [row for row in rows if self._data(_ENTRY, row) == entry]
        self.list.setCurrentRow(next(iter([*same, *of_entry, *rows]), -1))

    def _append(self, text: str, entry: int, piece: int | None) -> None:
        item = QListWidgetItem(text)
        item.setData(_ENTRY, entry)
        item.setData(_EVIDENCE, piece)
        item.setToolTip(self._desk.say("回車打開") if piece is not None else "")
        if piece is None:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        self.list.addItem(item)

    def _say(self, sentence: str) -> None:
        item = QListWidgetItem(self._desk.say(sentence))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _data(self, role: int, row: int | None = None) -> int | None:
        row = self.list.currentRow() if row is None else row
        found = self.list.item(row).data(role) if row >= 0 else None
        return int(found) if found is not None else None

    def _allow(self) -> None:
        self.add_button.setEnabled(self._data(_ENTRY) is not None)
        for button in (self.open_button, self.remove_button):
            button.setEnabled(self._data(_EVIDENCE) is not None)

    # what is asked for

    def choose(self) -> None:
        """Ask for files to attach to the chosen report."""
        say = self._desk.say
        names, _ = QFileDialog.getOpenFileNames(self, say("選擇佐證材料"), "", f"{say('所有文件')} (*)")
        self.add_paths([Path(name) for name in names])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Attach files to the chosen report."""
        entry = self._data(_ENTRY)
        if entry is not None and paths:
            self.asked.emit(adding(entry, paths))

    def open(self) -> None:
        """Show the chosen file."""
        piece = self._data(_EVIDENCE)
        if piece is not None:
            self._opener.open(piece)

    def remove(self) -> None:
        """Take the chosen file off its report."""
        piece = self._data(_EVIDENCE)
        if piece is not None:
            self.asked.emit(removing(piece))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files where there is a report to attach them to."""
        if event.mimeData().hasUrls() and self._data(_ENTRY) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped to the report it was dropped on, or to the chosen one."""
        event.acceptProposedAction()
        under = self.list.indexAt(self.list.viewport().mapFrom(self, event.position().toPoint())).row()
        if self._data(_ENTRY, under) is not None:
            self.list.setCurrentRow(under)
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
