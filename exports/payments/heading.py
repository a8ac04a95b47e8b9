"""Where the heading of a payment sheet stands, in one row or two, and what its columns and the titles above it say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.script import fold
from exports.payments.cells import Row, text_of
from exports.payments.fields import BY_KEY, REQUIRED, SKIP, Meaning, key_of, meaning

WITHIN = 30
"""Rows from the top in which the heading is looked for."""
_LEAST = 2
_LONGEST = 30
_UNIT_TOLD = re.compile(r"(?:金额)?单位[:：为]?(?:人民币)?(万元|元)|\((万元|元)\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, counted from 0: its whole heading, the field it is taken for, the unit in its heading."""

    place: int
    heading: str
    field: str
    unit: str = ""


@dataclass(slots=True)
class Heading:
    """The heading of a sheet: its last row (from 1), its columns, and the texts above it.

    ``money`` is 元 or 萬元 where heading or titles say so, else empty. ``doubts`` are sentences on columns that would
    also fit.
    """

    row: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    money: str = ""
    doubts: tuple[str, ...] = ()
    repeated: frozenset[str] = field(default_factory=frozenset)

    @property
    def places(self) -> Mapping[str, int]:
        """Return the column of each field that is taken."""
        return {one.field: one.place for one in self.columns if one.field and one.field != SKIP}

    @property
    def headings(self) -> tuple[str, ...]:
        """Return all headings in their order, as a settled mapping is found by."""
        return tuple(one.heading for one in self.columns)

    @property
    def unknown(self) -> tuple[Column, ...]:
        """Return the columns that mean nothing to the program."""
        return tuple(one for one in self.columns if not one.field and one.heading)

    def unit_of(self, key: str) -> str:
        """Return the unit that the heading of a field gives."""
        return next((one.unit for one in self.columns if one.field == key), "")


def find(rows: Sequence[tuple[int, Row]], settled: Mapping[int, str] | None = None) -> Heading | None:
    """Return the heading among the first rows, None where none names at least a person and one thing more.

    ``settled`` is what the clerk said of columns by their place; it goes before what their headings say.
    """
    candidates = [_candidate(rows, at, settled) for at in range(min(WITHIN, len(rows))) if _names_some(rows[at][1])]
    whole = (one for one in candidates if all(key in one.places for key in REQUIRED))
    return next(whole, None) or max(candidates, key=lambda one: len(one.places), default=None)


def _names_some(row: Row) -> bool:
    """Tell whether a row names a person or a sum and one thing more."""
    known = {found.key for value in row.values() if (found := _meaning(value)).key and found.key != SKIP}
    spread = sum(isinstance(value, str) and bool(_meaning(value).key) for value in row.values())
    return bool({"name", "amount", "identity"} & known) and max(len(known), spread) >= _LEAST


def _candidate(rows: Sequence[tuple[int, Row]], at: int, settled: Mapping[int, str] | None) -> Heading:
    """Return the heading that this row is, alone or with the one above or below it."""
    below = rows[at + 1][1] if at + 1 < len(rows) and rows[at + 1][0] == rows[at][0] + 1 else {}
    above = rows[at - 1][1] if at and rows[at - 1][0] == rows[at][0] - 1 else {}
    if _is_second(rows[at][1], below):
        return _made(rows, at, at + 1, settled)
    if _is_second(above, rows[at][1]):
        return _made(rows, at - 1, at, settled)
    return _made(rows, at, at, settled)


def _meaning(value: object) -> Meaning:
    if isinstance(value, str) and len(value) <= _LONGEST:
        return meaning(text_of(value))
    return Meaning("")


def _is_second(first: Row, second: Row) -> bool:
    """Tell whether a row goes on with the heading above it: only short texts, some under what is spread above."""
    texts = [value for value in second.values() if isinstance(value, str)]
    if not second or len(texts) != len(second) or any(len(text) > _LONGEST for text in texts):
        return False
    if any(text.replace(".", "").isdigit() for text in texts) or len(first) < _LEAST:
        return False
    spread = [place for place in second if place not in first and any(one < place for one in first)]
    return bool(spread) and any(_meaning(value).key for value in second.values())


