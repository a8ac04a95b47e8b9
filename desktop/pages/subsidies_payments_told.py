"""What the clerk may say of a payment sheet that does not say it itself: policy, period, village, unit of sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from desktop.desk import Desk
from desktop.pages.plans_form import Form
from desktop.widgets.elided import ElidedBox

if TYPE_CHECKING:
    from exports.payments.choices import Choices
    from exports.payments.importing import Preview

_AS_WRITTEN = "按表中所寫"


class ToldForm(Form):
    """``changed`` follows every choice by hand."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self.desk = desk
        self.policy, self.village, self.money = ElidedBox(), ElidedBox(), ElidedBox()
        self.put(self.policy, "補貼政策", 0, 0)
        self.period = self.line("發放期", 0, 2)
        self.put(self.village, "村", 0, 4)
        self.put(self.money, "金額單位", 0, 6)
        for column, stretch in ((1, 3), (3, 1), (5, 3), (7, 1)):
            self.grid.setColumnStretch(column, stretch)
        for box in (self.policy, self.village, self.money):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
        self.words.put(self.period, "2022、2022-06、2022-Q1", setter="setPlaceholderText")
        self.words.put(
            self.period, "表中沒有寫明時填：2022、2022-06、2022-Q1 或 2022-H1，填好按回車", setter="setToolTip"
        )
        for box in (self.policy, self.village, self.money):
            box.activated.connect(lambda _place: self.changed.emit())
        self.period.returnPressed.connect(self.changed)
        self.words.changed.connect(self._say)
        self.begin()

    def begin(self) -> None:
        """Begin without any choice."""
        self.period.clear()
        for box in (self.policy, self.village, self.money):
            box.clear()
            box.addItem("", None)
        for unit in ("元", "萬元"):
            self.money.addItem("", unit)
        self._say()

    def _say(self) -> None:
        for box in (self.policy, self.village, self.money):
            box.setItemText(0, self.desk.say(_AS_WRITTEN))
        for place, unit in enumerate(("元", "萬元"), start=1):
            self.money.setItemText(place, self.desk.say(unit))

    def show_preview(self, shown: Preview) -> None:
        """Offer what the ledger knows; what was chosen stays."""
        _offer(self.policy, list(shown.policies.items()))
        _offer(self.village, list(shown.names.items()))

    def choices(self) -> Choices:
        """Return what was chosen; raise ``Refused`` for a period that is none."""
        from db.paymentperiods import settled
        from exports.payments.choices import Choices

        period = self.period.text().strip()
        return Choices(
            policy=self.policy.currentData(),
            period=settled(period) if period else "",
            village=self.village.currentData(),
            money=self.money.currentData() or "",
        )


def _offer(box: QComboBox, values: Sequence[tuple[int, str]]) -> None:
    chosen = box.currentData()
    while box.count() > 1:
        box.removeItem(1)
    for number, name in values:
        box.addItem(name, number)
    box.setCurrentIndex(max(0, box.findData(chosen)))
