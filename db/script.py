"""Folding of Chinese text: one form in which two writings of the same words compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# What OpenCC t2s leaves apart although offices use the forms for one word.
_BESIDE_T2S = str.maketrans(
    {"著": "着", "甯": "宁", "〇": "○", "“": '"', "”": '"', "‘": "'", "’": "'", "﹐": ",", "・": "·"}
)
_WORDS_BESIDE = (("台帐", "台账"), ("台帳", "台账"))
_SPACES = re.compile(r"\s+")


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC  # 30 ms that a traditional-only start need not pay

    return OpenCC(config)


def simplified(text: str) -> str:
    """Return ``text`` in simplified characters; characters are mapped, words are not replaced."""
    return str(_converter("t2s").convert(text))


def traditional(text: str) -> str:
    """Return simplified ``text`` in traditional characters and the mainland's words; a guess where signs are merged."""
    return str(_converter("s2t").convert(text))


def fold(text: str) -> str:
    """Return the form used for every comparison: simplified, half-width, without white space."""
    folded = unicodedata.normalize("NFKC", simplified(text)).translate(_BESIDE_T2S)
    for other, usual in _WORDS_BESIDE:
        folded = folded.replace(other, usual)
    return _SPACES.sub("", folded)


@lru_cache(maxsize=10_000)
def initials(name: str) -> str:
    """Return the first letters of a name's pinyin: xzspj for 行政審批局."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(fold(name), style=Style.FIRST_LETTER)).lower()
