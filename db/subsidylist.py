"""Reading subsidy policies: what held on a day (七公開目錄), all versions of each, names that stand twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db import policynames, policytexts
from db.models import PolicyVersion, SubsidyPolicy
from db.terms import PostingProfile


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy as one of its versions states it: every item as the text that is published.

    ``missing`` are the keys of the seven items that are not stated. ``valid_from`` and ``valid_to`` are both included;
    None is an open end.
    """

    policy: int
    version: int
    called: str
    position: int
    profile: PostingProfile
    ended_on: date | None
    valid_from: date | None
    valid_to: date | None
    values: Mapping[str, str]
    missing: tuple[str, ...]

    def holds_on(self, day: date) -> bool:
        """Tell whether this version held on a day."""
        return not (
            (self.valid_from is not None and day < self.valid_from)
            or (self.valid_to is not None and day > self.valid_to)
            or (self.ended_on is not None and day >= self.ended_on)
        )


def _rows(session: Session) -> list[SubsidyPolicy]:
    version = selectinload(SubsidyPolicy.versions)
    whole = version.selectinload(PolicyVersion.documents), version.selectinload(PolicyVersion.phones)
    return list(
        session.scalars(select(SubsidyPolicy).options(*whole).order_by(SubsidyPolicy.position, SubsidyPolicy.id))
    )


def line_of(policy: SubsidyPolicy, version: PolicyVersion) -> PolicyLine:
    """Return one version of a policy as plain values."""
    values = policytexts.printed(policytexts.texts(version))
    return PolicyLine(
        policy.id,
        version.id,
        policy.name,
        policy.position,
        policy.profile,
        policy.ended_on,
        version.valid_from,
        version.valid_to,
        values,
        policytexts.missing(values),
    )


def catalogue(session: Session, *, on: date) -> list[PolicyLine]:
    """Return the policies that held on a day, in the office's order, each as it was worded then."""
    lines = (line_of(policy, version) for policy in _rows(session) for version in policy.versions)
    return [line for line in lines if line.holds_on(on)]


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """A policy with all its versions, the first one first. ``texts`` are those of the items as entered, by version."""

    id: int
    name: str
    position: int
    profile: PostingProfile
    ended_on: date | None
    versions: tuple[PolicyLine, ...]
    texts: Mapping[int, Mapping[str, str]]

    def at(self, day: date) -> PolicyLine:
        """Return the version that holds on a day, else the nearest: the last before it, or the first of all."""
        held = [one for one in self.versions if one.valid_from is None or one.valid_from <= day]
        return held[-1] if held else self.versions[0]


def books(session: Session, *, with_ended: bool = True, on: date | None = None) -> list[PolicyBook]:
    """Return the policies in the office's order; without those ended by ``on`` where ``with_ended`` is off."""
    day = on or date.today()
    kept = (row for row in _rows(session) if with_ended or row.ended_on is None or row.ended_on > day)
    return [book_of(row) for row in kept if row.versions]


def book_of(row: SubsidyPolicy) -> PolicyBook:
    """Return a policy with all its versions as plain values."""
    return PolicyBook(
        row.id,
        row.name,
        row.position,
        row.profile,
        row.ended_on,
        tuple(line_of(row, version) for version in row.versions),
        {version.id: policytexts.texts(version) for version in row.versions},
    )


@dataclass(frozen=True, slots=True)
class Twice:
    """Policies whose names are the same, or only alike (``exact`` off)."""

    exact: bool
    policies: tuple[tuple[int, str], ...]


def duplicates(found: Iterable[PolicyBook]) -> list[Twice]:
    """Return the groups of policies whose names are the same in either script, or alike."""
    same: dict[str, dict[int, str]] = defaultdict(dict)
    alike: dict[str, dict[int, str]] = defaultdict(dict)
    for book in found:
        for name in {book.name, *(line.values["name"] for line in book.versions)}:
            same[policynames.key(name)][book.id] = book.name
            alike[policynames.loose_key(name)][book.id] = book.name
    groups = [Twice(exact=True, policies=tuple(group.items())) for group in same.values() if len(group) > 1]
    told = {frozenset(dict(group.policies)) for group in groups}
    groups += [
        Twice(exact=False, policies=tuple(group.items()))
        for group in alike.values()
        if len(group) > 1 and frozenset(group) not in told
    ]
    return groups
