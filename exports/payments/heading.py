"""Where the heading of a payment sheet stands, in one row or two, and what its columns and the titles above it say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.script import fold
from exports.payments.cells import Row, text_of
from exports.payments.fields import REQUIRED, SKIP, Meaning, key_of, meaning

WITHIN = 30
"""Rows from the top in which the heading is looked for."""
_LEAST = 2
_LONGEST = 30
_UNIT_TOLD = re.compile(
    r"(?<![报制表管放门位])单位[:为]?[^:]{0,12}?(万元|元)(?![\u4e00-\u9fff/])"
    r"|金额[:为](万元|元)(?![\u4e00-\u9fff/])|\((?:单位:)?(?:[^():]{1,8}[、,;/])?(万元|元)(?:[、,;/][^():]{1,8})?\)$"
)
_LEVEL = re.compile(
    r"(?:中央|国家|省级?|市级?|县级?|区级?|州级?|乡级?|镇级?|小计|合计|总计|其他|配套)(?:财政|资金|补助|补贴|标准)?"
)
"""Words of a lower row of heading that say nothing alone: 補貼金額 over 中央, 省級, 合計."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, counted from 0: its whole heading, the field it is taken for, the unit in its heading.

    ``sure`` tells that the heading is known as a whole.
    """

    place: int
    heading: str
    field: str
    unit: str = ""
    sure: bool = False


@dataclass(slots=True)
class Heading:
    """The heading of a sheet: its last row (from 1), its columns, and the texts above it.

    ``money`` is 元 or 萬元 where heading or titles say so, else empty. ``rivals`` are columns that would also fit, each
    with the one that was taken instead. ``sides`` are the columns at which the same table begins again to the right.
    ``lines`` are its rows as they are compared with rows below.
    """

    row: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    money: str = ""
    rivals: tuple[tuple[Column, Column], ...] = ()
    sides: tuple[int, ...] = ()
    lines: tuple[Mapping[int, str], ...] = ()

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
    if any(text.replace(".", "").isdigit() for text in texts) or len(first) < _LEAST or _is_labels(first):
        return False
    spread = [place for place in second if place not in first and any(one < place for one in first)]
    return bool(spread) and any(_meaning(text).key or _LEVEL.fullmatch(fold(text)) for text in texts)


def _is_labels(row: Row) -> bool:
    """Tell whether a row above a heading is none of it: 填報單位：…, 單位：萬元, or a title with a date beside it."""
    texts = [re.sub(r"\([^()]*\)", "", fold(text_of(value))) for value in row.values()]
    return any(":" in text for text in texts) or not any(_meaning(value).sure for value in row.values())


def _made(rows: Sequence[tuple[int, Row]], first: int, last: int, settled: Mapping[int, str] | None) -> Heading:
    top, bottom = rows[first][1], rows[last][1] if last != first else {}
    titles = tuple(text for _, row in rows[:first] for value in row.values() if (text := text_of(value)))
    columns = []
    for place in range(max([*top, *bottom]) + 1):
        upper = text_of(top.get(place))
        lower = text_of(bottom.get(place))
        spread = "" if upper else _left_of(top, place) if lower else ""
        whole = (lower and f"{upper or spread}{lower}") or upper
        found = _best(lower, whole, upper or spread)
        key = settled.get(place, "") if settled is not None else found.key
        columns.append(Column(place, whole, key, found.unit, found.sure))
    sides = _sides(columns)
    for at in range(sides[0] if sides else len(columns), len(columns)):
        columns[at] = replace(columns[at], field=SKIP)
    rivals = _one_of_each(columns)
    heading = Heading(rows[last][0], tuple(columns), titles, rivals=rivals, sides=sides)
    heading.money = heading.unit_of("amount") or money_told(titles)
    heading.lines = tuple(filter(None, (_compared(top, sides), _compared(bottom, sides))))
    return heading


def _one_of_each(columns: list[Column]) -> tuple[tuple[Column, Column], ...]:
    """Leave one column for each field; return the others with the one taken, but those that a total makes plain."""
    taken: dict[str, Column] = {}
    rivals = []
    for now in list(columns):
        if not now.field or now.field == SKIP:
            continue
        before = taken.get(now.field)
        kept, other = _preferred(before, now) if before is not None else (now, None)
        taken[now.field] = kept
        if other is not None:
            columns[other.place] = replace(other, field="")
            rivals.append(other)
    told = [(one, taken[one.field]) for one in rivals]
    return tuple((one, kept) for one, kept in told if not (_is_final(kept) and not _is_final(one)))


def _sides(columns: Sequence[Column]) -> tuple[int, ...]:
    """Return where the same table begins again beside the first one, as lists printed in two columns have it."""
    places = [next((one.place for one in columns if one.field == key), None) for key in REQUIRED]
    known = [place for place in places if place is not None]
    if len(known) < len(REQUIRED):
        return ()
    keys = [key_of(one.heading) for one in columns]
    for wide in range(max(known) + 1 - min(known), len(columns) - max(known)):
        found: list[int] = []
        while all(place + (len(found) + 1) * wide < len(keys) for place in known) and all(
            keys[place + (len(found) + 1) * wide] == keys[place] for place in known
        ):
            found.append((len(found) + 1) * wide)
        if found:
            return tuple(found)
    return ()


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


_FINAL = re.compile(r"实发|实补|合计|小计|总计|本次")
_TOTAL = re.compile(r"总额|总补贴|总金额")
_OTHER_TIME = re.compile(r"上年|去年|往年|累计|已发")


def _is_final(column: Column) -> bool:
    """Tell whether a column of sums is what was really paid, all parts together."""
    text = fold(column.heading)
    return column.field == "amount" and bool(_FINAL.search(text)) and not _OTHER_TIME.search(text)


def _preferred(before: Column, now: Column) -> tuple[Column, Column]:
    """Return the column to keep and the other: of two sums what was really paid, then the surer, else the first."""
    for one, other in ((before, now), (now, before)):
        if _is_final(one) and not _is_final(other):
            return one, other
    if before.sure != now.sure:
        return (before, now) if before.sure else (now, before)
    if before.field == "amount" and _TOTAL.search(fold(now.heading)) and not _TOTAL.search(fold(before.heading)):
        return now, before
    return before, now


def money_told(texts: Sequence[str]) -> str:
    """Return the unit of sums that titles give: 元 or 萬元, empty where they say nothing."""
    for text in texts:
        found = _UNIT_TOLD.search(fold(text))
        if found:
            return "萬元" if "万元" in found[0] else "元"
    return ""


def _compared(row: Row, sides: Sequence[int] = ()) -> dict[int, str]:
    """Return the texts of a row as headings are compared, of the first of several tables side by side."""
    end = sides[0] if sides else None
    return {at: key_of(str(value)) for at, value in row.items() if value != "" and (end is None or at < end)}


def is_repeated(heading: Heading, row: Row) -> bool:
    """Tell whether a row is one of the heading's again, as sheets printed page by page have them."""
    if not all(isinstance(value, str) for value in row.values()):
        return False
    here, places = _compared(row), heading.places
    if any(here == line for line in heading.lines):
        return True
    return all(places[key] in here for key in REQUIRED) and all(
        _meaning(row[place]).key == key for key, place in places.items() if place in here
    )


def is_heading(row: Row) -> bool:
    """Tell whether a row below the heading reads like one of another table: texts only, of which several are known."""
    if len(row) < _LEAST or not all(isinstance(value, str) for value in row.values()):
        return False
    known = [found for value in row.values() if (found := _meaning(value)).sure]
    keys = {one.key for one in known}
    return bool({"name", "amount"} & keys) and len(known) >= max(_LEAST, len(row) // 2)


def day_told(titles: Sequence[str]) -> date | None:
    """Return the day a title gives as that of paying: 發放日期：2022年6月30日."""
    from exports.payments.values import day_of

    for title in titles:
        found = re.search(r"(?:发放|打卡|支付)(?:日期|时间)[:：]?(\S{8,11})", fold(title))
        if found and (day := day_of(found[1])) is not None:
            return day
    return None
