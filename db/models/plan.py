"""Plans and their work points (工作要點): what the level above asks for, as the text states it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.models.document import SourceDocument
from db.terms import DeadlineKind, MarkKind, UnitRole


class Plan(Base):
    """A list of measures (計劃). ``mark`` is its part of every short code, unique within ``year``."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("year", "mark"), {"sqlite_autoincrement": True})

    document_id: Mapped[int | None] = refers("source_document.id", nullable=True)
    title: Mapped[str] = column()
    year: Mapped[int] = column()
    mark: Mapped[str] = column(String(8))
    position: Mapped[int] = column()

    document: Mapped[SourceDocument | None] = relationship()
    sections: Mapped[list[Section]] = relationship(cascade="all, delete-orphan", order_by="Section.position")
    standing_units: Mapped[list[StandingUnit]] = relationship(
        cascade="all, delete-orphan", order_by="StandingUnit.position"
    )
    points: Mapped[list[WorkPoint]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="WorkPoint.position"
    )


class Section(Base):
    """A heading of a plan (章節)."""

    __tablename__ = "section"

    plan_id: Mapped[int] = refers("plan.id")
    position: Mapped[int] = column()
    title: Mapped[str] = column()


class StandingUnit(Base):
    """A unit that a rule such as 以下不再列出 makes responsible for every point of the plan."""

    __tablename__ = "standing_unit"

    plan_id: Mapped[int] = refers("plan.id")
    position: Mapped[int] = column()
    name: Mapped[str] = column()


class WorkPoint(Base):
    """A work point (工作要點). ``ordinal`` is its number in short codes, unique within the plan.

    ``number`` is the author's token; ``source_start`` and ``source_end`` are its span in the document's text. A
    point that a corrected notice no longer has is ``dropped``, never deleted.
    """

    __tablename__ = "work_point"
    __table_args__ = (UniqueConstraint("plan_id", "ordinal"), {"sqlite_autoincrement": True})

    plan_id: Mapped[int] = refers("plan.id")
    section_id: Mapped[int | None] = refers("section.id", nullable=True)
    position: Mapped[int] = column()
    ordinal: Mapped[int] = column()
    number: Mapped[str] = column(String(40))
    text: Mapped[str] = column()
    by_duty: Mapped[bool] = column()
    source_start: Mapped[int] = column()
    source_end: Mapped[int] = column()
    dropped: Mapped[bool] = column(default=False, server_default=false())

    plan: Mapped[Plan] = relationship(back_populates="points")
    section: Mapped[Section | None] = relationship()
    units: Mapped[list[PointUnit]] = relationship(cascade="all, delete-orphan", order_by="PointUnit.position")
    deadlines: Mapped[list[PointDeadline]] = relationship(
        cascade="all, delete-orphan", order_by="PointDeadline.position"
    )
    marks: Mapped[list[PointMark]] = relationship(cascade="all, delete-orphan", order_by="PointMark.position")

    def named(self, role: UnitRole) -> list[str]:
        """Return the names the text gives in one role, as written, in its order."""
        return [unit.name for unit in self.units if unit.role is role]


class PointUnit(Base):
    """A unit or collective named by a point, as written."""

    __tablename__ = "point_unit"

    point_id: Mapped[int] = refers("work_point.id")
    position: Mapped[int] = column()
    role: Mapped[UnitRole] = column(term(UnitRole))
    name: Mapped[str] = column()


class PointDeadline(Base):
    """A deadline of a point: its wording, a date where one follows from it, and its kind."""

    __tablename__ = "point_deadline"

    point_id: Mapped[int] = refers("work_point.id")
    position: Mapped[int] = column()
    text: Mapped[str] = column()
    date: Mapped[date | None] = column()
    kind: Mapped[DeadlineKind] = column(term(DeadlineKind))


class PointMark(Base):
    """A passage that belongs to a point: a clause, a cited number, a frequency, a doubt (with its place)."""

    __tablename__ = "point_mark"

    point_id: Mapped[int] = refers("work_point.id")
    position: Mapped[int] = column()
    kind: Mapped[MarkKind] = column(term(MarkKind))
    text: Mapped[str] = column()
    start: Mapped[int] = column()
    end: Mapped[int] = column()
    settled: Mapped[bool] = column(default=False)
