"""Reading payments (發放記錄): pages of a list of any length, sums by village, policy and period, the imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Payment, PaymentImport, Place, SubsidyPolicy
from db.script import simplified, traditional

PAGE = 500
"""Rows that a list reads at once."""


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """Which payments are meant; None and empty mean all. ``place`` may be a town; ``name`` is part of a name."""

    place: int | None = None
    policy: int | None = None
    period: str = ""
    name: str = ""
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment as it may be shown: sums in 分, private numbers masked."""

    id: int
    place: int
    town: str
    village: str
    policy: int
    policy_name: str
    period: str
    name: str
    group: str
    quantity: str
    unit: str
    standard: str
    amount_fen: int
    paid_on: date | None
    note: str
    identity_mask: str
    account_mask: str
    source_row: int
    import_id: int


def _wanted(query: Select[Any], wanted: PaymentFilter, session: Session) -> Select[Any]:
    """Narrow a query on payments; only those of imports that stand count."""
    query = query.join(PaymentImport, Payment.import_id == PaymentImport.id).where(PaymentImport.active)
    if wanted.place is not None:
        query = query.where(Payment.place_id.in_(_within(session, wanted.place)))
    if wanted.policy is not None:
        query = query.where(Payment.policy_id == wanted.policy)
    if wanted.period:
        query = query.where(Payment.period == wanted.period)
    if wanted.import_id is not None:
        query = query.where(Payment.import_id == wanted.import_id)
    if wanted.name.strip():
        written = wanted.name.strip()
        forms = {written, simplified(written), traditional(written)}
        query = query.where(or_(*(Payment.name.contains(form, autoescape=True) for form in sorted(forms))))
    return query


def _within(session: Session, place: int) -> Sequence[int]:
    return [place, *session.scalars(select(Place.id).where(Place.parent_id == place))]


def count(session: Session, wanted: PaymentFilter) -> tuple[int, int]:
    """Return how many payments there are and their sum in 分."""
    query = _wanted(select(func.count(), func.coalesce(func.sum(Payment.amount_fen), 0)), wanted, session)
    rows, fen = session.execute(query).one()
    return int(rows), int(fen)


def page(session: Session, wanted: PaymentFilter, *, after: int = 0, limit: int = PAGE) -> list[PaymentLine]:
    """Return the next payments in the order in which they were imported, those with an id above ``after``."""
    town = aliased(Place)
    query = select(Payment, Place.name, town.name, SubsidyPolicy.name)
    query = query.join(Place, Payment.place_id == Place.id).outerjoin(town, Place.parent_id == town.id)
    query = query.join(SubsidyPolicy, Payment.policy_id == SubsidyPolicy.id)
    query = _wanted(query, wanted, session).where(Payment.id > after).order_by(Payment.id).limit(limit)
    return [_line(*row) for row in session.execute(query)]


def get(session: Session, payment: int) -> PaymentLine | None:
    """Return one payment, None where there is none or its import was withdrawn."""
    found = page(session, PaymentFilter(), after=payment - 1, limit=1)
    return found[0] if found and found[0].id == payment else None


def _line(row: Payment, village: str, town: str | None, policy: str) -> PaymentLine:
    return PaymentLine(
        row.id,
        row.place_id,
        town or "",
        village,
        row.policy_id,
        policy,
        row.period,
        row.name,
        row.group,
        row.quantity,
        row.unit,
        row.standard,
        row.amount_fen,
        row.paid_on,
        row.note,
        row.identity_mask,
        row.account_mask,
        row.source_row,
        row.import_id,
    )


@dataclass(frozen=True, slots=True)
class PaymentSum:
    """How much was paid in a village by a policy in a period."""

    place: int
    town: str
    village: str
    policy: int
    policy_name: str
    period: str
    rows: int
    amount_fen: int


def sums(session: Session, wanted: PaymentFilter | None = None) -> list[PaymentSum]:
    """Return the sums by period, policy and village: the last period first, villages in the order of the tree."""
    figures = func.count(), func.sum(Payment.amount_fen)
    query = _wanted(select(Payment.place_id, Payment.policy_id, Payment.period, *figures), wanted or _ALL, session)
    grouped = session.execute(query.group_by(Payment.place_id, Payment.policy_id, Payment.period)).all()
    places = {row.id: row for row in session.scalars(select(Place))}
    policies = {row.id: row for row in session.scalars(select(SubsidyPolicy))}
    lines = []
    for place, policy, period, rows, fen in grouped:
        village = places[place]
        town = places.get(village.parent_id or 0)
        order = (policies[policy].position, town.position if town else 0, village.position, place)
        line = PaymentSum(
            *(place, town.name if town else "", village.name, policy, policies[policy].name, period),
            rows=int(rows),
            amount_fen=int(fen),
        )
        lines.append((order, line))
    lines.sort(key=lambda one: one[0])
    return [line for _, line in sorted(lines, key=lambda one: one[1].period, reverse=True)]


_ALL = PaymentFilter()


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One imported sheet; ``report`` holds what was doubtful when it was read, bounded and masked."""

    id: int
    made_at: datetime
    file_name: str
    sheet: str
    rows: int
    amount_fen: int
    total_fen: int | None
    sealed: bool
    active: bool
    report: Mapping[str, Any]


def imports(session: Session) -> list[ImportLine]:
    """Return the imported sheets, the last one first, those withdrawn too."""
    return [
        ImportLine(
            *(row.id, row.made_at, row.file_name, row.sheet, row.rows, row.amount_fen, row.total_fen),
            sealed=row.sealed,
            active=row.active,
            report=row.report,
        )
        for row in session.scalars(select(PaymentImport).order_by(PaymentImport.id.desc()))
    ]


def periods(session: Session) -> list[str]:
    """Return the periods in which anything was paid, the last one first."""
    query = select(Payment.period).join(PaymentImport, Payment.import_id == PaymentImport.id)
    return sorted(session.scalars(query.where(PaymentImport.active).distinct()), reverse=True)
