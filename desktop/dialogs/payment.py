"""Correcting one payment: its public items, with the reason. Private numbers come anew with a sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.money import figures
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database
    from db.paymentlist import PaymentLine

_FIELDS = (("name", "姓名"), ("group", "組"), ("quantity", "數量"), ("unit", "計量單位"), ("standard", "補貼標準"))


class PaymentDialog(StepDialog):
    """Only what was changed is stored; the reason stands in the records of operations."""

    def __init__(self, parent: QWidget, desk: Desk, row: PaymentLine) -> None:
        super().__init__(parent, desk, "更正發放記錄", "更正")
        self.row = row
        desk.words.put(
            self.head,
            "{village} {policy} {period}，表中第 {at} 行。身份證號和賬號不在這裏改，請撤回後重新導入。",
            village=row.town + row.village,
            policy=row.policy_name,
            period=row.period,
            at=row.source_row,
        )
        self.fields = {}
        for place, (key, word) in enumerate(_FIELDS):
            self.fields[key] = self.form.line(word, place, 0)
            self.fields[key].setText(getattr(row, key))
        self.amount = self.form.line("金額（元）", len(_FIELDS), 0)
        self.amount.setText(figures(row.amount_fen))
        self.note = self.form.line("備註", len(_FIELDS) + 1, 0)
        self.note.setText(row.note)
        self.reason = self.form.line("更正原因", len(_FIELDS) + 2, 0)

    def show_first(self) -> None:
        """Open with the cursor in the first field."""
        self.begin(self.fields["name"])

    def operation(self) -> Callable[[Database], Changes]:
        """Return the correction; raise ``Refused`` for a sum that is none."""
        from db import payments
        from exports.payments.values import NotMoneyError, fen_of

        values: dict[str, object] = {
            key: field.text().strip()
            for key, field in self.fields.items()
            if field.text().strip() != getattr(self.row, key)
        }
        try:
            fen = fen_of(self.amount.text(), "元")
        except NotMoneyError as error:
            raise Refused("「{text}」不是金額。請寫元，最多兩位小數。", text=self.amount.text()) from error
        if fen != self.row.amount_fen:
            values["amount_fen"] = fen
        if self.note.text().strip() != self.row.note:
            values["note"] = self.note.text().strip()
        reason, payment = self.reason.text(), self.row.id
        return lambda database: payments.correct(database, payment=payment, values=values, reason=reason)
