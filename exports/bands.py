"""Rows of a ledger with the headings that stand between them on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from db.terms import Grouping

if TYPE_CHECKING:  # a worker that prints needs no database
    from db.ledger import LedgerRow
    from exports.words import Words

NO_SECTION = "（未列章節）"
_NAMES: dict[Grouping, tuple[Callable[[LedgerRow], str], str]] = {
    Grouping.UNIT: (lambda row: row.lead, "（牽頭單位待定）"),
    Grouping.LEADER: (lambda row: row.leader, "（未定分管領導）"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A row across the whole table: the name of a plan or of a section (章節)."""

    text: str
    of_plan: bool = False


def banded(
    rows: Sequence[LedgerRow], words: Words, grouping: Grouping = Grouping.SECTION
) -> Iterator[Band | LedgerRow]:
    """Yield rows in their order with a band before the first of each group."""
    if grouping is Grouping.NONE:
        return iter(rows)
    return _by_section(rows, words) if grouping is Grouping.SECTION else _by_name(rows, words, _NAMES[grouping])


def _by_name(
    rows: Sequence[LedgerRow], words: Words, name: tuple[Callable[[LedgerRow], str], str]
) -> Iterator[Band | LedgerRow]:
    get, nameless = name
    for label, some in groupby(rows, get):
        yield Band(words.data(label) if label else words.fixed(nameless))
        yield from some


def _by_section(rows: Sequence[LedgerRow], words: Words) -> Iterator[Band | LedgerRow]:
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
