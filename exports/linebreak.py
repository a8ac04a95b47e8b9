"""Where a line of Chinese text may end (避頭尾): no punctuation begins a line, no opening bracket ends one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_OPENERS = "（《〈「『【〔［“‘(\\["
_CLOSERS = "，。、；：！？）》〉」』】〕］”’…—％,.;:!?)%\\]"
_CLINGING = "\u0300-\u036f\u3099\u309a"  # combining marks stay with what they mark
UNIT = re.compile(rf"[{_OPENERS}]*(?:[!-~]+|.)[{_CLOSERS}{_CLINGING}]*")
"""What no line end may part: a Latin word, a sign with the bracket before it or the punctuation after it."""
_HYPHENATED = re.compile("[^-]*-|[^-]+")

Measure = Callable[[str], float]


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    r"""Return ``text`` in lines no wider than ``room``, in the unit that ``measure`` answers in.

    ``\n`` ends a line in any case. What cannot be parted and is wider than a line is broken anywhere.
    """
    if "\n" not in text and measure(text) <= room:
        return [text.rstrip()]
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, room, measure)]


def _lines(paragraph: str, room: float, measure: Measure) -> Iterator[str]:
    line, used = "", 0.0
    for unit in _pieces(paragraph, room, measure):
        width = measure(unit)
        if used + width > room and line.strip():
            yield line.rstrip()
            line, used = "", 0.0
            if unit.isspace():
                continue
        line, used = line + unit, used + width
    yield line.rstrip()


def _pieces(paragraph: str, room: float, measure: Measure) -> Iterator[str]:
    """Yield the units of a paragraph, those wider than a line in parts that end with a hyphen, or sign by sign."""
    for unit in UNIT.findall(paragraph):
        if measure(unit) <= room:
            yield unit
            continue
        for part in _HYPHENATED.findall(unit):
            if measure(part) <= room:
                yield part
            else:
                yield from part


def balanced(text: str, room: float, measure: Measure) -> list[str]:
    """Return ``text`` in as few lines as ``room`` allows, of about the same length, as a title is set."""
    lines = wrap(text, room, measure)
    low, high = 0.0, room
    while high - low > room / 100:
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(text, middle, measure)) <= len(lines) else (middle, high)
    return wrap(text, high, measure)
