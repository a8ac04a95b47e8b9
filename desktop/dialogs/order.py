"""A task ordered in passing (臨時交辦), added by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.terms import UnitLevel
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog, day_of
from desktop.pages import entry_values
from desktop.widgets.picker import Picker

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Offer:
    """The county's units and the plans a task can be added to, by name and id; ``year`` is that of the own plan."""

    units: tuple[tuple[str, int], ...]
    plans: tuple[tuple[str, int], ...]
    year: int


def load(session: Session, today: date) -> Offer:
    """Read what the dialog offers; the year is this one, or the latest that has a plan where that is over."""
    from db import plans, units

    lines = plans.listed(session)
    levels = (UnitLevel.COUNTY, UnitLevel.TOWN)
    latest = max((line.year for line in lines), default=today.year)
    return Offer(
        tuple((unit.name, unit.id) for level in levels for unit in units.listed(session, level=level)),
        tuple((line.title, line.id) for line in lines),
        min(today.year, latest),
    )


class OrderDialog(StepDialog):
    """Asks what was ordered, by whom, who does it and by when."""

    def __init__(self, parent: QWidget, desk: Desk, offer: Offer) -> None:
        super().__init__(parent, desk, "臨時交辦", "添加任務")
        self._offer = offer
        desk.words.put(self.head, "不在通知裏、由領導臨時交辦的任務。添加後和其他任務一樣填報、分發、打印。")
        self.text = self.form.text("交辦事項", 0, 0, lines=3)
        self.lead, self.plan = Picker(desk.words), QComboBox()
        self.form.put(self.lead, "牽頭單位", 1, 0)
        self.lead.offer(offer.units)
        self.source = self.form.line("交辦來源", 2, 0)
        self.deadline = self.form.line("完成時限", 3, 0)
        self.due = self.form.line("截止日期", 4, 0)
        self.on = self.date_field("交辦日期", 5)
        self.form.put(self.plan, "歸入計劃", 6, 0)
        self.plan.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.plan.addItem(f"臨時交辦 {offer.year}", None)
        desk.words.put(self.plan, "臨時交辦 {year}", setter="setItemText", before=(0,), year=offer.year)
        for title, number in offer.plans:
            if title != f"臨時交辦 {offer.year}":
                self.plan.addItem(title, number)
        desk.words.put(self.source, "如：6月15日縣長批示", setter="setPlaceholderText")
        desk.words.put(self.deadline, "原話，如：月底前", setter="setPlaceholderText")
        desk.words.put(self.due, "如 6.30；不填就按原話推算", setter="setPlaceholderText")

    def show_first(self) -> None:
        """Open with the cursor in the first field."""
        self.begin(self.text)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation that adds the task."""
        from db.course_order import Order
        from exports.plandoc.deadlines import read_line

        text, lead, plan = self.text.toPlainText().strip(), self.lead.unit(), self.plan.currentData()
        if not text:
            self.text.setFocus()
            raise Refused("請寫明交辦的事項。")
        if lead is None:
            self.lead.setFocus()
            raise Refused("請選擇牽頭單位。")
        try:
            due = entry_values.day(self.due.text(), year=self._offer.year)
        except entry_values.MistypedError as mistake:
            self.due.setFocus()
            raise Refused(str(mistake)) from mistake
        on, year = day_of(self.on), self._offer.year
        told = read_line(self.deadline.text(), base=date(year, 1, 1))
        order = Order(
            text,
            lead,
            source=self.source.text(),
            deadline_text=told.text,
            deadline_on=due or told.date,
            deadline_kind=told.kind,
        )

        def work(database: Database) -> Changes:
            from db import course_order

            return course_order.add(database, order=order, year=year, plan=plan, on=on)

        return work
