"""The unit dictionary (單位詞典): the shipped one, and any other brought in as rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from db import backup
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import Counterpart, Unit, UnitAlias
from db.names import directory, refuse_taken
from db.script import fold
from db.shipped import shipped
from db.terms import UnitLevel


@dataclass(slots=True)
class UnitRow:
    """One unit as a row of a sheet; None leaves a field as it is."""

    name: str
    level: UnitLevel
    kind: str = ""
    position: int | None = None
    aliases: list[str] = field(default_factory=list)
    leader: str | None = None
    telephone: str | None = None
    email: str | None = None
    note: str | None = None


@dataclass(slots=True)
class CounterpartRow:
    """One line from a unit above to a county unit; ``county`` is empty where there is none and ``note`` says why."""

    superior: str
    county: str
    position: int
    note: str = ""


def shipped_rows() -> tuple[list[UnitRow], list[CounterpartRow]]:
    """Return the dictionary that comes with the program."""
    with shipped("units", "units.csv").open(encoding="utf-8", newline="") as file:
        units = [
            UnitRow(
                name=row["name"],
                level=UnitLevel(row["level"]),
                kind=row["kind"],
                position=int(row["order"]),
                aliases=[alias for alias in row["aliases"].split("|") if alias],
            )
            for row in csv.DictReader(file)
        ]
    with shipped("units", "counterparts.csv").open(encoding="utf-8", newline="") as file:
        counterparts = [
            CounterpartRow(row["superior"], row["county"], int(row["position"]), row["note"])
            for row in csv.DictReader(file)
        ]
    return units, counterparts


def install(database: Database) -> Changes:
    """Put the shipped dictionary into a new database."""
    units, counterparts = shipped_rows()
    return merge(database, units=units, counterparts=counterparts, title="裝入隨附的單位詞典")


def bring_in(
    database: Database, *, units: Iterable[UnitRow], counterparts: Iterable[CounterpartRow], source: str
) -> Changes:
    """Merge what was read from the file named ``source``; a snapshot is taken first."""
    backup.snapshot(database.path, reason="import", folder=database.backup_folder())
    return merge(database, units=units, counterparts=counterparts, title=f"導入單位表「{source}」")


def merge(
    database: Database, *, units: Iterable[UnitRow], counterparts: Iterable[CounterpartRow], title: str
) -> Changes:
    """Bring in units and counterparts; what a row names is added or changed, nothing is removed.

    The counterparts of a unit above that occurs in ``counterparts`` are replaced as a whole. Raises
    :class:`Refused` where a name would stand for two units.
    """
    with database.change(title, operation="dictionary.merge") as change:
        for row in units:
            _merge_unit(change, row)
        change.session.flush()
        _merge_counterparts(change, list(counterparts))
    return change.changes


def _merge_unit(change: Change, row: UnitRow) -> None:
    session = change.session
    unit = session.scalars(select(Unit).where(Unit.folded == fold(row.name))).first()
    if unit is None:
        refuse_taken(session, row.name)
        unit = Unit(name=row.name, folded=fold(row.name), level=row.level, kind=row.kind, position=row.position or 0)
        session.add(unit)
        session.flush()
    unit.level, unit.kind = row.level, row.kind or unit.kind
    for key in ("position", "leader", "telephone", "email", "note"):
        value = getattr(row, key)
        if value is not None:
            setattr(unit, key, value)
    known = {alias.folded for alias in unit.aliases} | {unit.folded}
    for alias in row.aliases:
        if fold(alias) not in known:
            refuse_taken(session, alias, but=unit.id)
            known.add(fold(alias))
            unit.aliases.append(UnitAlias(name=alias, folded=fold(alias)))
    session.flush()


def _merge_counterparts(change: Change, rows: list[CounterpartRow]) -> None:
    session = change.session
    units = directory(session)
    wanted: dict[int, list[CounterpartRow]] = {}
    for row in rows:
        superior = units.find(row.superior)
        if superior is None:
            raise Refused("對口表中的上級單位「{name}」不在單位表裏。請先添加這個單位。", name=row.superior)
        wanted.setdefault(superior.id, []).append(row)
    for superior_id, lines in wanted.items():
        now = units.counterparts.get(superior_id, [])
        if [(o.county_id, o.note) for o in now] == [(_county_id(units.find(r.county), r), r.note) for r in lines]:
            continue
        for old in now:
            session.delete(old)
        session.flush()
        for position, row in enumerate(lines, start=1):
            county_id = _county_id(units.find(row.county), row)
            session.add(Counterpart(superior_id=superior_id, county_id=county_id, position=position, note=row.note))


def _county_id(unit: Unit | None, row: CounterpartRow) -> int | None:
    if unit is None and row.county:
        raise Refused("對口表中的縣級單位「{name}」不在單位表裏。請先添加這個單位。", name=row.county)
    return unit.id if unit else None
