"""Work away from the window: one worker for the database, results back on the window's thread.

The emitter lives as long as the application; a job only borrows it, so a closed dialog cannot take the
signal with it. The session is opened inside the job and plain values come back.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from db.errors import Cancelled

BREATH = 0.004  # seconds


class Progress:
    """Handed to a job: says how far it is and whether the user wants it to stop.

    ``number`` is the job's; ``what`` says in our words what it does.
    """

    def __init__(self, emitter: Jobs, number: int, what: str) -> None:
        self._emitter = emitter
        self.number = number
        self.what = what
        self.stopped = False

    def at(self, done: int, total: int) -> None:
        """Report progress; raise :class:`Cancelled` where the user has stopped the job."""
        if self.stopped:
            raise Cancelled("已取消，沒有改動任何數據。")
        self._emitter.advanced.emit(self.number, done, total)

    def hand(self, part: object) -> None:
        """Hand a part of the result to the window before the whole is there."""
        self._emitter.partly.emit(self.number, part)

    def breathe(self) -> None:
        """Let the window's thread have its turn in the middle of long work in Python; stop where the user wants it.

        Python runs one thread at a time and takes turns slowly: a busy job would make every stroke of a paint wait.
        """
        if self.stopped:
            raise Cancelled("已取消，沒有改動任何數據。")
        time.sleep(BREATH)


@dataclass(slots=True)
class _Waiting:
    owner: QObject
    then: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progress: Progress
    meanwhile: Callable[[Any], None] | None


class _Runnable(QRunnable):
    def __init__(self, emitter: Jobs, number: int, work: Callable[[Progress], Any], progress: Progress) -> None:
        super().__init__()
        self._emitter, self._number, self._work, self._progress = emitter, number, work, progress

    def run(self) -> None:
        """Do the work; whatever comes of it goes to the emitter."""
        try:
            result = self._work(self._progress)
        except BaseException as error:  # noqa: BLE001 - handed to the window, which tells bugs from troubles
            self._emitter.ended.emit(self._number, None, error)
        else:
            self._emitter.ended.emit(self._number, result, None)


class Jobs(QObject):
    """Runs jobs one after the other and hands their outcome to callbacks on the window's thread."""

    ended = Signal(int, object, object)
    advanced = Signal(int, int, int)
    partly = Signal(int, object)
    busy = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self.ended.connect(self._on_ended)
        self.partly.connect(self._on_part)

    def run(
        self,
        owner: QObject,
        work: Callable[[Progress], Any],
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        *,
        what: str = "正在處理…",
        meanwhile: Callable[[Any], None] | None = None,
    ) -> Progress:
        """Queue ``work``; call ``then`` or ``failed`` afterwards unless ``owner`` is gone by then.

        ``meanwhile`` gets each part that the work hands over before it has ended.
        """
        number = next(self._numbers)
        progress = Progress(self, number, what)
        self._waiting[number] = _Waiting(owner, then, failed, progress, meanwhile)
        self.busy.emit(True)
        self._pool.start(_Runnable(self, number, work, progress))
        return progress

    def idle(self) -> bool:
        """Tell whether nothing is queued or running."""
        return not self._waiting

    def running(self) -> Progress | None:
        """Return the progress of the job that runs now, None where none does."""
        return next((waiting.progress for waiting in self._waiting.values()), None)

    def finish(self) -> None:
        """Wait until every queued job has run."""
        self._pool.waitForDone()

    def _on_part(self, number: int, part: object) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and waiting.meanwhile is not None and shiboken6.isValid(waiting.owner):
            waiting.meanwhile(part)

    def _on_ended(self, number: int, result: object, error: BaseException | None) -> None:
        waiting = self._waiting.pop(number)
        if not self._waiting:
            self.busy.emit(False)
        if not shiboken6.isValid(waiting.owner):
            return
        if error is None:
            waiting.then(result)
        else:
            waiting.failed(error)
