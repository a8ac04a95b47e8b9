"""The view 發放記錄: filters, the table of payments read page by page, how many there are and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.money import figures
from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.payment import PaymentDialog
from desktop.models.payments import PaymentTable
from desktop.widgets.choice import Choice, ChoiceChip
from desktop.widgets.nothing import Nothing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.paymentlist import PaymentFilter, PaymentLine

_WIDTHS = (6, 9, 10, 4, 5, 6, 7, 10, 11)  # in characters
_PATIENCE = 250  # ms of no typing before the database is asked


@dataclass(frozen=True, slots=True)
class Offered:
    """What the filters offer: towns and villages, policies, periods."""

    places: tuple[Choice, ...]
    policies: tuple[Choice, ...]
    periods: tuple[Choice, ...]


def offered(session: Session) -> Offered:
    """Read them."""
    from db import paymentlist, placetree
    from db.models import SubsidyPolicy

    places: list[Choice] = []
    for town in placetree.tree(session, with_ended=True):
        places.append(Choice(town.id, town.name))
        places += [Choice(one.id, one.called) for one in town.villages]
    policies = session.query(SubsidyPolicy).order_by(SubsidyPolicy.position)
    return Offered(
        tuple(places),
        tuple(Choice(row.id, row.name) for row in policies),
        tuple(Choice(period, period) for period in paymentlist.periods(session)),
    )


class PaymentsPane(QWidget):
    """``began`` asks for the next step where there is nothing yet."""

    began = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        words = desk.words
        self.table, self.view = PaymentTable(words), QTableView()
        self.search, self.count = QLineEdit(), QLabel()
        self.place = ChoiceChip(words, "鄉鎮、村", single=True)
        self.policy = ChoiceChip(words, "補貼政策", single=True)
        self.period = ChoiceChip(words, "發放期", single=True)
        self.empty, self.stack = Nothing(words), QStackedWidget()
        self._asked = 0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._build()
        self._patience.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._patience.start())
        for chip in (self.place, self.policy, self.period):
            chip.changed.connect(self._ask)
        self.table.wanted.connect(self._ask_more)
        self.view.activated.connect(lambda index: self.correct(self.table.rows[index.row()]))
        self.empty.button.clicked.connect(self._next_step)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build(self) -> None:
        words, view = self.desk.words, self.view
        words.put(self.search, "姓名（Ctrl+F）", setter="setPlaceholderText")
        words.put(self.search, "按姓名篩選", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        for chip in (self.place, self.policy, self.period):
            line.addWidget(chip)
        view.setModel(self.table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.horizontalHeader().setStretchLastSection(True)
        words.put(view, "發放記錄", setter="setAccessibleName")
        words.put(view, "回車或雙擊：更正一筆", setter="setToolTip")
        self.stack.addWidget(view)
        self.stack.addWidget(self.empty)
        self.count.setProperty("role", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(line)
        column.addWidget(self.stack, 1)
        column.addWidget(self.count)

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 3 * theme.STEP)
        for column, width in enumerate(_WIDTHS):
            self.view.horizontalHeader().resizeSection(column, metrics.horizontalAdvance("字" * width) + 3 * theme.STEP)

    def seek(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load(self) -> None:
        """Read what the filters offer, and the first rows."""
        self.desk.ask(self, offered, self._offer)
        self._ask()

    def _offer(self, found: Offered) -> None:
        self.place.offer(found.places)
        self.policy.offer(found.policies)
        self.period.offer(found.periods)

    def wanted(self) -> PaymentFilter:
        """Return what the filters say."""
        from db.paymentlist import PaymentFilter

        def one(chip: ChoiceChip) -> object:
            return next(iter(chip.chosen()), None)

        place, policy, period = map(one, (self.place, self.policy, self.period))
        return PaymentFilter(
            place=place if isinstance(place, int) else None,
            policy=policy if isinstance(policy, int) else None,
            period=str(period or ""),
            name=self.search.text(),
        )

    def _ask(self) -> None:
        from db import paymentlist

        self._asked += 1
        asked, wanted = self._asked, self.wanted()
        self.desk.ask(
            self,
            lambda session: (paymentlist.page(session, wanted), *paymentlist.count(session, wanted)),
            lambda found: self._begin(*found) if asked == self._asked else None,
        )

    def _begin(self, rows: list[PaymentLine], total: int, fen: int) -> None:
        self.table.begin(rows, more=len(rows) < total)
        self._total = total
        filtered = self._filtered()
        told = "{n} 筆，合計 {sum} 元" if not filtered else "篩選出 {n} 筆，合計 {sum} 元"
        self.desk.words.put(self.count, told, setter="setText", before=(), n=f"{total:,}", sum=figures(fen))
        if filtered:
            self.empty.say("沒有符合篩選條件的發放記錄。", "清除篩選")
        else:
            self.empty.say(
                "還沒有發放記錄。請導入發放表；表中的村可在導入時加入區劃，也可先在「區劃」裏導入。", "導入發放表…"
            )
        self.stack.setCurrentWidget(self.view if total else self.empty)

    def _filtered(self) -> bool:
        return bool(self.search.text().strip() or any(chip.chosen() for chip in (self.place, self.policy, self.period)))

    def _ask_more(self) -> None:
        from db import paymentlist

        asked, wanted, after = self._asked, self.wanted(), self.table.last()

        def take(rows: Sequence[PaymentLine]) -> None:
            if asked == self._asked:
                self.table.add(list(rows), more=len(self.table.rows) + len(rows) < self._total and bool(rows))

        self.desk.ask(self, lambda session: paymentlist.page(session, wanted, after=after), take)

    def _next_step(self) -> None:
        if not self._filtered():
            self.began.emit()
            return
        for chip in (self.place, self.policy, self.period):
            chip.choose(())
        self.search.clear()
        self._ask()

    def correct(self, row: PaymentLine) -> None:
        """Ask for the correction of one payment."""
        PaymentDialog(self.window(), self.desk, row).show_first()
