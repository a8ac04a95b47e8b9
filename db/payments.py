"""Payments (發放記錄): withdrawing and restoring what was imported, correcting a single one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import labels
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Payment, PaymentImport
from db.private import find_private

EDITABLE = frozenset({"name", "group", "quantity", "unit", "standard", "amount_fen", "paid_on", "note", "place_id"})
"""What is corrected one by one; private numbers come anew with a sheet."""
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")


def get_import(session: Session, import_id: int) -> PaymentImport:
    """Return an imported sheet; raise :class:`Refused` where there is none."""
    row = session.get(PaymentImport, import_id)
    if row is None:
        raise Refused("沒有第 {number} 號發放表。可用 payments list 查看。", number=import_id)
    return row


def withdraw(database: Database, *, import_id: int) -> Changes:
    """Withdraw an imported sheet (撤回): its payments count no more, and may be restored."""
    with database.change("撤回發放表", operation="payments.withdraw") as change:
        row = get_import(change.session, import_id)
        if not row.active:
            raise Refused("發放表「{name}」已經撤回。", name=row.file_name)
        change.title = f"撤回發放表「{row.file_name}」表「{row.sheet}」（{row.rows} 行）"
        row.active = False
    return change.changes


def restore(database: Database, *, import_id: int) -> Changes:
    """Let a withdrawn sheet count again; not where the same one was imported anew meanwhile."""
    with database.change("恢復發放表", operation="payments.restore") as change:
        row = get_import(change.session, import_id)
        if row.active:
            raise Refused("發放表「{name}」沒有撤回，無須恢復。", name=row.file_name)
        twin = select(PaymentImport).where(
            PaymentImport.sha256 == row.sha256, PaymentImport.sheet == row.sheet, PaymentImport.active
        )
        if change.session.scalars(twin).first() is not None:
            raise Refused("發放表「{name}」已重新導入，不能再恢復舊的一份。", name=row.file_name)
        change.title = f"恢復發放表「{row.file_name}」表「{row.sheet}」（{row.rows} 行）"
        row.active = True
    return change.changes


def correct(database: Database, *, payment: int, values: Mapping[str, object], reason: str) -> Changes:
    """Correct public items of one payment; ``reason`` stands in the trail. Raises :class:`Refused` without one."""
    if not reason.strip():
        raise Refused("更正發放記錄要寫明原因。")
    unknown = set(values) - EDITABLE
    if unknown:
        message = f"not editable: {sorted(unknown)}"
        raise ValueError(message)
    for text in (reason, *(value for value in values.values() if isinstance(value, str))):
        _refuse_private(text)
    with database.change("更正發放記錄", operation="payments.correct") as change:
        row = change.session.get(Payment, payment)
        if row is None:
            raise Refused("這筆發放記錄已不存在。請刷新後再試。")
        for key, value in values.items():
            settled = _settled(key, value)
            if getattr(row, key) != settled:
                setattr(row, key, settled)
        told = "、".join(labels.field("payment", key) for key in values)
        change.title = f"更正「{row.name}」的{told}：{reason.strip()}"
    return change.changes


def _refuse_private(text: str) -> None:
    if find_private(text):
        raise Refused("這裏寫了身份證號、賬號或電話。公示和操作記錄裏不能有，請去掉後再試。")


def _settled(key: str, value: object) -> object:
    if key == "amount_fen":
        if not isinstance(value, int):
            raise TypeError(key)
        return value
    if key == "paid_on":
        if value is not None and not isinstance(value, date):
            raise TypeError(key)
        return value
    if key == "place_id":
        return value
    text = str(value).strip()
    if key == "name" and not text:
        raise Refused("姓名不能為空。")
    if key == "quantity" and text and not _DECIMAL.fullmatch(text):
        raise Refused("數量「{text}」不是數字。", text=text)
    return text
