"""The three-way rule (三方比對): what went out, what the ledger holds now, what came back, cell by cell.

Pure: nothing here knows a file or the database. A value is a text, a number, a day or None for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.terms import Verdict

Value = str | int | date | None


class Blank(StrEnum):
    """What an empty input cell means: no report, or that the value is to go."""

    KEEP = "keep"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Answer:
    """What stood in a returned cell: nothing (``given`` is False), the word for erasing (``value`` None), a value."""

    value: Value = None
    given: bool = True


NOTHING = Answer(given=False)
ERASED = Answer(None)


@dataclass(slots=True)
class Sides:
    """One cell from three sides. ``base`` is what both sides started from."""

    base: Value
    ledger: Value
    answer: Answer = NOTHING


@dataclass(slots=True)
class Outcome:
    """What the rule says of a cell; ``parallel`` marks that the other side changed the same row elsewhere."""

    verdict: Verdict
    returned: Value
    parallel: bool = False


def wanted(base: Value, answer: Answer, *, blank: Blank = Blank.KEEP) -> Value:
    """Return the value that the reporting unit wants to stand: an empty cell leaves what was there."""
    if answer.given:
        return _plain(answer.value)
    return None if blank is Blank.ERASE else _plain(base)


def settle(base: Value, ledger: Value, returned: Value) -> Verdict:
    """Return the verdict on one cell. Swapping ``ledger`` and ``returned`` swaps taken and kept, nothing else."""
    base, ledger, returned = _plain(base), _plain(ledger), _plain(returned)
    if ledger == returned:
        return Verdict.UNCHANGED if ledger == base else Verdict.SAME
    if ledger == base:
        return Verdict.TAKEN
    return Verdict.KEPT if returned == base else Verdict.CONFLICT


def merge_row(cells: Mapping[str, Sides], *, blank: Blank = Blank.KEEP) -> dict[str, Outcome]:
    """Return the outcome of every cell of one row, by field."""
    returned = {key: wanted(sides.base, sides.answer, blank=blank) for key, sides in cells.items()}
    verdicts = {key: settle(sides.base, sides.ledger, returned[key]) for key, sides in cells.items()}
    ours = any(_plain(sides.ledger) != _plain(sides.base) for sides in cells.values())
    theirs = any(returned[key] != _plain(sides.base) for key, sides in cells.items())
    beside = {Verdict.TAKEN: ours, Verdict.KEPT: theirs}
    return {key: Outcome(verdict, returned[key], beside.get(verdict, False)) for key, verdict in verdicts.items()}


def lowers(before: int | None, returned: Value) -> bool:
    """Tell whether a returned percentage is lower than the one before it."""
    return isinstance(returned, int) and before is not None and returned < before


def _plain(value: Value) -> Value:
    """Return None for an empty text: a field without content is one thing, however it is stored."""
    return None if value == "" else value
