"""How much room text needs in a cell: lines from East Asian display widths, widths of columns from their text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from unicodedata import combining, east_asian_width

from exports.linebreak import UNIT

# Fonts differ: the domestic 仿宋 sets lines closer, the Noto family wider. A line too much is better than one cut off.
LINE_HEIGHT = 1.42
PADDING = 6.0
"""Points a cell keeps free left and right together, and above and below together."""
HALF = 0.56


@lru_cache(maxsize=65536)
def _unit_width(unit: str) -> float:
    return sum(1.0 if east_asian_width(char) in "WFA" else HALF for char in unit if not combining(char))


def display_width(text: str) -> float:
    """Return the width of one line of text in full-width characters."""
    return sum(map(_unit_width, UNIT.findall(text)))


@lru_cache(maxsize=65536)
def count_lines(text: str, room: float) -> int:
    """Return the lines ``text`` takes in ``room`` full-width characters, broken as office programs break."""
    return sum(_lines_of(paragraph, room) for paragraph in text.split("\n"))


def _lines_of(paragraph: str, room: float) -> int:
    if len(paragraph) <= room:
        return 1
    lines, used = 1, 0.0
    for unit in UNIT.findall(paragraph):
        width = _unit_width(unit)
        if used + width > room:
            lines += used > 0
            over = max(0, ceil(width / room) - 1)  # what is longer than a line is broken anywhere
            lines += over
            used = width - over * room
        else:
            used += width
    return lines


def height(text: str, *, width: float, size: float) -> float:
    """Return the height in points of ``text`` wrapped in a cell ``width`` points wide, at ``size`` points."""
    room = max(1.0, (width - PADDING) / size)
    return count_lines(text, room) * size * LINE_HEIGHT + PADDING


def share(least: Sequence[float], wanted: Sequence[float], page: float) -> list[float]:
    """Return widths that fill ``page``: none under its least, the rest in proportion to what is wanted.

    ``wanted`` is the mean amount of text of each column, 0 for one that does not grow. With widths in proportion
    to their text no column makes the rows higher than the others do. Where the least is already more than the
    page, the least is returned and the page will be scaled down.
    """
    if sum(least) >= page or not any(wanted):
        return list(least)
    low, high = 0.0, page / min(want for want in wanted if want)
    for _ in range(60):
        scale = (low + high) / 2
        total = sum(max(small, scale * want) for small, want in zip(least, wanted, strict=True))
        low, high = (scale, high) if total < page else (low, scale)
    return [max(small, low * want) for small, want in zip(least, wanted, strict=True)]
