"""The numbers that Word counts: 「一、」 stands nowhere in such a paragraph, only the rule for it in numbering.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_CHINESE_FORMATS = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseDigital",
        "ideographTraditional",
        "koreanDigital2",
    }
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts."""

    start: int
    style: str
    pattern: str


def chinese(value: int) -> str:
    """Return a number below 1000 as counted in headings: 12 → 十二."""
    if value < 10:  # noqa: PLR2004
        return _DIGITS[value]
    if value < 100:  # noqa: PLR2004
        tens, units = divmod(value, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[units] if units else "")
    hundreds, rest = divmod(value, 100)
    between = "" if rest >= 10 or not rest else "零"  # noqa: PLR2004
    return _DIGITS[hundreds % 10] + "百" + between + (("一" if 10 <= rest < 20 else "") + chinese(rest) if rest else "")  # noqa: PLR2004


class Numbering:
    """Counts the automatic numbers of a document's paragraphs, in the order they are asked for."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, tuple[str | None, int, str | None]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, numbering: _Element) -> None:
        for abstract in numbering.iter(W + "abstractNum"):
            levels = {_int(level, W + "ilvl", 0): _level(level) for level in abstract.iter(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for number in numbering.iter(W + "num"):
            target = number.find(W + "abstractNumId")
            own = number.get(W + "numId", "")
            self._lists[own] = target.get(W + "val", "") if target is not None else ""
            for override in number.iter(W + "lvlOverride"):
                start = override.find(W + "startOverride")
                if start is not None:
                    self._restarts[own, _int(override, W + "ilvl", 0)] = _int(start, W + "val", 1)

    def _read_styles(self, styles: _Element) -> None:
        for style in styles.iter(W + "style"):
            number, level = _numbering_of(style.find(W + "pPr"))
            based = style.find(W + "basedOn")
            self._styles[style.get(W + "styleId", "")] = (
                number,
                level,
                based.get(W + "val") if based is not None else None,
            )

    def token(self, paragraph: _Element) -> str:
        """Return the number in front of a paragraph, empty where Word prints none; counts it."""
        properties = paragraph.find(W + "pPr")
        number, level = _numbering_of(properties)
        if number is None and properties is not None:
            style = properties.find(W + "pStyle")
            number, level = self._of_style(style.get(W + "val") if style is not None else None)
        levels = self._levels.get(self._lists.get(number or "", ""), {})
        if number in (None, "0") or level not in levels:
            return ""
        assert number is not None
        return self._counted(number, level, levels)

    def _of_style(self, name: str | None) -> tuple[str | None, int]:
        for _ in range(20):
            if name is None or name not in self._styles:
                return None, 0
            number, level, based = self._styles[name]
            if number is not None:
                return number, level
            name = based
        return None, 0

    def _counted(self, number: str, level: int, levels: dict[int, Level]) -> str:
        """Count in the list; lists of one definition share their counts unless one begins anew."""
        shared = self._lists[number]
        counts = self._counts.setdefault(shared, [None] * LEVELS)
        if (number, level) in self._restarts:
            counts[level] = self._restarts.pop((number, level)) - 1
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        if levels[level].style in ("bullet", "none"):
            return ""

        def filled(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            shown = counts[place] if place < LEVELS else None
            other = levels.get(place)
            value = shown if shown is not None else (other.start if other else 1)
            return _written(value, other.style if other else "decimal")

        return re.sub(r"%([1-9])", filled, levels[level].pattern)


def _written(value: int, style: str) -> str:
    if style in _CHINESE_FORMATS and 0 <= value < 1000:  # noqa: PLR2004
        return chinese(value)
    if style.startswith("decimalEnclosedCircle") and 1 <= value <= 20:  # noqa: PLR2004
        return chr(ord("①") + value - 1)
    return str(value)


def _level(node: _Element) -> Level:
    def text(name: str, default: str) -> str:
        found = node.find(W + name)
        return found.get(W + "val", default) if found is not None else default

    start = text("start", "1")
    return Level(int(start) if start.isdigit() else 1, text("numFmt", "decimal"), text("lvlText", ""))


def _numbering_of(properties: _Element | None) -> tuple[str | None, int]:
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None, 0
    number, level = found.find(W + "numId"), found.find(W + "ilvl")
    depth = min(LEVELS - 1, _int(level, W + "val", 0)) if level is not None else 0
    return (number.get(W + "val") if number is not None else None), depth


def _int(node: _Element, name: str, default: int) -> int:
    value = node.get(name, "")
    return int(value) if value.isdigit() and len(value) < 6 else default  # noqa: PLR2004
