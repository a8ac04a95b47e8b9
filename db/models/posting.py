"""The register of postings (公示): what was made, hung up, objected to and taken down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.models.place import Place
from db.terms import PostingProfile


class PostingRun(Base):
    """One making of postings for many villages; ``options`` is all that is needed to take it up again.

    ``failures`` maps the key of a village that could not be made to the sentence that says why.
    """

    __tablename__ = "posting_run"

    made_at: Mapped[datetime] = column()
    folder: Mapped[str] = column()
    period: Mapped[str] = column(String(10))
    options: Mapped[dict[str, Any]] = column(JSON)
    failures: Mapped[dict[str, Any]] = column(JSON)


class Posting(Base):
    """One posting of a village, of one policy or (``policy_id`` None) of all policies of the period together.

    ``days`` counts from the day after ``posted_on``, in working days where ``working_days`` is set; ``due_down_on`` is
    the first day on which it may come down. ``files`` maps the name of each file made to its SHA-256.
    """

    __tablename__ = "posting"

    run_id: Mapped[int | None] = refers("posting_run.id", nullable=True)
    place_id: Mapped[int] = refers("place.id")
    policy_id: Mapped[int | None] = refers("subsidy_policy.id", nullable=True)
    period: Mapped[str] = column(String(10))
    profile: Mapped[PostingProfile] = column(term(PostingProfile))
    title: Mapped[str] = column()
    made_at: Mapped[datetime] = column()
    rows: Mapped[int] = column()
    amount_fen: Mapped[int] = column(BigInteger)
    days: Mapped[int] = column()
    working_days: Mapped[bool] = column()
    folder: Mapped[str] = column(default="")
    files: Mapped[dict[str, Any]] = column(JSON)
    posted_on: Mapped[date | None] = column()
    spot: Mapped[str] = column(default="")
    due_down_on: Mapped[date | None] = column()
    taken_down_on: Mapped[date | None] = column()
    note: Mapped[str] = column(default="")

    place: Mapped[Place] = relationship()
    photos: Mapped[list[PostingPhoto]] = relationship(cascade="all, delete-orphan", order_by="PostingPhoto.position")
    objections: Mapped[list[PostingObjection]] = relationship(
        cascade="all, delete-orphan", order_by="PostingObjection.raised_on, PostingObjection.id"
    )


class PostingPhoto(Base):
    """A photo of a posting on its board, kept once by content."""

    __tablename__ = "posting_photo"

    posting_id: Mapped[int] = refers("posting.id")
    file_id: Mapped[int] = refers("stored_file.id")
    position: Mapped[int] = column()
    name: Mapped[str] = column(String(255))


class PostingObjection(Base):
    """An objection (異議) against a posting, and how it was handled."""

    __tablename__ = "posting_objection"

    posting_id: Mapped[int] = refers("posting.id")
    raised_on: Mapped[date] = column()
    raised_by: Mapped[str] = column(default="")
    text: Mapped[str] = column()
    handling: Mapped[str] = column(default="")
    handled_on: Mapped[date | None] = column()
