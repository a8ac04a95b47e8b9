"""Undo of whole operations, also after later work: what has changed since is listed and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session, aliased

from db import images
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import AuditRow, Base, Batch


@dataclass(frozen=True, slots=True)
class PastBatch:
    """An operation of the past as the list of last operations shows it."""

    id: int
    at: datetime
    operator: str
    title: str
    rows: int
    undone: bool
    undoes: int | None


def history(session: Session, *, limit: int = 50) -> list[PastBatch]:
    """Return the last operations, newest first."""
    later = aliased(Batch)
    undone = select(func.count()).where(later.undoes_id == Batch.id).scalar_subquery()
    rows = select(func.count()).where(AuditRow.batch_id == Batch.id).scalar_subquery()
    found = session.execute(select(Batch, rows, undone).order_by(Batch.id.desc()).limit(limit))
    return [PastBatch(b.id, b.at, b.operator, b.title, count, bool(times), b.undoes_id) for b, count, times in found]


def undo(database: Database, *, batch: int) -> Changes:
    """Take one operation back as a whole, as an operation of its own (undoing that one redoes it).

    A value that was changed again since, and a row that later work depends on, stay as they are and are
    listed in the notes. Raises :class:`Refused` where the batch is unknown or already undone.
    """
    with database.change("撤銷", operation="undo") as change:
        past = _undoable(change.session, batch)
        change.title = f"撤銷：{past.title}"
        change.undoes = past.id
        for row in _rows_backwards(change.session, past.id):
            _restore(change, row)
            change.session.flush()
    return change.changes


def _undoable(session: Session, batch: int) -> Batch:
    past = session.get(Batch, batch)
    if past is None:
        raise Refused("沒有第 {batch} 號操作。請在操作記錄中選擇。", batch=batch)
    if session.scalars(select(Batch.id).where(Batch.undoes_id == batch)).first() is not None:
        raise Refused("「{title}」已經撤銷過。", title=past.title)
    return past


def _rows_backwards(session: Session, batch: int) -> Sequence[AuditRow]:
    return session.scalars(select(AuditRow).where(AuditRow.batch_id == batch).order_by(AuditRow.id.desc())).all()


def _restore(change: Change, record: AuditRow) -> None:
    row_type = images.row_types()[record.table_name]
    row = change.session.get(row_type, record.row_id)
    if record.before is None:
        _take_out(change, row, record)
    elif record.after is None:
        _put_back(change, row, row_type, record)
    elif row is None:
        change.notes.append(f"{_name(record)} 後來已刪除，未恢復。")
    else:
        _set_back(change, row, record)


def _take_out(change: Change, row: Base | None, record: AuditRow) -> None:
    if row is None:
        return
    if _changed_since(row, record.after or {}):
        change.notes.append(f"{_name(record)} 後來改過，保留。")
        return
    holders = list(_holders(change.session, row))
    if holders:
        change.notes.append(f"{_name(record)} 被後來的{holders[0]}引用，保留。")
        return
    change.session.delete(row)


def _put_back(change: Change, row: Base | None, row_type: type[Base], record: AuditRow) -> None:
    if row is not None:
        change.notes.append(f"{_name(record)} 已經存在，保留。")
        return
    values = {key: images.decode(row_type, key, value) for key, value in (record.before or {}).items()}
    change.session.add(row_type(**values))


def _set_back(change: Change, row: Base, record: AuditRow) -> None:
    now = images.whole(row)
    for key, old in (record.before or {}).items():
        if now[key] == (record.after or {})[key]:
            setattr(row, key, images.decode(type(row), key, old))
        elif now[key] != old:
            change.notes.append(f"{_name(record)} 的 {key} 後來改為「{now[key]}」，保留。")


def _changed_since(row: Base, after: images.Image) -> bool:
    now = images.whole(row)
    return any(now[key] != value for key, value in after.items())


def _holders(session: Session, row: Base) -> Iterator[str]:
    """Yield the tables with rows that refer to ``row``."""
    for row_type in images.row_types().values():
        for key in inspect(row_type).local_table.foreign_keys:
            if key.column.table.name != row.__tablename__:
                continue
            held = select(func.count()).select_from(row_type).where(key.parent == row.id)
            if session.scalar(held):
                yield row_type.__tablename__


def _name(record: AuditRow) -> str:
    return f"{record.table_name} 第 {record.row_id} 行"
