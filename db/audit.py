"""The audit trail: every flushed change is recorded, and each record carries the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
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

    def __post_init__(self) -> None:
        event.listen(self.session, "after_flush", self._flushed)

    def _flushed(self, session: Session, context: UOWTransaction) -> None:
        for row in sorted(session.new, key=_depth):
            if row.audited:
                self.entries.append(Entry(row.__tablename__, row.id, None, images.whole(row)))
                images.settle(row)
        for row in session.dirty:
            before, after = images.difference(row) if row.audited else ({}, {})
            if after:
                self.entries.append(Entry(row.__tablename__, row.id, before, after))
        # Rows deleted as orphans of a collection stand only in the context, not in ``session.deleted``.
        gone = [state.obj() for state, (deleted, listed) in context.states.items() if deleted and not listed]
        for row in sorted(gone, key=_depth, reverse=True):
            if row.audited:
                self.entries.append(Entry(row.__tablename__, row.id, images.whole(row), None))

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


def _depth(row: Base) -> int:
    """Return the place of a row's table behind those it refers to: so undo meets no row before what it needs."""
    return _depths()[row.__tablename__]


@cache
def _depths() -> dict[str, int]:
    return {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}


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
    """Yield a sentence for the first place where the chain of digests is broken."""
    digest = START
    for row, batch in session.execute(
        select(AuditRow, Batch).join(Batch, AuditRow.batch_id == Batch.id).order_by(AuditRow.id)
    ).yield_per(500):
        digest = chained(digest, batch, Entry(row.table_name, row.row_id, row.before, row.after))
        if digest != row.digest:
            yield f"操作記錄第 {row.id} 條（{batch.title}）被改動過或缺少前一條。"
            return
