"""Progress by unit or by section, as bars to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout

from db.overview import Share
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.picture import PictureView
from exports.bands import NO_SECTION
from exports.pictures.bars import Bar, bars
from exports.pictures.shapes import Picture

NO_LEAD = "（牽頭單位待定）"


class BarsPane(QFrame):
    """A heading over bars; ``opened`` carries the ledger's filter of the bar that was chosen."""

    opened = Signal(object)

    def __init__(self, desk: Desk, title: str, *, nameless: str) -> None:
        super().__init__()
        self._desk, self._nameless = desk, nameless
        self._shares: list[Share | str] = []  # a text is a heading: the plan that the sections after it are of
        self.picture = PictureView()
        head = QLabel()
        head.setProperty("role", "head")
        desk.words.put(head, title)
        desk.words.put(self.picture, title, setter="setAccessibleName")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.picture)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self.picture, self.area.viewport()):  # the card's own ground
            ground.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.STEP, 2 * theme.STEP, theme.STEP, 2 * theme.STEP)
        column.addWidget(head)
        column.addWidget(self.area, 1)
        self.setObjectName("card")
        self.picture.chosen.connect(self._open)
        desk.words.changed.connect(self._show)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show other bars; where several plans are among them, each under its plan's title."""
        several = len({share.plan for share in shares}) > 1
        self._shares = []
        plan = ""
        for share in shares:
            if several and share.plan != plan:
                plan = share.plan
                self._shares.append(plan)
            self._shares.append(share)
        self._show()

    def _show(self) -> None:
        self.picture.show_picture(self._maker([self._bar(share) for share in self._shares]))

    @staticmethod
    def _maker(rows: list[Bar]) -> Callable[[float, float], Picture]:
        return lambda width, size: bars(rows, width=width - 3 * theme.STEP, size=size)

    def _bar(self, share: Share | str) -> Bar:
        if isinstance(share, str):
            return Bar(share, None)
        name = share.name or self._desk.say(self._nameless)
        told = self._desk.say(
            "{name}：任務 {n} 項，完成 {done} 項，逾期 {late} 項，進度 {percent}%",
            name=name,
            n=share.tasks,
            done=share.done,
            late=share.late,
            percent=share.percent,
        )
        return Bar(name, share.percent, share.late, told)

    def _open(self, place: int) -> None:
        share = self._shares[place]
        if isinstance(share, Share) and share.wanted is not None:
            self.opened.emit(share.wanted)


def by_unit(desk: Desk) -> BarsPane:
    """Return the pane of units."""
    return BarsPane(desk, "按單位", nameless=NO_LEAD)


def by_section(desk: Desk) -> BarsPane:
    """Return the pane of sections."""
    return BarsPane(desk, "按章節", nameless=NO_SECTION)
