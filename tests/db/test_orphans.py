"""A row taken out of a list is a change like any other: told, recorded, and brought back by undo."""

from __future__ import annotations

from sqlalchemy import select

from db import undo, units
from db.database import Database
from db.models import Unit, UnitAlias
from tests.db import worlds


def test_a_name_taken_away_is_told_and_comes_back(database: Database) -> None:
    with database.reading() as session:
        unit = session.scalars(select(UnitAlias.unit_id).where(UnitAlias.until.is_(None))).first()
        assert unit is not None
        before = worlds.state(database)
        gone = {alias.id for alias in session.get_one(Unit, unit).aliases}
    changes = units.set_aliases(database, unit=unit, aliases=[])
    assert changes.touched == {"unit_alias": gone}
    assert changes.batch is not None
    undo.undo(database, batch=changes.batch)
    assert worlds.state(database) == before
