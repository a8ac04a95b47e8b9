"""The operations that the page 臺賬 asks for by a button."""

from __future__ import annotations

from collections.abc import Sequence

from db.changes import Changes
from db.database import Database
from desktop.pages.ledger_values import Operation


def accepting(ids: Sequence[int]) -> Operation:
    """Return the operation that accepts proposals (採納)."""

    def operation(database: Database) -> Changes:
        from db import assignments

        return assignments.accept(database, ids=ids)

    return operation


def dropping(ids: Sequence[int]) -> Operation:
    """Return the operation that drops proposals."""

    def operation(database: Database) -> Changes:
        from db import assignments

        return assignments.remove_proposals(database, ids=ids)

    return operation


def adding(point: int, *, measure: str = "", lead: int | None = None) -> Operation:
    """Return the operation that adds an assignment to a point by hand."""

    def operation(database: Database) -> Changes:
        from db import assignments

        return assignments.add(database, point=point, measure=measure, lead=lead)

    return operation


def proposing(plans: Sequence[int]) -> Operation:
    """Return the operation that proposes assignments for the points of these plans (擬出分工)."""

    def operation(database: Database) -> Changes:
        from db import proposals

        return proposals.propose_all(database, plans=plans)

    return operation
