"""The numbers in front of headings and points: 第一章, 一、, （一）, 1., (1), ①; and where a flat text hides them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

_CHINESE = "一二三四五六七八九十百零"
_WORD = r"(?=[ :、,.\n\t\"《\u4e00-\u9fff])"
_STYLES: tuple[tuple[int, str], ...] = (
    (0, rf"第[{_CHINESE}]{{1,4}}(?:[章编篇]|部分){_WORD}"),
    (1, rf"第[{_CHINESE}]{{1,4}}节{_WORD}"),
    (2, rf"[{_CHINESE}]{{1,4}}(?:[ ]?[、.](?!\d)|(?=[ ]{{1,4}}[\u4e00-\u9fff]))"),
    (3, rf"第(?:[{_CHINESE}]{{1,4}}|\d{{1,3}})条{_WORD}"),
    (4, rf"\([ ]?[{_CHINESE}]{{1,4}}[ ]?\)[、.]?|[㈠-㈩]"),
    (5, r"\d{1,3}(?:[.](?!\d)|[.](?=20\d\d年|\d{1,2}月)|[ ]?、)|[⒈-⒛]"),
    (6, r"\(\d{1,3}\)[、.]?|[⑴-⒇]"),
    (7, r"\d{1,2}\)"),
    (8, "[①-⑳]"),
)
SECTION, ARTICLE, ITEM, DIGIT = 2, 3, 4, 5
MAX_GAP = 3  # numbers an author's count may leave out
_MARK = re.compile("|".join(f"(?P<s{level}>{pattern})" for level, pattern in _STYLES))
_HIDDEN = re.compile("|".join(f"(?P<s{level}>{pattern})" for level, pattern in _STYLES if level <= DIGIT))
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_SERIES = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("㈠", "㈩"))
_STRONG_BEFORE = frozenset("。;:!?)】]〕》\n\t|")
# 統一、唯一、單一、合一、第一、二 …: a numeral behind one of these belongs to the word before it.
_BOUND_BEFORE = frozenset(
    "统唯单同合专归第之不万划均其如某逐惟任为独进初星周期礼十百零一二三四五六七八九两几多数每这那有、每"
)
_CITED_AFTER = re.compile(r"[项款条点]|类|级")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number token: its level (0 outermost), its value, and where it stands. ``end`` is where the text begins."""

    level: int
    value: int
    start: int
    end: int


def value_of(token: str) -> int:
    """Return the value of a folded number token: （十二） → 12, 3. → 3, ③ → 3."""
    digits = re.search(r"[0-9]+", token)
    if digits:
        return int(digits[0])
    for first, last in _SERIES:
        if first <= token[0] <= last:
            return ord(token[0]) - ord(first) + 1
    total = unit = 0
    for char in token:
        if char in "十百":
            total += (unit or 1) * (10 if char == "十" else 100)
            unit = 0
        elif char in _DIGITS:
            unit = _DIGITS[char]
    return total + unit


def _mark(folded: str, found: re.Match[str], end: int) -> Mark:
    stop = found.end()
    while stop < end and folded[stop] in " \t":
        stop += 1
    return Mark(int((found.lastgroup or "s9")[1:]), value_of(found[0]), found.start(), stop)


def mark_at(folded: str, at: int, end: int) -> Mark | None:
    """Return the number token that begins at an offset."""
    found = _MARK.match(folded, at, end)
    return _mark(folded, found, end) if found else None


@dataclass(slots=True)
class _Counter:
    """The candidates of one level: where each value stands, and what has been counted so far."""

    places: dict[int, list[int]] = field(default_factory=dict)
    strong: dict[int, list[int]] = field(default_factory=dict)
    last: Mark | None = None

    def next_place(self, value: int, after: int, *, strong: bool = False) -> int:
        """Return the next offset of a value, or one beyond any text."""
        places = (self.strong if strong else self.places).get(value, [])
        at = bisect_right(places, after)
        return places[at] if at < len(places) else 1 << 60


