"""The place of a hit: a piece of the text as it was entered, with the words found in it marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from db.pinyin import may_be_spelled, syllables_of_name, syllables_of_text
from db.script import fold

BEFORE, WHOLE = 12, 60  # characters


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text and the spans in it where the words stand, in order and apart."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str = "【", behind: str = "】") -> str:
        """Return the text with signs around what was found."""
        told, end = "", 0
        for start, stop in self.marks:
            told += f"{self.text[end:start]}{before}{self.text[start:stop]}{behind}"
            end = stop
        return told + self.text[end:]


def snippet(texts: Iterable[str], words: Sequence[str], *, but: str = "") -> Snippet:
    """Return a piece of the first text with one of the folded words, else the beginning of the first one.

    A text that is shown anyway is named in ``but``; it is repeated only where the words stand nowhere else.
    """
    filled = [text for text in texts if text and text != but]
    for text in filled:
        found = spans(text, words)
        if found:
            return _cut(text, found)
    return _cut(filled[0], []) if filled else Snippet()


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the folded words stand in a text as it was entered, or the characters of its pinyin that they are.

    Initials are looked for in short texts and at the beginning of longer ones, where the index has them.
    """
    folded, places = _places(text)
    found = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
        if not found and word.isascii() and word.isalpha():
            found += _typed(folded, places, word)
    return _apart(sorted(found))


def _typed(folded: str, places: Sequence[int], word: str) -> list[tuple[int, int]]:
    """Return the first characters whose initials or whole pinyin are a word, empty where none are."""
    head = folded[:WHOLE]
    readings = [syllables_of_text(head)]
    if len(folded) < BEFORE * 2:
        readings.insert(0, syllables_of_name(head))
    for syllables in readings:
        initial, whole = "".join(one[:1] for one in syllables), "".join(syllables)
        at = initial.find(word)
        if at >= 0:
            return [(places[at], places[at + len(word) - 1] + 1)]
        at = whole.find(word) if may_be_spelled(word) else -1
        if at >= 0:
            of = [place for place, one in enumerate(syllables) for _ in one]
            return [(places[of[at]], places[of[at + len(word) - 1]] + 1)]
    return []


@lru_cache(maxsize=512)
def _places(text: str) -> tuple[str, list[int]]:
    """Return the folded text and for each of its characters the place it came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        for one in _folded(character):
            folded.append(one)
            places.append(place)
    return "".join(folded), places


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    return fold(character).lower()


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _cut(text: str, found: Sequence[tuple[int, int]]) -> Snippet:
    start = max(found[0][0] - BEFORE, 0) if found else 0
    if start <= 1:
        start = 0
    stop = min(start + WHOLE, len(text))
    piece = text[start:stop].replace("\n", " ")
    lead, tail = "…" if start else "", "…" if stop < len(text) else ""
    shift = len(lead) - start
    marks = tuple((first + shift, min(last, stop) + shift) for first, last in found if first < stop)
    return Snippet(f"{lead}{piece}{tail}", marks)
