"""Opening the database file: the checks before, the pragmas, and SQLite's errors as sentences.

Together with ``db.backup`` this is the only room that speaks SQLite. A larger office's PostgreSQL URL takes
the same engine through :func:`connect` without any of it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseOnNetwork,
    DatabaseReadOnly,
    DatabaseTrouble,
    DiskFull,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_TIMEOUT_MS = 5_000
VERSION_TABLE = "alembic_version"
WHOLE_CHECK_UP_TO = 64 * 1024 * 1024  # bytes; quick_check reads the whole file, about a second per 200 MB
_HEADER = b"SQLite format 3\x00"
_NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb", "smbfs", "smb3", "afpfs", "ncpfs", "webdav", "davfs", "9p"})


def connect(url: str) -> Engine:
    """Return an engine for ``url``; SQLite ones get WAL, foreign keys, a busy timeout and explicit transactions."""
    from sqlalchemy import create_engine, event  # the window shows before the ORM is imported

    engine = create_engine(url, hide_parameters=True)  # an error's text must not quote what the clerk entered
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late for one writer
    cursor = connection.cursor()
    pragmas = [f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=FULL", "foreign_keys=ON"]
    if not _is_foreign(cursor):
        pragmas.append("journal_mode=WAL")  # is written into the file: another program's is left as it came
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _is_foreign(cursor: sqlite3.Cursor) -> bool:
    names = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return bool(names) and VERSION_TABLE not in names


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def erase_deleted(connection: Connection) -> None:
    """Let whatever is deleted or replaced through this connection from here on be overwritten in the file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def wipe(engine: Engine) -> None:
    """Write the file anew without what was deleted or replaced in it, and empty the log beside it."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(statement)
        cursor.close()
    finally:
        connection.close()


def is_network(path: Path) -> bool:
    """Tell whether ``path`` lies on a network share (UNC path, mapped drive, mounted share)."""
    import psutil  # only needed once per opening

    if str(path).startswith(("\\\\", "//")):
        return True
    parts = [p for p in psutil.disk_partitions(all=True) if _within(path, Path(p.mountpoint))]
    if not parts:
        return False
    nearest = max(parts, key=lambda p: len(p.mountpoint))
    kind = nearest.fstype.lower()
    return kind in _NETWORK_TYPES or kind.startswith("fuse.sshfs") or "remote" in nearest.opts.lower()


def _within(path: Path, root: Path) -> bool:
    return path.is_relative_to(root)


def check_place(path: Path) -> None:
    """Raise the fitting :class:`DatabaseTrouble` where ``path`` is or can be no database, touching nothing."""
    check_folder(path)
    if path.exists():
        check_file(path)


def check_folder(path: Path) -> None:
    """Raise the fitting :class:`DatabaseTrouble` where no database can be written at ``path``."""
    if is_network(path.absolute()):
        raise DatabaseOnNetwork(
            "數據庫「{name}」在網絡共享盤上，多人同時寫入會損壞數據。請把它複製到本機硬盤再打開。", name=path.name
        )
    if path.is_dir():
        raise DatabaseTrouble("「{name}」是一個文件夾，不是數據庫文件。請選擇文件。", name=path.name)
    if not path.parent.is_dir():
        raise DatabaseTrouble("找不到文件夾「{folder}」。請檢查路徑，或先建立這個文件夾。", folder=path.parent)
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise DatabaseReadOnly(
            "「{name}」或它所在的文件夾是只讀的，不能保存。請複製到可寫的文件夾，或取消只讀屬性。", name=path.name
        )


def check_file(path: Path) -> None:
    """Raise :class:`DatabaseDamaged` where the file does not even begin like a database."""
    with path.open("rb") as file:
        head = file.read(len(_HEADER))
    if not head:
        raise DatabaseDamaged(
            "「{name}」是 0 字節的空文件，不是臺賬數據庫，可能沒有複製完整。"
            "請重新複製，或用備份恢復；要新建請換一個文件名。",
            name=path.name,
        )
    if head != _HEADER:
        raise DatabaseDamaged(
            "「{name}」不是臺賬數據庫，或者已經損壞。文件沒有改動。請選擇別的文件，或用備份恢復。", name=path.name
        )


def check_whole(path: Path, *, limit: int = WHOLE_CHECK_UP_TO) -> None:
    """Raise :class:`DatabaseDamaged` where SQLite finds the file broken; skipped above ``limit`` bytes."""
    if path.stat().st_size > limit:
        return
    problems = integrity_problems(path)
    if problems:
        raise DatabaseDamaged(
            "數據庫「{name}」已損壞（{detail}）。原文件沒有改動。請用備份恢復：設置 → 備份，或 taizhang restore。",
            name=path.name,
            detail=problems[0],
        )


def integrity_problems(path: Path) -> list[str]:
    """Return what SQLite's own checks say of the file: empty where it is whole."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    problems = [line for line in found if line != "ok"]
    return problems + [f"{table} 第 {row} 行引用的記錄不存在" for table, row, *_ in orphans]


@contextmanager
def told_as_sentences(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the disk that a user can act on into sentences; others stay bugs."""
    from sqlalchemy.exc import DatabaseError  # see connect()

    try:
        yield
    except DatabaseError as error:
        trouble = sqlite_trouble(str(error.orig), path)
        if trouble is None:
            raise
        raise trouble from error
    except sqlite3.DatabaseError as error:
        trouble = sqlite_trouble(str(error), path)
        if trouble is None:
            raise
        raise trouble from error


def sqlite_trouble(message: str, path: Path) -> DatabaseTrouble | None:
    """Return the sentence for one of SQLite's messages, or None where it is a bug of ours."""
    low = message.lower()
    if "full" in low and ("disk" in low or "database" in low):
        return DiskFull("磁盤已滿，「{name}」沒有改動。請騰出空間後再試。", name=path.name)
    if "disk i/o error" in low:
        return DatabaseTrouble("讀寫「{name}」時磁盤出錯，本次操作沒有保存。請檢查磁盤或換一個位置。", name=path.name)
    if "locked" in low or "busy" in low:
        return DatabaseLocked("「{name}」正被另一個程序使用，本次操作沒有保存。請關閉它後再試。", name=path.name)
    if "readonly" in low or "unable to open" in low:
        return DatabaseReadOnly("「{name}」不能寫入，本次操作沒有保存。請取消只讀屬性或換一個文件夾。", name=path.name)
    if "malformed" in low or "not a database" in low or "corrupt" in low:
        return DatabaseDamaged("數據庫「{name}」已損壞，本次操作沒有保存。請用備份恢復。", name=path.name)
    return None
