"""Arranging the rows of the ledger as a view shows them: filtered, sorted, grouped (篩選、排序、分組)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from db.filters import LedgerFilter, passing
from db.ledger import LedgerRow
from db.pinyin import by_pinyin
from db.terms import Grouping, Light

STRIDE = 2_000  # rows between two breaths
_EMPTY = (None, "")
Key = Callable[[LedgerRow], Any]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a view is made. ``sort`` is the key of a column, empty for the notice's own order."""

    filter: LedgerFilter = field(default_factory=LedgerFilter)
    sort: str = ""
    descending: bool = False
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together. ``label`` is a name of the data, empty where the rows have none.

    ``beside`` is the plan that a section belongs to.
    """

    grouping: Grouping
    label: str
    rows: tuple[LedgerRow, ...]
    beside: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what the group is known by from one arrangement to the next."""
        return self.beside, self.label

    @property
    def late(self) -> int:
        """Return how many of the rows are overdue."""
        return sum(row.light is Light.LATE for row in self.rows)


def _no_pause() -> None:
    """Go on at once."""


def arranged(
    rows: Sequence[LedgerRow],
    wanted: Arrangement,
    *,
    on: date,
    breathe: Callable[[], None] = _no_pause,
) -> list[Group]:
    """Return the rows that pass, in order, as groups in order; a view without grouping is one group.

    ``breathe`` is called every some thousand rows: it may pause for others, or raise to give up.
    """
    test = passing(wanted.filter, on)
    kept: list[LedgerRow] = []
    for part in _parts(rows):
        kept += [row for row in part if test(row)]
        breathe()
    if wanted.sort:
        kept = _sorted(kept, _KEYS[wanted.sort], descending=wanted.descending, breathe=breathe)
    return _grouped(kept, wanted.grouping)


def _parts(rows: Sequence[LedgerRow]) -> Iterator[Sequence[LedgerRow]]:
    return (rows[start : start + STRIDE] for start in range(0, len(rows), STRIDE))


def _sorted(rows: list[LedgerRow], key: Key, *, descending: bool, breathe: Callable[[], None]) -> list[LedgerRow]:
    """Return rows by a key, those without one at the end; equal ones keep their order.

    Parts are sorted one by one with breaths between them: merging sorted parts is then a matter of moments, where
    one sort of the whole would hold up every other thread.
    """
    keys: dict[int, Any] = {}
    full: list[LedgerRow] = []
    empty: list[LedgerRow] = []
    for part in _parts(rows):
        keys.update((row.id, key(row)) for row in part)
        present = [row for row in part if keys[row.id] not in _EMPTY]
        empty += [row for row in part if keys[row.id] in _EMPTY]
        full += sorted(present, key=lambda row: keys[row.id], reverse=descending)
        breathe()
    full.sort(key=lambda row: keys[row.id], reverse=descending)
    return full + empty


def _grouped(rows: list[LedgerRow], grouping: Grouping) -> list[Group]:
    if grouping is Grouping.NONE:
        return [Group(grouping, "", tuple(rows))] if rows else []
    how = _GROUPS[grouping]
    found: dict[object, list[LedgerRow]] = {}
    for row in rows:
        found.setdefault(how.key(row), []).append(row)
    together = sorted(found.values(), key=lambda some: how.order(some[0]))
    return [Group(grouping, how.label(some[0]), tuple(some), how.beside(some[0])) for some in together]


def _rank(value: StrEnum) -> int:
    return list(type(value)).index(value)


def _pinyin(get: Callable[[LedgerRow], str]) -> Key:
    def key(row: LedgerRow) -> str:
        text = get(row)
        return by_pinyin(text) if text else ""

    return key


_KEYS: dict[str, Key] = {
    "light": lambda row: _rank(row.light),
    "code": lambda row: row.code,
    "task": _pinyin(lambda row: row.measure or row.point_text),
    "text": _pinyin(lambda row: row.point_text),
    "measure": _pinyin(lambda row: row.measure),
    "lead": _pinyin(lambda row: row.lead),
    "others": _pinyin(lambda row: row.others[0] if row.others else ""),
    "leader": _pinyin(lambda row: row.leader),
    "deadline": lambda row: row.deadline_on,
    "percent": lambda row: row.percent,
    "progress": lambda row: row.period,
    "problem": _pinyin(lambda row: row.problem),
    "next_step": _pinyin(lambda row: row.next_step),
    "note": _pinyin(lambda row: row.note),
    "section": lambda row: row.section_id,
    "point_number": lambda row: row.point_id,
    "point_lead": _pinyin(lambda row: row.point_lead[0] if row.point_lead else ""),
    "point_others": _pinyin(lambda row: row.point_others[0] if row.point_others else ""),
    "person": _pinyin(lambda row: row.person),
    "contact": _pinyin(lambda row: row.contact),
    "target": _pinyin(lambda row: row.target),
    "task_state": lambda row: _rank(row.task_state),
    "report_state": lambda row: _rank(row.report_state),
    "plan": _pinyin(lambda row: row.plan),
}
"""By what a column is sorted: words by pinyin, dates and numbers by size, states in their own order."""

_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class _Grouped:
    """How rows are grouped: what they share, the order of the groups, their label, what stands beside it."""

    key: Key
    order: Key
    label: Callable[[LedgerRow], str]
    beside: Callable[[LedgerRow], str] = lambda _row: ""


_GROUPS = {
    Grouping.SECTION: _Grouped(
        lambda row: (row.plan_id, row.section_id),
        lambda row: (-row.year, row.plan_id, row.section_id or _LAST),
        lambda row: row.section,
        lambda row: row.plan,
    ),
    Grouping.UNIT: _Grouped(
        lambda row: row.lead_id, lambda row: (not row.lead, by_pinyin(row.lead)), lambda row: row.lead
    ),
    Grouping.LEADER: _Grouped(
        lambda row: row.leader, lambda row: (not row.leader, by_pinyin(row.leader)), lambda row: row.leader
    ),
}


def sortable(column: str) -> bool:
    """Tell whether rows can be sorted by a column."""
    return column in _KEYS
