"""The real numbers of the people on a posting, for the search of its finished files; from an unlocked vault alone."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import select

from db.database import Database
from db.models import Payment, PaymentImport
from exports.posting.wanted import Posted

_PLACE = "payment.sealed"
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
        opened = (json.loads(keys.open(box, _PLACE)) for box in sealed if box)
        return tuple({str(kept[key]) for kept in opened for key in _KEYS if kept.get(key)})

    return secrets
