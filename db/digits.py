"""One form of written numbers: half-width digits, whatever they were typed, parted or wrapped with."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\x02"
"""Signs that take no room on paper: joiners, soft hyphens, and what PDF readers give for a hyphen at a line's end."""
LINE_END = "\x1e"
"""Where a line of a page ends: a reader of pages sets it for a line break, which in a cell may mean anything."""
COLUMN = "\x1f"
"""Where a column of a page ends: numbers on both sides of it are two."""

_SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\n\r\v\f\u2028\u2029\u0085"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\ufe58\ufe63\uff0d_\uff3f~\uff5e/\uff0f"
_DOTS = ".\u00b7\u2022\u2027\u2219\u22c5\u30fb\ufe52\uff0e\uff65\u3002"
_CROSSES = "xX\uff38\uff58\u00d7\u0425\u0445\u03a7\u03c7\u2169\u2179"
SEPARATORS = f" \n{LINE_END}.-"
"""What may part the digits of one number once a text is :func:`plain`."""


class _Plain(dict[int, str]):
    """A table for ``str.translate`` that learns the digits of every script when it meets them."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        digit = unicodedata.decimal(sign, None)
        self[code] = sign if digit is None else str(digit)
        return self[code]


@cache
def _table() -> _Plain:
    table = _Plain()
    kinds = ((_SPACES, " "), (_BREAKS, "\n"), (_HYPHENS, "-"), (_DOTS, "."), (_CROSSES, "X"), (UNSEEN, "\u200b"))
    for signs, plain_sign in kinds:
        table |= dict.fromkeys(map(ord, signs), plain_sign)
    return table


def plain(text: str) -> str:
    """Return ``text`` sign by sign (so that places stay) with one kind each of digit, space, hyphen, dot and cross.

    What cannot be seen becomes U+200B.
    """
    return text.translate(_table())


_PARTS = re.compile(r"(?<=[0-9])[ \n.\u200b-]+(?=[0-9X])|\u200b")


def normalise_digits(text: str) -> str:
    """Return a number as it is stored: digits half-width, nothing between them, 「Ｘ」 and 「x」 as X, no outer spaces.

    Signs that belong to no number stay, so that what is no number is seen to be none. A decimal point between digits
    is taken for a separator too: not for amounts.
    """
    if text.isascii() and text.isdigit():
        return text
    return _PARTS.sub("", plain(text)).strip(" \n'\u2018\u2019")
