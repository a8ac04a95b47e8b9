"""The audit trail: every flushed change is recorded, and each record carries the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, UOWTransaction

from db import images
from db.models import AuditRow, Base, Batch

START = "0" * 64


@dataclass(slots=True)
class Entry:
    """One row's change: ``before`` is None for a new row, ``after`` for a deleted one."""

    table: str
    row_id: int
    before: images.Image | None
    after: images.Image | None


@dataclass(slots=True)
class Recorder:
    """Collects the changes of one session until its transaction writes them down."""

    session: Session
    entries: list[Entry] = field(default_factory=list)
    _gone: list[Base] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.session, "after_flush", self._flushed)
        event.listen(self.session, "persistent_to_deleted", self._deleted)
        event.listen(self.session, "after_flush_postexec", self._flush_ended)

    def _flushed(self, session: Session, _context: UOWTransaction) -> None:
        """Note one flush in the order in which the database took it, so that undo can go exactly backwards."""
        for row in _in_order(session.new):
            self.entries.append(Entry(row.__tablename__, row.id, None, images.whole(row)))
            images.settle(row)
        for row in _in_order(session.dirty):
            before, after = images.difference(row)
            if after:
                self.entries.append(Entry(row.__tablename__, row.id, before, after))

    def _deleted(self, _session: Session, row: Base) -> None:
        self._gone.append(row)  # not in session.deleted where its owner let go of it (delete-orphan)

    def _flush_ended(self, _session: Session, _context: UOWTransaction) -> None:
        for row in reversed(_in_order(self._gone)):
            self.entries.append(Entry(row.__tablename__, row.id, images.whole(row), None))
        self._gone.clear()

    def write(self, batch: Batch) -> dict[str, frozenset[int]]:
        """Add the batch and its audit rows to the session and return which rows were touched."""
        self.session.add(batch)
        self.session.flush()
        digest = last_digest(self.session)
        touched: dict[str, set[int]] = {}
        for entry in self.entries:
            digest = chained(digest, batch, entry)
            self.session.add(
                AuditRow(
                    batch_id=batch.id,
                    table_name=entry.table,
                    row_id=entry.row_id,
                    before=entry.before,
                    after=entry.after,
                    digest=digest,
                )
            )
            touched.setdefault(entry.table, set()).add(entry.row_id)
        self.session.flush()
        return {table: frozenset(ids) for table, ids in touched.items()}


@cache
def _places() -> dict[str, int]:
    """Return the place of each table in the order of their references: sorting them takes longer than a flush."""
    return {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}


def _in_order(rows: Iterable[Base]) -> list[Base]:
    """Return the audited rows, those that others refer to first."""
    places = _places()
    return sorted((row for row in rows if row.audited), key=lambda row: (places[row.__tablename__], row.id))


def last_digest(session: Session) -> str:
    """Return the digest that the next audit row builds on."""
    return session.scalars(select(AuditRow.digest).order_by(AuditRow.id.desc()).limit(1)).first() or START


def chained(previous: str, batch: Batch, entry: Entry) -> str:
    """Return the digest of one audit row: over the digest before it, its batch and its own content."""
    told: list[Any] = [
        previous,
        batch.id,
        batch.at.isoformat(),
        batch.operator,
        batch.operation,
        batch.title,
        batch.undoes_id,
        entry.table,
        entry.row_id,
        entry.before,
        entry.after,
    ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def chain_problems(session: Session) -> Iterator[str]:
    """Yield a sentence for the first place where the chain of digests is broken, and for operations without rows."""
    digest = START
    rows = select(AuditRow, Batch).join(Batch, AuditRow.batch_id == Batch.id).order_by(AuditRow.id)
    for row, batch in session.execute(rows).yield_per(500):
        digest = chained(digest, batch, Entry(row.table_name, row.row_id, row.before, row.after))
        if digest != row.digest:
            yield f"操作記錄第 {row.id} 條（{batch.title}）被改動過，或前面缺少記錄。"
            break
    recorded = select(AuditRow.batch_id)
    for batch in session.scalars(select(Batch).where(Batch.id.not_in(recorded)).order_by(Batch.id)):
        yield f"第 {batch.id} 號操作（{batch.title}）的記錄不見了。"
