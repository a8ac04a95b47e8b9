"""Reading notices for the page 要點: what runs as a job, and the line that says so meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from db.database import Database
from db.drafts import DocumentDraft
from desktop.desk import Desk
from desktop.drafting import Draft, Entry, totals
from desktop.jobs import Progress
from desktop.words import Words


def read_files(paths: Sequence[Path], progress: Progress, database: Database) -> list[DocumentDraft]:
    """Read files, columns as the clerk settled them; raise a ``Trouble`` at the first that cannot be read."""
    from exports.plandoc import mapped
    from exports.plandoc.readers import read_plan_file

    with database.reading() as session:
        settled = mapped.settled(session)
    found: list[DocumentDraft] = []
    for place, path in enumerate(paths):
        progress.at(place, len(paths))
        found += read_plan_file(path, settled)
    return found


def read_words(text: str, database: Database) -> list[DocumentDraft]:
    """Read pasted text or a pasted table, its columns as the clerk settled them."""
    from exports.plandoc import mapped
    from exports.plandoc.readers import read_pasted

    with database.reading() as session:
        settled = mapped.settled(session)
    return read_pasted(text, settled)


def put_behind(draft: Draft, documents: Sequence[DocumentDraft]) -> tuple[Draft, int]:
    """Return the draft with read documents behind it, and the place to look at; none is taken twice."""
    there = {(entry.document.text, entry.document.source): place for place, entry in enumerate(draft)}
    new = [one for one in documents if (one.text, one.source) not in there]
    known = next((there[one.text, one.source] for one in documents if one not in new), 0)
    return (*draft, *(Entry(one) for one in new)), len(draft) if new else known


def told(desk: Desk, new: Draft, read: int) -> str:
    """Return the sentence about what was read: documents that are new, of so many read."""
    points = totals(new).points
    name = "」「".join(entry.document.title or entry.document.source_name for entry in new)
    if points:
        return desk.say("讀到「{name}」的 {n} 條要點，還沒有存入。", name=name, n=points)
    if new:
        return desk.say("「{name}」裏沒有讀到要點。可以在原文中選中文字，再點「新增」。", name=name)
    return desk.say("這份文件已經讀入，還沒有存入。" if read else "沒有讀到任何內容。")


class ProgressLine(QWidget):
    """Says what a job of the page does, with a button to stop it where that is possible."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._job: Progress | None = None
        self.label, self.stop = QLabel(), QPushButton()
        self.label.setWordWrap(True)
        words.put(self.stop, "取消")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self._stop)
        self.hide()

    def say(self, template: str, *, name: str = "", job: Progress | None = None) -> None:
        """Show what is being done; ``job`` is one that can be stopped."""
        self._job = job
        self._words.put(self.label, template, name=name)
        self.stop.setVisible(job is not None)
        self.show()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stopped = True
