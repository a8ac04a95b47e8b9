"""Telephones that the office itself has published: they are no private data wherever they stand."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import PolicyPhone


def declared(session: Session) -> frozenset[str]:
    """Return the hotlines of all versions of all policies, as they were entered."""
    return frozenset(session.scalars(select(PolicyPhone.number).distinct()))
