"""Rows of a ledger with the headings that stand between them on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.ledger import LedgerRow
from exports.words import Words

NO_SECTION = "（未列章節）"


@dataclass(frozen=True, slots=True)
class Band:
    """A row across the whole table: the name of a plan or of a section (章節)."""

    text: str
    of_plan: bool = False


def banded(rows: Sequence[LedgerRow], words: Words) -> Iterator[Band | LedgerRow]:
    """Yield rows in their order, each section's heading before its first row, and each plan's where there are several.

    A row without a section that follows one with a section gets a heading that says so, else it would seem to
    belong to the section above it.
    """
    several = len({row.plan_id for row in rows}) > 1
    plan, section = None, ""
    for row in rows:
        if row.plan_id != plan:
            plan, section = row.plan_id, ""
            if several:
                yield Band(words.data(row.plan), of_plan=True)
        if row.section != section:
            section = row.section
            yield Band(words.data(section) if section else words.fixed(NO_SECTION))
        yield row
