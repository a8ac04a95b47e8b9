"""Snapshots: verified, thinned by a law that never loses the oldest, restored without losing anything."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import backup, engine, settings
from db.backup import KEEP_ALL_DAYS, KEEP_DAILY_DAYS, KEEP_WEEKLY_DAYS, Snapshot
from db.database import Database, open_database, restore_database
from db.errors import DatabaseDamaged, DatabaseLocked, DatabaseNewer, DatabaseTrouble, DiskFull
from tests.db import worlds

NOW = datetime(2022, 11, 30, 18, 0)
moments = st.datetimes(min_value=NOW - timedelta(days=500), max_value=NOW).map(lambda at: at.replace(microsecond=0))


def made(moments: list[datetime]) -> list[Snapshot]:
    return [Snapshot(at, 1, Path(f"{at.isoformat()}.db"), "closing") for at in moments]


def slot(at: datetime, now: datetime) -> tuple[object, ...]:
    """Return the slot of which the last one stays, as the law says it."""
    age = (now.date() - at.date()).days
    if age <= KEEP_ALL_DAYS:
        return ("all", at)
    if age <= KEEP_DAILY_DAYS:
        return ("day", at.date())
    if age <= KEEP_WEEKLY_DAYS:
        return ("week", at.isocalendar()[:2])
    return ("month", at.year, at.month)


@given(st.lists(moments, unique=True))
def test_the_oldest_and_the_last_of_each_slot_stay(taken: list[datetime]) -> None:
    kept = backup.keepers(made(taken), now=NOW)
    wanted = {max(at for at in taken if slot(at, NOW) == one) for one in {slot(at, NOW) for at in taken}}
    assert kept == {one.path for one in made(sorted(wanted | ({min(taken)} if taken else set())))}


@given(st.lists(moments, unique=True, min_size=1), st.integers(min_value=0, max_value=60))
def test_thinning_again_later_only_thins_further(taken: list[datetime], days: int) -> None:
    first = backup.keepers(made(taken), now=NOW)
    rest = [one for one in made(taken) if one.path in first]
    later = backup.keepers(rest, now=NOW + timedelta(days=days))
    assert later <= first
    assert min(made(taken)).path in later


def test_a_year_of_daily_snapshots_shrinks_to_a_few_dozen(tmp_path: Path) -> None:
    for day in range(365):
        at = NOW - timedelta(days=day)
        (tmp_path / f"臺賬-{at:%Y%m%d-%H%M%S}-closing.db").touch()
    backup.thin(tmp_path, "臺賬", now=NOW)
    left = backup.snapshots(tmp_path, "臺賬")
    assert 25 <= len(left) <= 40
    assert left[0].at.date() == (NOW - timedelta(days=364)).date()


def test_only_snapshots_of_this_database_are_listed_and_thinned(tmp_path: Path) -> None:
    names = ["臺賬-20200101-080000-closing.db", "臺賬-20200102-080000-closing-2.db", "臺賬-20200103-080000-manual.db"]
    others = [
        "臺賬-備忘.db",
        "臺賬-2-20200101-080000-closing.db",
        "臺賬-20209901-080000-closing.db",
        "別的.db",
        "a.txt",
    ]
    for name in names + others:
        (tmp_path / name).touch()
    assert [one.path.name for one in backup.snapshots(tmp_path, "臺賬")] == names
    assert [path.name for path in backup.thin(tmp_path, "臺賬", now=NOW)] == [names[1]]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([names[0], names[2], *others])


def test_snapshots_of_one_second_keep_their_order(database: Database) -> None:
    at = datetime.now().replace(microsecond=0)
    taken = [backup.snapshot(database.path, reason=why, at=at) for why in ("migration", "import", "closing", "closing")]
    assert [one.path for one in backup.snapshots(backup.folder_of(database.path), database.path.stem)] == taken


def test_a_snapshot_holds_what_is_still_in_the_log(database: Database) -> None:
    worlds.stored(database)
    kept = backup.snapshot(database.path, reason="manual")
    copy = open_database(kept, writable=False)
    assert worlds.state(copy) == worlds.state(database)
    copy.release()


def test_closing_takes_a_snapshot_only_of_changes(path: Path) -> None:
    open_database(path).close()
    assert not backup.folder_of(path).exists()
    database = open_database(path)
    settings.set_office(database, values={"county": "清江縣"})
    database.close()
    assert [one.reason for one in backup.snapshots(backup.folder_of(path), path.stem)] == ["closing"]


def test_the_offices_own_folder_is_used(database: Database, tmp_path: Path) -> None:
    settings.set_office(database, values={"backup_folder": str(tmp_path / "另處")})
    database.close()
    assert len(backup.snapshots(tmp_path / "另處", database.path.stem)) == 1
    assert not backup.folder_of(database.path).exists()


def test_a_closing_snapshot_that_fails_keeps_the_database_open(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.set_office(database, values={"county": "清江縣"})
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy", full)
        with pytest.raises(DiskFull, match=r"備份文件夾.*已滿"):
            database.close()
    settings.set_office(database, values={"county": "清河縣"})  # still open
    database.close(backup_to=tmp_path / "U盤")
    assert len(backup.snapshots(tmp_path / "U盤", database.path.stem)) == 1


def full(_source: Path, target: Path) -> None:
    target.write_bytes(b"half")
    raise OSError(errno.ENOSPC, "No space left on device", str(target))


def test_a_snapshot_that_cannot_be_written_leaves_nothing_half_done(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(DiskFull):
        worlds.stored(database)  # the snapshot before an import
    assert list(backup.folder_of(database.path).iterdir()) == []
    assert worlds.plan_titles(database) == []


def test_a_snapshot_folder_that_is_a_file(database: Database) -> None:
    backup.folder_of(database.path).write_text("x", encoding="utf-8")
    with pytest.raises(DatabaseTrouble, match="不能寫入"):
        backup.snapshot(database.path, reason="manual")


def test_a_snapshot_that_fails_its_check_is_thrown_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "integrity_problems", lambda _path: ["row 3 missing from index"])
    with pytest.raises(DatabaseDamaged, match="沒有通過檢查"):
        backup.snapshot(database.path, reason="manual")
    assert list(backup.folder_of(database.path).iterdir()) == []


def test_restoring_brings_back_the_state_and_keeps_the_other(path: Path) -> None:
    database = open_database(path)
    before = worlds.state(database)
    kept = backup.snapshot(path, reason="manual")
    worlds.stored(database)
    after = worlds.state(database)
    database.release()
    aside = restore_database(kept, path)
    assert aside is not None
    for place, expected in ((path, before), (aside, after)):
        opened = open_database(place, writable=False)
        assert worlds.state(opened) == expected
        opened.release()


def test_restoring_never_thins(path: Path) -> None:
    folder = backup.folder_of(path)
    folder.mkdir()
    content = path.read_bytes()
    for day in range(1, 29):  # all of one month long ago: thinning would leave two of them
        (folder / f"臺賬-202001{day:02d}-080000-closing.db").write_bytes(content if day == 1 else b"x")
    oldest = folder / "臺賬-20200101-080000-closing.db"
    restore_database(oldest, path)
    assert len(backup.snapshots(folder, "臺賬")) == 29
    assert oldest.read_bytes() == content


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50_000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [truncated, emptied])
def test_a_damaged_snapshot_is_not_restored(path: Path, spoil: Callable[[Path], None]) -> None:
    kept = backup.snapshot(path, reason="manual")
    spoil(kept)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged) as told:
        restore_database(kept, path)
    assert kept.name in str(told.value)
    assert path.read_bytes() == before
    assert [one.path for one in backup.snapshots(backup.folder_of(path), path.stem)] == [kept]


def test_another_programs_database_is_not_restored(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "別的.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE song (title)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged, match="不是由政務臺賬建立"):
        restore_database(other, path)
    assert path.read_bytes() == before


def test_a_snapshot_that_is_gone(path: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        restore_database(tmp_path / "沒有.db", path)


def test_a_damaged_database_is_set_aside_as_it_is(path: Path) -> None:
    kept = backup.snapshot(path, reason="manual")
    truncated(path)
    broken = path.read_bytes()
    aside = restore_database(kept, path)
    assert aside is not None
    assert aside.read_bytes() == broken
    open_database(path).release()


def test_an_open_database_is_not_replaced(database: Database) -> None:
    kept = backup.snapshot(database.path, reason="manual")
    with pytest.raises(DatabaseLocked):
        restore_database(kept, database.path)


def test_restoring_where_the_disk_is_full_leaves_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = backup.snapshot(path, reason="manual")
    before = path.read_bytes()
    real = backup._copy

    def second_fails(source: Path, target: Path) -> None:
        (full if source == kept else real)(source, target)

    monkeypatch.setattr(backup, "_copy", second_fails)
    with pytest.raises(DiskFull):
        restore_database(kept, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.part"))


def test_what_is_in_a_snapshot_is_told_without_touching_it(database: Database) -> None:
    kept = backup.snapshot(database.path, reason="manual")
    assert backup.contents(kept).plans == 0
    worlds.divided(database)
    kept = backup.snapshot(database.path, reason="manual")
    before = kept.read_bytes()
    found = backup.contents(kept)
    assert (found.plans, found.tasks, found.entries) == (1, 3, 0)
    assert (found.last_title, found.last_operator) == ("採納 22-政3-01-1" + worlds.codes(database)[0][-1], "測試員")
    assert found.last_at is not None
    assert kept.read_bytes() == before
    assert {one.suffix for one in kept.parent.iterdir()} == {".db"}


def test_a_snapshot_that_cannot_be_read_is_told(path: Path) -> None:
    kept = backup.snapshot(path, reason="manual")
    emptied(kept)
    with pytest.raises(DatabaseDamaged, match="讀不出來"):
        backup.contents(kept)


def test_a_snapshot_of_a_newer_program_is_not_restored(path: Path) -> None:
    kept = backup.snapshot(path, reason="manual")
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer):
        restore_database(kept, path)
    assert path.read_bytes() == before
    assert [one.path for one in backup.snapshots(backup.folder_of(path), path.stem)] == [kept]
