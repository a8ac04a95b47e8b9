"""The order of Chinese words by their pinyin, as lists in offices are sorted."""

from __future__ import annotations

from functools import cache, lru_cache

_NAME = 12  # characters up to which a text is a name, whose characters are read as words: 行 in 行政 and in 銀行
_TELLING = 8  # characters that decide the order of longer texts


def by_pinyin(text: str) -> str:
    """Return a key that sorts words by the pinyin of their characters, in either script alike."""
    return _of_name(text) if len(text) <= _NAME else " ".join(map(_of_character, text[:_TELLING]))


@lru_cache(maxsize=20_000)
def _of_name(text: str) -> str:
    from pypinyin import Style, lazy_pinyin

    from db.script import fold

    return " ".join(lazy_pinyin(fold(text).lower(), style=Style.TONE3, neutral_tone_with_five=True))


@cache
def _of_character(character: str) -> str:
    return _of_name(character)