def _made(rows: Sequence[tuple[int, Row]], first: int, last: int, settled: Mapping[int, str] | None) -> Heading:
    top, bottom = rows[first][1], rows[last][1] if last != first else {}
    titles = tuple(text for _, row in rows[:first] for value in row.values() if (text := text_of(value)))
    columns, doubts = [], []
    taken: dict[str, int] = {}
    for place in range(max([*top, *bottom]) + 1):
        upper = text_of(top.get(place))
        lower = text_of(bottom.get(place))
        spread = "" if upper else _left_of(top, place) if lower else ""
        whole = (lower and f"{upper or spread}{lower}") or upper
        found = _best(lower, whole, upper)
        key = settled.get(place, "") if settled is not None else found.key
        columns.append(Column(place, whole, key, found.unit))
        if key and key != SKIP:
            before = taken.get(key)
            if before is None:
                taken[key] = place
            else:
                kept, other = _preferred(columns, before, place)
                taken[key] = kept.place
                columns[other.place] = Column(other.place, other.heading, "", other.unit)
                doubts.append(f"「{other.heading}」也像{BY_KEY[key].label}，採用的是「{kept.heading}」")
    heading = Heading(rows[last][0], tuple(columns), titles, doubts=tuple(doubts))
    heading.money = heading.unit_of("amount") or _money_told((*titles, *heading.headings))
    heading.repeated = frozenset(key_of(one.heading) for one in columns if one.field in REQUIRED)
    return heading


def _left_of(top: Row, place: int) -> str:
    """Return the heading that is spread over a column: the nearest to its left."""
    nearest = max((one for one in top if one < place), default=None)
    return text_of(top[nearest]) if nearest is not None else ""


def _best(lower: str, whole: str, upper: str) -> Meaning:
    """Return what two rows of heading mean together: the lower one first, then both, then the upper one."""
    candidates = [meaning(text) for text in (lower, whole, upper) if text]
    found = next((one for one in candidates if one.sure), None) or next((one for one in candidates if one.key), None)
    if found is None:
        return Meaning("")
    unit = found.unit or next((one.unit for one in candidates if one.key == found.key and one.unit), "")
    return Meaning(found.key, unit, sure=found.sure)


_FINAL = re.compile(r"实发|实补|合计|本次|总额|总补贴|总金额")


def _preferred(columns: Sequence[Column], before: int, now: int) -> tuple[Column, Column]:
    """Return the column to keep and the other: of two amounts what was really paid, else the first."""
    one, other = columns[before], columns[now]
    if one.field == "amount" and _FINAL.search(fold(other.heading)) and not _FINAL.search(fold(one.heading)):
        return other, one
    return one, other


def _money_told(texts: Sequence[str]) -> str:
    for text in texts:
        found = _UNIT_TOLD.search(fold(text))
        if found:
            return "萬元" if "万元" in found[0] else "元"
    return ""


def is_repeated(heading: Heading, row: Row) -> bool:
    """Tell whether a row is the heading again, as sheets printed page by page have it."""
    places = heading.places
    return any(
        isinstance(row.get(places[key]), str) and key_of(str(row[places[key]])) in heading.repeated
        for key in REQUIRED
        if key in places and places[key] in row
    )


def day_told(titles: Sequence[str]) -> date | None:
    """Return the day a title gives as that of paying: 發放日期：2022年6月30日."""
    from exports.payments.values import day_of

    for title in titles:
        found = re.search(r"(?:发放|打卡|支付)(?:日期|时间)[:：]?(\S{8,11})", fold(title))
        if found and (day := day_of(found[1])) is not None:
            return day
    return None
