"""Snapshots of the database file: taken through SQLite's backup API, verified, thinned, restored."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import engine, schema
from db.errors import DatabaseDamaged, DatabaseTrouble, DiskFull

KEEP_ALL_DAYS = 2
KEEP_DAILY_DAYS = 14
KEEP_WEEKLY_DAYS = 70
_STAMP = "%Y%m%d-%H%M%S"
_ENOSPC = 28

REASONS = {
    "closing": "關閉時",
    "migration": "升級前",
    "import": "導入前",
    "restore": "恢復前",
    "manual": "手動",
}


@dataclass(frozen=True, slots=True, order=True)
class Snapshot:
    """A backup file: when it was taken and why. ``number`` counts those of one second from 1."""

    at: datetime
    number: int
    path: Path
    reason: str

    @property
    def label(self) -> str:
        """Return the reason in words."""
        return REASONS.get(self.reason, self.reason)


def folder_of(path: Path) -> Path:
    """Return the default folder of a database's snapshots: beside it, named after it."""
    return path.with_name(f"{path.stem}.backup")


def snapshot(path: Path, *, reason: str, folder: Path | None = None, at: datetime | None = None) -> Path:
    """Write a verified snapshot of a database that may be open, thin the older ones, return its path.

    A plain copy would lack what is still in the write-ahead log, so SQLite's own backup is used; the copy
    is checked before it gets its name. Raises :class:`DatabaseTrouble` where it cannot be written.
    """
    at = at or datetime.now()
    folder = folder or folder_of(path)
    target = _free_name(folder, path.stem, at, reason)
    part = target.with_suffix(".part")
    with _written(part, target):
        folder.mkdir(parents=True, exist_ok=True)
        _copy(path, part)
        _verify(part)
    thin(folder, path.stem, now=at)
    return target


