"""The two scripts of the interface: sentences are written in traditional characters, simplified ones derived."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Script(StrEnum):
    """The script in which the program speaks."""

    TRADITIONAL = "zh_Hant"
    SIMPLIFIED = "zh_Hans"


def converter(script: Script) -> Callable[[str], str]:
    """Return the function that turns one of our own sentences into ``script``; data is never passed through it."""
    if script is Script.TRADITIONAL:
        return str
    from db.script import simplified

    return simplified
