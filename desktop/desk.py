"""What every page works with: the open database, the jobs, the words, and the one way to change data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.jobs import Jobs, Progress
from desktop.words import Words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from exports.pdf import Print
    from exports.pdf.press import Tick

T = TypeVar("T")
_FEW = 3  # notes that the window's bar has room for


class Desk(QObject):
    """The pages' common ground. ``changed`` carries the :class:`Changes` of every operation."""

    changed = Signal(object)
    told = Signal(str, object)  # a sentence in the current script; the Changes it can undo, or None
    troubled = Signal(object)  # an exception for the window's one way of showing troubles
    scaled = Signal(float)
    printing = Signal(object, str)  # the Progress of a job that makes a paper, and the name of the paper's file
    paper = Signal(object, str)  # a finished Print to look at before it is printed, None where nothing came of it
    laid_out = Signal()  # something in ``layouts`` changed

    def __init__(self, database: Database, words: Words, jobs: Jobs) -> None:
        super().__init__()
        self.database = database
        self.words = words
        self.jobs = jobs
        self.scale = 1.0
        self.layouts: dict[str, Any] = {}  # how each page was left: JSON values, remembered between starts

    def perform(
        self,
        owner: QObject,
        operation: Callable[[], Changes],
        then: Callable[[Changes], None] | None = None,
        otherwise: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run an operation on the database worker; tell what it did, offer undo, let the pages refresh.

        ``otherwise`` gets what went wrong where the page has a better place for it than the window's bar.
        """

        def done(changes: Changes) -> None:
            if changes.batch is not None:
                self.changed.emit(changes)
            self.told.emit(self.sentence(changes), changes)
            if then is not None:
                then(changes)

        self.jobs.run(owner, lambda _progress: operation(), done, otherwise or self.troubled.emit)

    def sentence(self, changes: Changes) -> str:
        """Return what an operation did, and the first things that it left alone."""
        say = self.words.say_stored
        title = say(changes.title.rstrip("：")) + ("" if changes.batch is not None else self.say("：沒有改動"))
        rest = len(changes.notes) - _FEW
        more = [self.say("還有 {n} 處。", n=rest)] if rest > 0 else []
        return "　".join([title, *map(say, changes.notes[:_FEW]), *more])

    def ask(self, owner: QObject, question: Callable[[Session], T], then: Callable[[T], None]) -> None:
        """Read on the worker in one session and hand the plain answer to ``then``."""

        def work(_progress: object) -> T:
            with self.database.reading() as session:
                return question(session)

        self.jobs.run(owner, work, then, self.troubled.emit)

    def preview(self, owner: QObject, make: Callable[[Session, Tick], Print], name: str) -> None:
        """Make a paper on the worker and show it; ``name`` is one of ours, of the file that it may be saved as.

        ``make`` may tell how far it is through the ``Tick`` it is handed.
        """

        def work(progress: Progress) -> Print:
            def tick(done: int, total: int) -> None:
                progress.at(done, total)
                progress.breathe()

            with self.database.reading() as session:
                return make(session, tick)

        def failed(error: BaseException) -> None:
            self.paper.emit(None, "")
            self.troubled.emit(error)

        file = self.say(name) + ".pdf"
        job = self.jobs.run(owner, work, lambda printed: self.paper.emit(printed, file), failed, what="正在排版…")
        self.printing.emit(job, file)

    def work(self, owner: QObject, job: Callable[[Any], T], then: Callable[[T], None]) -> Any:  # noqa: ANN401
        """Run a longer job that is handed a ``Progress``; return that, to cancel it."""
        return self.jobs.run(owner, job, then, self.troubled.emit)

    def restore(self, owner: QObject, snapshot: Path, then: Callable[[Path | None], None]) -> None:
        """Put a snapshot in the place of the open database and let every page load anew.

        ``then`` gets the path of the copy kept of what was there. Where the snapshot cannot be used, the database
        is open as it was before.
        """
        from desktop.restoring import restored

        def work(_progress: object) -> Path | None:
            # On the worker, so that no other job meets a closed database.
            self.database, kept, trouble = restored(self.database, snapshot)
            if trouble is not None:
                raise trouble
            return kept

        def done(kept: Path | None) -> None:
            from db.changes import Changes
            from db.images import row_types

            self.changed.emit(Changes(None, "", dict.fromkeys(row_types(), frozenset())))
            then(kept)

        self.jobs.run(owner, work, done, self.troubled.emit, what="正在恢復…")

    def say(self, template: str, **facts: object) -> str:
        """Return one of our sentences in the current script."""
        return self.words.say(template, **facts)
