"""What all tables share: naming of constraints, the key, columns whose old value is always known."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

from sqlalchemy import Enum, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

# active_history: the audit needs the value before a change even where it was not loaded.
column = partial(mapped_column, active_history=True)


class Base(DeclarativeBase):
    """A table with an integer key that is never given twice, so that audit rows stay unambiguous."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy types it
    audited: ClassVar[bool] = True
    bulk: ClassVar[bool] = False
    """Rows come in by the hundred thousand past the session: only what is changed on them afterwards is audited."""

    id: Mapped[int] = mapped_column(primary_key=True)


def term(kind: type[StrEnum]) -> Enum:
    """Return the column type of a closed word list: stored as its short value."""
    return Enum(
        kind, native_enum=False, create_constraint=False, length=20, values_callable=lambda e: [m.value for m in e]
    )


def refers(target: str, *, index: bool = True, nullable: bool = False) -> MappedColumn[Any]:
    """Return a foreign key column to ``table.id``; the row referred to cannot be deleted under it."""
    return mapped_column(ForeignKey(target), index=index, nullable=nullable, active_history=True)
