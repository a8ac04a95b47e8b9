"""Opening a file: what cannot be opened gets one sentence and is left as it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from db import engine, settings
from db.backup import folder_of
from db.database import Database, open_database
from db.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseOnNetwork,
    DatabaseReadOnly,
    DatabaseTrouble,
    DiskFull,
)
from tests.db import worlds

Partition = namedtuple("Partition", "device mountpoint fstype opts")  # noqa: PYI024 - psutil's own shape


def test_a_new_file_is_made_with_the_shipped_dictionary(tmp_path: Path) -> None:
    database = open_database(tmp_path / "新.db", operator="張三")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM unit")).scalar_one() > 100
    database.close()
    assert folder_of(database.path).is_dir()  # what was put in is snapshotted on closing


def test_pragmas_of_every_connection(database: Database) -> None:
    expected = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": engine.BUSY_TIMEOUT_MS, "synchronous": 2}
    with database.engine.connect() as first, database.engine.connect() as second:
        for connection in (first, second):
            for pragma, value in expected.items():
                assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 100])


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\xaa" * 20_000
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_text(path: Path) -> None:
    path.write_text("這是一份通知。" * 100, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(truncated, "已損壞"), (overwritten, "已損壞"), (emptied, "0 字節"), (a_text, "不是臺賬數據庫")],
    ids=lambda value: getattr(value, "__name__", None),
)
@pytest.mark.parametrize("writable", [True, False])
def test_a_damaged_file_is_refused_untouched(
    path: Path, spoil: Callable[[Path], None], says: str, *, writable: bool
) -> None:
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged, match=says) as told:
        open_database(path, writable=writable)
    assert path.name in str(told.value)
    assert "恢復" in str(told.value)  # the next step
    assert path.read_bytes() == before
    assert not folder_of(path).exists()


def test_a_refused_file_can_be_opened_once_it_is_mended(path: Path) -> None:
    good = path.read_bytes()
    truncated(path)
    with pytest.raises(DatabaseDamaged):
        open_database(path)
    path.write_bytes(good)
    open_database(path).release()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="是一個文件夾"):
        open_database(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="找不到文件夾"):
        open_database(tmp_path / "沒有" / "臺賬.db")
    assert not (tmp_path / "沒有").exists()


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_read_only_place_is_told_before_anything_is_written(
    path: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    protected = path if which == "file" else path.parent
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) != protected and real(p, mode))
    before = path.read_bytes()
    with pytest.raises(DatabaseReadOnly, match="只讀"):
        open_database(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_file_that_turns_read_only_keeps_what_it_has(database: Database) -> None:
    before = worlds.state(database)

    @event_on_begin(database)
    def _refuse(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA query_only=ON")

    with pytest.raises(DatabaseReadOnly, match="不能寫入"):
        worlds.stored(database)
    assert worlds.state(database) == before


def event_on_begin(database: Database) -> Callable[[Callable[[sqlite3.Connection], None]], None]:
    """Run a function on the driver's connection whenever a transaction that writes begins."""
    from sqlalchemy import Connection, event

    def register(act: Callable[[sqlite3.Connection], None]) -> None:
        def begun(connection: Connection) -> None:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            if connection.get_execution_options().get("writes"):
                act(driver)

        event.listen(database.engine, "begin", begun)

    return register


def test_a_full_disk_loses_nothing(database: Database) -> None:
    worlds.stored(database)
    before = worlds.state(database)

    @event_on_begin(database)
    def _no_more_pages(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(DiskFull, match="磁盤已滿"):
        settings.set_office(database, values={"office_name": "長" * 2_000_000})
    assert worlds.state(database) == before
    settings.set_office(database, values={"office_name": "短"})  # a little still fits in the pages there are


def test_the_same_process_does_not_open_it_twice(database: Database) -> None:
    with pytest.raises(DatabaseLocked, match="另一個窗口"):
        open_database(database.path)


HOLD = """
import sys
from pathlib import Path
from db.database import open_database
database = open_database(Path(sys.argv[1]), operator="另一個")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_instance_is_told_and_may_read(path: Path) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        with pytest.raises(DatabaseLocked, match="另一個窗口"):
            open_database(path)
        beside = open_database(path, writable=False)
        with beside.reading() as session:
            assert settings.office(session).county == ""
        with pytest.raises(DatabaseLocked, match="只讀方式"):
            settings.set_office(beside, values={"county": "清江縣"})
        beside.release()
        other.communicate()
    open_database(path).release()  # the lock went with its process


def test_a_reader_beside_a_writer_sees_only_what_is_committed(database: Database) -> None:
    beside = open_database(database.path, writable=False)
    with database.change("試", operation="test") as change:
        from db.models import Setting

        change.session.add(Setting(name="county", value="清江縣"))
        change.session.flush()
        with beside.reading() as session:
            assert settings.office(session).county == ""
    with beside.reading() as session:
        assert settings.office(session).county == "清江縣"
    beside.release()


def test_another_program_that_writes_is_waited_for_and_then_named(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    @event_on_connect(database)
    def _hardly_wait(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA busy_timeout=1")

    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked, match="正被另一個程序使用"):
        settings.set_office(database, values={"county": "清江縣"})
    other.rollback()
    other.close()
    settings.set_office(database, values={"county": "清江縣"})


def event_on_connect(database: Database) -> Callable[[Callable[[sqlite3.Connection], None]], None]:
    from sqlalchemy import event

    def register(act: Callable[[sqlite3.Connection], None]) -> None:
        database.engine.dispose()
        event.listen(database.engine, "connect", lambda connection, _record: act(connection))

    return register


@pytest.mark.parametrize(
    ("mounts", "remote"),
    [
        ([("/", "ext4", "rw")], False),
        ([("/", "ext4", "rw"), ("HERE", "cifs", "rw")], True),
        ([("/", "ext4", "rw"), ("HERE", "nfs4", "rw")], True),
        ([("/", "ext4", "rw"), ("HERE", "NTFS", "rw,remote")], True),
        ([("/", "nfs", "rw"), ("HERE", "ext4", "rw")], False),
        ([("/", "ext4", "rw"), ("BESIDE", "cifs", "rw")], False),
    ],
)
def test_a_network_share_is_refused(
    path: Path, mounts: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch, *, remote: bool
) -> None:
    places = {"HERE": str(path.parent), "BESIDE": str(path.parent)[:-1]}
    parts = [Partition("x", places.get(mount, mount), kind, opts) for mount, kind, opts in mounts]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: parts)
    if remote:
        with pytest.raises(DatabaseOnNetwork, match="網絡共享"):
            open_database(path)
        assert [one.name for one in path.parent.iterdir()] == [path.name]
    else:
        open_database(path).release()


@pytest.mark.parametrize("name", [r"\\server\share\臺賬.db", "//server/share/臺賬.db"])
def test_a_unc_path_is_a_share(name: str) -> None:
    assert engine.is_network(Path(name))


def test_another_thread_may_let_go_of_it(path: Path) -> None:
    database = open_database(path)
    thread = threading.Thread(target=database.release)
    thread.start()
    thread.join()
    open_database(path).release()
