"""Telephones of persons: masked for everyone, whole for whoever has unlocked, never plain in a file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from db import backup, telephones, units, vault
from db.database import Database
from db.models import Unit, UnitContact
from db.undo import undo
from tests.db.vaults import PASSWORD, traces, with_password

MOBILE, OTHER, OFFICE = "13900001234", "13812345678", "0730-6223344"


def finance(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(Unit.id).where(Unit.name == "縣財政局")).one()


def shown(database: Database) -> dict[str, str]:
    with database.reading() as session:
        rows = session.scalars(select(UnitContact).order_by(UnitContact.position))
        return {row.name: telephones.shown(row) for row in rows}


def give(database: Database, **numbers: str) -> tuple[int | None, tuple[str, ...]]:
    people = [{"name": name, "telephone": number} for name, number in numbers.items()]
    done = units.set_contacts(database, unit=finance(database), contacts=list(people))
    return done.batch, done.notes


def test_a_mobile_is_whole_when_unlocked_and_masked_when_locked(database: Database, tmp_path: Path) -> None:
    with_password(database)
    _batch, notes = give(database, 張三="139 0000 1234", 李四=OFFICE)
    assert notes == ()
    assert shown(database) == {"張三": "139 0000 1234", "李四": OFFICE}
    vault.lock(database)
    assert shown(database) == {"張三": "139****1234", "李四": OFFICE}
    backup.snapshot(database.path, reason="manual")
    assert traces(tmp_path, [MOBILE, "139 0000 1234", "00001234"]) == []


def test_a_masked_number_given_back_keeps_the_whole_one(database: Database) -> None:
    with_password(database)
    give(database, 張三=MOBILE, 李四=OTHER)
    vault.lock(database)
    seen = shown(database)
    give(database, 李四=seen["李四"], 王五=OFFICE, 張三=seen["張三"])
    vault.unlock(database, password=PASSWORD)
    assert shown(database) == {"李四": OTHER, "王五": OFFICE, "張三": MOBILE}


def test_the_same_number_given_again_is_no_change(database: Database) -> None:
    with_password(database)
    give(database, 張三=MOBILE)
    assert give(database, 張三=MOBILE) == (None, ())


def test_two_masked_alike_keep_their_own(database: Database) -> None:
    with_password(database)
    give(database, 張三="13911111234", 李四="13922221234")
    vault.lock(database)
    give(database, 李四="139****1234", 張三="139****1234")
    vault.unlock(database, password=PASSWORD)
    assert shown(database) == {"李四": "13922221234", "張三": "13911111234"}


def test_a_number_typed_while_locked_is_there_after_unlocking(database: Database, tmp_path: Path) -> None:
    with_password(database)
    vault.lock(database)
    give(database, 張三=MOBILE)
    assert traces(tmp_path, [MOBILE]) == []
    vault.unlock(database, password=PASSWORD)
    assert shown(database) == {"張三": MOBILE}


def test_undo_brings_the_whole_number_back_and_tells_only_the_masked_one(database: Database) -> None:
    with_password(database)
    give(database, 張三=MOBILE)
    batch, _notes = give(database, 張三=OTHER)
    assert batch is not None
    undo(database, batch=batch)
    assert shown(database) == {"張三": MOBILE}
    with database.change("改", operation="test") as change:
        row = change.session.scalars(select(UnitContact)).one()
        row.telephone = telephones.kept(change.session, "13700009999")
    assert change.changes.batch is not None
    with database.change("又改", operation="test") as later:
        later.session.scalars(select(UnitContact)).one().telephone = telephones.kept(later.session, "13600008888")
    told = undo(database, batch=change.changes.batch)
    assert "136****8888" in told.notes[0]
    assert "\u2063" not in told.notes[0]
