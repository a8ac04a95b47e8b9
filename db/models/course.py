"""What happens to assignments during the year (年中變動), the evidence of reports, and drafts not yet entered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.models.document import StoredFile
from db.terms import CourseKind


class CourseStep(Base):
    """A dated step in an assignment's course with its reason.

    ``other_id`` is the assignment it was merged into or carried over from; ``from_unit_id`` and ``to_unit_id`` are
    the lead units before and after a handover.
    """

    __tablename__ = "course_step"

    assignment_id: Mapped[int] = refers("assignment.id")
    kind: Mapped[CourseKind] = column(term(CourseKind))
    on: Mapped[date] = column()
    reason: Mapped[str] = column(default="")
    other_id: Mapped[int | None] = refers("assignment.id", nullable=True)
    from_unit_id: Mapped[int | None] = refers("unit.id", nullable=True)
    to_unit_id: Mapped[int | None] = refers("unit.id", nullable=True)


class Evidence(Base):
    """A file that proves a report (佐證材料): the content is kept once by its hash, the name is the clerk's."""

    __tablename__ = "evidence"

    entry_id: Mapped[int] = refers("progress_entry.id")
    file_id: Mapped[int] = refers("stored_file.id")
    position: Mapped[int] = column()
    name: Mapped[str] = column(String(255))

    file: Mapped[StoredFile] = relationship()


class EntryDraft(Base):
    """A report being typed (草稿), kept so that a crash loses nothing; no record of the office, so not audited."""

    __tablename__ = "entry_draft"
    audited: ClassVar[bool] = False

    assignment_id: Mapped[int] = refers("assignment.id")
    period: Mapped[str] = column(String(7))
    content: Mapped[dict[str, Any]] = column(JSON)
    saved_at: Mapped[datetime]
