"""Which postings are wanted (哪些村、哪些補貼), each composed: for the report before and for the making."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db import postingfacts
from db.postingfacts import FactsReader, VillageFacts
from db.postings import key_of
from db.settings import Office
from db.terms import PostingProfile
from exports.pdf.document import Missing
from exports.posting.content import Composed, compose
from exports.posting.options import Options, Unconfirmed, refuse_unconfirmed
from exports.posting.paper import unprintable
from exports.posting.scan import Finding, find

Tick = Callable[[int, int], None]
"""Told how much of how much is done; may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A period, its policies and the villages. No policies: all of a village together in one posting.

    ``places`` None takes every village that was paid.
    """

    period: str
    policies: tuple[int, ...] = ()
    places: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting that is wanted: whose, of what, and what stands on it."""

    facts: VillageFacts
    policy: int | None
    composed: Composed

    @property
    def key(self) -> str:
        """Return what is the same whenever it is made."""
        return key_of(self.facts.place, self.policy)

    @property
    def profile(self) -> PostingProfile:
        """Return the profile it is entered with: strict as soon as any of it is."""
        return PostingProfile.STRICT if self.composed.strict else PostingProfile.PLAIN


def places_of(session: Session, wanted: Wanted) -> list[tuple[int, int | None]]:
    """Return village and policy of each posting, in the order of towns and villages."""
    policies: Sequence[int | None] = wanted.policies or (None,)
    paid = [postingfacts.villages(session, period=wanted.period, policy=policy) for policy in policies]
    order: dict[int, list[int | None]] = {}
    for policy, some in zip(policies, paid, strict=True):
        for village in some:
            order.setdefault(village.place, []).append(policy)
    if len(paid) > 1:  # each list is in order, but not every village is in the first
        whole = [one.place for one in postingfacts.villages(session, period=wanted.period)]
        order = {place: order[place] for place in whole if place in order}
    return [
        (place, policy)
        for place, some in order.items()
        if wanted.places is None or place in wanted.places
        for policy in some
    ]


def posted(session: Session, wanted: Wanted, *, options: Options, office: Office) -> Iterator[Posted]:
    """Yield the postings one after the other; only one is in memory."""
    readers: dict[int | None, FactsReader] = {}
    for place, policy in places_of(session, wanted):
        reader = readers.get(policy)
        if reader is None:
            reader = readers[policy] = FactsReader(session, period=wanted.period, policy=policy)
        facts = reader.read(place)
        yield Posted(facts, policy, compose(facts, options=options, office=office))


def question(session: Session, wanted: Wanted, *, options: Options) -> Unconfirmed | None:
    """Return what has to be confirmed before these postings are made, None where nothing has."""
    policies = postingfacts.paid_policies(session, period=wanted.period, policies=wanted.policies)
    try:
        refuse_unconfirmed(policies, options)
    except Unconfirmed as asked:
        return asked
    return None


@dataclass(frozen=True, slots=True)
class Report:
    """What a posting would be, found before anything is written. ``private`` stops it, ``missing`` prints as 〓."""

    place: int
    policy: int | None
    town: str
    village: str
    title: str
    rows: int
    amount_fen: int
    strict: bool
    private: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Tell whether there is nothing to look at."""
        return not (self.private or self.missing or self.warnings)


def survey(
    session: Session, wanted: Wanted, *, options: Options, office: Office, tick: Tick | None = None
) -> list[Report]:
    """Return what would be made, with all that is wrong in it, and write nothing (預檢)."""
    total, found = len(places_of(session, wanted)), []
    for number, one in enumerate(posted(session, wanted, options=options, office=office)):
        if tick is not None:
            tick(number, total)
        content = one.composed.content
        found.append(
            Report(
                place=one.facts.place,
                policy=one.policy,
                town=one.facts.town,
                village=one.facts.village,
                title=content.title,
                rows=content.rows,
                amount_fen=content.amount_fen,
                strict=one.composed.strict,
                private=tuple(find(content)),
                missing=tuple(unprintable(content)),
                warnings=one.composed.warnings,
            )
        )
    return found
