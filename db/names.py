"""Finding units by any name they have: own, alias, former, with or without the place in front."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Refused
from db.models import Counterpart, Unit, UnitAlias
from db.script import fold

# 省政務局 and 湖南省政務局 are one unit to a county of Hunan; so are 縣財政局 and 平江縣財政局.
_PLACE = re.compile(r"^[㐀-鿿]{2,4}?(?=[省市县州区][㐀-鿿]{2})")


@dataclass(slots=True)
class Directory:
    """All names and counterparts at one moment, for looking up many units without a query each."""

    units: dict[int, Unit]
    by_name: dict[str, int]
    counterparts: dict[int, list[Counterpart]] = field(default_factory=dict)

    def find(self, name: str) -> Unit | None:
        """Return the unit with this name, None where no unit has it. Successors are not followed."""
        folded = fold(name)
        found = self.by_name.get(folded)
        if found is None:
            found = self.by_name.get(_PLACE.sub("", folded))
        return self.units[found] if found is not None else None

    def of(self, superior: Unit) -> list[Counterpart]:
        """Return the county counterparts of a unit above, the usual lead first."""
        return self.counterparts.get(superior.id, [])


def directory(session: Session) -> Directory:
    """Read the directory of units."""
    units = {unit.id: unit for unit in session.scalars(select(Unit).order_by(Unit.position, Unit.id))}
    by_name = {alias.folded: alias.unit_id for alias in session.scalars(select(UnitAlias))}
    by_name |= {unit.folded: unit.id for unit in units.values()}
    counterparts: dict[int, list[Counterpart]] = {}
    for row in session.scalars(select(Counterpart).order_by(Counterpart.superior_id, Counterpart.position)):
        counterparts.setdefault(row.superior_id, []).append(row)
    return Directory(units, by_name, counterparts)


def refuse_taken(session: Session, name: str, *, but: int | None = None) -> None:
    """Raise :class:`Refused` where another unit has this name or alias."""
    folded = fold(name)
    holder = session.scalars(select(Unit).where(Unit.folded == folded, Unit.id != (but or 0))).first()
    if holder is None:
        alias = session.scalars(select(UnitAlias).where(UnitAlias.folded == folded, UnitAlias.unit_id != (but or 0)))
        first = alias.first()
        holder = session.get(Unit, first.unit_id) if first else None
    if holder is not None:
        raise Refused(
            "「{name}」已是「{holder}」的名稱或別名，不能再用。請先改掉其中一個。", name=name, holder=holder.name
        )
