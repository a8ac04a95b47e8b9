"""Identity numbers (公民身份號碼): what makes one plausible, and what its check digit says.

The region code is held against provinces alone: lists of counties lack abolished and new ones, and a number that a
list does not know is still somebody's.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-8]"
"""First two digits: provinces, 臺灣, residence permits of 港澳臺, foreigners (9 and a province)."""
_REGISTRARS = ("11", "12", "13", "19", "51", "52", "53", "59", "91", "92", "93")
"""機構編制、民政、市場監管: who gives social credit codes of digits alone."""
_LENGTH, _OLD_LENGTH = 18, 15
_EARLIEST = 1900


class IdentityState(StrEnum):
    """What a number is, by its form alone."""

    RIGHT = "right"  # 18 signs, a birth date, the check digit fits
    WRONG_DIGIT = "wrong_digit"  # the same, but the check digit does not fit: mistyped, or no identity number
    OLD = "old"  # 15 digits, of before 1999; has no check digit
    NONE = "none"


def identity_state(number: str) -> IdentityState:
    """Tell what a number (normalised, see :func:`db.digits.normalise_digits`) is."""
    if birth_date(number) is None:
        return IdentityState.NONE
    if len(number) == _OLD_LENGTH:
        return IdentityState.OLD
    return IdentityState.RIGHT if fits(number) else IdentityState.WRONG_DIGIT


def birth_date(number: str) -> date | None:
    """Return the birth date in an identity number of 18 or 15 signs; None where there is none in the past."""
    digits = number[:-1] if len(number) == _LENGTH and number.endswith("X") else number
    if not (digits.isascii() and digits.isdigit()) or len(number) not in (_LENGTH, _OLD_LENGTH):
        return None
    if len(number) == _LENGTH:
        year, rest = int(number[6:10]), number[10:14]
    else:
        year, rest = 1900 + int(number[6:8]), number[8:12]
    try:
        born = date(year, int(rest[:2]), int(rest[2:]))
    except ValueError:
        return None
    return born if year >= _EARLIEST and born <= date.today() else None


def fits(number: str) -> bool:
    """Tell whether the check digit of a number of 18 signs fits."""
    from stdnum.cn import ric  # here and below: 24 ms that the window's start need not pay

    return bool(ric.calc_check_digit(number) == number[-1])


def is_credit_code(number: str) -> bool:
    """Tell whether a number is a unified social credit code (統一社會信用代碼), which is public."""
    from stdnum.cn import uscc

    return number.startswith(_REGISTRARS) and bool(uscc.is_valid(number))


def has_luhn(number: str) -> bool:
    """Tell whether the last digit is the Luhn check digit that bank cards carry."""
    from stdnum import luhn

    return bool(luhn.is_valid(number))
