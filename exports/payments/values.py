"""Cells of payment sheets to what is stored: exact sums in 分, decimal numbers as text, days, private numbers."""

from __future__ import annotations

import re
from datetime import date, datetime

from db.digits import normalise_digits
from db.script import fold
from exports.payments.cells import Broken, Value, number_text
from exports.workbook.collect.numbers import LAST_DAY, day_of_serial

FRACTION_DIGITS = {"元": 2, "萬元": 6}
"""How many decimals a sum may have so that it is whole 分."""
LARGEST_FEN = 10**11
"""No one is paid more; a telephone or an identity number in the column of sums is more."""
LARGEST_TOTAL = 10**15
_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d*))?")
_FRACTION_ONLY = re.compile(r"([+-]?)\.(\d+)")
_TRIMMED = str.maketrans("", "", ",，¥￥$ \u3000'‘’")
_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:[ T].*)?")
_DAY_PLAIN = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_TAIL = re.compile(r"(万元|元)整?$")
_EARLIEST, _LATEST = 1990, 2100
MOST_EXACT = 1e15


class NotMoneyError(ValueError):
    """A cell that is no sum in whole 分; ``kind`` says what is wrong with it (see ``findings.WORDS``)."""

    def __init__(self, kind: str = "bad_amount") -> None:
        super().__init__(kind)
        self.kind = kind


def decimal_text(value: Value | None) -> str:
    """Return a number as plain decimal text, whatever it was typed with; empty where it is none."""
    if value is None or isinstance(value, bool | date | Broken):
        return ""
    if isinstance(value, float | int):
        return number_text(value)
    text = fold(value).translate(_TRIMMED)
    if _POWER.fullmatch(text):
        return number_text(float(text))
    if _NUMBER.fullmatch(text):
        return text
    return f"{text[: text.index('.')]}0{text[text.index('.') :]}" if _FRACTION_ONLY.fullmatch(text) else ""


def fen_of(value: Value | None, unit: str, *, most: int = LARGEST_FEN) -> int:
    """Return a sum in 分, exact: no binary fraction takes part. ``unit`` is 元 or 萬元.

    Raises :class:`NotMoneyError` for what is no number, has a fraction of a 分, or is beyond every sum.
    """
    if isinstance(value, str) and (tail := _TAIL.search(text := fold(value))):
        unit, value = "萬元" if tail[1] == "万元" else "元", text[: tail.start()]
    found = _NUMBER.fullmatch(decimal_text(value))
    if found is None:
        raise NotMoneyError
    digits = FRACTION_DIGITS[unit]
    fraction = (found[3] or "").rstrip("0")
    if len(fraction) > digits:
        raise NotMoneyError("part_fen")
    fen = int(found[2] + fraction.ljust(digits, "0"))
    if fen > most:
        raise NotMoneyError
    return -fen if found[1] == "-" else fen


def product_fen(quantity: str, standard: str) -> tuple[int, int] | None:
    """Return quantity × standard in 分 rounded down and up (they differ by one), None where either is no number."""
    one, other = _scaled(quantity), _scaled(standard)
    if one is None or other is None:
        return None
    product, places = one[0] * other[0] * 100, one[1] + other[1]
    whole, rest = divmod(product, 10**places)
    return whole, whole + bool(rest)


def _scaled(text: str) -> tuple[int, int] | None:
    found = _NUMBER.match(text)
    if found is None or not _plain_behind(text[found.end() :]):
        return None
    fraction = found[3] or ""
    return int(found[1] + found[2] + fraction), len(fraction)


def _plain_behind(rest: str) -> bool:
    """Tell whether what stands behind a figure is its unit (元/畝) and nothing that changes it."""
    return not any(sign.isdigit() or sign in "+＋-－%％~～、，,;；(（" for sign in rest)


def day_of(value: Value) -> date | None:
    """Return the day a cell means: a date, 2022年6月30日, 2022.6.30, 20220630, or a serial number; else None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = fold(value) if isinstance(value, str) else number_text(value)
    found = _DAY.fullmatch(text) or _DAY_PLAIN.fullmatch(text)
    if found is not None:
        return _day(*map(int, found.groups()))
    return _day_of_serial(value) if isinstance(value, float | int) else None


def _day_of_serial(number: float) -> date | None:
    if not 0 < number <= LAST_DAY:
        return None
    moment = day_of_serial(number, mac=False)
    return _day(moment.year, moment.month, moment.day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _EARLIEST <= year <= _LATEST else None


def private_number(value: Value) -> tuple[str, bool]:
    """Return an identity number or account as it is stored, and whether a spreadsheet has spoilt it.

    A number cell keeps fifteen digits; longer ones came out with noughts at their end or in powers of ten.
    """
    if isinstance(value, str):
        if value.isascii() and value.isdigit():
            return value, False
        if _POWER.fullmatch(value.strip()):
            return "", True
        return normalise_digits(value).upper(), False
    if isinstance(value, bool | date):
        return "", False
    if not float(value).is_integer():
        return "", True
    number = str(int(value))
    return number, abs(value) >= MOST_EXACT
