"""The order of Chinese words by their pinyin, as lists in offices are sorted."""

from __future__ import annotations

from functools import lru_cache

_TELLING = 8  # characters that decide an order; longer texts that begin alike stay in the order they have


@lru_cache(maxsize=200_000)
def by_pinyin(text: str) -> str:
    """Return a key that sorts words by the pinyin of their characters, in either script alike."""
    from pypinyin import Style, lazy_pinyin

    from db.script import fold

    return " ".join(lazy_pinyin(fold(text[:_TELLING]).lower(), style=Style.TONE3, neutral_tone_with_five=True))
