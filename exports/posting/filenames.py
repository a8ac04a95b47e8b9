"""Names of the files of postings: a folder for each town, in it a file for each village and policy."""

from __future__ import annotations

import re
from collections.abc import Collection

from db.postingfacts import VillageFacts, period_words
from exports.words import Words, printable

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\ufffd]')
_LONGEST = 60  # signs: three bytes each, well below what any disk takes


def plain_name(text: str) -> str:
    """Return ``text`` as any system takes it for a name."""
    return _FORBIDDEN.sub("", printable(text)).strip(" .　")[:_LONGEST] or "_"


def stem(facts: VillageFacts, words: Words) -> str:
    """Return the path of a posting's files within the folder, without ending: 石橋鎮/石橋村2022年地力補貼公示."""
    one = words.data(facts.policies[0].name) if len(facts.policies) == 1 else words.fixed("各項補貼")
    name = words.data(facts.village) + words.fixed(period_words(facts.period)) + one + words.fixed("公示")
    town = plain_name(words.data(facts.town)) if facts.town else words.fixed("（未歸鄉鎮）")
    return f"{town}/{plain_name(name)}"


def free_stem(wanted: str, taken: Collection[str], words: Words) -> str:
    """Return the path with a number behind it where it is taken already; big and small letters count as the same."""
    made, number = wanted, 1
    while made.casefold() in taken:
        number += 1
        made = wanted + words.fixed(f"（{number}）")
    return made
