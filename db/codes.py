"""Short codes (編號) of assignments, such as ``22-政16-07-2K``: year, plan, point, number, check character.

The check character is computed over every character before it with weights that all differ, modulo the prime
31, so any one wrong character and any two exchanged ones are caught. The modulus cannot tell all of the
twenty thousand characters apart; :func:`free_mark` therefore never lets two plans of one database have
marks that it confuses, and a code whose plan is unknown is wrong anyway.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Iterable

# 31 signs without those that are mistaken for each other in print: B/8, I/1, O/0, S/5, Z/2.
SIGNS = "0123456789ACDEFGHJKLMNPQRTUVWXY"
_MODULUS = len(SIGNS)
_DASH_VALUE = 10
_FORM = re.compile(r"(?P<year>\d\d)-(?P<mark>[㐀-鿿]\d{0,5})-(?P<point>\d{2,5})-(?P<number>\d{1,3})(?P<sign>[0-9A-Y])")
LIKE = re.compile(r"\d\d-[㐀-鿿]\d{0,5}-\d{2,5}-\d{1,3}[0-9A-Z]")


def _value(char: str) -> int:
    if char in SIGNS:
        return SIGNS.index(char)
    return _DASH_VALUE if char == "-" else ord(char) % _MODULUS


def check_sign(body: str) -> str:
    """Return the check character of a code without one."""
    total = sum(weight * _value(char) for weight, char in enumerate(reversed(body), start=2))
    return SIGNS[-total % _MODULUS]


def make_code(*, year: int, mark: str, point: int, number: int) -> str:
    """Return the short code of an assignment; ``year`` has four digits."""
    body = f"{year % 100:02d}-{mark}-{point:02d}-{number}"
    return body + check_sign(body)


def tidy(text: str) -> str:
    """Return a typed or printed code in its stored form: half-width, upper case, plain dashes, no spaces."""
    return re.sub(r"\s", "", _plain(text))


def _plain(text: str) -> str:
    return re.sub(r"[‐‑‒–—―−－]", "-", unicodedata.normalize("NFKC", text).upper())


def is_valid(code: str) -> bool:
    """Tell whether a tidy code has the form of one and its check character fits."""
    found = _FORM.fullmatch(code)
    return found is not None and check_sign(code[:-1]) == code[-1]


def find_codes(text: str) -> list[str]:
    """Return what looks like codes in a text, right or wrong, in order."""
    return [str(found[0]) for found in LIKE.finditer(tidy(text))]


def free_mark(wanted: Iterable[str], *, suffix: str, taken: Collection[str]) -> str:
    """Return the first mark that can be used beside those of the same year: one character and ``suffix`` digits.

    A mark is free where it is not taken and its character is not confused, by the modulus, with another
    taken one. Characters of the plan's own title come first, then those of the common alphabet of plans.
    """
    others = {mark[0] for mark in taken}
    candidates: list[str] = [*wanted, *"政公經社民農城教衛安法信企環文體水交財審"]
    for char in candidates:
        mark = char + suffix
        confused = any(char != other and _value(char) == _value(other) for other in others)
        if "㐀" <= char <= "鿿" and mark not in taken and not confused:
            return mark
    return _numbered(suffix, taken)


def _numbered(suffix: str, taken: Collection[str]) -> str:
    """Return a mark with a running number where every character is used up."""
    char = next(iter(sorted(taken)))[0]
    number = int(suffix or 0)
    while f"{char}{number}" in taken:
        number += 1
    return f"{char}{number}"


_TOKEN = re.compile(rf"T\d{{4}}-[{SIGNS}]{{6}}")
_TOKEN_SIGNS = 5


def make_token(period: str, random: Callable[[int], int] = secrets.randbelow) -> str:
    """Return a new token (識別碼) of a travelling workbook of ``period`` (``2022-06``): ``T2206-K7M3QX``.

    Five of its signs are random, so that workbooks of another office or database are not taken for ours; the
    last is the check character.
    """
    body = f"T{period[2:4]}{period[5:7]}-" + "".join(SIGNS[random(_MODULUS)] for _ in range(_TOKEN_SIGNS))
    return body + check_sign(body)


def find_tokens(text: str) -> list[str]:
    """Return the right tokens in a text such as the name of a file, each once, in order."""
    found = (str(match[0]) for match in _TOKEN.finditer(_plain(text)))
    return list(dict.fromkeys(token for token in found if check_sign(token[:-1]) == token[-1]))
