"""The ledger that travels: what went out to whom (分發), what came back (收回), how foreign headings are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from db.models.assignment import Assignment
from db.models.base import Base, column, refers, term
from db.models.document import StoredFile
from db.models.unit import Unit
from db.terms import ReturnState, UnitRole


class Dispatch(Base):
    """One sending of sheets to units for a period (分發). ``number`` counts from 1 within ``period`` (``2022-06``)."""

    __tablename__ = "dispatch"
    __table_args__ = (UniqueConstraint("period", "number"), {"sqlite_autoincrement": True})

    period: Mapped[str] = column(String(7))
    number: Mapped[int] = column()
    year: Mapped[int] = column()
    title: Mapped[str] = column()
    due_on: Mapped[date] = column()
    made_at: Mapped[datetime] = column()
    folder: Mapped[str] = column(default="")
    note: Mapped[str] = column(default="")

    sheets: Mapped[list[DispatchSheet]] = relationship(
        back_populates="dispatch", cascade="all, delete-orphan", order_by="DispatchSheet.position"
    )


class DispatchSheet(Base):
    """The workbook of one unit. ``token`` identifies it in the file's name, properties and hidden sheet."""

    __tablename__ = "dispatch_sheet"
    __table_args__ = (UniqueConstraint("dispatch_id", "unit_id"), {"sqlite_autoincrement": True})

    dispatch_id: Mapped[int] = refers("dispatch.id")
    unit_id: Mapped[int] = refers("unit.id")
    position: Mapped[int] = column()
    token: Mapped[str] = column(String(24), unique=True)
    file_name: Mapped[str] = column(String(255))
    sha256: Mapped[str] = column(String(64))
    sent_at: Mapped[datetime | None] = column()
    sent_to: Mapped[str] = column(default="")
    returned_at: Mapped[datetime | None] = column()

    dispatch: Mapped[Dispatch] = relationship(back_populates="sheets")
    unit: Mapped[Unit] = relationship()
    rows: Mapped[list[DispatchRow]] = relationship(cascade="all, delete-orphan", order_by="DispatchRow.position")


class DispatchRow(Base):
    """An assignment as it was sent to one unit; ``sent`` maps field names to the values the sheet showed.

    ``base`` maps the fields that the unit fills in to the ledger's entry for that unit and period at that moment.
    """

    __tablename__ = "dispatch_row"

    sheet_id: Mapped[int] = refers("dispatch_sheet.id")
    assignment_id: Mapped[int] = refers("assignment.id")
    position: Mapped[int] = column()
    role: Mapped[UnitRole] = column(term(UnitRole))
    code: Mapped[str] = column(String(32), index=True)
    sent: Mapped[dict[str, Any]] = column(JSON)
    base: Mapped[dict[str, Any]] = column(JSON)

    assignment: Mapped[Assignment] = relationship()


class ReturnedFile(Base):
    """A file that came back, kept with its hash, and what became of it.

    ``report`` holds the cells that were invalid, refused or proposed when it was applied, so that they can be sent
    back to the unit as a workbook later.
    """

    __tablename__ = "returned_file"

    sheet_id: Mapped[int | None] = refers("dispatch_sheet.id", nullable=True)
    unit_id: Mapped[int | None] = refers("unit.id", nullable=True)
    file_id: Mapped[int] = refers("stored_file.id")
    name: Mapped[str] = column(String(255))
    state: Mapped[ReturnState] = column(term(ReturnState))
    received_at: Mapped[datetime] = column()
    late: Mapped[bool] = column(default=False)
    detail: Mapped[str] = column(default="")
    report: Mapped[dict[str, Any]] = column(JSON)

    file: Mapped[StoredFile] = relationship()


class HeadingMapping(Base):
    """How the columns of a foreign sheet or form are read, as the clerk settled it; found again by its headings."""

    __tablename__ = "heading_mapping"
    __table_args__ = (UniqueConstraint("purpose", "fingerprint"), {"sqlite_autoincrement": True})

    purpose: Mapped[str] = column(String(20))
    fingerprint: Mapped[str] = column(String(64))
    name: Mapped[str] = column()
    columns: Mapped[dict[str, Any]] = column(JSON)
    used_at: Mapped[datetime] = column()
