"""Notices as they came: the kept originals and what was read from their heads."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped

from db.models.base import Base, column, refers


class StoredFile(Base):
    """A kept original, once per content. Rows are immutable and outlive an undo, so they need no audit."""

    __tablename__ = "stored_file"
    audited: ClassVar[bool] = False

    sha256: Mapped[str] = column(String(64), unique=True)
    name: Mapped[str] = column(String(255))
    size: Mapped[int]
    content: Mapped[bytes] = column(LargeBinary)


class SourceDocument(Base):
    """A notice (通知) with the original file and the decoded text that the spans of its points refer to."""

    __tablename__ = "source_document"

    title: Mapped[str]
    doc_no: Mapped[str]
    issuer: Mapped[str]
    issued_on: Mapped[date | None]
    published_on: Mapped[date | None]
    secrecy: Mapped[str]
    imported_at: Mapped[datetime]
    file_id: Mapped[int] = refers("stored_file.id")
    text_id: Mapped[int] = refers("stored_file.id")


class DocumentRevision(Base):
    """A corrected notice (更正) that was read again in the place of an earlier one."""

    __tablename__ = "document_revision"

    document_id: Mapped[int] = refers("source_document.id")
    replaces_id: Mapped[int] = refers("source_document.id")
