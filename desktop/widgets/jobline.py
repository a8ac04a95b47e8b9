"""A line under a page's head for its long job: what it does, how far, how long still, a button to stop it."""

from __future__ import annotations

from time import monotonic

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop import theme
from desktop.jobs import Jobs, Progress
from desktop.words import Words

_MINUTE = 60
_SOON = 3.0  # seconds of work before the rest is guessed


class JobLine(QWidget):
    """Shown while a job runs; hides when the page says that it has ended."""

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__()
        self._words = words
        self.job: Progress | None = None
        self._began = 0.0
        self.label, self.rest = QLabel(), QLabel()
        self.rest.setProperty("role", "faint")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(2 * theme.STEP)
        self.stop = QPushButton()
        words.put(self.stop, "取消")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.STEP)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.rest)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self._stop)
        jobs.advanced.connect(self._advance)
        self.hide()

    def follow(self, job: Progress, template: str) -> None:
        """Show a job until :meth:`end`."""
        self.job, self._began = job, monotonic()
        self._words.put(self.label, template)
        self.bar.setRange(0, 0)
        self.rest.clear()
        self.stop.setEnabled(True)
        self.show()

    def end(self) -> None:
        """Say no more of it."""
        self.job = None
        self.hide()

    def _advance(self, number: int, done: int, total: int) -> None:
        if self.job is None or number != self.job.number:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        spent = monotonic() - self._began
        if done and spent > _SOON:
            left = round(spent / done * (total - done))
            told = "還要約 {left} 秒" if left < _MINUTE else "還要約 {minutes} 分鐘"
            self._words.put(
                self.rest, "{done}/{total}　" + told, done=done, total=total, left=left, minutes=left // _MINUTE + 1
            )
        else:
            self._words.put(self.rest, "{done}/{total}", done=done, total=total)

    def _stop(self) -> None:
        if self.job is not None:
            self.job.stopped = True
            self.stop.setEnabled(False)
            self._words.put(self.rest, "正在停下…")
