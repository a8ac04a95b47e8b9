"""The clerk's file, open: reading, changing in audited transactions, snapshots, closing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from db import engine as sqlite
from db.changes import Changes
from db.errors import DatabaseLocked

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from db.audit import Entry
    from db.sealing import Keyring


@dataclass(slots=True)
class Change:
    """One running operation: its session while it runs, its :class:`Changes` once it is through.

    ``entries`` are the audit rows so far; an operation on a table that is not audited adds what may be told of it.
    """

    session: Session
    title: str
    entries: list[Entry]
    notes: list[str] = field(default_factory=list)
    undoes: int | None = None
    takes_back: bool = False
    done: Changes | None = None

    @property
    def changes(self) -> Changes:
        """Return what changed; only after the transaction has ended well."""
        if self.done is None:
            message = "the change has not been committed"
            raise AssertionError(message)
        return self.done


class Database:
    """An open database. One instance writes; ``writable=False`` opens beside it for reading only."""

    def __init__(self, path: Path, engine: Engine, lock: FileLock | None, operator: str) -> None:
        self.path = path
        self.engine = engine
        self.operator = operator
        self.keyring: Keyring | None = None  # of the unlocked vault, see db.vault
        self._lock = lock
        self._changed = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one state of the data; nothing it does is kept."""
        from sqlalchemy.orm import Session  # late import of the ORM

        with sqlite.told_as_sentences(self.path), Session(self.engine, info=self._at_hand()) as session:
            yield session

    @contextmanager
    def change(self, title: str, *, operation: str) -> Iterator[Change]:
        """Run one operation: everything in it is kept together with its audit rows, or nothing is.

        ``title`` is what the clerk would call it and may be refined through ``change.title`` while it runs;
        ``operation`` is the function's name.
        """
        from sqlalchemy.orm import Session  # late import of the ORM

        from db import searchkeep
        from db.audit import Recorder
        from db.models import Batch

        if self._lock is None:
            raise DatabaseLocked("「{name}」是以只讀方式打開的，不能修改。", name=self.path.name)
        bind = self.engine.execution_options(writes=True)
        opened = Session(bind, expire_on_commit=False, info=self._at_hand())
        with sqlite.told_as_sentences(self.path), opened as session, session.begin():
            recorder = Recorder(session)
            running = Change(session, title, recorder.entries)
            yield running
            session.flush()
            batch_id: int | None = None
            touched: dict[str, frozenset[int]] = {}
            if recorder.entries:
                batch = Batch(
                    at=datetime.now().replace(microsecond=0),
                    operator=self.operator,
                    operation=operation,
                    title=running.title,
                    undoes_id=running.undoes,
                )
                touched = recorder.write(batch)
                batch_id = batch.id
                searchkeep.follow(session, recorder.entries, batch=batch_id)
        self._changed = self._changed or batch_id is not None
        notes = tuple(running.notes)
        running.done = Changes(batch_id, running.title, touched, notes, takes_back=running.takes_back)

    def _at_hand(self) -> dict[str, Keyring | None]:
        """Return what a session knows besides its engine."""
        return {"keyring": self.keyring}

    def wipe(self) -> None:
        """Write the file anew, so that nothing is left in it of what was deleted or encrypted since."""
        with sqlite.told_as_sentences(self.path):
            sqlite.wipe(self.engine)

    def backup_folder(self) -> Path | None:
        """Return the folder for snapshots that the office has chosen, None for the one beside the file."""
        from db.settings import office  # late import of the ORM

        with self.reading() as session:
            chosen = office(session).backup_folder
        return Path(chosen) if chosen else None

    def close(self, *, backup_to: Path | None = None) -> None:
        """Take a snapshot if anything was changed, then let another instance open the file.

        Raises a ``DatabaseTrouble`` and stays open where the snapshot cannot be written; ``backup_to`` names
        another folder for it.
        """
        if self._changed:
            from db import backup

            backup.snapshot(self.path, reason="closing", folder=backup_to or self.backup_folder())
            self._changed = False
        self.release()

    def release(self) -> None:
        """Let go of the file, and of the keys, without a snapshot."""
        self.keyring = None
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()


def open_database(path: Path, *, operator: str = "", writable: bool = True) -> Database:
    """Open ``path``, creating or migrating it where needed; raise a ``DatabaseTrouble`` that says why not.

    A snapshot is taken before a migration. A file written by a newer program is refused untouched.
    """
    from db import backup, schema, searchkeep  # late import of the ORM

    path = path.absolute()
    sqlite.check_place(path)
    lock = _take_lock(path) if writable else None
    engine = None
    try:
        if path.exists():
            sqlite.check_whole(path)
        with sqlite.told_as_sentences(path):
            engine = sqlite.connect(f"sqlite:///{path}")
            version = schema.stored_version(engine)
            schema.refuse_newer(version)
            if version != schema.HEAD:
                _refuse_stale(path, writable=writable)
                if version is not None:
                    backup.snapshot(path, reason="migration")
                schema.migrate(engine)
            if writable:
                searchkeep.ensure(engine)
        database = Database(path, engine, lock, operator)
        if version is None:
            from db.dictionary import install

            install(database)
    except BaseException:
        if engine is not None:
            engine.dispose()
        if lock is not None:
            lock.release()
        raise
    return database


def restore_database(source: Path, target: Path) -> Path | None:
    """Put the snapshot ``source`` in the place of ``target``, which no instance may have open.

    Returns the path of the copy kept of what was there, None where there was nothing.
    """
    from db import backup

    sqlite.check_folder(target)
    lock = _take_lock(target.absolute())
    try:
        return backup.restore(source, target.absolute())
    finally:
        lock.release()


def _refuse_stale(path: Path, *, writable: bool) -> None:
    if not writable:
        raise DatabaseLocked("「{name}」需要先升級：請在程序窗口裏打開一次。", name=path.name)


def _take_lock(path: Path) -> FileLock:
    lock = FileLock(f"{path}.lock", thread_local=False)  # taken by one thread, let go by the worker on a restore
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DatabaseLocked(
            "「{name}」已在另一個窗口中打開。請切換到那個窗口，或先關閉它。", name=path.name
        ) from error
    return lock
