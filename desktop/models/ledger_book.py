"""All rows of the ledger as the window holds them: read once in the background, then only what was touched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import ledger
from db.arranging import STRIDE
from db.changes import Changes
from db.ledger import LedgerRow
from db.models import Plan, Unit
from db.pinyin import by_pinyin
from db.terms import Light, TaskState, UnitLevel
from desktop.heap import unsearched

MANY = 5_000  # touched rows from which reading all is no slower
TOGETHER = 8  # batches handed over at once, after the first


@dataclass(slots=True)
class Book:
    """``rows`` stand in the ledger's order. ``plans`` are (id, title, year); ``units`` are those of the county.

    What the page says of all rows is counted once, away from the window: ``taking_part`` are the units with a part
    in any, ``ready`` the proposals that can be accepted, ``unled`` how many proposals cannot, ``standing`` how many
    rows are not withdrawn, ``undivided`` the plans without any row.
    """

    on: date
    rows: list[LedgerRow] = field(default_factory=list)
    plans: list[tuple[int, str, int]] = field(default_factory=list)
    units: list[tuple[int, str]] = field(default_factory=list)
    taking_part: set[int | None] = field(default_factory=set)
    leaders: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    ready: list[int] = field(default_factory=list)
    unled: int = 0
    standing: int = 0
    undivided: list[int] = field(default_factory=list)


def _count(book: Book, breathe: Callable[[], None]) -> None:
    """Fill in what is said of all rows."""
    leaders: set[str] = set()
    sections: dict[str, None] = {}
    divided: set[int] = set()
    for start in range(0, len(book.rows), STRIDE):
        for row in book.rows[start : start + STRIDE]:
            book.taking_part.update((row.lead_id, *row.other_ids))
            leaders.add(row.leader)
            sections.setdefault(row.section)
            divided.add(row.plan_id)
            book.standing += row.task_state is not TaskState.WITHDRAWN
            if row.light is Light.PROPOSED:
                book.ready.append(row.id)
            elif row.light is Light.NO_LEAD and not row.confirmed:
                book.unled += 1
        breathe()
    book.leaders = sorted(filter(None, leaders), key=by_pinyin)
    book.sections = [section for section in sections if section]
    book.undivided = [plan for plan, _, _ in book.plans if plan not in divided]


def load(
    session: Session,
    *,
    on: date,
    old: Book | None,
    changes: Changes | None,
    breathe: Callable[[], None],
    tick: Callable[[int, int], None],
    hand: Callable[[list[LedgerRow]], None],
) -> Book:
    """Return the book of a day; rows of ``old`` that ``changes`` do not touch are taken over.

    Without ``changes``, or where these may concern any row, all are read. Where they are many, ``tick`` is told how
    many are read and of how many; ``hand`` gets them in their order, the first ones soon.
    """
    some = ledger.touched(session, changes) if old is not None and changes is not None and old.on == on else None
    if old is None or some is None or len(some) > MANY:
        kept: dict[int, LedgerRow] = {}
    else:
        kept = {row.id: row for row in old.rows if row.id not in some}
    book = Book(on)
    with unsearched(kept=False):
        wanted = ledger.ids(session)
    missing = [one for one in wanted if one not in kept]
    with unsearched(kept=True) if len(missing) > MANY else nullcontext():
        together: list[LedgerRow] = []
        for place, batch in enumerate(ledger.batches(session, missing, on=on)):
            kept.update((row.id, row) for row in batch)
            breathe()
            if len(missing) > MANY:
                together += batch
                if place % TOGETHER == 0:
                    hand(together)
                    together = []
                tick(len(kept), len(wanted))
    book.rows = [kept[one] for one in wanted if one in kept]
    plans = session.execute(select(Plan.id, Plan.title, Plan.year).order_by(Plan.year.desc(), Plan.position, Plan.id))
    book.plans = [(plan, title, year) for plan, title, year in plans]
    units = select(Unit.id, Unit.name).where(
        Unit.level.in_((UnitLevel.COUNTY, UnitLevel.TOWN)), Unit.ended_on.is_(None)
    )
    book.units = [(unit, name) for unit, name in session.execute(units.order_by(Unit.position, Unit.id))]
    _count(book, breathe)
    return book
