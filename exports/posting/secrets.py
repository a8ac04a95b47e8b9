"""The real numbers of the people on a posting, for the search of its finished files; from an unlocked vault alone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from db.database import Database
from db.models import Payment, PaymentImport
from exports.payments.persons import opened
from exports.posting.wanted import Posted

_KEYS = ("identity", "account", "telephone", "address")


def secrets_of(database: Database) -> Callable[[Posted], tuple[str, ...]] | None:
    """Return what gives the numbers and addresses of a posting's people; None where the vault is not unlocked."""
    keys = database.keyring
    if keys is None:
        return None

    def secrets(one: Posted) -> tuple[str, ...]:
        query = (
            select(Payment.sealed)
            .join(PaymentImport, Payment.import_id == PaymentImport.id)
            .where(
                PaymentImport.active,
                Payment.place_id == one.facts.place,
                Payment.period == one.facts.period,
                Payment.sealed.is_not(None),
            )
        )
        if one.policy is not None:
            query = query.where(Payment.policy_id == one.policy)
        with database.reading() as session:
            sealed = list(session.scalars(query))
        kept = (opened(box, keys) for box in sealed if box)
        return tuple({one[key] for one in kept for key in _KEYS if one.get(key)})

    return secrets
