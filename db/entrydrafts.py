"""Reports being typed (草稿): kept beside the records so that a crash loses nothing; not audited, not undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.database import Database
from db.models import Assignment, EntryDraft


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed about an assignment and not yet entered; ``content`` is the form's own, as JSON holds it."""

    assignment: int
    code: str
    period: str
    content: Mapping[str, Any]
    saved_at: datetime


def save(database: Database, *, assignment: int, period: str, content: Mapping[str, Any]) -> None:
    """Keep the draft of an assignment in the place of an earlier one."""
    with database.change("草稿", operation="entrydrafts.save") as change:
        row = _row(change.session, assignment)
        now = datetime.now().replace(microsecond=0)
        if row is None:
            change.session.add(EntryDraft(assignment_id=assignment, period=period, content=dict(content), saved_at=now))
        else:
            row.period, row.content, row.saved_at = period, dict(content), now


def discard(database: Database, *, assignment: int) -> None:
    """Throw the draft of an assignment away."""
    with database.change("放棄草稿", operation="entrydrafts.discard") as change:
        drop(change.session, assignment=assignment)


def drop(session: Session, *, assignment: int) -> None:
    """Remove the draft of an assignment inside a running change."""
    row = _row(session, assignment)
    if row is not None:
        session.delete(row)


def _row(session: Session, assignment: int) -> EntryDraft | None:
    return session.scalars(select(EntryDraft).where(EntryDraft.assignment_id == assignment)).first()


def listed(session: Session, *, assignment: int | None = None) -> list[Draft]:
    """Return the drafts, or that of one assignment, the newest first."""
    query = (
        select(EntryDraft, Assignment.code)
        .join(Assignment, EntryDraft.assignment_id == Assignment.id)
        .order_by(EntryDraft.saved_at.desc(), EntryDraft.id.desc())
    )
    if assignment is not None:
        query = query.where(EntryDraft.assignment_id == assignment)
    return [
        Draft(row.assignment_id, code, row.period, row.content, row.saved_at) for row, code in session.execute(query)
    ]
