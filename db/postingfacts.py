"""What a village's posting is made of (公示的內容): its payments of a period by policy, and the public hotlines."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from db import subsidylist
from db.errors import Refused
from db.models import Payment, PaymentImport, Place
from db.subsidyitems import ENQUIRY, SUPERVISION
from db.subsidylist import PolicyBook
from db.terms import PostingProfile


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one person or household received, as the sheet says it; of private numbers only the mask.

    ``row`` is the row in its sheet, from 1; ``person`` the same for rows of one identity number, None where unknown.
    """

    row: int
    name: str
    group: str
    quantity: str
    unit: str
    standard: str
    amount_fen: int
    note: str
    identity_mask: str
    person: bytes | None


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """A policy as it held when it was paid, and who received it in the village, in the order of the sheets."""

    id: int
    name: str
    profile: PostingProfile
    documents: str
    department: str
    standard: str
    enquiry: tuple[str, ...]
    supervision: tuple[str, ...]
    receipts: tuple[Receipt, ...]

    @property
    def amount_fen(self) -> int:
        """Return the sum of all receipts."""
        return sum(one.amount_fen for one in self.receipts)


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """Everything a posting of a village may draw on. ``hotlines`` are the town's and its own.

    ``committee`` signs it, empty where the office gave it no other name than the usual one.
    """

    place: int
    town: str
    village: str
    committee: str
    period: str
    hotlines: tuple[str, ...]
    policies: tuple[PolicyFacts, ...]

    @property
    def public_numbers(self) -> tuple[str, ...]:
        """Return every text with telephone numbers that are meant to be read."""
        return (*self.hotlines, *(text for one in self.policies for text in (*one.enquiry, *one.supervision)))


@dataclass(frozen=True, slots=True)
class VillageSum:
    """A village that was paid in a period: how many rows, and how much."""

    place: int
    town: str
    village: str
    rows: int
    amount_fen: int


_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_HALF = re.compile(r"(\d{4})-?H([12])", re.IGNORECASE)


def period_words(period: str) -> str:
    """Return a period as a title says it: 2022年, 2022年6月, 2022年第2季度, 2022年上半年; others as they are."""
    if period.isdecimal() and len(period) == len("2022"):
        return f"{period}年"
    if month := _MONTH.fullmatch(period):
        return f"{month[1]}年{int(month[2])}月"
    if quarter := _QUARTER.fullmatch(period):
        return f"{quarter[1]}年第{quarter[2]}季度"
    if half := _HALF.fullmatch(period):
        return f"{half[1]}年{'上' if half[2] == '1' else '下'}半年"
    return period


def last_day(period: str) -> date | None:
    """Return the last day of a period, None where it cannot be told."""
    year = int(period[:4]) if period[:4].isdecimal() else 0
    if not 1 <= year <= date.max.year:
        return None
    month = 12
    if found := _MONTH.fullmatch(period):
        month = int(found[2])
    elif found := _QUARTER.fullmatch(period):
        month = int(found[2]) * 3
    elif found := _HALF.fullmatch(period):
        month = int(found[2]) * 6
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None  # noqa: PLR2004


def _paid(period: str, policy: int | None) -> Select[tuple[int, int, int]]:
    """Return the villages paid in a period with rows and sum; only what stands of the imports counts."""
    query = (
        select(Payment.place_id, func.count(), func.sum(Payment.amount_fen))
        .join(PaymentImport, Payment.import_id == PaymentImport.id)
        .where(PaymentImport.active, Payment.period == period)
        .group_by(Payment.place_id)
    )
    return query if policy is None else query.where(Payment.policy_id == policy)


def villages(session: Session, *, period: str, policy: int | None = None) -> list[VillageSum]:
    """Return the villages that were paid in a period, by one policy or any, in the order of towns and villages."""
    paid = {place: (rows, fen) for place, rows, fen in session.execute(_paid(period, policy))}
    town = aliased(Place)
    query = (
        select(Place.id, town.name, Place.name)
        .outerjoin(town, Place.parent_id == town.id)
        .order_by(town.position, town.id, Place.position, Place.id)
    )
    return [
        VillageSum(place, above or "", name, *paid[place])
        for place, above, name in session.execute(query)
        if place in paid
    ]


def paid_policies(session: Session, *, period: str, policies: Sequence[int] = ()) -> list[PolicyFacts]:
    """Return the policies paid in a period, or those of ``policies`` that were, without their receipts."""
    query = (
        select(Payment.policy_id)
        .join(PaymentImport, Payment.import_id == PaymentImport.id)
        .where(PaymentImport.active, Payment.period == period)
        .distinct()
    )
    paid = set(session.scalars(query))
    day = last_day(period) or date.today()
    return [
        _policy(book, day, [])
        for book in subsidylist.books(session)
        if book.id in paid and (not policies or book.id in policies)
    ]


class FactsReader:
    """Reads village after village; what is the same for all is read once."""

    def __init__(self, session: Session, *, period: str, policy: int | None = None) -> None:
        self._session, self._period, self._policy = session, period, policy
        self._books = {book.id: book for book in subsidylist.books(session)}

    def read(self, place: int) -> VillageFacts:
        """Return what a village's posting is made of; raise :class:`Refused` where nothing was paid there."""
        row = self._session.get(Place, place)
        if row is None:
            raise Refused("這個村已不存在。請刷新後再試。")
        town = row.parent
        facts = VillageFacts(
            place=row.id,
            town=town.name if town else "",
            village=row.name,
            committee=row.committee,
            period=self._period,
            hotlines=tuple(
                f"{one.name} {one.telephone}" for one in (town, row) if one is not None and one.telephone.strip()
            ),
            policies=tuple(self._policies(place)),
        )
        if not facts.policies:
            raise Refused(
                "「{village}」在 {period} 沒有發放記錄，不能製作公示。請先導入發放表。",
                village=row.name,
                period=period_words(self._period),
            )
        return facts

    def _policies(self, place: int) -> Iterable[PolicyFacts]:
        receipts: dict[int, list[Receipt]] = {}
        days: dict[int, date] = {}
        for policy, paid_on, receipt in self._receipts(place):
            receipts.setdefault(policy, []).append(receipt)
            if paid_on is not None:
                days[policy] = max(paid_on, days.get(policy, paid_on))
        for book in self._books.values():
            if book.id in receipts:
                day = days.get(book.id) or last_day(self._period) or date.today()
                yield _policy(book, day, receipts[book.id])

    def _receipts(self, place: int) -> Iterable[tuple[int, date | None, Receipt]]:
        one = Payment
        query = (
            select(
                *(one.policy_id, one.paid_on, one.source_row, one.name, one.group, one.quantity, one.unit),
                *(one.standard, one.amount_fen, one.note, one.identity_mask, one.identity_digest),
            )
            .join(PaymentImport, one.import_id == PaymentImport.id)
            .where(PaymentImport.active, one.place_id == place, one.period == self._period)
            .order_by(one.import_id, one.id)
        )
        if self._policy is not None:
            query = query.where(one.policy_id == self._policy)
        for policy, paid_on, *rest in self._session.execute(query):
            yield policy, paid_on, Receipt(*rest)


def _policy(book: PolicyBook, day: date, receipts: list[Receipt]) -> PolicyFacts:
    values = book.at(day).values
    return PolicyFacts(
        id=book.id,
        name=values["name"],
        profile=book.profile,
        documents=values["documents"],
        department=values["department"],
        standard=values["standard"],
        enquiry=_lines(values[ENQUIRY]),
        supervision=_lines(values[SUPERVISION]),
        receipts=tuple(receipts),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