@contextmanager
def _written(part: Path, target: Path) -> Iterator[None]:
    """Give ``part`` its name once it is complete; where that fails leave nothing of it and say why."""
    try:
        yield
        part.replace(target)
    except BaseException as error:
        with suppress(OSError):  # where not even this can be done, the sentence below says so
            part.unlink(missing_ok=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise _trouble(error, target.parent) from error
        raise


def _free_name(folder: Path, stem: str, at: datetime, reason: str) -> Path:
    stamp = at.replace(microsecond=0)
    number = max((one.number for one in snapshots(folder, stem) if one.at == stamp), default=0) + 1
    name = f"{stem}-{stamp.strftime(_STAMP)}-{reason}"
    return folder / (f"{name}.db" if number == 1 else f"{name}-{number}.db")


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    read = sqlite3.connect(source, timeout=engine.BUSY_TIMEOUT_MS / 1000)
    try:
        write = sqlite3.connect(target)
        try:
            read.backup(write)
            write.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
        finally:
            write.close()
    finally:
        read.close()


def _verify(part: Path) -> None:
    problems = engine.integrity_problems(part)
    if problems:
        raise DatabaseDamaged("備份沒有通過檢查（{detail}），已放棄。數據庫沒有改動。", detail=problems[0])


def _trouble(error: Exception, folder: Path) -> DatabaseTrouble:
    if getattr(error, "errno", None) == _ENOSPC or "full" in str(error).lower():
        return DiskFull("備份文件夾「{folder}」所在的磁盤已滿。請騰出空間，或另選一個文件夾。", folder=folder)
    return DatabaseTrouble("備份沒有寫成：文件夾「{folder}」不能寫入。請另選一個文件夾。", folder=folder)


def snapshots(folder: Path, stem: str) -> list[Snapshot]:
    """Return the snapshots of one database, oldest first; other files are left out."""
    form = re.compile(re.escape(stem) + r"-(?P<stamp>\d{8}-\d{6})-(?P<reason>[a-z]+)(-(?P<number>\d+))?")
    found = []
    for path in folder.glob("*.db"):
        name = form.fullmatch(path.stem)
        if name is None:
            continue
        try:
            at = datetime.strptime(name["stamp"], _STAMP)
        except ValueError:
            continue
        found.append(Snapshot(at, int(name["number"] or 1), path, name["reason"]))
    return sorted(found)


def keepers(found: Iterable[Snapshot], *, now: datetime) -> set[Path]:
    """Return which snapshots stay: all of the last days, then the last of a day, a week, a month; always the oldest."""
    kept: dict[tuple[object, ...], Path] = {}
    for one in sorted(found):
        age = (now.date() - one.at.date()).days
        if age <= KEEP_ALL_DAYS:
            slot: tuple[object, ...] = (one.path,)
        elif age <= KEEP_DAILY_DAYS:
            slot = ("day", one.at.date())
        elif age <= KEEP_WEEKLY_DAYS:
            slot = ("week", *one.at.isocalendar()[:2])
        else:
            slot = ("month", one.at.year, one.at.month)
        kept[slot] = one.path
    oldest = min(found, default=None)
    return set(kept.values()) | ({oldest.path} if oldest else set())


def thin(folder: Path, stem: str, *, now: datetime) -> list[Path]:
    """Delete the snapshots that are no longer kept and return their paths."""
    found = snapshots(folder, stem)
    gone = [one.path for one in found if one.path not in keepers(found, now=now)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def restore(source: Path, target: Path) -> Path | None:
    """Put a snapshot in the place of a closed database; return the snapshot taken of what was there.

    The file to restore is checked first. What it replaces is kept, and nothing is thinned: the oldest good
    copy never goes because of a restore. A damaged database is set aside as a plain copy.
    """
    engine.check_folder(target)
    engine.check_file(source)
    problems = engine.integrity_problems(source)
    if problems:
        raise DatabaseDamaged(
            "備份「{name}」已損壞（{detail}），沒有恢復。請換一個備份。", name=source.name, detail=problems[0]
        )
    version = version_of(source)
    schema.refuse_newer(version)
    if version is None:
        raise DatabaseDamaged("「{name}」不是由政務臺賬建立的，沒有恢復。請換一個備份。", name=source.name)
    kept = _set_aside(target) if target.exists() else None
    part = target.with_name(f"{target.name}.part")
    with _written(part, target):
        _copy(source, part)
        _verify(part)
        for side in ("-wal", "-shm"):
            target.with_name(target.name + side).unlink(missing_ok=True)
    return kept


def _set_aside(target: Path) -> Path:
    folder = folder_of(target)
    kept = _free_name(folder, target.stem, datetime.now(), "restore")
    part = kept.with_suffix(".part")
    with _written(part, kept):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _copy(target, part)
        except sqlite3.DatabaseError:
            shutil.copyfile(target, part)  # too damaged for SQLite: its bytes are all that can be kept
    return kept


@contextmanager
def _looking_into(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        yield connection
    finally:
        connection.close()


def version_of(path: Path) -> str | None:
    """Return the schema version of a closed database without touching it; None where it is none of ours."""
    with _looking_into(path) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if engine.VERSION_TABLE not in names:
            return None
        found = connection.execute(f"SELECT version_num FROM {engine.VERSION_TABLE}").fetchone()  # noqa: S608
        return str(found[0]) if found else None


def holds_plain(path: Path) -> bool:
    """Tell whether a snapshot keeps originals from before a password was set; raises as :func:`contents` does."""
    try:
        with _looking_into(path) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "stored_file" not in tables or ("vault_key" in tables and _any(connection, "vault_key")):
                return False
            return _any(connection, "stored_file")
    except sqlite3.Error as error:
        raise _unreadable(path) from error


def _any(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608 - our own names


def _unreadable(path: Path) -> DatabaseDamaged:
    return DatabaseDamaged("備份「{name}」讀不出來，可能已損壞。請換一個備份。", name=path.name)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a snapshot, for choosing one: counts, and the last operation with its time and operator."""

    plans: int
    tasks: int
    entries: int
    last_title: str
    last_at: datetime | None
    last_operator: str


def contents(path: Path) -> Contents:
    """Read what is in a snapshot without touching it; raise :class:`DatabaseDamaged` where that is not possible."""
    try:
        with _looking_into(path) as connection:
            plans, tasks, entries = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
                for table in ("plan", "assignment", "progress_entry")
            )
            last = connection.execute("SELECT title, at, operator FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise _unreadable(path) from error
    title, at, operator = last or ("", None, "")
    return Contents(plans, tasks, entries, title, datetime.fromisoformat(at) if at else None, operator)
