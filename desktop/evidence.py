"""Opening evidence: a read-only copy in a folder of its own, shown by the system's own program.

The copy is plain even where the original is encrypted, for another program is to read it: it goes when private data are
locked or the window closes, and what a crash has left goes when the next copy is made.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import weakref
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from db.errors import Refused
from db.evidence import Attachment
from desktop.desk import Desk

if TYPE_CHECKING:
    from db.changes import Changes

_PREFIX = "taizhang-"


class Opener(QObject):
    """Writes copies and opens them; the copies go when the window does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._folder: str | None = None
        desk.changed.connect(self._on_change)

    def _on_change(self, changes: Changes) -> None:
        """Take the copies away once private data are locked."""
        if self._folder is not None and changes.concerns("vault_key") and self._desk.database.keyring is None:
            _remove(self._folder)
            self._folder = None

    def open(self, evidence: int) -> None:
        """Show one piece of evidence."""
        from db.evidence import content

        self._desk.ask(self, lambda session: content(session, evidence), self.show)

    def show(self, file: Attachment) -> None:
        """Write a read-only copy of a file and hand it to the system."""
        path = self.write(file)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.troubled.emit(
                Refused("系統沒有能打開「{name}」的程序。文件的副本在：{path}", name=file.name, path=path)
            )

    def write(self, file: Attachment) -> Path:
        """Write a read-only copy and return its path; each lies in a folder of its own under its own name."""
        from exports.evidence import write_all

        if self._folder is None:
            _sweep()
            self._folder = mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
            weakref.finalize(self, _remove, self._folder)
        path = write_all(Path(mkdtemp(dir=self._folder)), [file])[0]
        path.chmod(stat.S_IRUSR)
        return path


def _sweep() -> None:
    """Delete the copies of windows that ended without doing so."""
    import psutil

    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        owner = re.fullmatch(rf"{_PREFIX}(\d+)-\w+", folder.name)
        if owner is not None and not psutil.pid_exists(int(owner[1])):
            _remove(str(folder))


def _remove(folder: str) -> None:
    """Delete the copies; one that a program still holds open on Windows is left to the system's own cleaning."""
    for path in Path(folder).glob("*/*"):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
