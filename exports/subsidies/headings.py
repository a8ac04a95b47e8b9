"""What the headings of a list of policies mean, one row of them or several, in either script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.script import fold
from db.subsidyitems import BESIDE, FROM, ITEMS, PARTS, PROFILE, TO

_BESIDE_NAMES = {FROM: ("生效日期", "開始執行日期"), TO: ("失效日期", "截止日期"), PROFILE: ()}
SEQUENCE = "sequence"
_SEQUENCES = ("序號", "編號", "序", "項次", "no", "no.")
DEEPEST = 3  # rows of one heading
WITHIN = 40  # rows from the top in which a heading is looked for
_NEEDED = 3  # items, the name among them, that make a row a heading
_BRACKETED = re.compile(r"[(（\[【〔][^()（）]*[)）\]】〕]")
_MONEY = re.compile(r"[(（]\s*(?:单位|單位)?\s*[:：]?\s*([^()（）]*元[^()（）]*)\s*[)）]")
_SIGNS = re.compile(r"[\s*:：、,，/／及和与或]+")


def _key(heading: str) -> str:
    """Return a heading as compared: folded, without bracketed words and signs."""
    folded = fold(heading)
    return _SIGNS.sub("", _BRACKETED.sub("", folded) or folded).lower()


def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for item in ITEMS:
        for name in (item.label, *item.synonyms):
            known.setdefault(_key(name), item.key)
    for key, label in BESIDE.items():
        for name in (label, *_BESIDE_NAMES[key]):
            known.setdefault(_key(name), key)
    return known | {_key(name): SEQUENCE for name in _SEQUENCES}


_KNOWN = _names()
_SUMS = {_key(name) for name in ("合計", "小計", "總計", "合計標準", "總標準")}
_FIRST_LEVEL, _SECOND_LEVEL = {_key("一級"), _key("大類")}, {_key("二級"), _key("小類")}


def meaning(path: Sequence[str]) -> str:
    """Return the key that a column's headings stand for, from the top down; empty where nobody knows."""
    parts: list[str] = []
    for text in path:
        one = _key(text)
        if one and one not in parts:
            parts.append(one)
    if not parts:
        return ""
    group = _KNOWN.get(parts[0], "")
    if len(parts) == 1:
        return group if parts[0] not in _ONLY_BELOW else ""
    last = parts[-1]
    if group == "standard" or "标准" in parts[0]:
        share = _KNOWN.get(last, "")
        return "standard" if last in _SUMS else share if share in PARTS else ""
    if group == "name" and last in _FIRST_LEVEL | _SECOND_LEVEL:
        return "category" if last in _FIRST_LEVEL else "name"
    return _KNOWN.get(last, "") if last not in _ONLY_BELOW else ""


_ONLY_BELOW = _SUMS | {_key(name) for name in ("中央", "國家", "省", "市", "縣", "一級", "二級")}


def unit_in(path: Iterable[str]) -> str:
    """Return the unit of money that a heading names in brackets, ``元/畝``; empty where it names none."""
    found = (_MONEY.search(text) for text in path)
    return next((one[1].strip() for one in found if one), "")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found: its rows, the key of each column that is known, and the words of every column."""

    first: int
    depth: int
    columns: Mapping[int, str]
    titles: tuple[str, ...]
    units: Mapping[int, str] = field(default_factory=dict)

    @property
    def after(self) -> int:
        """Return the place of the first row below."""
        return self.first + self.depth

    def unknown(self) -> list[int]:
        """Return the columns with words that nobody knows."""
        return [place for place, title in enumerate(self.titles) if title and place not in self.columns]


def find(rows: Sequence[Sequence[str]], settled: Mapping[int, str] | None = None) -> Heading | None:
    """Return the heading of a table, None where there is none; ``settled`` says what the clerk takes columns for."""
    best: Heading | None = None
    for first in range(min(WITHIN, len(rows))):
        for depth in range(1, min(DEEPEST, len(rows) - first) + 1):
            found = _at(rows, first, depth)
            if found is not None and (
                best is None or len(set(found.columns.values())) > len(set(best.columns.values()))
            ):
                best = found
    if best is None or not settled:
        return best
    columns = {at: key for at, key in best.columns.items() if at not in settled and key not in settled.values()}
    return Heading(
        best.first, best.depth, columns | {at: key for at, key in settled.items() if key}, best.titles, best.units
    )


def _at(rows: Sequence[Sequence[str]], first: int, depth: int) -> Heading | None:
    some = rows[first : first + depth]
    width = max(map(len, some))
    paths = [[row[at] if at < len(row) else "" for row in some] for at in range(width)]
    columns: dict[int, str] = {}
    for at, path in enumerate(paths):
        key = meaning(path)
        if not key:
            continue
        if key == "name" and "name" in columns.values():  # one heading over both levels of the name
            before = next(place for place, known in columns.items() if known == "name")
            if "category" not in columns.values():
                columns[before], columns[at] = "category", "name"
        elif key not in columns.values():
            columns[at] = key
    keys = set(columns.values()) - {SEQUENCE, *BESIDE}
    if "name" not in keys or len(keys) < _NEEDED:
        return None
    titles = tuple(" ".join(dict.fromkeys(text.strip() for text in path if text.strip())) for path in paths)
    units = {at: unit for at, path in enumerate(paths) if (unit := unit_in(path))}
    return Heading(first, depth, columns, titles, units)
