"""Finding words in text as it was entered, in either script, without folding the text.

A pattern lists for each character all that fold to the same: 数据 becomes [数數][据據]. It may find a little more
than comparing folded texts would, where one simplified character stands for several, and never less.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from db.script import fold

_RANGES = ((0x20, 0x7F), (0x3000, 0x3040), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xFF01, 0xFF5F))
_BAR = "\ue000"
_ALIKE = ("账帐",)  # one word in 臺賬 and 臺帳


@cache
def _variants() -> dict[str, str]:
    """Return for each folded character all characters that fold to it."""
    characters = [chr(code) for first, end in _RANGES for code in range(first, end)]
    folded = fold(_BAR.join(characters)).split(_BAR)
    found: dict[str, str] = {}
    for character, form in zip(characters, folded, strict=True):
        low = form.lower()
        if len(low) == 1:
            found[low] = found.get(low, "") + character
    for alike in _ALIKE:
        found |= dict.fromkeys(alike, "".join(found[one] for one in alike))
    return found


@lru_cache(maxsize=64)
def pattern(word: str) -> re.Pattern[str]:
    """Return the pattern that finds a word in text of either script, any width and case, with spaces inside."""
    known = _variants()
    classes = ("[" + re.escape(known.get(one, one)) + "]" for one in fold(word).lower())
    return re.compile(r"\s*".join(classes))
