"""What a password that was set later leaves behind in plain form: originals in the file, and older backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from db import backup
from db.database import Database
from db.errors import DatabaseTrouble, Refused
from db.vault import exists


@dataclass(frozen=True, slots=True)
class Rest:
    """``files`` are plain originals in the database, ``backups`` snapshots that hold such."""

    files: int
    backups: tuple[Path, ...]


def rest(database: Database, tick: Callable[[int, int], None] = lambda _done, _total: None) -> Rest:
    """Return what is still plain although a password was set; nothing where none was."""
    from db.originals import plain_files  # late import of the ORM

    with database.reading() as session:
        if not exists(session):
            return Rest(0, ())
        files = len(plain_files(session))
    found = _snapshots(database)
    plain = []
    for done, path in enumerate(found):
        tick(done, len(found))
        if _is_plain(path):
            plain.append(path)
    return Rest(files, tuple(plain))


def _snapshots(database: Database) -> list[Path]:
    """Return the snapshots beside the database and in the office's folder."""
    usual = backup.folder_of(database.path)
    folders = dict.fromkeys((usual, database.backup_folder() or usual))
    return [one.path for folder in folders for one in backup.snapshots(folder, database.path.stem)]


def _is_plain(path: Path) -> bool:
    try:
        return backup.holds_plain(path)
    except DatabaseTrouble:  # what cannot be read may hold anything
        return True


def remove_backups(database: Database, paths: Sequence[Path]) -> Path:
    """Delete these plain snapshots after a new one, in which all is encrypted, was written and verified.

    Returns the path of the new one. Raises :class:`Refused` where a path is no plain snapshot of this database.
    """
    known = set(rest(database).backups)
    wrong = next((path for path in paths if path not in known), None)
    if wrong is not None:
        raise Refused("「{name}」不是本數據庫未加密的備份，沒有刪除。", name=wrong.name)
    new = backup.snapshot(database.path, reason="manual", folder=database.backup_folder())
    for path in paths:
        path.unlink(missing_ok=True)
    return new
