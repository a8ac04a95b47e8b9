"""The schema's version: models, migrations and the constant agree; older files move forward, newer ones are refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, select

from db import backup, schema
from db.database import Database, open_database
from db.errors import DatabaseDamaged, DatabaseLocked, DatabaseNewer
from db.models import Base, Plan, Unit, WorkPoint
from db.shipped import migrations_folder
from tests.db import worlds

OLD = Path(__file__).parents[1] / "data" / "databases" / "0001.sql"


def old_file(path: Path) -> Path:
    """Write a database as the first version of the program left it."""
    connection = sqlite3.connect(path)
    connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_head_is_the_last_migration() -> None:
    scripts = ScriptDirectory(str(migrations_folder()))
    assert scripts.get_heads() == [schema.HEAD]
    assert {script.revision for script in scripts.walk_revisions()} == schema.known_versions()


def not_of_the_index(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out what search makes for itself and throws away when its form changes."""
    return kind != "table" or name is None or not name.startswith("search_")


def test_migrations_make_what_the_models_declare(database: Database) -> None:
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": not_of_the_index}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_an_older_file_is_snapshotted_and_moved_forward(tmp_path: Path) -> None:
    path = old_file(tmp_path / "舊.db")
    database = open_database(path)
    with database.reading() as session:
        assert session.scalars(select(Plan.title)).all() == ["清江縣2021年政務公開工作要點"]
        assert [point.dropped for point in session.scalars(select(WorkPoint))] == [False, False]
        assert session.scalars(select(Unit.name)).all() == ["清江縣財政局"]  # nothing is added to an office's own units
    worlds.divided(database)
    database.release()
    kept, *_ = backup.snapshots(backup.folder_of(path), path.stem)
    assert kept.reason == "migration"
    assert version(kept.path) == "0001"
    assert version(path) == schema.HEAD


def test_an_older_file_is_not_migrated_by_a_reader(tmp_path: Path) -> None:
    path = old_file(tmp_path / "舊.db")
    with pytest.raises(DatabaseLocked, match="需要先升級"):
        open_database(path, writable=False)
    assert version(path) == "0001"


def test_a_migration_that_fails_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path / "舊.db")
    monkeypatch.setattr(schema, "HEAD", "9999")  # no such script: fails after all others have run
    with pytest.raises(Exception, match="9999"):
        open_database(path)
    monkeypatch.undo()
    assert version(path) == "0001"
    open_database(path).release()
    assert version(path) == schema.HEAD


def test_a_newer_file_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer, match="較新版本") as told:
        open_database(path)
    assert "0999" in str(told.value)
    assert path.read_bytes() == before
    assert not backup.folder_of(path).exists()


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "別的.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE song (title)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged, match="不是由政務臺賬建立"):
        open_database(path)
    assert path.read_bytes() == before


def version(path: Path) -> str:
    engine = create_engine(f"sqlite:///{path}")
    found = schema.stored_version(engine)
    engine.dispose()
    assert found is not None
    return found
