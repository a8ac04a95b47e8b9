"""New matters that units wrote into their sheets (提議): what is accepted becomes a task ordered in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import course_order
from db.models import Assignment, Unit, WorkPoint
from db.outgoing import FIELDS
from db.returns import PlanCell, PlanFile, Target


def enter(
    session: Session, *, files: Sequence[PlanFile], cells: Sequence[PlanCell], notes: list[str]
) -> Iterator[tuple[Assignment, Target, list[PlanCell]]]:
    """Make one task of each row of accepted cells within a running operation; yield it with what is reported on it.

    A row that is a task of the same unit ordered in passing in that year already is not added again, and ``notes``
    says so.
    """
    rows: dict[tuple[int, str, str], list[PlanCell]] = {}
    for cell in cells:
        rows.setdefault((cell.file, cell.sheet, re.sub(r"\D", "", cell.cell)), []).append(cell)
    for (place, _, _), row in rows.items():
        unit, period = files[place].unit_id, files[place].period
        assert unit is not None
        task = _task(session, files[place], unit, {cell.field: str(cell.returned or "").strip() for cell in row})
        if task is None:
            where = f"「{files[place].name}」{row[0].sheet} {row[0].cell} 起的一行"
            notes.append(f"{where}沒有任務文字，或已是這個單位的臨時交辦任務，沒有添加；所填的進展請在「填報」中錄入。")
        else:
            said = [cell for cell in row if cell.field in FIELDS]
            yield task, Target(task.id, unit, period), said


def _task(session: Session, file: PlanFile, unit: int, values: dict[str, str]) -> Assignment | None:
    text = values.get("task") or values.get("measure") or ""
    if not text:
        return None
    year = int(file.period[:4])
    plan = course_order.passing_plan(session, year)
    named = select(Unit.id).where(Unit.name == values.get("lead", ""), Unit.ended_on.is_(None))
    lead = session.scalars(named).first() or unit
    there = select(Assignment.id).join(WorkPoint, Assignment.point_id == WorkPoint.id)
    same = (WorkPoint.plan_id == plan.id, WorkPoint.text == text, Assignment.lead_id == lead)
    if session.scalars(there.where(*same)).first() is not None:
        return None
    others = () if lead == unit else (unit,)
    source, deadline = f"收回：{file.name}", values.get("deadline", "")
    order = course_order.Order(text=text, lead=lead, others=others, source=source, deadline_text=deadline)
    return course_order.enter(session, order=order, year=year)
