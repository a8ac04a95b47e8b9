"""In which script words leave the house: the program's own words by law, data as it was entered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from db.settings import Office

SIMPLIFIED = "zh_Hans"
_MAINLAND_QUOTES = str.maketrans("「」『』", "“”‘’")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Words:
    """How one office writes: ``fixed`` for the program's words, ``data`` for what was entered."""

    fixed: Callable[[str], str]
    data: Callable[[str], str]


def words_of(office: Office) -> Words:
    """Return the writing of ``office``.

    Only the way to simplified characters is offered for data: the way back is not reliable, so an office that
    writes in traditional characters gets its data as entered.
    """
    if office.output_script != SIMPLIFIED:
        return Words(str, str)
    return Words(_fixed, _entered if office.convert_output else str)


@cache
def _fixed(text: str) -> str:
    from db.script import simplified

    return simplified(text).translate(_MAINLAND_QUOTES)


def _entered(text: str) -> str:
    from db.script import simplified

    return simplified(text)


def printable(text: str) -> str:
    r"""Return ``text`` as a document can hold it: ``\n`` ends a line, and a control character shows as ``�``."""
    return _CONTROL.sub("\ufffd", _LINE_ENDS.sub("\n", text))
