"""The status bar's line for whatever takes long: what it does, how far it is, how long still, a button to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from desktop.jobs import Jobs
from desktop.widgets.jobline import JobLine
from desktop.words import Words

PATIENCE = 400  # ms; quicker work is not worth a word


class BusyLine(JobLine):
    """Follows the job that runs; one that does not say how far it is cannot be stopped either."""

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(words, jobs)
        self._jobs = jobs
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_running)
        self.bar.setFixedWidth(self.fontMetrics().horizontalAdvance("字") * 8)
        jobs.busy.connect(self._on_busy)
        jobs.ended.connect(self._on_ended)  # bound methods: the jobs outlive this line and let go of it
        jobs.advanced.connect(self._on_advanced)

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        if not busy:
            self._patience.stop()
            self.end()
        elif not self._patience.isActive() and self.isHidden():
            self._patience.start()

    def _on_advanced(self, *_progress: int) -> None:
        self.stop.show()

    def _on_ended(self, *_outcome: object) -> None:
        if not self.isHidden():
            self._show_running()

    def _show_running(self) -> None:
        running = self._jobs.running()
        if running is None:
            self.end()
        elif running is not self.job:
            self.stop.hide()
            self.follow(running, running.what)
