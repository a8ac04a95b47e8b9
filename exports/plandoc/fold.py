"""One form of a text for matching that keeps every character at its place.

Patterns are written in simplified characters and half-width signs; what is shown is cut from the original at
the same offsets. Characters are folded one by one, because whole phrases could change their length.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from db.script import simplified

_SIGNS = str.maketrans(
    {
        "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'", "﹐": ",", "﹑": "、",
        "｡": "。", "﹝": "〔", "﹞": "〕", "〇": "零", "○": "零", "—": "-", "–": "-", "―": "-", "─": "-", "\u3000": " ",
        "\xa0": " ", "‧": "·", "・": "·", "•": "·",
    }
)  # fmt: skip


@cache
def _one(char: str) -> str:
    plain = char.translate(_SIGNS)
    if plain != char:
        return plain
    wide = unicodedata.normalize("NFKC", char)
    plain = simplified(wide if len(wide) == 1 else char)
    plain = {"著": "着", "甯": "宁", "?": "?"}.get(plain, plain)
    return plain if len(plain) == 1 else char


def fold_in_place(text: str) -> str:
    """Return ``text`` folded, character for character: the result has the same length."""
    table = {ord(char): _one(char) for char in set(text) if not char.isascii()}
    return text.translate(table)