def hidden_marks(folded: str, start: int, end: int, before: Iterable[Mark] = ()) -> list[Mark]:
    """Return the number tokens inside a text without line breaks that form running counts.

    Any 一、 or 1. inside a sentence looks like a number; those that count on from one another, or begin
    again at one and count on, are the author's. ``before``: the last numbers of counts that may go on here.
    """
    candidates = [
        mark
        for mark in (_mark(folded, m, end) for m in _HIDDEN.finditer(folded, start, end))
        if _possible(folded, mark)
    ]
    counters: dict[int, _Counter] = {}
    for mark in candidates:
        counter = counters.setdefault(mark.level, _Counter())
        counter.places.setdefault(mark.value, []).append(mark.start)
        if _strong(folded, mark):
            counter.strong.setdefault(mark.value, []).append(mark.start)
    for mark in before:
        counters.setdefault(mark.level, _Counter()).last = mark
    chosen: list[Mark] = []
    for mark in candidates:
        if _counts_on(folded, mark, counters[mark.level], chosen[-1] if chosen else None):
            if mark.value == 1 or mark.level < DIGIT:
                _begin_deeper(counters, mark.level)
            counters[mark.level].last = mark
            chosen.append(mark)
    return chosen


def _begin_deeper(counters: dict[int, _Counter], level: int) -> None:
    """Under a new heading deeper counts may go on or begin again: both are tried, nothing is reset but 1)."""
    for deeper, counter in counters.items():
        if deeper > DIGIT and deeper > level:
            counter.last = None


def _possible(folded: str, mark: Mark) -> bool:
    before = folded[mark.start - 1] if mark.start else "\n"
    if not mark.value:
        return False
    if mark.level == SECTION:
        bound = before in _BOUND_BEFORE and not folded.endswith(("清单", "长期"), 0, mark.start)
        return not bound and folded[mark.end - 1] in "、."
    if mark.level == DIGIT:
        return not (
            before.isdigit()
            or before in ".-~第、/+"
            or folded.endswith(("附件:", "附表:"), 0, mark.start)
            or (folded[mark.end - 1] == "、" and not _strong(folded, mark) and folded[mark.end : mark.end + 1] < "一")
        )
    if mark.level in (ARTICLE, ITEM, 0, 1):
        return before not in "第、和及按照据的据" and not _CITED_AFTER.match(folded, mark.end)
    return True


def _strong(folded: str, mark: Mark) -> bool:
    return mark.start == 0 or folded[mark.start - 1] in _STRONG_BEFORE


def _counts_on(folded: str, mark: Mark, counter: _Counter, before: Mark | None) -> bool:
    """Tell whether a candidate goes on from the last number of its level, or begins a new count."""
    last, strong = counter.last, _strong(folded, mark)
    follower = counter.next_place(mark.value + 1, mark.start)
    right_behind = before is not None and before.level < mark.level and mark.start - before.end < 60  # noqa: PLR2004
    if last is not None and mark.value == last.value + 1:
        better = counter.next_place(mark.value, mark.start, strong=True)
        return strong or right_behind or better >= min(follower, counter.next_place(1, mark.start))
    if mark.value == 1:
        going_on = counter.next_place(last.value + 1, mark.start) if last else 1 << 60
        if last is not None and last.value == 1 and not strong and not right_behind:
            return False
        if right_behind and (strong or follower < going_on or last is None):
            return True
        return follower < (1 << 60) and follower <= going_on and (strong or last is None or mark.level != DIGIT)
    if last is not None and mark.value == last.value:
        return folded[mark.end : mark.end + 8] == folded[last.end : last.end + 8]
    gap = last is not None and last.value + 1 < mark.value <= last.value + MAX_GAP
    missing = counter.next_place(mark.value - 1, last.start if last else 0) > mark.start
    return gap and strong and missing
