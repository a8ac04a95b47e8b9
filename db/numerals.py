"""The numbers that authors put before their points, as values."""

from __future__ import annotations

import re
from collections.abc import Sequence

LARGEST = 9_999  # what a short code has room for


def ordinals(numbers: Sequence[str]) -> list[int]:
    """Return each point's number for short codes: the author's own where these are all told apart, else its place."""
    values = [ordinal(number) for number in numbers]
    told = [value for value in values if value]
    if len(told) == len(values) and len(set(told)) == len(told) and max(told, default=0) <= LARGEST:
        return [value for value in values if value]
    return list(range(1, len(values) + 1))


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def ordinal(number: str) -> int | None:
    """Return the value of an author's number such as （三）, 十二、 or 3.; None where it holds none."""
    digits = re.search(r"\d+", number)
    if digits:
        return int(digits[0])
    numeral = re.search(r"[一二三四五六七八九十百零〇]+", number)
    if numeral is None:
        return None
    total, unit = 0, 0
    for char in numeral[0]:
        if char in "十百":
            total += (unit or 1) * (10 if char == "十" else 100)
            unit = 0
        else:
            unit = _DIGITS[char]
    return total + unit
