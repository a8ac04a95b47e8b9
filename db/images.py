"""Rows as plain values: the before and after images of the audit, and back again for undo."""

from __future__ import annotations

import base64
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import ColumnProperty, Mapper
from sqlalchemy.orm.attributes import set_committed_value

from db.models import Base

Image = dict[str, Any]


def encode(value: object) -> Any:  # noqa: ANN401 - JSON values
    """Return ``value`` as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def decode(row_type: type[Base], key: str, value: Any) -> Any:  # noqa: ANN401 - any column's value
    """Return the column's own value from its JSON form."""
    if value is None:
        return None
    kind = _columns(row_type)[key].columns[0].type.python_type
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(value)
    return base64.b64decode(value) if kind is bytes else value


@cache
def _columns(row_type: type[Base]) -> dict[str, ColumnProperty[Any]]:
    mapper: Mapper[Base] = inspect(row_type)
    return {prop.key: prop for prop in mapper.column_attrs}


def whole(row: Base) -> Image:
    """Return every column of a row."""
    return {key: encode(getattr(row, key)) for key in _columns(type(row))}


def settle(row: Base) -> None:
    """Note the values of a row just inserted as known, also those the program left to be empty."""
    for key in _columns(type(row)):
        set_committed_value(row, key, getattr(row, key))


def difference(row: Base) -> tuple[Image, Image]:
    """Return the changed columns of a row that is about to be or was just flushed: before, after."""
    before: Image = {}
    after: Image = {}
    state = inspect(row)
    for key in _columns(type(row)):
        history = state.attrs[key].history
        if not history.has_changes():
            continue
        if not history.deleted:
            message = f"the value of {type(row).__name__}.{key} before the change is unknown"
            raise AssertionError(message)
        old = history.deleted[0]
        if encode(old) != encode(getattr(row, key)):
            before[key], after[key] = encode(old), encode(getattr(row, key))
    return before, after


@cache
def row_types() -> dict[str, type[Base]]:
    """Return the mapped class of every table, by name."""
    found = {str(mapper.local_table.name): mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    return dict(sorted(found.items()))
