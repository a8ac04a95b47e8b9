"""What number formats make of numbers: percentages and days, told by built-in numbers and by custom codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from xml.parsers import expat

from exports.workbook.collect.package import bare

_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENT_IDS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_EPOCH, _MAC_EPOCH = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_DAY = 2_958_465
"""The last serial number of a day that a workbook can hold."""


@lru_cache(maxsize=16)
def number_kinds(styles: bytes) -> tuple[str, ...]:
    """Return for each style of a cell what its number format makes of a number: ``percent``, ``date`` or nothing.

    Sixty workbooks of one dispatch share their styles, so the answer is kept.
    """
    custom: dict[int, str] = {}
    kinds: list[str] = []
    inside: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        tag = bare(tag)
        if tag == "numFmt":
            custom[whole(attributes.get("numFmtId"))] = format_kind(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            number = whole(attributes.get("numFmtId"))
            kinds.append(custom.get(number) or builtin_kind(number))

    def end(tag: str) -> None:
        if bare(tag) == "cellXfs":
            inside.clear()

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(styles, True)
    except expat.ExpatError:
        return tuple(kinds)  # numbers then read as bare numbers, which are asked where they are in doubt
    return tuple(kinds)


def whole(text: str | None) -> int:
    """Return the whole number an attribute holds, 0 where it holds none."""
    return int(text) if text and text.isascii() and text.isdigit() else 0


def builtin_kind(number: int) -> str:
    """Return what one of the built-in number formats makes of a number."""
    return "percent" if number in _PERCENT_IDS else "date" if number in _DATE_IDS else ""


def format_kind(code: str) -> str:
    """Return what a custom number format makes of a number."""
    plain = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "%" in plain:
        return "percent"
    if "general" in plain:
        return ""
    return "date" if re.search(r"[ymdhs年月日]", plain) else ""


def day_of_serial(number: float, *, mac: bool) -> datetime | date:
    """Return the moment a serial number stands for; whole days as days."""
    moment = (_MAC_EPOCH if mac else _EPOCH) + timedelta(days=number)
    return moment.date() if number == int(number) else moment
