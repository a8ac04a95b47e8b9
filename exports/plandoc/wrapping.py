"""Lines that a mail program or an old printer broke at a fixed width, put together again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from exports.plandoc.fold import fold_in_place
from exports.plandoc.numbering import mark_at

MAX_LINE = 160  # characters; a text with a longer line is not broken at a width
FEWEST_FULL = 4  # full lines that make a width believable
_CLOSED = frozenset("。;:!?")
_BRACKETS = frozenset(")]】〕》")  # a clause closes many a paragraph
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}:")  # begins a line of its own
SHORT = 24  # characters; a number or label behind a shorter line begins a paragraph
_INDENT = ("\u3000", "  ", "\t")


def _columns(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WFA") for char in line)


# How lines are measured, the least width, and by how much a full line may fall short: a sign that may not
# begin a line is pulled back. Printers count columns, of which a Chinese character takes two; programs characters.
_MEASURES: tuple[tuple[Callable[[str], int], int, int], ...] = ((_columns, 36, 4), (len, 18, 2))


def unwrapped(text: str) -> str:
    """Return the text with broken paragraphs put together, unchanged where no width shows."""
    lines = text.split("\n")
    written = [line.rstrip() for line in lines if line.strip() and "\t" not in line and line.count("|") <= 1]
    if not written or max(map(len, written)) > MAX_LINE:
        return text
    full = frozenset[str]().union(*(_full_lines(written, *measure) for measure in _MEASURES))
    if not full:
        return text
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        pieces.append(line.strip() if before.rstrip() in full and _goes_on(before, line) else "\n" + line)
    return "".join(pieces)


def _full_lines(lines: list[str], measure: Callable[[str], int], least: int, slack: int) -> frozenset[str]:
    """Return the lines that reach a common greatest width, if there are several and most break off in mid-sentence."""
    widths = [measure(line) for line in lines]
    counts = Counter(widths)
    wide = [width for width in counts if width >= least]
    if not wide:
        return frozenset()
    common = max(wide, key=lambda width: (sum(counts[width - less] for less in range(slack + 1)), width))
    longer = sum(width > common for width in widths)
    full = [line for line, width in zip(lines, widths, strict=True) if width >= common - slack]
    broken = sum(fold_in_place(line[-1]) not in _CLOSED | _BRACKETS for line in full)
    believable = len(full) >= FEWEST_FULL and broken * 2 > len(full) and longer * 20 <= len(lines)
    return frozenset(full) if believable else frozenset()


def _goes_on(before: str, line: str) -> bool:
    if not line.strip() or line.startswith(_INDENT):
        return False
    last = fold_in_place(before.rstrip()[-1])
    folded = fold_in_place(line)
    short = len(before.strip()) < SHORT
    if short and _LABEL.match(folded):
        return False
    if last in _CLOSED | _BRACKETS or short:
        return mark_at(folded, 0, len(folded)) is None and last != ":"
    return True
