"""What the fields of the page 要點 show for a value, and what typed words mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from db.drafts import DeadlineDraft

_BETWEEN = re.compile(r"[；;\n]")
_LISTED = re.compile(r"[、，,；;\n]")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_QUOTED = re.compile(r"(「[^」]*」)")


def shown_names(names: Sequence[str]) -> str:
    """Return names as one line: with 、 as offices write them, with ； where a name has a 、 of its own."""
    if not any(_LISTED.search(name) for name in names):
        return "、".join(names)
    return "；".join(names) + ("；" if len(names) == 1 else "")


def read_names(text: str) -> list[str]:
    """Return the names in a line that the clerk typed or :func:`shown_names` made, in order, each once."""
    split = (_BETWEEN if _BETWEEN.search(text) else _LISTED).split(text)
    return list(dict.fromkeys(name.strip() for name in split if name.strip()))


def shown_deadlines(deadlines: Sequence[DeadlineDraft]) -> str:
    """Return the wordings of deadlines as one line."""
    return "；".join(one.text for one in deadlines)


def read_deadlines(text: str, *, known: Sequence[DeadlineDraft], base: date | None) -> list[DeadlineDraft]:
    """Return the deadlines of a typed line; a wording that was there keeps what was read of it."""
    from exports.plandoc.deadlines import read_deadline, wordings

    before = {one.text: one for one in known}
    return [before.get(wording) or read_deadline(wording, base=base) for wording in wordings(text)]


def meaning(deadlines: Sequence[DeadlineDraft], say: Callable[[str], str]) -> str:
    """Return what deadlines mean: date and kind of each."""
    return "；".join(
        f"{one.date.isoformat()}（{say(one.kind.label)}）" if one.date else say(one.kind.label) for one in deadlines
    )


def read_date(text: str) -> date | None:
    """Return the date in ``2022-04-12``, ``2022.4.12`` or ``2022年4月12日``; ValueError for other words."""
    if not text.strip():
        return None
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def say_around(text: str, say: Callable[[str], str]) -> str:
    """Return a stored sentence in the current script; what it quotes in 「」 is the notice's and stays."""
    return "".join(part if part.startswith("「") else say(part) for part in _QUOTED.split(text))
