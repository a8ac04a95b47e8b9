"""What was done to an assignment (操作記錄), told in the words of the field from the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from db.models import AuditRow, Batch, Unit
from db.terms import DeadlineKind, ReportState, TaskState, Term


@dataclass(frozen=True, slots=True)
class Alteration:
    """One field of an assignment before and after. ``ours`` tells that the values are our words, not data."""

    label: str
    before: str
    after: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One operation as far as it concerns the assignment."""

    at: datetime
    operator: str
    title: str
    alterations: tuple[Alteration, ...]


_LABELS = {
    "measure": "具體舉措",
    "target": "目標",
    "lead_id": "牽頭單位",
    "leader": "分管領導",
    "person": "責任人",
    "contact": "聯繫人",
    "deadline_text": "完成時限",
    "deadline_on": "時限日期",
    "deadline_kind": "時限性質",
    "task_state": "任務狀態",
    "report_state": "報送狀態",
    "percent": "進度",
    "note": "備註",
    "confirmed": "採納",
}
_TERMS: dict[str, type[Term]] = {
    "deadline_kind": DeadlineKind,
    "task_state": TaskState,
    "report_state": ReportState,
}
_OTHERS = "責任單位"


def of_task(session: Session, assignment: int) -> list[Deed]:
    """Return the deeds that concern an assignment, the latest first."""
    belongs = or_(
        AuditRow.after["assignment_id"].as_integer() == assignment,
        AuditRow.before["assignment_id"].as_integer() == assignment,
    )
    wanted = or_(
        and_(AuditRow.table_name == "assignment", AuditRow.row_id == assignment),
        and_(AuditRow.table_name.in_(("assignment_unit", "progress_entry")), belongs),
    )
    names = {unit: name for unit, name in session.execute(select(Unit.id, Unit.name))}  # noqa: C416 - rows are no pairs to a type checker
    found: dict[int, tuple[Batch, list[AuditRow]]] = {}
    query = select(Batch, AuditRow).join(AuditRow, AuditRow.batch_id == Batch.id).where(wanted)
    for batch, row in session.execute(query.order_by(AuditRow.id)):
        found.setdefault(batch.id, (batch, []))[1].append(row)
    deeds = [_deed(batch, rows, names) for batch, rows in found.values()]
    return deeds[::-1]


def _deed(batch: Batch, rows: list[AuditRow], names: dict[int, str]) -> Deed:
    told: list[Alteration] = []
    for row in rows:
        if row.table_name == "assignment" and row.before is not None and row.after is not None:
            told += _altered(row.before, row.after, names)
    told += _others([row for row in rows if row.table_name == "assignment_unit"], names)
    return Deed(batch.at, batch.operator, batch.title, tuple(told))


def _altered(before: dict[str, Any], after: dict[str, Any], names: dict[int, str]) -> Iterable[Alteration]:
    for key, label in _LABELS.items():
        if key in after:
            say, ours = _words(key, names)
            yield Alteration(label, say(before.get(key)), say(after[key]), ours)


def _words(key: str, names: dict[int, str]) -> tuple[Callable[[Any], str], bool]:
    """Return how a column's values are told, and whether that is in our words."""
    if key == "lead_id":
        return lambda value: names.get(value, ""), False
    if key in _TERMS:
        return lambda value: _TERMS[key](value).label if value else "", True
    if key == "confirmed":
        return lambda value: "已採納" if value else "擬辦", True
    if key == "percent":
        return lambda value: "" if value is None else f"{value}%", False
    return lambda value: "" if value is None else str(value), False


def _others(rows: list[AuditRow], names: dict[int, str]) -> Iterable[Alteration]:
    """Tell lines of co-operating units that went and came as one change."""
    gone = [names.get(row.before["unit_id"], "") for row in rows if row.before and row.after is None]
    came = [names.get(row.after["unit_id"], "") for row in rows if row.after and row.before is None]
    if gone != came:
        yield Alteration(_OTHERS, "、".join(gone), "、".join(came))
