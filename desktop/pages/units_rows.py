"""Units as the page 單位 shows them: read whole in one go, found by any name or by pinyin initials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db import telephones
from db.models import Counterpart, Unit, UnitReform
from db.pinyin import syllables_of_name
from db.script import fold, initials
from db.terms import ReformKind, UnitLevel
from db.units import ABOVE

LEVELS = tuple(UnitLevel)


@dataclass(frozen=True, slots=True)
class Person:
    """A contact (聯繫人)."""

    name: str = ""
    duty: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step of a reform."""

    kind: ReformKind
    on: date
    old_name: str
    new_name: str
    basis: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit with all that its row and its card show.

    ``related`` are the county counterparts of a unit above, the usual lead first, and the superiors of a county
    unit; ``reason`` is the note on the counterparts. ``former`` are names given up, with their last day.
    """

    id: int
    name: str
    level: UnitLevel
    kind: str
    aliases: tuple[str, ...]
    former: tuple[tuple[str, date], ...]
    related: tuple[int, ...]
    reason: str
    leader: str
    telephone: str
    email: str
    note: str
    contacts: tuple[Person, ...]
    steps: tuple[Step, ...]
    ended_on: date | None
    sought: str

    @property
    def above(self) -> bool:
        """Tell whether the unit is above the county and so has counterparts there."""
        return self.level in ABOVE


@dataclass(frozen=True, slots=True)
class Book:
    """All units, by level and in the office's order."""

    lines: tuple[UnitLine, ...] = ()

    def get(self, unit: int) -> UnitLine | None:
        """Return a unit, None where it is gone."""
        return next((line for line in self.lines if line.id == unit), None)

    def names(self, units: Iterable[int]) -> list[str]:
        """Return the names of units."""
        known = {line.id: line.name for line in self.lines}
        return [known[unit] for unit in units if unit in known]

    def of_level(self, level: UnitLevel) -> list[UnitLine]:
        """Return the units of one level."""
        return [line for line in self.lines if line.level is level]

    def kinds(self) -> list[str]:
        """Return every kind in use, each once."""
        return sorted({line.kind for line in self.lines if line.kind})


def load(session: Session) -> Book:
    """Read all units, ended ones too."""
    query = select(Unit).options(selectinload(Unit.aliases), selectinload(Unit.contacts))
    units = session.scalars(query.order_by(Unit.position, Unit.id)).all()
    related: dict[int, list[int]] = {}
    reasons: dict[int, str] = {}
    places = {unit.id: place for place, unit in enumerate(units)}
    for pair in session.scalars(select(Counterpart).order_by(Counterpart.superior_id, Counterpart.position)):
        reasons[pair.superior_id] = reasons.get(pair.superior_id) or pair.note
        if pair.county_id is not None:
            related.setdefault(pair.superior_id, []).append(pair.county_id)
            related.setdefault(pair.county_id, []).append(pair.superior_id)
    steps: dict[int, list[Step]] = {}
    for step in session.scalars(select(UnitReform).order_by(UnitReform.on, UnitReform.id)):
        told = Step(step.kind, step.on, step.old_name, step.new_name, step.basis)
        for unit_id in {step.unit_id, step.into_id or step.unit_id}:
            steps.setdefault(unit_id, []).append(told)
    lines = []
    for unit in units:
        others = related.get(unit.id, [])
        if unit.level not in ABOVE:
            others = sorted(others, key=lambda one: places[one])
        lines.append(_line(unit, others, reasons.get(unit.id, ""), steps.get(unit.id, [])))
    return Book(tuple(sorted(lines, key=lambda line: LEVELS.index(line.level))))


def _line(unit: Unit, related: list[int], reason: str, steps: list[Step]) -> UnitLine:
    names = [unit.name, *(alias.name for alias in unit.aliases)]
    plain = [unit.kind, unit.leader, unit.telephone, unit.note, *(person.name for person in unit.contacts)]
    return UnitLine(
        unit.id,
        unit.name,
        unit.level,
        unit.kind,
        tuple(alias.name for alias in unit.aliases if alias.until is None),
        tuple((alias.name, alias.until) for alias in unit.aliases if alias.until is not None),
        tuple(related),
        reason,
        unit.leader,
        unit.telephone,
        unit.email,
        unit.note,
        tuple(Person(one.name, one.duty, telephones.shown(one), one.email) for one in unit.contacts),
        tuple(steps),
        unit.ended_on,
        "\n".join(
            [fold(text).lower() for text in [*names, *plain]]
            + [told for name in names for told in (initials(name), "".join(syllables_of_name(fold(name).lower())))]
        ),
    )


def matches(line: UnitLine, words: str) -> bool:
    """Tell whether every word is part of a name, of another field, or of a name's pinyin, whole or initials."""
    return all(fold(word).lower() in line.sought for word in words.split())
