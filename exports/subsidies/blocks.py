"""Policies out of running text: titled blocks with numbered items (政策公開), 【】 heads, sentences with labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from db.policyimport import Incoming
from db.subsidyitems import ITEMS
from db.variants import pattern
from exports.problems import Problem
from exports.subsidies.found import Found
from exports.subsidies.grids import Part
from exports.subsidies.headings import meaning

_MARK = re.compile(
    r"\s*(?:(?P<first>[一二三四五六七八九十百]{1,4}[、.．])|(?P<second>[(（][一二三四五六七八九十]{1,3}[)）]、?)"
    r"|(?P<third>\d{1,3}[、.．](?!\d))|(?P<fourth>[(（]\d{1,3}[)）]、?)|(?P<fifth>[①-⑳]))\s*"
)
_LONGEST_MARK = 8  # characters of a mark with the spaces around it
_SHORTEST = 4  # characters of a label in running text; shorter words stand in sentences too
_SHORT_LABELS = ("備註",)
_LONGEST_TITLE = 50
_FEWEST = 2  # items that make a block a policy
_ENDS = re.compile(r"(?:政策)?公[开開]$")
_BULLET = "◆●■★▲·•-— 　"
_TRIM = "。；;：:，, 　"


def _labels() -> str:
    names = {name for item in ITEMS for name in (item.label, *item.synonyms) if len(name) >= _SHORTEST}
    names |= set(_SHORT_LABELS)
    return "|".join(sorted(map(_both_scripts, names), key=len, reverse=True))


def _both_scripts(name: str) -> str:
    return pattern(name).pattern


_Line = tuple[str, str]  # where it stands, what it says


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of text under a label; without a key it has none, or one that nobody knows (``strange``)."""

    place: str
    key: str
    text: str
    mark: str = ""
    strange: bool = False


@dataclass(slots=True)
class _Block:
    """A policy being gathered."""

    place: str
    title: str
    values: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""
    mark: str = ""


class _Patterns:
    """The patterns of labels, made once when they are first needed: every name in both scripts."""

    def __init__(self) -> None:
        labels = _labels()
        head = rf"(?P<label>{labels})(?:[(（][^()（）]{{0,12}}[)）])?"
        self.begins = re.compile(rf"[【\[]?\s*{head}\s*(?:[】\]]\s*[:：]?|[:：]|$)\s*")
        self.inside = re.compile(rf"(?:(?<=[。；;，,\s])|(?<=[)）]))[【]?\s*(?:{labels})\s*(?:】\s*[:：]?|[:：])")
        self.strange = re.compile(r"[【]?[㐀-鿿]{2,10}\s*(?:】|[:：])")


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def read_blocks(lines: Sequence[_Line], part: Part, found: Found) -> None:
    """Add the policies of running text; a block of items without a name becomes a problem."""
    said = [one for place, text in lines for one in _pieces(place, text)]
    for block in _blocks(said, part, found):
        values = {key: "\n".join(texts) for key, texts in block.values.items() if any(texts)}
        items = [key for key in values if key != "name"]
        name = values.get("name") or block.title
        if len(items) < _FEWEST:
            continue
        if not name:
            expected = "這一段沒有補貼政策名稱，沒有採用"
            found.problems.append(
                Problem(found.file, part.name, block.place, "、".join(values.values())[:40], expected)
            )
            continue
        where = f"表「{part.name}」{block.place}" if part.addressed else f"第 {block.place} 段"
        found.policies.append(Incoming({**values, "name": name}, where))


def _pieces(place: str, line: str) -> Iterator[_Said]:
    """Part a line at the labels in it."""
    cuts = [_mark_before(line, match.start()) for match in _patterns().inside.finditer(line)]
    cuts = [cut for cut in dict.fromkeys(cuts) if cut]
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        text = line[start:end].strip().rstrip("；;，,、" if end < len(line) else "")
        if text:
            yield _piece(place, text.lstrip(_BULLET))


def _mark_before(line: str, label: int) -> int:
    """Return where the mark before a label in a line begins, as in 「對象：農戶。（三）補助標準：」; else the label."""
    starts = range(max(label - _LONGEST_MARK, 0), label)
    found = (at for at in starts if _MARK.fullmatch(line[at:label]) and not line[at - 1 : at].isdigit())
    return next(found, label)


def _piece(place: str, text: str) -> _Said:
    marked = _MARK.match(text)
    rest = text[marked.end() :] if marked else text
    mark = (marked.lastgroup or "") if marked else ("bracket" if rest.startswith("【") else "")
    label = _patterns().begins.match(rest)
    if label is not None:
        return _Said(place, meaning([label["label"]]), rest[label.end() :].strip(), mark)
    return _Said(place, "", text, mark, strange=_patterns().strange.match(rest) is not None)


def _blocks(said: Sequence[_Said], part: Part, found: Found) -> Iterator[_Block]:
    """Gather pieces into policies: a title begins one, and so does a name, or an item that comes round again."""
    block: _Block | None = None
    for one, following in zip_longest(said, said[1:]):
        titled = not one.key and _is_title(one, following, block)
        if block is not None and (titled or _begins_anew(one, block)):
            yield block
            block = None
        if titled:
            block = _Block(one.place, _title(one.text))
        elif one.key:
            block = block or _Block(one.place, "")
            _take(block, one)
        elif block is not None:
            _go_on(block, one, part, found)
    if block is not None:
        yield block


def _begins_anew(one: _Said, block: _Block) -> bool:
    """Tell whether a label begins the next policy: a name where one was told already."""
    return one.key == "name" and bool(block.title or block.values)


def _go_on(block: _Block, one: _Said, part: Part, found: Found) -> None:
    """Add a line without a label to the item above; one under a label that nobody knows is told as passed over."""
    if one.strange and one.mark and one.mark == block.mark:
        found.passed.append((one.place if part.addressed else f"第 {one.place} 段", one.text))
        block.last = ""
    elif block.last:
        block.values[block.last].append(one.text)


def _take(block: _Block, one: _Said) -> None:
    block.values.setdefault(one.key, []).extend([one.text] if one.text else [])
    block.last, block.mark = one.key, one.mark


def _is_title(one: _Said, following: _Said | None, block: _Block | None) -> bool:
    """Tell whether a line without a label begins a policy: a short one before items that come round again."""
    title = _title(one.text)
    if not title or len(title) > _LONGEST_TITLE or following is None or one.strange:
        return False
    if _ENDS.search(one.text.strip(_TRIM)):
        return True
    if not following.key or following.key == "name":
        return False
    return block is None or not block.values or following.key in block.values


def _title(text: str) -> str:
    marked = _MARK.match(text)
    bare = (text[marked.end() :] if marked else text).strip(_TRIM).strip("【】")
    return " ".join(_ENDS.sub("", bare).strip(_TRIM).split())
