"""Chinese words by their pinyin: the order of lists, and the syllables that are typed to find a word."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

SPELLED = 3  # letters from which on a word may be pinyin: fewer stand in that of nearly every text
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


def may_be_spelled(word: str) -> bool:
    """Tell whether a word that was typed may be pinyin, whole or initials of a text."""
    return len(word) >= SPELLED and word.isascii() and word.isalpha()


def is_scrap(word: str) -> bool:
    """Tell whether a word is so few letters that it stands in the pinyin of nearly every text."""
    return len(word) < SPELLED and word.isascii() and word.isalpha()


@lru_cache(maxsize=10_000)
def syllables_of_name(folded: str) -> tuple[str, ...]:
    """Return how each character of a folded name is typed, characters read as words: ``yin hang`` for 銀行."""
    from pypinyin import Style, lazy_pinyin

    by_character: Any = list  # what has no pinyin stays, an item for each character; the stubs know only text
    return tuple(lazy_pinyin(folded, style=Style.NORMAL, errors=by_character))


def syllables_of_text(folded: str) -> tuple[str, ...]:
    """Return how each character of a folded text is typed, each read by itself: quick, and rarely another reading."""
    return tuple(map(_typed, folded))


@cache
def _typed(character: str) -> str:
    return "".join(syllables_of_name(character))
