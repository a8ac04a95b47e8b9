"""The table of payments: a page of rows at a time, however many there are; the next is asked for at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal

from db.money import figures
from desktop.models.titled import Index, TitledTable
from desktop.words import Words

if TYPE_CHECKING:
    from db.paymentlist import PaymentLine

NAME, VILLAGE, POLICY, PERIOD, QUANTITY, STANDARD, AMOUNT, IDENTITY, ACCOUNT, NOTE = range(10)
_RIGHT = frozenset({QUANTITY, AMOUNT})


class PaymentTable(TitledTable):
    """Rows of :class:`PaymentLine`; ``wanted`` asks for those behind the last one. Private numbers come masked."""

    titles = ("姓名", "村", "補貼政策", "發放期", "數量", "標準", "金額（元）", "身份證號", "賬號", "備註")

    wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.rows: list[PaymentLine] = []
        self._more = self._asked = False

    def begin(self, rows: list[PaymentLine], *, more: bool) -> None:
        """Show other rows from the first on."""
        self.beginResetModel()
        self.rows, self._more, self._asked = list(rows), more, False
        self.endResetModel()

    def add(self, rows: list[PaymentLine], *, more: bool) -> None:
        """Show further rows."""
        self._more, self._asked = more, False
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def last(self) -> int:
        """Return the id of the last row, 0 without one."""
        return self.rows[-1].id if self.rows else 0

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are rows that were not read yet."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next rows; they come later."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit()

    def size(self) -> int:
        """Return how many rows are shown."""
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the text of a cell, in full as its tip too."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _cell(self.rows[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _RIGHT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def _cell(row: PaymentLine, column: int) -> str:
    texts = (
        row.name,
        row.town + row.village,
        row.policy_name,
        row.period,
        row.quantity + row.unit,
        row.standard,
        figures(row.amount_fen),
        row.identity_mask,
        row.account_mask,
        row.note,
    )
    return texts[column]
