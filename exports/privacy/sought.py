"""What is looked for in a file: private numbers by their form, and the very numbers of the people it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeVar

from db.digits import COLUMN, normalise_digits, plain
from db.private import NUMBERS, Hit, find_private, public_numbers
from db.terms import PrivateKind

T = TypeVar("T")
MOST_FINDINGS = 1_000
"""No more are told of one file."""
_BATCH = 400_000  # signs searched at a time
_LEAST = 6  # digits of a known number; a shorter one would be found everywhere
_SHORTEST = 9  # signs of a number that is known by its form
_LEAST_TEXT = 4  # signs of a known text
_NEVER_BY_CHANCE = 15  # digits
_LONG = 11  # digits of a known number that is searched across everything that parts digits
_DIGITS = re.compile(r"[0-9X]")
_TOKEN = re.compile(r"(?<![0-9.])[0-9X](?:[ \u200b-]?[0-9X]){5,}(?![0-9]|\.[0-9])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sought:
    """``allowed`` numbers are meant to be public; ``numbers`` and ``texts`` are known private values."""

    allowed: frozenset[str]
    kinds: frozenset[PrivateKind]
    numbers: dict[int, frozenset[str]]
    texts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, allowed: Iterable[str] = (), secrets: Iterable[str] = (), kinds: Collection[PrivateKind] = NUMBERS
    ) -> Sought:
        """Return what to look for. ``secrets`` are values as they are stored: numbers, or texts such as addresses."""
        public = public_numbers(allowed)
        numbers: dict[int, set[str]] = {}
        texts: set[str] = set()
        for secret in secrets:
            number = normalise_digits(secret)
            if number.isascii() and number.rstrip("X").isdigit():
                if len(number) >= _LEAST and number not in public:
                    numbers.setdefault(len(number), set()).add(number)
            elif len(_SPACE.sub("", secret)) >= _LEAST_TEXT:
                texts.add(_SPACE.sub("", secret))
        fixed = {length: frozenset(values) for length, values in numbers.items()}
        return cls(public, frozenset(kinds), fixed, tuple(sorted(texts)))

    @property
    def shortest(self) -> int:
        """Return how many signs a piece of text needs to be worth looking at."""
        if self.texts or PrivateKind.ADDRESS in self.kinds:
            return _LEAST_TEXT
        return min(_SHORTEST, *self.numbers) if self.numbers else _SHORTEST

    def hits(self, text: str) -> list[Hit]:
        """Return what is found in a text, in its order."""
        found = find_private(text, allowed=self.allowed, kinds=self.kinds)
        for known in self._known(text):
            first = last = bisect_right(found, known.start, key=lambda hit: hit.end)
            while last < len(found) and found[last].start < known.end:
                last += 1
            found[first:last] = [replace(hit, sure=True) for hit in found[first:last]] or [known]
        return found

    def hits_by_piece(self, pieces: Iterable[tuple[str, T]]) -> Iterator[tuple[T, str, Hit]]:
        """Yield what is found in many pieces of text: the piece's mark, its text, and the hit at its place in it.

        The pieces are searched together, parted as columns are, for one search is much quicker than many.
        """
        batch: list[tuple[str, T]] = []
        size = 0
        for piece in pieces:
            batch.append(piece)
            size += len(piece[0])
            if size > _BATCH:
                yield from self._in_batch(batch)
                batch, size = [], 0
        if batch:
            yield from self._in_batch(batch)

    def _in_batch(self, batch: list[tuple[str, T]]) -> Iterator[tuple[T, str, Hit]]:
        starts = [0, *accumulate(len(text) + 1 for text, _ in batch)]
        for hit in self.hits(COLUMN.join(text for text, _ in batch)):
            at = bisect_right(starts, hit.start) - 1
            text, mark = batch[at]
            yield mark, text, replace(hit, start=hit.start - starts[at], end=hit.end - starts[at])

    def _known(self, text: str) -> Iterator[Hit]:
        """Yield the known values: long numbers whatever parts their digits, short ones only where they stand alone."""
        if self.numbers:
            straight = plain(text)
            places = [match.start() for match in _DIGITS.finditer(straight)]
            digits = "".join(straight[at] for at in places)
            for length, values in self.numbers.items():
                if length >= _LONG:
                    for at in range(len(digits) - length + 1):
                        if digits[at : at + length] in values and _is_one(places, at, at + length):
                            yield _known(digits[at : at + length], places[at], places[at + length - 1] + 1)
            if any(length < _LONG for length in self.numbers):
                for match in _TOKEN.finditer(straight):
                    number = normalise_digits(match.group())
                    if number in self.numbers.get(len(number), ()):
                        yield _known(number, match.start(), match.end())
        if self.texts:
            yield from self._known_texts(text)

    def _known_texts(self, text: str) -> Iterator[Hit]:
        places = [at for at, sign in enumerate(text) if not sign.isspace()]
        dense = "".join(text[at] for at in places)
        for value in self.texts:
            at = dense.find(value)
            while at >= 0:
                yield Hit(PrivateKind.KNOWN, places[at], places[at + len(value) - 1] + 1, value)
                at = dense.find(value, at + 1)


def _is_one(places: list[int], first: int, last: int) -> bool:
    """Tell whether digits are a number and not, by chance, the ends of neighbours: long ones never are by chance."""
    if last - first >= _NEVER_BY_CHANCE or places[last - 1] - places[first] == last - first - 1:
        return True
    begins = first == 0 or places[first - 1] + 1 < places[first]
    return begins and (last == len(places) or places[last - 1] + 1 < places[last])


def _known(number: str, start: int, end: int) -> Hit:
    return Hit(PrivateKind.KNOWN, start, end, number)
