"""Towns and villages as a tree (區劃), and which of them a written name means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Place
from db.script import fold
from db.terms import PlaceKind

_COMMITTEES = ("村村民委员会", "村民委员会", "社区居民委员会", "居民委员会", "村委会", "居委会")
_VILLAGE_TAILS = ("行政村", "社区", "居委", "村", "居")
_TOWN_OFFICES = ("人民政府", "政府办事处", "街道办事处", "办事处")
_TOWN_TAILS = ("民族乡", "街道", "乡", "镇", "区")
_ABOVE = re.compile(r"^.{2,12}?(?:省|自治区|市|自治州|州|县|自治县|旗|区)(?=.{2,})")
SHORTEST = 2
"""Signs of a name without its tail: 石 of 石村 alone would mean too much."""


def village_key(name: str) -> str:
    """Return what a village's name is compared by: folded, without 村, 社區 or the committee's words behind it."""
    folded = _without(fold(name), _COMMITTEES)
    return _without(folded, _VILLAGE_TAILS)


def town_key(name: str) -> str:
    """Return what a town's name is compared by: folded, without 鎮, 鄉, 街道 or its government's words."""
    folded = fold(name)
    folded = folded.removesuffix("办事处") if folded.endswith("街道办事处") else _without(folded, _TOWN_OFFICES)
    return _without(folded, _TOWN_TAILS)


def _without(name: str, tails: Iterable[str]) -> str:
    for tail in tails:
        if name.endswith(tail) and len(name) - len(tail) >= SHORTEST:
            return name[: -len(tail)]
    return name


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village of the tree as plain values."""

    id: int
    name: str
    town: int | None
    town_name: str
    code: str
    committee: str
    telephone: str
    ended_on: date | None

    @property
    def called(self) -> str:
        """Return the name with its town before it: 石橋鎮石橋村."""
        return self.town_name + self.name


@dataclass(frozen=True, slots=True)
class TownLine:
    """A town with its villages in their order."""

    id: int
    name: str
    code: str
    committee: str
    telephone: str
    ended_on: date | None
    villages: tuple[VillageLine, ...]


def tree(session: Session, *, with_ended: bool = False) -> list[TownLine]:
    """Return the towns in the office's order, each with its villages; what has ended only where asked for."""
    rows = list(session.scalars(select(Place).order_by(Place.position, Place.id)))
    if not with_ended:
        rows = [row for row in rows if row.ended_on is None]
    below: dict[int | None, list[Place]] = defaultdict(list)
    for row in rows:
        if row.kind is PlaceKind.VILLAGE:
            below[row.parent_id].append(row)
    towns = [row for row in rows if row.kind is PlaceKind.TOWN]
    return [_town(row, below[row.id]) for row in towns]


def _town(row: Place, villages: Iterable[Place]) -> TownLine:
    lines = tuple(
        VillageLine(one.id, one.name, row.id, row.name, one.code, one.committee, one.telephone, one.ended_on)
        for one in villages
    )
    return TownLine(row.id, row.name, row.code, row.committee, row.telephone, row.ended_on, lines)


@dataclass(slots=True)
class Found:
    """What a written name means: one village, or several that it could mean, or none."""

    village: VillageLine | None = None
    candidates: tuple[VillageLine, ...] = ()


@dataclass(slots=True)
class Gazetteer:
    """All villages at one moment, for finding very many written names without a query each."""

    towns: tuple[TownLine, ...]
    _by_full: dict[str, list[VillageLine]] = field(default_factory=lambda: defaultdict(list))
    _by_key: dict[str, list[VillageLine]] = field(default_factory=lambda: defaultdict(list))
    _towns: dict[str, list[TownLine]] = field(default_factory=lambda: defaultdict(list))
    _by_code: dict[str, VillageLine] = field(default_factory=dict)
    _known: dict[tuple[str, str], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for town in self.towns:
            for name in {fold(town.name), town_key(town.name)}:
                self._towns[name].append(town)
            for village in town.villages:
                self._by_full[fold(village.name)].append(village)
                self._by_key[village_key(village.name)].append(village)
                if village.code:
                    self._by_code[village.code] = village

    def village(self, number: int) -> VillageLine | None:
        """Return a village by its id."""
        return next((one for town in self.towns for one in town.villages if one.id == number), None)

    def find(self, name: str, *, town: str = "") -> Found:
        """Return what ``name`` means, in the town written beside it where there is one. Nothing is guessed.

        石橋村, 石橋, 石橋鎮石橋村, 某縣石橋鎮石橋村, 石橋村村民委員會 and 石橋社區 are understood in either script, and
        so is a division code. A name that two towns have needs the town.
        """
        known = self._known.get((name, town))
        if known is None:
            known = self._known[name, town] = self._find(fold(name), town)
        return known

    def _find(self, name: str, town: str) -> Found:
        if name in self._by_code:
            return Found(self._by_code[name])
        within = self.find_towns(town) if town.strip() else None
        if within == []:
            return Found(candidates=tuple(self._called(name, None)))
        found = self._called(name, within)
        if not found:
            found = [
                village
                for one, rest in self._town_ahead(name)
                if within is None or one in within
                for village in self._called(rest, [one])
            ]
        if len(found) == 1:
            return Found(found[0])
        return Found(candidates=tuple(found))

    def find_towns(self, name: str) -> list[TownLine]:
        """Return the towns a written name may mean."""
        folded = fold(name)
        for one in (folded, town_key(folded), town_key(_ABOVE.sub("", folded))):
            if one in self._towns:
                return self._towns[one]
        return []

    def _called(self, name: str, within: list[TownLine] | None) -> list[VillageLine]:
        """Return the villages of this name: its whole name first, else without its tail."""
        for table, key in ((self._by_full, name), (self._by_key, village_key(name))):
            found = [one for one in table.get(key, ()) if within is None or any(one.town == t.id for t in within)]
            if found:
                return found
        return []

    def _town_ahead(self, name: str) -> list[tuple[TownLine, str]]:
        """Return the towns that a name begins with, also behind a county's name, with what follows."""
        ahead = []
        for town in self.towns:
            written = fold(town.name)
            place = name.find(written)
            if place >= 0 and len(name) > place + len(written):
                ahead.append((town, name[place + len(written) :]))
        return ahead

    def mentioned(self, title: str) -> Found:
        """Return the one village that a title such as 「石橋鎮石橋村2022年補貼發放清冊」 names, if it is sure."""
        folded = fold(title)
        towns = [town for town in self.towns if fold(town.name) in folded]
        rest = folded
        for town in towns:
            rest = rest.replace(fold(town.name), "\n")
        hits = {
            village.id: village
            for town in (towns or self.towns)
            for village in town.villages
            if fold(village.name) in rest
        }
        longest = [
            one
            for one in hits.values()
            if not any(fold(one.name) in fold(other.name) and one.name != other.name for other in hits.values())
        ]
        if len(longest) == 1:
            return Found(longest[0])
        return Found(candidates=tuple(longest))


def gazetteer(session: Session, *, with_ended: bool = False) -> Gazetteer:
    """Read the villages for finding."""
    return Gazetteer(tuple(tree(session, with_ended=with_ended)))


def names(session: Session) -> Mapping[int, str]:
    """Return what every place is called, villages with their town."""
    rows = {row.id: row for row in session.scalars(select(Place))}
    return {row.id: (rows[row.parent_id].name if row.parent_id in rows else "") + row.name for row in rows.values()}
