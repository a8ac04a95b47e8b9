"""Namesakes (同名) within one posting, told apart by as little as is needed: the last signs of a masked number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from db.postingfacts import Receipt
from db.script import fold

_HIDDEN = "某"
_TAIL = re.compile(r"[*＊•xX●]([0-9]{1,4}[0-9X])$")


@dataclass(frozen=True, slots=True)
class Called:
    """How each receipt's person is called on the posting; ``tails`` where digits are shown.

    ``alike`` are the places (from 0) of persons who have the same name and could not be told apart at all,
    ``by_group`` those whom only the group tells apart.
    """

    names: tuple[str, ...]
    tails: bool
    by_group: tuple[tuple[int, ...], ...]
    alike: tuple[tuple[int, ...], ...]


def shortened(name: str) -> str:
    """Return a name of which only the first sign is shown: 王某某."""
    name = name.strip()
    return name[:1] + _HIDDEN * min(2, len(name) - 1) if len(name) > 1 else name


def called(receipts: Sequence[Receipt], *, strict: bool, word: str = "尾號") -> Called:
    """Return the names to be printed. ``strict`` shortens them and does not look at groups, which are not printed."""
    names = [shortened(one.name) if strict else one.name.strip() for one in receipts]
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        places[fold(name)].append(place)
    tails, by_group, alike = False, [], []
    for some in places.values():
        persons = {_person(receipts[place], place) for place in some}
        if len(persons) == 1:
            continue
        digits = {_person(receipts[place], place): tail_of(receipts[place].identity_mask) for place in some}
        if all(digits.values()) and len(set(digits.values())) == len(persons):
            tails = True
            for place in some:
                names[place] += f"（{word}{tail_of(receipts[place].identity_mask)}）"
        elif not strict and _parted_by_group(receipts, some, len(persons)):
            by_group.append(tuple(some))
        else:
            alike.append(tuple(some))
    return Called(tuple(names), tails, tuple(by_group), tuple(alike))


def tail_of(mask: str) -> str:
    """Return the last signs that a masked number shows, empty where it shows none there."""
    found = _TAIL.search(mask)
    return found[1] if found else ""


def _person(receipt: Receipt, place: int) -> Hashable:
    """Return what is the same for two rows of one person as far as it is known; by default every row is another."""
    return receipt.person if receipt.person is not None else place


def _parted_by_group(receipts: Sequence[Receipt], some: Sequence[int], persons: int) -> bool:
    groups = {fold(receipts[place].group) for place in some}
    return "" not in groups and len(groups) == persons
