"""Units (單位) of every level, their other names, people, reforms, and their county counterparts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.terms import ReformKind, UnitLevel


class Unit(Base):
    """A unit. ``folded`` is the comparison form of its name; a unit with ``ended_on`` no longer exists."""

    __tablename__ = "unit"

    name: Mapped[str] = column()
    folded: Mapped[str] = column(unique=True)
    level: Mapped[UnitLevel] = column(term(UnitLevel))
    kind: Mapped[str] = column(String(40))
    position: Mapped[int] = column()
    leader: Mapped[str] = column(default="")
    telephone: Mapped[str] = column(default="")
    email: Mapped[str] = column(default="")
    note: Mapped[str] = column(default="")
    began_on: Mapped[date | None] = column()
    ended_on: Mapped[date | None] = column()

    aliases: Mapped[list[UnitAlias]] = relationship(cascade="all, delete-orphan", order_by="UnitAlias.id")
    contacts: Mapped[list[UnitContact]] = relationship(cascade="all, delete-orphan", order_by="UnitContact.position")


class UnitAlias(Base):
    """Another name of a unit; a name given up by a rename has its last day in ``until``."""

    __tablename__ = "unit_alias"

    unit_id: Mapped[int] = refers("unit.id")
    name: Mapped[str] = column()
    folded: Mapped[str] = column(unique=True)
    until: Mapped[date | None] = column()


class UnitContact(Base):
    """A person who answers for a unit (聯繫人), with the office's telephone and e-mail."""

    __tablename__ = "unit_contact"

    unit_id: Mapped[int] = refers("unit.id")
    position: Mapped[int] = column()
    name: Mapped[str] = column()
    duty: Mapped[str] = column(default="")
    telephone: Mapped[str] = column(default="")
    email: Mapped[str] = column(default="")


class UnitReform(Base):
    """A dated step of a reform (機構改革): a rename, or a merger of ``unit_id`` into ``into_id``."""

    __tablename__ = "unit_reform"

    unit_id: Mapped[int] = refers("unit.id")
    into_id: Mapped[int | None] = refers("unit.id", nullable=True)
    kind: Mapped[ReformKind] = column(term(ReformKind))
    on: Mapped[date] = column()
    old_name: Mapped[str] = column()
    new_name: Mapped[str] = column()
    basis: Mapped[str] = column(default="")


class Counterpart(Base):
    """The county unit that does at home what a unit above does (對口單位); several in order, or none with a reason."""

    __tablename__ = "counterpart"
    __table_args__ = (UniqueConstraint("superior_id", "position"), {"sqlite_autoincrement": True})

    superior_id: Mapped[int] = refers("unit.id")
    county_id: Mapped[int | None] = refers("unit.id", nullable=True)
    position: Mapped[int] = column()
    note: Mapped[str] = column(default="")

    superior: Mapped[Unit] = relationship(foreign_keys=[superior_id])
    county: Mapped[Unit | None] = relationship(foreign_keys=[county_id])
