"""All rows of the ledger as the window holds them: read once in the background, then only what was touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import ledger
from db.changes import Changes
from db.filters import sought
from db.ledger import LedgerRow
from db.models import Plan, Unit
from db.script import fold
from db.terms import UnitLevel

MANY = 5_000  # touched rows from which reading all is no slower


@dataclass(slots=True)
class Book:
    """``rows`` stand in the ledger's order. ``plans`` are (id, title, year); ``units`` are those of the county."""

    on: date
    rows: list[LedgerRow] = field(default_factory=list)
    plans: list[tuple[int, str, int]] = field(default_factory=list)
    units: list[tuple[int, str]] = field(default_factory=list)
    _folded: dict[int, tuple[LedgerRow, str]] = field(default_factory=dict)

    def folded(self, row: LedgerRow) -> str:
        """Return the folded texts of a row, kept until the row changes."""
        kept = self._folded.get(row.id)
        if kept is None or kept[0] is not row:
            kept = row, fold(sought(row)).lower()
            self._folded[row.id] = kept
        return kept[1]

    def undivided(self) -> list[int]:
        """Return the plans without any assignment."""
        divided = {row.plan_id for row in self.rows}
        return [plan for plan, _, _ in self.plans if plan not in divided]


def load(session: Session, *, on: date, old: Book | None, changes: Changes | None, breathe: Callable[[], None]) -> Book:
    """Return the book of a day; rows of ``old`` that ``changes`` do not touch are taken over.

    Without ``changes``, or where these may concern any row, all are read.
    """
    some = ledger.touched(session, changes) if old is not None and changes is not None and old.on == on else None
    if old is None or some is None or len(some) > MANY:
        kept: dict[int, LedgerRow] = {}
        book = Book(on)
    else:
        kept = {row.id: row for row in old.rows if row.id not in some}
        book = Book(on, _folded=old._folded)  # noqa: SLF001 - its own kind
    wanted = ledger.ids(session)
    missing = [one for one in wanted if one not in kept]
    for batch in ledger.batches(session, missing, on=on):
        kept.update((row.id, row) for row in batch)
        breathe()
    book.rows = [kept[one] for one in wanted if one in kept]
    plans = session.execute(select(Plan.id, Plan.title, Plan.year).order_by(Plan.year.desc(), Plan.position, Plan.id))
    book.plans = [(plan, title, year) for plan, title, year in plans]
    units = select(Unit.id, Unit.name).where(
        Unit.level.in_((UnitLevel.COUNTY, UnitLevel.TOWN)), Unit.ended_on.is_(None)
    )
    book.units = [(unit, name) for unit, name in session.execute(units.order_by(Unit.position, Unit.id))]
    return book
