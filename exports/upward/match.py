"""Which row of a form is which work point of the ledger: by code, by number, by text, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from db.codes import find_codes
from db.ledger import LedgerRow
from db.numerals import ordinal
from db.script import fold
from exports.upward.form import FormRow

SURE, LIKELY, LEAST_WITH_NUMBER, AHEAD = 90.0, 72.0, 45.0, 6.0
"""Likenesses from 0 to 100: certain, to be looked at, enough beside the same number, ahead of the next best."""
_WHOLE = 12
"""Signs from which a part of a point's text tells the point."""
_SIGNS = re.compile(r"[\W_]+")


class How(StrEnum):
    """How a row was known."""

    CODE = "編號"
    TEXT = "文字"
    NUMBER = "序號和文字"
    LIKENESS = "文字相近"


@dataclass(slots=True)
class Target:
    """A work point with its assignments, as one row of a superior's form."""

    number: int | None
    text: str
    rows: list[LedgerRow] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """What a row of the form is. ``sure`` is False where a clerk should look at it."""

    row: FormRow
    rows: tuple[LedgerRow, ...]
    how: How
    likeness: float

    @property
    def sure(self) -> bool:
        """Tell whether the match needs no second look."""
        return self.how in (How.CODE, How.TEXT)


def _plain(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def targets(rows: Sequence[LedgerRow]) -> list[Target]:
    """Return the points that rows belong to, each with all of its assignments."""
    found: dict[int, Target] = {}
    for row in rows:
        key = row.point_id if row.point_id is not None else -row.id
        made = found.setdefault(key, Target(ordinal(row.point_number), _plain(row.point_text)))
        made.rows.append(row)
        if row.measure:
            made.measures.append(_plain(row.measure))
    return list(found.values())


def match(
    form_rows: Sequence[FormRow], fields: Mapping[int, str], ledger: Sequence[LedgerRow]
) -> tuple[list[Match], list[FormRow]]:
    """Return the rows that are known, and those that look like tasks and are not.

    ``fields`` gives the columns' fields. A row with a single text that is no task is a heading of a category.
    """
    columns = {key: place for place, key in fields.items()}
    known = targets(ledger)
    by_code = {row.code: row for row in ledger}
    found: list[Match] = []
    lost: list[FormRow] = []
    for row in form_rows:
        made = _by_code(row, by_code) or _by_text(row, columns, known)
        if made is not None:
            found.append(made)
        elif len(row.texts) > 1 and row.texts.get(columns.get("text", -1)):
            lost.append(row)
    return found, lost


def _by_code(row: FormRow, by_code: Mapping[str, LedgerRow]) -> Match | None:
    for text in row.texts.values():
        for code in find_codes(text):
            if code in by_code:
                return Match(row, (by_code[code],), How.CODE, 100.0)
    return None


def _by_text(row: FormRow, columns: Mapping[str, int], known: Sequence[Target]) -> Match | None:
    text = _plain(row.texts.get(columns.get("text", -1), ""))
    if not text:
        return None
    scored = sorted(((_likeness(text, target), place) for place, target in enumerate(known)), reverse=True)
    if not scored:
        return None
    best, place = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    if best >= SURE and best - second >= AHEAD:
        return Match(row, tuple(known[place].rows), How.TEXT, best)
    number = ordinal(row.texts.get(columns.get("sequence", -1), ""))
    same = [(like, known[at]) for like, at in scored if number is not None and known[at].number == number]
    if same and same[0][0] >= LEAST_WITH_NUMBER and (len(same) == 1 or same[0][0] - same[1][0] >= AHEAD):
        return Match(row, tuple(same[0][1].rows), How.NUMBER, same[0][0])
    if best >= LIKELY and best - second >= AHEAD:
        return Match(row, tuple(known[place].rows), How.LIKENESS, best)
    return None


def _likeness(text: str, target: Target) -> float:
    """Return how like a text is to a point: to the whole, to a part of it, or to what the county does about it."""
    return max((_score(text, other) for other in (target.text, *target.measures) if other), default=0.0)


def _score(text: str, other: str) -> float:
    whole = float(fuzz.ratio(text, other))
    if min(len(text), len(other)) < _WHOLE:
        return whole
    return max(whole, 0.97 * float(fuzz.partial_ratio(text, other)))
