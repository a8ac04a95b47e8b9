"""Plans (計劃) as stored: listing, finding, the units that a point names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import Refused
from db.models import Assignment, Plan, PointUnit, SourceDocument, StoredFile, WorkPoint
from db.terms import UnitRole


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as the list of plans shows it."""

    id: int
    title: str
    year: int
    mark: str
    points: int
    assignments: int
    document: str
    imported_at: datetime | None


def listed(session: Session) -> list[PlanLine]:
    """Return all plans, the latest year first."""
    points = select(func.count()).where(WorkPoint.plan_id == Plan.id, ~WorkPoint.dropped).scalar_subquery()
    tasks = select(func.count()).where(Assignment.plan_id == Plan.id).scalar_subquery()
    query = select(Plan, points, tasks).order_by(Plan.year.desc(), Plan.position, Plan.id)
    return [
        PlanLine(
            plan.id,
            plan.title,
            plan.year,
            plan.mark,
            point_count,
            task_count,
            plan.document.doc_no if plan.document else "",
            plan.document.imported_at if plan.document else None,
        )
        for plan, point_count, task_count in session.execute(query)
    ]


def find(session: Session, name: str) -> Plan:
    """Return the plan with this id, mark or (part of a) title; raise :class:`Refused` where none or several fit."""
    plans = session.scalars(select(Plan)).all()
    exact = [plan for plan in plans if name in (str(plan.id), plan.mark, plan.title)]
    found = exact or [plan for plan in plans if name in plan.title]
    if len(found) != 1:
        reason = "有多個計劃符合" if found else "沒有計劃符合"
        raise Refused(reason + "「{name}」。請用 taizhang plan list 查看編號。", name=name)
    return found[0]


def set_units(point: WorkPoint, names: Mapping[UnitRole, Sequence[str]]) -> None:
    """Give a point these unit names by role, in order; roles not mentioned stay."""
    kept = [unit for unit in point.units if unit.role not in names]
    wanted = [(role, name) for role, some in names.items() for name in some]
    now = [(unit.role, unit.name) for unit in point.units if unit.role in names]
    if wanted == now:
        return
    point.units[:] = [
        *kept,
        *(
            PointUnit(position=place, role=role, name=name)
            for place, (role, name) in enumerate(wanted, start=len(kept) + 1)
        ),
    ]


def source_text(session: Session, document: SourceDocument) -> str:
    """Return the text that the spans of a document's points refer to."""
    kept = session.get_one(StoredFile, document.text_id)
    return kept.content.decode("utf-8")
