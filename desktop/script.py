"""The two scripts of the interface: sentences are written in traditional characters, simplified ones derived."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from db.codes import LIKE


class Script(StrEnum):
    """The script in which the program speaks."""

    TRADITIONAL = "zh_Hant"
    SIMPLIFIED = "zh_Hans"


# What a stored sentence quotes is data: names in 「」, which may hold such a pair themselves, and short codes.
_DATA = re.compile(rf"(「(?:[^「」]|「[^「」]*」)*」|{LIKE.pattern})")


def stored(convert: Callable[[str], str], sentence: str) -> str:
    """Return one of our sentences as it was stored with its facts, its own words passed through ``convert``."""
    return "".join(part if place % 2 else convert(part) for place, part in enumerate(_DATA.split(sentence)))


def converter(script: Script) -> Callable[[str], str]:
    """Return the function that turns one of our own sentences into ``script``; data is never passed through it."""
    if script is Script.TRADITIONAL:
        return str
    from db.script import simplified

    return simplified
