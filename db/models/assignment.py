"""Assignments (任務): what this county does about a point, who leads, by when; and the reports on it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.models.plan import Plan, WorkPoint
from db.models.unit import Unit
from db.terms import DeadlineKind, ReportState, TaskState


class Assignment(Base):
    """A task of the county's ledger. ``confirmed`` is False while it is only proposed.

    ``lead_reason`` says why no lead unit is named, where ``lead_id`` is empty. ``percent`` is 0-100.
    """

    __tablename__ = "assignment"

    plan_id: Mapped[int] = refers("plan.id")
    point_id: Mapped[int | None] = refers("work_point.id", nullable=True)
    code: Mapped[str] = column(String(32), unique=True)
    position: Mapped[int] = column()
    confirmed: Mapped[bool] = column(default=False)
    measure: Mapped[str] = column(default="")
    target: Mapped[str] = column(default="")
    lead_id: Mapped[int | None] = refers("unit.id", nullable=True)
    lead_reason: Mapped[str] = column(default="")
    leader: Mapped[str] = column(default="")
    person: Mapped[str] = column(default="")
    contact: Mapped[str] = column(default="")
    deadline_text: Mapped[str] = column(default="")
    deadline_on: Mapped[date | None] = column()
    deadline_kind: Mapped[DeadlineKind] = column(term(DeadlineKind), default=DeadlineKind.NONE)
    task_state: Mapped[TaskState] = column(term(TaskState), default=TaskState.NOT_STARTED)
    report_state: Mapped[ReportState] = column(term(ReportState), default=ReportState.NOT_DUE)
    percent: Mapped[int | None] = column()
    note: Mapped[str] = column(default="")

    plan: Mapped[Plan] = relationship()
    point: Mapped[WorkPoint | None] = relationship()
    lead: Mapped[Unit | None] = relationship()
    others: Mapped[list[AssignmentUnit]] = relationship(
        cascade="all, delete-orphan", order_by="AssignmentUnit.position"
    )


class AssignmentUnit(Base):
    """A co-operating unit (責任單位) of an assignment."""

    __tablename__ = "assignment_unit"

    assignment_id: Mapped[int] = refers("assignment.id")
    position: Mapped[int] = column()
    unit_id: Mapped[int] = refers("unit.id")

    unit: Mapped[Unit] = relationship()


class ProgressEntry(Base):
    """A report (進展) on an assignment for a period such as ``2022-06``; a correction is a new entry."""

    __tablename__ = "progress_entry"

    assignment_id: Mapped[int] = refers("assignment.id")
    unit_id: Mapped[int | None] = refers("unit.id", nullable=True)
    period: Mapped[str] = column(String(7))
    percent: Mapped[int | None] = column()
    state: Mapped[TaskState | None] = column(term(TaskState))
    text: Mapped[str] = column(default="")
    problem: Mapped[str] = column(default="")
    next_step: Mapped[str] = column(default="")
    finished_on: Mapped[date | None] = column()
    source: Mapped[str] = column(default="")
