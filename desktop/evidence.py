"""Opening evidence: a read-only copy in a folder of its own, shown by the system's own program."""

from __future__ import annotations

import shutil
import stat
import weakref
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from db.errors import Refused
from db.evidence import Attachment
from desktop.desk import Desk

_PREFIX = "taizhang-"


class Opener(QObject):
    """Writes copies and opens them; the copies go when the window does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._folder: str | None = None

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
            self._folder = mkdtemp(prefix=_PREFIX)
            weakref.finalize(self, _remove, self._folder)
        path = write_all(Path(mkdtemp(dir=self._folder)), [file])[0]
        path.chmod(stat.S_IRUSR)
        return path


def _remove(folder: str) -> None:
    """Delete the copies; one that a program still holds open on Windows is left to the system's own cleaning."""
    for path in Path(folder).glob("*/*"):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
