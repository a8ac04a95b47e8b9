"""What the clerk says of payment sheets, and what the ledger knows that they are read with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import placetree, policynames
from db.models import Payment, PaymentImport, PolicyVersion, SubsidyPolicy


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk settled: it goes before what the sheets say.

    ``columns`` maps a sheet to the field of each column by its place; ``places`` and ``policies`` map what is written
    (village with its town before it) to an id; ``money`` is 元 or 萬元.
    """

    policy: int | None = None
    period: str = ""
    village: int | None = None
    money: str = ""
    columns: Mapping[tuple[str, str], Mapping[int, str]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    policies: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """The ledger's places and policies, and what has been paid already."""

    places: placetree.Gazetteer
    policies: dict[str, int]
    policy_names: dict[int, str]
    paid: dict[tuple[int, int, str], int]

    @classmethod
    def of(cls, session: Session) -> Known:
        """Read them."""
        names: dict[str, int] = {}
        rows = {row.id: row.name for row in session.scalars(select(SubsidyPolicy))}
        versions = session.execute(select(PolicyVersion.policy_id, PolicyVersion.name, PolicyVersion.short_name))
        several: set[str] = set()
        for number, *called in [*((one, name) for one, name in rows.items()), *versions]:
            for name in filter(None, map(policynames.key, called)):
                if names.setdefault(name, number) != number:
                    several.add(name)
        for name in several:
            del names[name]
        return cls(placetree.gazetteer(session), names, rows, _paid(session))

    def policy_in(self, title: str) -> int | None:
        """Return the policy that a title names, the longest name first; None where none or several are named."""
        key = policynames.key(title)
        hits = [name for name in self.policies if name in key]
        longest = {self.policies[name] for name in hits if not any(name in other and name != other for other in hits)}
        return longest.pop() if len(longest) == 1 else None

    def policy_called(self, name: str) -> int | None:
        """Return the policy with this name, also with a year before it or 資金 behind it; None where unsure."""
        found = self.policies.get(policynames.key(name))
        if found is not None:
            return found
        wanted = policynames.loose_key(name)
        alike = {number for called, number in self.policies.items() if policynames.loose_key(called) == wanted}
        return alike.pop() if len(alike) == 1 else None


def _paid(session: Session) -> dict[tuple[int, int, str], int]:
    """Return how many payments stand by village, policy and period."""
    query = (
        select(Payment.place_id, Payment.policy_id, Payment.period, func.count())
        .join(PaymentImport, Payment.import_id == PaymentImport.id)
        .where(PaymentImport.active)
        .group_by(Payment.place_id, Payment.policy_id, Payment.period)
    )
    return {(place, policy, period): rows for place, policy, period, rows in session.execute(query)}
