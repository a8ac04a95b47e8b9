"""The list of what the page 要點 can show: a new notice, the draft, the stored plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox

from desktop.widgets.elided import ElidedBox
from desktop.words import Words

if TYPE_CHECKING:
    from db.plans import PlanLine

START, DRAFT = -1, 0  # beside ids of plans, which begin at 1


class Chooser(ElidedBox):
    """``picked`` carries START, DRAFT or the id of a stored plan."""

    picked = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._draft: str | None = None
        self._lines: Sequence[PlanLine] = ()
        self._shown = START
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        words.put(self, "顯示哪一份", setter="setAccessibleName")
        words.changed.connect(self._fill)
        self.activated.connect(lambda row: self.picked.emit(self.itemData(row)))
        self._fill()

    def minimumSizeHint(self) -> QSize:
        """Return a width that leaves room for the buttons in a narrow window."""
        usual = super().minimumSizeHint()
        return QSize(usual.width() // 3, usual.height())

    def offer(self, *, draft: str | None, lines: Sequence[PlanLine], shown: int) -> None:
        """List the draft by its name (None: there is none) and the stored plans; mark what is shown."""
        self._draft, self._lines, self._shown = draft, lines, shown
        self._fill()

    def _fill(self) -> None:
        say = self._words.say
        items = [(say("讀入新的通知"), START)]
        if self._draft is not None:
            items.append((say("【未存入】{name}", name=self._draft or "…"), DRAFT))
        items += [
            (say("{year} 年　{title}（{n} 條）", year=one.year, title=one.title, n=one.points), one.id)
            for one in self._lines
        ]
        if items != [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            self.clear()
            for text, what in items:
                self.addItem(text, what)
            self.view().setMinimumWidth(min(900, self.view().sizeHintForColumn(0) + 40))
        self.setCurrentIndex(self.findData(self._shown))
        self.setToolTip(self.currentText())
