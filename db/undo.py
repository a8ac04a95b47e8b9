"""Undo of whole operations, also after later work: what has changed since is listed and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from db import images, labels
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.keepers import kept_by_undo, left_by
from db.models import AuditRow, Base, Batch


@dataclass(frozen=True, slots=True)
class PastBatch:
    """An operation of the past as the list of last operations shows it.

    ``takes_back`` tells that it undid one, so that undoing it does that one again; ``stays`` that it cannot be undone.
    """

    id: int
    at: datetime
    operator: str
    title: str
    rows: int
    undone: bool
    undoes: int | None
    takes_back: bool = False
    stays: bool = False


def history(session: Session, *, limit: int = 50) -> list[PastBatch]:
    """Return the last operations, newest first."""
    later = aliased(Batch)
    undone = select(func.count()).where(later.undoes_id == Batch.id).scalar_subquery()
    rows = select(func.count()).where(AuditRow.batch_id == Batch.id).scalar_subquery()
    found = session.execute(select(Batch, rows, undone).order_by(Batch.id.desc()).limit(limit))
    return [
        PastBatch(
            *(b.id, b.at, b.operator, b.title, count, bool(times), b.undoes_id),
            takes_back=_origin(session, b)[1],
            stays=_stays(b),
        )
        for b, count, times in found
    ]


def last_standing(past: Sequence[PastBatch]) -> int | None:
    """Return the newest operation that stands, in a list with the newest first: what undo takes back."""
    return next((one.id for one in past if not (one.undone or one.takes_back or one.stays)), None)


def last_taken_back(past: Sequence[PastBatch]) -> int | None:
    """Return the undo to take back next, in a list with the newest first: what redo does again.

    None where something new was done since.
    """
    for one in past:
        if one.undone or one.stays:
            continue
        if one.takes_back:
            return one.id
        if one.undoes is None:
            return None
    return None


def _stays(batch: Batch) -> bool:
    """Tell whether an operation cannot be undone: an older password must never open anything again."""
    return batch.operation.startswith("vault.")


def _origin(session: Session, batch: Batch) -> tuple[str, bool]:
    """Return the title of the operation that undoing and redoing is about, and whether ``batch`` took it back."""
    taken_back = False
    while batch.undoes_id is not None:
        batch = session.get_one(Batch, batch.undoes_id)
        taken_back = not taken_back
    return batch.title, taken_back


def undo(database: Database, *, batch: int) -> Changes:
    """Take one operation back as a whole, as an operation of its own (undoing that one redoes it).

    A value that was changed again since, and a row that later work depends on, stay as they are and are
    listed in the notes. Raises :class:`Refused` where the batch is unknown or already undone.
    """
    with database.change("撤銷", operation="undo.undo") as change:
        session = change.session
        past = _undoable(session, batch)
        title, again = _origin(session, past)
        change.title = f"重做：{title}" if again else f"撤銷：{title}"
        change.takes_back = not again
        change.undoes = past.id
        records = _records_backwards(session, past.id)
        created, kept = left_by(records), kept_by_undo(session, records)
        notes: list[str] = []
        for record in records:
            key = (record.table_name, record.row_id)
            if record.before is None:
                notes += _take_out(session, record, kept.get(key))
            elif key not in created:  # else its last steps go or stay with the row
                notes += _bring_back(session, record)
        change.notes.extend(reversed(notes))
    return change.changes


def _undoable(session: Session, batch: int) -> Batch:
    past = session.get(Batch, batch)
    if past is None:
        raise Refused("沒有第 {batch} 號操作。請在操作記錄中選擇。", batch=batch)
    if _stays(past):
        raise Refused("「{title}」不能撤銷。要換密碼請用「修改密碼」。", title=past.title)
    if session.scalars(select(Batch.id).where(Batch.undoes_id == batch)).first() is not None:
        raise Refused("第 {batch} 號操作已經撤銷過：{title}。", batch=batch, title=past.title)
    return past


def _records_backwards(session: Session, batch: int) -> Sequence[AuditRow]:
    return session.scalars(select(AuditRow).where(AuditRow.batch_id == batch).order_by(AuditRow.id.desc())).all()


def _take_out(session: Session, record: AuditRow, reason: str | None) -> list[str]:
    """Delete what the operation created unless ``reason`` says that it stays; return what is to be told."""
    if reason is not None:
        return [reason] if reason else []
    row = session.get(images.row_types()[record.table_name], record.row_id)
    if row is not None:
        session.delete(row)
        session.flush()
    return []


def _bring_back(session: Session, record: AuditRow) -> list[str]:
    """Restore what the operation changed or deleted; return what stays as it is and why."""
    row_type = images.row_types()[record.table_name]
    row = session.get(row_type, record.row_id)
    try:
        with session.begin_nested():
            if record.after is None:
                return _put_back(session, row, row_type, record)
            return _set_back(session, row, record)
    except IntegrityError:  # a name taken by another since, or a row referred to that is gone
        return [f"{_name(session, record)} 與後來的內容衝突，沒有恢復。"]


def _put_back(session: Session, row: Base | None, row_type: type[Base], record: AuditRow) -> list[str]:
    if row is not None:
        return [f"{_name(session, record)} 已經存在，保留。"]
    values = {key: images.decode(row_type, key, value) for key, value in (record.before or {}).items()}
    session.add(row_type(**values))
    session.flush()
    return []


def _set_back(session: Session, row: Base | None, record: AuditRow) -> list[str]:
    if row is None:
        return [f"{_name(session, record)} 後來已刪除，沒有恢復。"]
    now, notes = images.whole(row), []
    for key, old in (record.before or {}).items():
        if now[key] == (record.after or {})[key]:
            setattr(row, key, images.decode(type(row), key, old))
        elif now[key] != old:
            word, value = labels.field(record.table_name, key), labels.value(session, record.table_name, key, now[key])
            notes.append(f"{_name(session, record)} 的{word}後來改為 {value}，保留。")
    session.flush()
    return notes


def _name(session: Session, record: AuditRow) -> str:
    return labels.row(session, record.table_name, record.row_id)
