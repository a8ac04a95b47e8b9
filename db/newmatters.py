"""New matters that units wrote into their sheets (提議): what is accepted becomes a task ordered in passing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import course_order
from db.drafts import DeadlineDraft
from db.models import Assignment, WorkPoint
from db.names import Directory, directory
from db.outgoing import FIELDS
from db.returns import PlanCell, PlanFile, Target
from db.terms import DeadlineKind


def enter(
    session: Session, *, files: Sequence[PlanFile], cells: Sequence[PlanCell], notes: list[str]
) -> Iterator[tuple[Assignment, Target, list[PlanCell]]]:
    """Make one task of each row of accepted cells within a running operation; yield it with what is reported on it.

    A row that is a task of the same unit ordered in passing in that year already is not added again, and ``notes``
    says so.
    """
    rows: dict[tuple[int, str, str], list[PlanCell]] = {}
    for cell in cells:
        rows.setdefault(cell.matter, []).append(cell)
    known = directory(session) if rows else Directory({}, {})
    for (place, _, _), row in rows.items():
        unit, period = files[place].unit_id, files[place].period
        assert unit is not None
        task = _task(session, files[place], unit, row, known)
        if task is None:
            where = f"「{files[place].name}」{row[0].sheet} {row[0].cell} 起的一行"
            notes.append(f"{where}沒有任務文字，或已是這個單位的臨時交辦任務，沒有添加；所填的進展請在「填報」中錄入。")
        else:
            said = [cell for cell in row if cell.field in FIELDS]
            yield task, Target(task.id, unit, period), said


def _task(session: Session, file: PlanFile, unit: int, row: Sequence[PlanCell], known: Directory) -> Assignment | None:
    values = {cell.field: str(cell.returned or "").strip() for cell in row}
    text = values.get("task") or values.get("measure") or ""
    if not text:
        return None
    year = int(file.period[:4])
    plan = course_order.passing_plan(session, year)
    named = known.find(values.get("lead", ""))
    lead = named.id if named is not None and named.ended_on is None else unit
    there = select(Assignment.id).join(WorkPoint, Assignment.point_id == WorkPoint.id)
    same = (WorkPoint.plan_id == plan.id, WorkPoint.text == text, Assignment.lead_id == lead)
    if session.scalars(there.where(*same)).first() is not None:
        return None
    others = () if lead == unit else (unit,)
    wording, day = _deadline(row)
    order = course_order.Order(
        text=text,
        lead=lead,
        others=others,
        source=f"收回：{file.name}",
        deadline_text=wording.text,
        deadline_on=day,
        deadline_kind=wording.kind,
    )
    return course_order.enter(session, order=order, year=year)


def _deadline(row: Sequence[PlanCell]) -> tuple[DeadlineDraft, date | None]:
    """Return the deadline as worded and its day: that of a column of its own, else the one the wording means."""
    told = {cell.field: cell.deadline for cell in row if cell.deadline is not None}
    wording = told.get("deadline") or DeadlineDraft("", None, DeadlineKind.NONE)
    own = told.get("deadline_on")
    return wording, own.date if own is not None and own.date is not None else wording.date
