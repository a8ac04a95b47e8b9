"""The whole year of one unit at a glance: its percent through the months, who reported when, the lights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.terms import Light
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.picture import Maker, PictureView
from exports.pictures.year import grid, percent_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.unityear import TaskYear, UnitYear
    from exports.pdf import Print
    from exports.pdf.press import Tick

_CONCERNED = ("assignment", "assignment_unit", "progress_entry", "dispatch", "plan", "unit")


class YearPane(QScrollArea):
    """``followed`` carries the assignment that was chosen. Nothing is read before the pane is seen."""

    followed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.today: Callable[[], date] = date.today
        self._unit: int | None = None
        self._stale = False
        self.shown: UnitYear | None = None
        self.year, self.print_button = QComboBox(), QPushButton()
        self.summary, self.legend, self.nothing = QLabel(), QLabel(), QLabel()
        self.line, self.lead, self.others = PictureView(), PictureView(), PictureView()
        self._heads = [QLabel(), QLabel()]
        self._build()
        self.year.activated.connect(lambda _row: self._load())
        self.print_button.clicked.connect(self.preview)
        for picture in (self.lead, self.others):
            picture.chosen.connect(self.followed)
        desk.words.changed.connect(self._draw)
        desk.changed.connect(self._on_change)

    def _build(self) -> None:
        words = self._desk.words
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.put(self.year, "年度", setter="setAccessibleName")
        words.put(self.print_button, "打印…")
        words.put(self.print_button, "打印這個單位的全年（Ctrl+P）", setter="setToolTip")
        words.put(self.legend, "藍格為已報，格內是當月報的進度；空格為未報。折線是牽頭任務的平均進度。")
        words.put(self.nothing, "這個單位這一年沒有任務。")
        words.put(self.lead, "牽頭任務逐月報送", setter="setAccessibleName")
        words.put(self.others, "配合任務逐月報送", setter="setAccessibleName")
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for label in (self.legend, self.nothing, self.summary):
            label.setWordWrap(True)
        self.legend.setProperty("role", "faint")
        top = QHBoxLayout()
        top.addWidget(self.year)
        top.addWidget(self.summary, 1)
        top.addStretch()
        top.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * theme.STEP, 2 * theme.STEP, 2 * theme.STEP, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        for part in (self.nothing, self.line, self.legend, self._heads[0], self.lead, self._heads[1], self.others):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        for ground in (inside, self.viewport()):  # the page's own ground
            ground.setAutoFillBackground(False)

    # what is shown

    def show_unit(self, unit: int) -> None:
        """Show another unit's year."""
        if unit != self._unit:
            self._unit, self._stale = unit, True
            self.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the year if it may be another than the one shown, and only where it is seen."""
        if self._stale and self.isVisible():
            self._load()

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*_CONCERNED):
            self._stale = True
            self.refresh()

    def _load(self) -> None:
        unit, on = self._unit, self.today()
        if unit is None:
            return
        wanted = self.year.currentData() if self.shown is not None and self.shown.unit == unit else None
        self._stale = False

        def ask(session: Session) -> UnitYear:
            from db import unityear

            return unityear.read(session, unit=unit, year=wanted, on=on)

        self._desk.ask(self, ask, self._take)

    def _take(self, found: UnitYear) -> None:
        if found.unit != self._unit:
            return  # another unit was chosen meanwhile
        self.shown = found
        years = list(found.years)
        if [self.year.itemData(row) for row in range(self.year.count())] != years:
            self.year.clear()
            for place, year in enumerate(years):
                self.year.addItem("", year)
                self._desk.words.put(self.year, "{year} 年度", setter="setItemText", before=(place,), year=year)
        self.year.setCurrentIndex(self.year.findData(found.year))
        self.year.setVisible(bool(years))
        self._draw()

    def _draw(self) -> None:
        found, words = self.shown, self._desk.words
        if found is None:
            return
        words.put(
            self.summary,
            "牽頭 {lead} 項，配合 {others} 項，逾期 {late} 項",
            lead=len(found.lead),
            others=len(found.others),
            late=sum(task.row.light is Light.LATE for task in found.lead),
        )
        self.summary.setVisible(bool(found.years))
        self.nothing.setVisible(not found.lead and not found.others)
        for part in (self.line, self.legend):
            part.setVisible(bool(found.lead))
        self.line.show_picture(lambda width, size: percent_line(found, width=width, size=size))
        self.line.setAccessibleName(words.say("牽頭任務的平均進度：{told}", told=self._told(found)))
        parts = (("牽頭任務", self.lead, found.lead), ("配合任務", self.others, found.others))
        for head, (name, picture, tasks) in zip(self._heads, parts, strict=True):
            words.put(head, f"{name}（{{n}} 項）", n=len(tasks))
            picture.show_picture(self._grid(tasks, found))
            for one in (head, picture):
                one.setVisible(bool(tasks))

    def _grid(self, tasks: Sequence[TaskYear], found: UnitYear) -> Maker:
        return lambda width, size: grid(tasks, found.asked, width=width, size=size, say=self._desk.say)

    def _told(self, found: UnitYear) -> str:
        known = [(month, percent) for month, percent in enumerate(found.percents, start=1) if percent is not None]
        return "、".join(f"{month}月 {percent}%" for month, percent in known)

    def preview(self) -> None:
        """Show the unit's year as it would be printed."""
        unit, shown, on = self._unit, self.shown, self.today()
        if unit is None or shown is None:
            return

        def make(session: Session, _tick: Tick) -> Print:
            from db import settings, unityear
            from exports.pdf.unit import print_unit

            found = unityear.read(session, unit=unit, year=shown.year, on=on)
            return print_unit(found, office=settings.office(session), on=on)

        self._desk.preview(self, make, "單位全年")
