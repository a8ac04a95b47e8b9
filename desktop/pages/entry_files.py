"""Evidence in the form 填報: files dropped, chosen, or pasted words; kept by name until the report is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import Refused, Trouble
from desktop import theme
from desktop.desk import Desk

if TYPE_CHECKING:
    from db.evidence import Attachment


@dataclass(frozen=True, slots=True)
class Pending:
    """A file to be attached: where it lies, or the words themselves."""

    name: str
    path: str = ""
    text: str = ""

    def size(self) -> int:
        """Return the size in bytes; raises ``OSError`` where the file is gone."""
        return len(self.text.encode("utf-8")) if self.text else Path(self.path).stat().st_size

    def read(self) -> Attachment:
        """Return the evidence itself; raises a ``Trouble`` or ``OSError`` where it cannot be read."""
        from db import evidence

        if self.text:
            return evidence.of_text(self.text, name=self.name)
        path = Path(self.path)
        evidence.check(self.name, path.stat().st_size)
        return evidence.Attachment(self.name, path.read_bytes())

    def to_json(self) -> dict[str, Any]:
        """Return the form kept in a draft."""
        return {"name": self.name, "path": self.path, "text": self.text}


class FilesPane(QWidget):
    """``changed`` is sent when the list changes; ``asked`` asks for the words on the clipboard."""

    changed = Signal()
    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.files: list[Pending] = []
        self.list = _FileList(self)
        desk.words.put(self.list, "待附的佐證材料", setter="setAccessibleName")
        desk.words.put(self.list, "回車打開，Delete 移除", setter="setToolTip")
        self.add_button, self.paste_button = QPushButton(), QPushButton()
        desk.words.put(self.add_button, "添加文件…")
        desk.words.put(self.paste_button, "粘貼報告")
        desk.words.put(self.add_button, "掃描件、照片、表格；也可以拖到這裏（Ctrl+O）", setter="setToolTip")
        hint = "把微信、郵件的文字放進表單，原文留作佐證（Ctrl+Shift+V）"
        desk.words.put(self.paste_button, hint, setter="setToolTip")
        self.add_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.asked)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.STEP)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        self.setAcceptDrops(True)

    def show_files(self, files: Sequence[Pending]) -> None:
        """Show other files, without a signal."""
        self.files = list(files)
        self.list.clear()
        for file in self.files:
            item = QListWidgetItem(file.name)
            item.setToolTip(file.path or file.text[:200])
            self.list.addItem(item)

    def add(self, files: Sequence[Pending]) -> None:
        """Take files that can serve; one that cannot is told and left."""
        from db.evidence import check

        taken = []
        for file in files:
            try:
                check(file.name, file.size())
            except (Trouble, OSError) as error:
                self._desk.troubled.emit(error)
            else:
                taken.append(file)
        new = [file for file in taken if file not in self.files]
        if new:
            self.show_files([*self.files, *new])
            self.changed.emit()

    def choose(self) -> None:
        """Ask for files."""
        say = self._desk.say
        names, _ = QFileDialog.getOpenFileNames(self, say("選擇佐證材料"), "", f"{say('所有文件')} (*)")
        self.add_paths([Path(name) for name in names])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Take files by path; folders are refused."""
        for path in [path for path in paths if path.is_dir()]:
            refused = Refused("「{name}」是文件夾，沒有附上。請選擇裏面的文件。", name=path.name)
            self._desk.troubled.emit(refused)
        self.add([Pending(path.name, str(path)) for path in paths if not path.is_dir()])

    def remove_current(self) -> None:
        """Take the chosen file off the list."""
        row = self.list.currentRow()
        if 0 <= row < len(self.files):
            self.show_files([*self.files[:row], *self.files[row + 1 :]])
            self.list.setCurrentRow(min(row, len(self.files) - 1))
            self.changed.emit()

    def open_current(self) -> None:
        """Show the chosen file with the system's program."""
        row = self.list.currentRow()
        if 0 <= row < len(self.files) and self.files[row].path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.files[row].path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


class _FileList(QListWidget):
    """The list; its drops are its pane's."""

    def __init__(self, pane: FilesPane) -> None:
        super().__init__()
        self._pane = pane
        self.setAcceptDrops(False)

    def sizeHint(self) -> QSize:
        """Ask for room for two files."""
        return QSize(200, 3 * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Be content with the beginning of a name."""
        return QSize(60, self.sizeHint().height())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Leave drops to the pane."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return open and Delete remove."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pane.open_current()
        elif event.key() == Qt.Key.Key_Delete:
            self._pane.remove_current()
        else:
            super().keyPressEvent(event)
