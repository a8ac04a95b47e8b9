"""The audit trail (操作記錄): batches that can be undone, and what each row was before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, refers


class Batch(Base):
    """One operation as the clerk would name it; the unit of undo."""

    __tablename__ = "batch"
    audited: ClassVar[bool] = False

    at: Mapped[datetime]
    operator: Mapped[str]
    operation: Mapped[str] = mapped_column(String(60))
    title: Mapped[str]
    undoes_id: Mapped[int | None] = refers("batch.id", nullable=True)


class AuditRow(Base):
    """A row's columns before and after one batch. ``digest`` covers this row and the digest before it."""

    __tablename__ = "audit_row"
    audited: ClassVar[bool] = False

    batch_id: Mapped[int] = refers("batch.id")
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str] = mapped_column(String(64))
