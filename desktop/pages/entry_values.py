"""What is typed into the form 填報, as values; and what is wrong with it, by field."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from db.assignments import FULL

_PERCENT = re.compile(r"(\d{1,9})%?")
_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
_PERIOD = re.compile(r"(20\d\d)[-./年]?(\d{1,2})月?")


class MistypedError(ValueError):
    """A text that is no value of its field; says why, as a sentence for the clerk."""


def percent(text: str) -> int | None:
    """Return 0-100 from ``80``, ``80%`` or full-width signs; None from nothing. Raises :class:`MistypedError`."""
    plain = _plain(text)
    if not plain:
        return None
    found = _PERCENT.fullmatch(plain)
    if found is None:
        raise MistypedError("進度是 0 到 100 的整數。")
    if int(found[1]) > FULL:
        raise MistypedError("進度不能超過 100。")
    return int(found[1])


def day(text: str, *, year: int) -> date | None:
    """Return a day from ``2022-6-30``, ``6.30`` or ``6月30日`` (of ``year``); None from nothing."""
    plain = _plain(text)
    if not plain:
        return None
    found = _DAY.fullmatch(plain)
    if found is None:
        raise MistypedError("日期應寫成 2022-06-30 或 6.30 的樣子。")
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError as error:
        raise MistypedError("沒有這一天。") from error


def period(text: str) -> str:
    """Return a period such as ``2022-06`` from that, ``2022.6`` or ``2022年6月``."""
    found = _PERIOD.fullmatch(_plain(text))
    if found is None or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - months
        raise MistypedError("報送期應寫成 2022-06 的樣子。")
    return f"{found[1]}-{int(found[2]):02}"


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("—", "-").replace("。", ".")
