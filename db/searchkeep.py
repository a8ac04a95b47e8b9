"""Keeping the index of search in step: which rows an operation's changes concern, inside its transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, inspect, select, update
from sqlalchemy.orm import Session

from db import images, search
from db.audit import Entry
from db.models import Assignment, AssignmentUnit, AuditRow, Base, Batch, PolicyVersion, ProgressEntry
from db.searchtext import parts, texts
from db.subsidyitems import COLUMNS
from db.terms import HitKind

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class _Source:
    """A table whose rows are found as ``kind``: themselves, or the row that their column ``parent`` refers to.

    A change of columns other than ``columns`` leaves the texts as they are; one of ``shared`` also changes the
    texts of rows that name this one. ``above`` is the table that ``parent`` refers to where that is not the kind's
    own, and its column that does.
    """

    kind: HitKind
    columns: frozenset[str]
    parent: str = ""
    shared: frozenset[str] = frozenset()
    above: tuple[type[Base], str] | None = None


_NAME = frozenset({"name"})
_SOURCES = {
    "unit": _Source(HitKind.UNIT, frozenset({"name", "kind", "note", "leader"}), shared=_NAME),
    "unit_alias": _Source(HitKind.UNIT, frozenset({"unit_id", "name"}), "unit_id", shared=_NAME),
    "unit_contact": _Source(HitKind.UNIT, frozenset({"unit_id", "name", "duty"}), "unit_id"),
    "assignment": _Source(
        HitKind.ASSIGNMENT,
        frozenset({"code", "point_id", "measure", "target", "note", "deadline_text"})
        | {"lead_id", "lead_reason", "leader", "person"},
    ),
    "assignment_unit": _Source(HitKind.ASSIGNMENT, frozenset({"assignment_id", "unit_id"}), "assignment_id"),
    "work_point": _Source(HitKind.POINT, frozenset({"text", "ordinal"}), shared=frozenset({"text"})),
    "point_unit": _Source(HitKind.POINT, frozenset({"point_id", "name"}), "point_id"),
    "progress_entry": _Source(
        HitKind.ENTRY, frozenset({"assignment_id", "unit_id", "period", "text", "problem", "next_step"})
    ),
    "evidence": _Source(HitKind.ENTRY, frozenset({"entry_id", "name"}), "entry_id"),
    "source_document": _Source(HitKind.DOCUMENT, frozenset({"title", "doc_no", "issuer", "text_id"})),
    "subsidy_policy": _Source(HitKind.POLICY, frozenset({"name"})),
    "policy_version": _Source(HitKind.POLICY, frozenset(COLUMNS) | {"policy_id"}, "policy_id"),
    "policy_document": _Source(
        HitKind.POLICY,
        frozenset({"version_id", "doc_no", "title"}),
        "version_id",
        above=(PolicyVersion, "policy_id"),
    ),
}


def ensure(engine: Engine) -> None:
    """Make the index, or bring it up to date where the file was changed without it, in one transaction."""
    with Session(engine) as session:
        if is_current(session):
            return
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        mark, last = _mark(session), _last_batch(session)
        if mark is None or mark[0] != search.VERSION or mark[1] > last:
            _make(session, last)
        else:
            rows = session.scalars(select(AuditRow).where(AuditRow.batch_id > mark[1]))
            follow(session, [Entry(row.table_name, row.row_id, row.before, row.after) for row in rows], batch=last)


def is_current(session: Session) -> bool:
    """Tell whether the index is there and knows the last operation."""
    return _mark(session) == (search.VERSION, _last_batch(session))


def _mark(session: Session) -> tuple[int, int] | None:
    if not inspect(session.connection()).has_table(search.MARK.name):
        return None
    found = session.execute(select(search.MARK.c.version, search.MARK.c.batch_id)).first()
    return (found[0], found[1]) if found else None


def _last_batch(session: Session) -> int:
    return session.scalar(select(func.max(Batch.id))) or 0


def rebuild(engine: Engine) -> None:
    """Make the index anew from the rows as they stand."""
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        _make(session, _last_batch(session))


def _make(session: Session, last: int) -> None:
    search.make(session)
    for kind in HitKind:
        search.add(session, kind, texts(session, kind))
    session.execute(insert(search.MARK).values(id=1, version=search.VERSION, batch_id=last))


def follow(session: Session, changed: Iterable[Entry], *, batch: int) -> None:
    """Bring the index up to these flushed changes, the last of which belong to operation ``batch``."""
    touched: dict[HitKind, set[int]] = defaultdict(set)
    shared: dict[HitKind, set[int]] = defaultdict(set)
    # A session of its own: what the operation's session holds may have been read before the change.
    with Session(session.connection()) as fresh:
        for change in changed:
            source = _SOURCES.get(change.table)
            told = (change.before or {}).keys() | (change.after or {}).keys()
            if source is not None and source.columns & told:
                owners = _owners(fresh, source, change)
                touched[source.kind] |= owners
                if source.shared & told:
                    shared[source.kind] |= owners
        _add_readers(fresh, touched, shared)
        for kind, ids in touched.items():
            search.renew(fresh, kind, ids, {one.row_id: one for one in texts(fresh, kind, ids)})
        fresh.execute(update(search.MARK).values(batch_id=batch))


def _owners(session: Session, source: _Source, change: Entry) -> set[int]:
    """Return the rows of ``source.kind`` that a changed row belongs or belonged to."""
    if not source.parent:
        return {change.row_id}
    told = {image[source.parent] for image in (change.before, change.after) if image and source.parent in image}
    if not told:
        row = session.get(images.row_types()[change.table], change.row_id)
        told = {getattr(row, source.parent)} if row is not None else set()
    if source.above is not None:
        table, column = source.above
        rows = (session.get(table, row_id) for row_id in told)  # read once for all that refer to it
        told = {getattr(row, column) for row in rows if row is not None}
    return told


def _add_readers(session: Session, touched: dict[HitKind, set[int]], shared: dict[HitKind, set[int]]) -> None:
    """Add the tasks and reports that are found by the names of these units or by the text of these points."""
    tasks, line = touched[HitKind.ASSIGNMENT], AssignmentUnit
    for units in parts(shared[HitKind.UNIT]):
        tasks.update(session.scalars(select(Assignment.id).where(Assignment.lead_id.in_(units))))
        tasks.update(session.scalars(select(line.assignment_id).where(line.unit_id.in_(units))))
        reports = select(ProgressEntry.id).where(ProgressEntry.unit_id.in_(units))
        touched[HitKind.ENTRY].update(session.scalars(reports))
    for points in parts(shared[HitKind.POINT]):
        tasks.update(session.scalars(select(Assignment.id).where(Assignment.point_id.in_(points))))
