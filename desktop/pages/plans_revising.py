"""Reading a corrected notice from the page 要點: choose, compare, show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Refused
from desktop.desk import Desk

if TYPE_CHECKING:
    from db.database import Database
    from db.drafts import DocumentDraft
    from db.revision import Revision
    from desktop.jobs import Progress


def choose(parent: QWidget, desk: Desk) -> Path | None:
    """Ask for the corrected notice."""
    kinds = f"{desk.say('通知')} (*.txt *.docx *.html *.htm *.xlsx);;{desk.say('所有文件')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, desk.say("選擇更正後的通知"), "", kinds)
    return Path(name) if name else None


def begin(parent: QWidget, desk: Desk, plan: int, path: Path) -> None:
    """Read a corrected notice of a stored plan and show what it changes."""
    from desktop.dialogs.revision import RevisionDialog

    def done(found: tuple[DocumentDraft, Revision]) -> None:
        RevisionDialog(parent, desk, plan, *found).show_first()

    desk.work(parent, lambda progress: _compared(desk.database, plan, path, progress), done)


def _compared(database: Database, plan: int, path: Path, progress: Progress) -> tuple[DocumentDraft, Revision]:
    from db import revision
    from desktop.pages import plans_reading

    drafts = plans_reading.read_files([path], progress, database)
    if len(drafts) != 1:
        raise Refused("「{name}」裏有 {n} 份通知。更正稿要單獨一個文件。", name=path.name, n=len(drafts))
    with database.reading() as session:
        return drafts[0], revision.compare(session, plan=plan, draft=drafts[0])
