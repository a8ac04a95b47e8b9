"""Reading the ledger for its page: all of it the first time, with the first rows early; then only what was touched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import Cancelled
from desktop.desk import Desk
from desktop.models.ledger_book import Book

if TYPE_CHECKING:
    from db.changes import Changes
    from desktop.jobs import Progress


class Reading(QObject):
    """``came`` carries rows while the first book is read, ``advanced`` how many of how many, ``done`` the book."""

    came = Signal(object)
    advanced = Signal(int, int)
    done = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self.pending: list[Changes | None] = [None]  # what was changed since the book was read; None is anything
        self._number: int | None = None  # the job that reads while there is no book yet
        desk.jobs.advanced.connect(self._say_how_far)

    @property
    def first(self) -> bool:
        """Tell whether the rows are being read for the first time."""
        return self._number is not None

    def start(self, old: Book, on: date) -> None:
        """Read what is pending; rows of ``old`` that it does not touch are taken over."""
        from desktop.models import ledger_book

        pending, self.pending = self.pending, []
        database = self._desk.database

        def work(progress: Progress) -> Book:
            book: Book | None = None if None in pending else old
            with database.reading() as session:
                for changes in pending if book is not None else [None]:
                    book = ledger_book.load(
                        session,
                        on=on,
                        old=book,
                        changes=changes,
                        breathe=progress.breathe,
                        tick=progress.at,
                        hand=progress.hand,
                    )
            assert book is not None
            return book

        meanwhile = None if old.rows else self.came.emit
        what = "正在讀取臺賬…"
        job = self._desk.jobs.run(self, work, self._take, self._failed, what=what, meanwhile=meanwhile)
        self._number = None if old.rows else job.number

    def _say_how_far(self, number: int, done: int, total: int) -> None:
        if number == self._number:
            self.advanced.emit(done, total)

    def _take(self, book: Book) -> None:
        self._number = None
        self.done.emit(book)

    def _failed(self, error: BaseException) -> None:
        self._number = None
        self.pending.insert(0, None)
        if not isinstance(error, Cancelled):
            self._desk.troubled.emit(error)
        self.stopped.emit()
