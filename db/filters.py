"""Which rows of the ledger are wanted (篩選): plain values, so that a filter can be kept, sent and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from db.ledger import LedgerRow
from db.lights import in_window
from db.script import initials
from db.terms import DueWindow, Light, ReportState, TaskState
from db.variants import pattern

Test = Callable[[LedgerRow], bool]
_CLOSED = (TaskState.DONE, TaskState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What a row must be to be shown; empty wants nothing of it.

    Several values of one kind are alternatives, kinds add up. ``units`` and ``plans`` are ids, ``sections`` and
    ``leaders`` names; a unit counts as lead and as co-operating one unless ``lead_only``. ``window`` speaks of open,
    accepted tasks only. Withdrawn tasks are shown where ``withdrawn`` or a state or light asks for them. Each word
    of ``text`` must stand somewhere in the row, in either script.
    """

    units: tuple[int, ...] = ()
    lead_only: bool = False
    leaders: tuple[str, ...] = ()
    task_states: tuple[TaskState, ...] = ()
    report_states: tuple[ReportState, ...] = ()
    window: DueWindow | None = None
    plans: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    lights: tuple[Light, ...] = ()
    withdrawn: bool = False
    text: str = ""

    def active(self) -> bool:
        """Tell whether anything is asked for."""
        return self != LedgerFilter()

    def to_json(self) -> dict[str, Any]:
        """Return what is asked for, as JSON can hold it."""
        empty = asdict(LedgerFilter())
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value != empty[key]
        }


_TERMS = {"task_states": TaskState, "report_states": ReportState, "lights": Light}
_KINDS: dict[str, type] = {"units": int, "plans": int, "years": int, "leaders": str, "sections": str}


def from_json(kept: object) -> LedgerFilter:
    """Return a filter from :meth:`LedgerFilter.to_json`; what this program does not understand is passed over."""
    values: dict[str, Any] = {}
    known = {one.name for one in fields(LedgerFilter)}
    for key, value in (kept if isinstance(kept, dict) else {}).items():
        if key in _TERMS and isinstance(value, list):
            values[key] = tuple(_TERMS[key](one) for one in value if one in list(_TERMS[key]))
        elif key in _KINDS and isinstance(value, list):
            values[key] = tuple(one for one in value if type(one) is _KINDS[key])
        elif key == "window":
            values[key] = next((one for one in DueWindow if one == value), None)
        elif key in known and type(value) is type(getattr(LedgerFilter(), key)):
            values[key] = value
    return LedgerFilter(**values)


def sought(row: LedgerRow) -> str:
    """Return every text of a row that words are looked for in."""
    names = (row.code, row.lead, *row.others, row.leader, row.person, row.contact, row.section)
    texts = (row.point_text, row.measure, row.target, row.deadline, row.progress, row.problem, row.next_step, row.note)
    return "\n".join((*names, *texts))


def passing(wanted: LedgerFilter, on: date) -> Test:
    """Return the test that tells whether a row is wanted on a day."""
    tests = list(_tests(wanted, on))
    tests += [_found(word) for word in wanted.text.split()]
    return lambda row: all(test(row) for test in tests)


def _found(word: str) -> Test:
    """Return the test for a word: in any text of a row, or as first letters (首字母) of the names of its people."""
    search = pattern(word).search
    if not word.isascii() or not word.isalpha():
        return lambda row: search(sought(row)) is not None
    letters = word.lower()
    return lambda row: (
        search(sought(row)) is not None
        or any(letters in initials(name) for name in (row.lead, *row.others, row.leader) if name)
    )


def _tests(wanted: LedgerFilter, on: date) -> list[Test]:
    tests: list[Test] = []
    if not (wanted.withdrawn or TaskState.WITHDRAWN in wanted.task_states or Light.WITHDRAWN in wanted.lights):
        tests.append(lambda row: row.task_state is not TaskState.WITHDRAWN)
    if wanted.units:
        tests.append(_of_units(frozenset(wanted.units), lead_only=wanted.lead_only))
    if wanted.window is not None:
        tests.append(_due(wanted.window, on))
    plain: list[tuple[tuple[object, ...], Callable[[LedgerRow], object]]] = [
        (wanted.leaders, lambda row: row.leader),
        (wanted.task_states, lambda row: row.task_state),
        (wanted.report_states, lambda row: row.report_state),
        (wanted.plans, lambda row: row.plan_id),
        (wanted.sections, lambda row: row.section),
        (wanted.years, lambda row: row.year),
        (wanted.lights, lambda row: row.light),
    ]
    return tests + [_among(frozenset(values), get) for values, get in plain if values]


def _among(values: frozenset[object], get: Callable[[LedgerRow], object]) -> Test:
    return lambda row: get(row) in values


def _of_units(units: frozenset[int], *, lead_only: bool) -> Test:
    if lead_only:
        return lambda row: row.lead_id in units
    return lambda row: row.lead_id in units or not units.isdisjoint(row.other_ids)


def _due(window: DueWindow, on: date) -> Test:
    return lambda row: row.confirmed and row.task_state not in _CLOSED and in_window(window, due=row.deadline_on, on=on)
