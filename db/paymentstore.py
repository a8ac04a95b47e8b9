"""Storing imported payments by the hundred thousand: past the session, made valid by one audited change a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from db import backup
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Payment, PaymentImport, Place
from db.money import figures

COLUMNS = (
    *("policy_id", "place_id", "period", "source_row", "name", "group", "quantity", "unit", "standard", "amount_fen"),
    *("paid_on", "note", "identity_mask", "identity_digest", "account_mask", "account_digest", "sealed"),
)
"""What a payment to be stored consists of, in this order; days as ISO texts."""
IDENTITY_DIGEST, NAME, POLICY, PERIOD, ROW = (
    COLUMNS.index(key) for key in ("identity_digest", "name", "policy_id", "period", "source_row")
)
_ASKED_AT_ONCE = 500
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a sheet once its last row was read. ``report`` is kept with it: bounded and masked."""

    rows: int
    amount_fen: int
    total_fen: int | None
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IncomingSheet:
    """A sheet to be stored: ``slices`` are its payments, ``outcome`` tells what came of it when they are through."""

    file_name: str
    sha256: str
    sheet: str
    sealed: bool
    slices: Callable[[Session], Iterable[Sequence[Row]]]
    outcome: Callable[[], Outcome] = field(repr=False)


def known_files(session: Session, hashes: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Return number and time of the import that stands, by the hash of its file."""
    query = select(PaymentImport).where(PaymentImport.sha256.in_(list(hashes)), PaymentImport.active)
    return {row.sha256: (row.id, row.made_at) for row in session.scalars(query)}


def store(database: Database, *, sheets: Sequence[IncomingSheet]) -> Changes:
    """Store sheets of payments as one operation and one transaction, after a snapshot of the file.

    Raises :class:`Refused` where one of the files was imported before and not withdrawn, or nothing was left to take;
    whatever the reading of a sheet raises leaves nothing behind.
    """
    _refuse_known(database, sheets)
    backup.snapshot(database.path, reason="import", folder=database.backup_folder())
    with database.change("導入發放表", operation="payments.import") as change:
        stored = [_store(change.session, sheet) for sheet in sheets]
        for number, one in stored:
            if one.rows:
                change.session.get_one(PaymentImport, number).active = True
        outcomes = [one for _, one in stored]
        rows, fen = sum(one.rows for one in outcomes), sum(one.amount_fen for one in outcomes)
        if not rows:
            raise Refused("這些表裏沒有一行可以採用，沒有導入。請先看核對結果。")
        names = list(dict.fromkeys(sheet.file_name for sheet in sheets))
        more = f" 等 {len(names)} 個文件" if len(names) > 1 else ""
        change.title = f"導入發放表「{names[0]}」{more}：{rows} 行、{figures(fen)} 元"
    return change.changes


def _refuse_known(database: Database, sheets: Sequence[IncomingSheet]) -> None:
    with database.reading() as session:
        known = known_files(session, {sheet.sha256 for sheet in sheets})
    for sheet in sheets:
        if sheet.sha256 in known:
            number, at = known[sheet.sha256]
            raise Refused(
                "「{name}」已於 {at} 導入過（第 {number} 號發放表），沒有重複導入。要重新導入，請先撤回那一份。",
                name=sheet.file_name,
                at=f"{at:%Y-%m-%d %H:%M}",
                number=number,
            )


def _store(session: Session, sheet: IncomingSheet) -> tuple[int, Outcome]:
    """Write one sheet; nothing of it counts before it is made active."""
    table = PaymentImport.__table__
    assert isinstance(table, Table)
    values = {
        "made_at": datetime.now().replace(microsecond=0),
        "file_name": sheet.file_name[-255:],
        "sha256": sheet.sha256,
        "sheet": sheet.sheet,
        "rows": 0,
        "amount_fen": 0,
        "sealed": sheet.sealed,
        "active": False,
        "report": {},
    }
    number = session.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    statement = _insertion(session)
    connection = session.connection()
    for rows in sheet.slices(session):
        if rows:
            connection.exec_driver_sql(statement, [(number, *row) for row in rows])
    outcome = sheet.outcome()
    if not outcome.rows:
        session.execute(table.delete().where(table.c.id == number))
        return number, outcome
    told = {"rows": outcome.rows, "amount_fen": outcome.amount_fen, "total_fen": outcome.total_fen}
    session.execute(update(table).where(table.c.id == number).values(**told, report=dict(outcome.report)))
    return number, outcome


def _insertion(session: Session) -> str:
    """Return the statement that takes rows as plain tuples, as the database's driver wants it."""
    table = Payment.__table__
    assert isinstance(table, Table)
    return str(insert(table).compile(dialect=session.get_bind().dialect, column_keys=["import_id", *COLUMNS]))


class Holder(NamedTuple):
    """A payment that stands: whose, of what, where."""

    policy: int
    period: str
    name: str
    village: str
    file_name: str
    row: int


def holders(session: Session, digests: Sequence[bytes]) -> dict[bytes, list[Holder]]:
    """Return the payments that stand to the persons with these keyed hashes."""
    found: dict[bytes, list[Holder]] = {}
    for start in range(0, len(digests), _ASKED_AT_ONCE):
        query = (
            select(
                *(Payment.identity_digest, Payment.policy_id, Payment.period, Payment.name, Place.name),
                *(PaymentImport.file_name, Payment.source_row),
            )
            .join(PaymentImport, Payment.import_id == PaymentImport.id)
            .join(Place, Payment.place_id == Place.id)
            .where(PaymentImport.active, Payment.identity_digest.in_(digests[start : start + _ASKED_AT_ONCE]))
        )
        for digest, *rest in session.execute(query):
            found.setdefault(digest, []).append(Holder(*rest))
    return found
