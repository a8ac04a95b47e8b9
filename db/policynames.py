"""Names of subsidy policies as compared: either script, any brackets, spaces or signs; and names that are alike."""

from __future__ import annotations

import re

from db.script import fold

_BRACKETS = str.maketrans("（〔[【［﹝〖{）〕]】］﹞〗}", "(" * 8 + ")" * 8)
_SIGNS = re.compile(r"[^\w()]+")
_BRACKETED = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"^(?:(?:19|20)\d\d年?度?)+")
_TAIL = re.compile(r"(?:专项|项目|资金|政策|经费)+$")


def key(name: str) -> str:
    """Return what a name is the same by: script, width, spaces, signs and the kind of brackets do not matter."""
    return _SIGNS.sub("", fold(name).translate(_BRACKETS)).lower()


def loose_key(name: str) -> str:
    """Return what a name is alike by: also without bracketed words, a year before it, 資金 or 項目 behind it."""
    bare = _YEAR.sub("", _BRACKETED.sub("", key(name)))
    return _TAIL.sub("", bare).replace("补助", "补贴") or key(name)
