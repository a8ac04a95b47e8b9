"""Which rows an undo must leave: those changed since, those that later work refers to, and all they consist of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import Session

from db import images, labels
from db.models import AuditRow, Base

Key = tuple[str, int]  # table and row
_CHUNK = 500  # ids in one query, well below what any database takes


@dataclass(frozen=True, slots=True)
class _Link:
    """A foreign key: ``part`` where the row with it is a part of the one it refers to (its owner)."""

    table: str
    key: str
    column: ColumnElement[int]
    holder: ColumnElement[int]  # the key of the row with it
    target: str
    part: bool


@cache
def _links() -> tuple[_Link, ...]:
    found = []
    for table, row_type in images.row_types().items():
        for prop in inspect(row_type).column_attrs:
            column = prop.columns[0]
            for foreign in column.foreign_keys:
                target = str(foreign.column.table.name)
                part = column in _part_columns()
                found.append(_Link(table, prop.key, column, inspect(row_type).c.id, target, part))
    return tuple(found)


@cache
def _part_columns() -> frozenset[ColumnElement[int]]:
    """Return the columns through which rows belong to an owner that takes them with it."""
    mappers = Base.registry.mappers
    owned = (one for mapper in mappers for one in mapper.relationships if one.cascade.delete_orphan)
    return frozenset(column for one in owned for column in one.remote_side if column.foreign_keys)


def kept_by_undo(session: Session, records: Sequence[AuditRow]) -> dict[Key, str]:
    """Return the rows created by these records that must stay, each with a sentence or, told by another, with none."""
    created = left_by(records)
    rows = {key: row for key in created if (row := session.get(images.row_types()[key[0]], key[1])) is not None}
    holders = _holders(session, rows, _released(session, records))
    kept: dict[Key, str] = {}
    for key, row in rows.items():
        if _changed_since(row, created[key]):
            kept[key] = f"{labels.row(session, *key)} 後來改過，保留。"
    for key in rows:
        outside = next((holder for holder, _part in holders[key] if holder not in created), None)
        if outside is not None and key not in kept:
            kept[key] = f"{labels.row(session, *key)} 已用於 {labels.row(session, *outside)}，保留。"
    _spread(kept, holders)
    return kept


def left_by(records: Sequence[AuditRow]) -> dict[Key, images.Image]:
    """Return the rows that these records, the latest first, created, as they were after the last of them."""
    created: dict[Key, images.Image] = {}
    for one in reversed(records):
        key = (one.table_name, one.row_id)
        if one.before is None:
            created[key] = dict(one.after or {})
        elif key in created and one.after is not None:
            created[key].update(one.after)  # written in several steps
    return created


def user_of(session: Session, row: Base) -> str | None:
    """Return what a clerk calls a row that refers to ``row`` without being a part of it; None where none does."""
    key = (row.__tablename__, row.id)
    found = _holders(session, {key: row}, set())[key]
    return next((labels.row(session, *holder) for holder, part in found if not part), None)


def _spread(kept: dict[Key, str], holders: Mapping[Key, list[tuple[Key, bool]]]) -> None:
    """Let what is kept keep what it refers to and what it consists of."""
    refers: dict[Key, list[Key]] = defaultdict(list)
    parts: dict[Key, list[Key]] = defaultdict(list)
    for target, found in holders.items():
        for holder, part in found:
            refers[holder].append(target)
            if part:
                parts[target].append(holder)
    waiting = list(kept)
    while waiting:
        key = waiting.pop()
        for other in (*refers[key], *parts[key]):
            if other in holders and other not in kept:
                kept[other] = ""
                waiting.append(other)


def _released(session: Session, records: Sequence[AuditRow]) -> set[tuple[str, int, str]]:
    """Return table, row and column of the values that the undo will set back, and that hold nothing then."""
    found = set()
    for one in records:
        if one.before is not None and one.after is not None:
            row = session.get(images.row_types()[one.table_name], one.row_id)
            now = images.whole(row) if row is not None else {}
            found |= {(one.table_name, one.row_id, key) for key in one.before if now.get(key) == one.after[key]}
    return found


def _holders(
    session: Session, rows: Mapping[Key, Base], released: set[tuple[str, int, str]]
) -> dict[Key, list[tuple[Key, bool]]]:
    """Return for each row which rows refer to it, and whether as its parts."""
    found: dict[Key, list[tuple[Key, bool]]] = {key: [] for key in rows}
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, row_id in rows:
        by_table[table].append(row_id)
    for link in _links():
        for ids in _chunks(by_table.get(link.target, [])):
            query = select(link.holder, link.column).where(link.column.in_(ids))
            for holder, target in session.execute(query):
                if (link.table, holder, link.key) not in released:
                    found[link.target, target].append(((link.table, holder), link.part))
    return found


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _changed_since(row: Base, after: images.Image) -> bool:
    now = images.whole(row)
    return any(now[key] != value for key, value in after.items())
