"""Subsidy policies (惠民惠農補貼政策): what is published in seven items (七公開), with its versions in time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.terms import PhoneKind, PostingProfile


class SubsidyPolicy(Base):
    """A policy through the years. ``name`` is what the office calls it; each version has the name it is printed under.

    ``profile`` tells how much of a person its postings may show. A policy with ``ended_on`` is no longer paid.
    """

    __tablename__ = "subsidy_policy"

    name: Mapped[str] = column()
    folded: Mapped[str] = column(index=True)
    position: Mapped[int] = column()
    profile: Mapped[PostingProfile] = column(term(PostingProfile))
    ended_on: Mapped[date | None] = column()

    versions: Mapped[list[PolicyVersion]] = relationship(
        back_populates="policy", cascade="all, delete-orphan", order_by="PolicyVersion.valid_from, PolicyVersion.id"
    )


class PolicyVersion(Base):
    """What held from ``valid_from`` to ``valid_to``, both included; None is an open end.

    Texts stand as they were entered and are printed so: a standard such as ``67元/畝`` is never rounded or recomputed.
    """

    __tablename__ = "policy_version"

    policy_id: Mapped[int] = refers("subsidy_policy.id")
    valid_from: Mapped[date | None] = column()
    valid_to: Mapped[date | None] = column()
    category: Mapped[str] = column(default="")
    name: Mapped[str] = column()
    short_name: Mapped[str] = column(default="")
    department: Mapped[str] = column(default="")
    purpose: Mapped[str] = column(default="")
    recipients: Mapped[str] = column(default="")
    standard: Mapped[str] = column(default="")
    standard_national: Mapped[str] = column(default="")
    standard_province: Mapped[str] = column(default="")
    standard_city: Mapped[str] = column(default="")
    standard_county: Mapped[str] = column(default="")
    level: Mapped[str] = column(default="")
    procedure: Mapped[str] = column(default="")
    payment_method: Mapped[str] = column(default="")
    payment_time: Mapped[str] = column(default="")
    note: Mapped[str] = column(default="")
    source: Mapped[str] = column(default="")

    policy: Mapped[SubsidyPolicy] = relationship(back_populates="versions")
    documents: Mapped[list[PolicyDocument]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyDocument.position"
    )
    phones: Mapped[list[PolicyPhone]] = relationship(cascade="all, delete-orphan", order_by="PolicyPhone.position")


class PolicyDocument(Base):
    """A paper a policy rests on (文件依據): its number, its title, or both."""

    __tablename__ = "policy_document"

    version_id: Mapped[int] = refers("policy_version.id")
    position: Mapped[int] = column()
    doc_no: Mapped[str] = column(String(80), default="")
    title: Mapped[str] = column(default="")


class PolicyPhone(Base):
    """A public hotline of a policy; ``owner`` tells whose it is (縣財政局), empty for the department's own."""

    __tablename__ = "policy_phone"

    version_id: Mapped[int] = refers("policy_version.id")
    position: Mapped[int] = column()
    kind: Mapped[PhoneKind] = column(term(PhoneKind))
    number: Mapped[str] = column(String(40))
    owner: Mapped[str] = column(default="")
