"""One form of a text for matching that keeps every character at its place.

Patterns are written in simplified characters and half-width signs; what is shown is cut from the original at
the same offsets. Characters are folded one by one, because whole phrases could change their length.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from db.script import simplified

_SIGNS = str.maketrans(
    {
        "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'", "﹐": ",", "﹑": "、",
        "｡": "。", "﹝": "〔", "﹞": "〕", "〇": "零", "○": "零", "—": "-", "–": "-", "―": "-", "─": "-", "\u3000": " ",
        "\xa0": " ", "‧": "·", "・": "·", "•": "·", "〈": "(", "〉": ")",
    }
)  # fmt: skip


def _one(char: str) -> str:
    plain = char.translate(_SIGNS)
    if plain != char:
        return plain
    if "①" <= char <= "⓿":
        return char  # a number, not a digit
    wide = unicodedata.normalize("NFKC", char)
    plain = simplified(wide if len(wide) == 1 else char)
    plain = {"著": "着", "甯": "宁", "?": "?"}.get(plain, plain)
    return plain if len(plain) == 1 else char


class _Folds(dict[int, str]):
    """What each character folds to, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = chr(code) if code < FIRST_FOLDED else _one(chr(code))
        return folded


FIRST_FOLDED = 0x80  # ASCII stays as it is
_FOLDS = _Folds()


def fold_in_place(text: str) -> str:
    """Return ``text`` folded, character for character: the result has the same length."""
    if text.isascii():
        return text
    return _folded_word(text) if len(text) <= LONGEST_WORD else text.translate(_FOLDS)


LONGEST_WORD = 64  # characters of a name or heading: the same ones come again in every row


@lru_cache(maxsize=8192)
def _folded_word(text: str) -> str:
    return text.translate(_FOLDS)


def plain(text: str) -> str:
    """Return a text folded and without white space."""
    return "".join(fold_in_place(text).split())
