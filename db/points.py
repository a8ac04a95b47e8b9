"""Stored points (要點): found by code, their fields corrected (更正), their doubts ticked as checked (已核)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import assignments
from db.changes import Changes
from db.codes import tidy
from db.database import Database
from db.drafts import DeadlineDraft, ReviewDraft
from db.errors import Refused
from db.models import Assignment, Plan, PointDeadline, PointMark, WorkPoint
from db.plans import set_units
from db.searchtext import point_code
from db.terms import MarkKind, TaskState, UnitRole

_CODE_PARTS = 3  # year, mark and point; what follows is a task's
_NAMED = 3  # codes named in a note


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected of a point: None leaves a field as it is; of ``units`` only the roles named are set.

    ``settled`` are doubts that the correction answers.
    """

    text: str | None = None
    units: Mapping[UnitRole, Sequence[str]] | None = None
    by_duty: bool | None = None
    deadlines: Sequence[DeadlineDraft] | None = None
    cited: Sequence[str] | None = None
    settled: Collection[ReviewDraft] = ()


def by_code(session: Session, code: str) -> WorkPoint:
    """Return the point with a code such as ``22-政16-07``, or that of the task with a code; raise :class:`Refused`."""
    parts = tidy(code).split("-")
    if len(parts) > _CODE_PARTS:
        task = assignments.by_code(session, code)
        if task.point is None:
            raise Refused("{code} 不屬於任何要點。", code=task.code)
        return task.point
    year, mark, ordinal = (*parts, "", "", "")[:_CODE_PARTS]
    if year.isdecimal() and ordinal.isdecimal():
        query = select(WorkPoint).join(Plan).where(Plan.mark == mark, WorkPoint.ordinal == int(ordinal))
        for row in session.scalars(query):
            if row.plan.year % 100 == int(year):
                return row
    raise Refused("沒有編號「{code}」的要點。請用 taizhang plan points 查看編號。", code=code)


def doubts(point: WorkPoint) -> list[ReviewDraft]:
    """Return the doubts of a point that nobody has ticked, in order."""
    return [ReviewDraft(mark.text, mark.start, mark.end) for mark in _open(point)]


def correct(database: Database, *, point: int, correction: Correction) -> Changes:
    """Correct a stored point. Its tasks keep their units and deadlines: a note names those that may want the same.

    Raises :class:`Refused` for a point that is gone and for an empty text.
    """
    with database.change("更正要點", operation="points.correct") as change:
        row = _get(change.session, point)
        change.title = f"更正要點 {point_code(row)}"
        before = _state(row)
        if correction.text is not None:
            if not correction.text.strip():
                raise Refused("要點的文字不能為空。")
            row.text = correction.text
        if correction.units is not None:
            set_units(row, correction.units)
        if correction.by_duty is not None:
            row.by_duty = correction.by_duty
        if correction.deadlines is not None:
            _set_deadlines(row, correction.deadlines)
        if correction.cited is not None:
            _set_cited(row, correction.cited)
        _tick(row, correction.settled)
        change.notes += _dependents(change.session, row, before)
    return change.changes


def settle(database: Database, *, point: int, checked: Sequence[ReviewDraft]) -> Changes:
    """Tick doubts of a point as checked (已核)."""
    with database.change("核對要點", operation="points.settle") as change:
        row = _get(change.session, point)
        change.title = f"核對要點 {point_code(row)} 的待核 {_tick(row, checked)} 項"
    return change.changes


def _get(session: Session, point: int) -> WorkPoint:
    row = session.get(WorkPoint, point)
    if row is None:
        raise Refused("這條要點已不存在。請刷新後再試。")
    return row


def _open(point: WorkPoint) -> list[PointMark]:
    return [mark for mark in point.marks if mark.kind is MarkKind.REVIEW and not mark.settled]


def _tick(point: WorkPoint, checked: Collection[ReviewDraft]) -> int:
    """Tick these doubts as far as they are open; return how many."""
    found = [mark for mark in _open(point) if ReviewDraft(mark.text, mark.start, mark.end) in checked]
    for mark in found:
        mark.settled = True
    return len(found)


def _set_deadlines(point: WorkPoint, wanted: Sequence[DeadlineDraft]) -> None:
    now = [DeadlineDraft(one.text, one.date, one.kind) for one in point.deadlines]
    if list(wanted) != now:
        point.deadlines[:] = [
            PointDeadline(position=place, text=one.text, date=one.date, kind=one.kind)
            for place, one in enumerate(wanted, start=1)
        ]


def _set_cited(point: WorkPoint, wanted: Sequence[str]) -> None:
    """Give a point these cited numbers (引用文號); its other marks stay as they are."""
    old = [mark for mark in point.marks if mark.kind is MarkKind.CITED]
    if list(wanted) == [mark.text for mark in old]:
        return
    last = max((mark.position for mark in point.marks), default=0)
    for mark in old:
        point.marks.remove(mark)
    point.marks.extend(
        PointMark(position=last + place, kind=MarkKind.CITED, text=text, start=0, end=0)
        for place, text in enumerate(wanted, start=1)
    )


_State = tuple[str, list[tuple[UnitRole, str]], list[str]]


def _state(point: WorkPoint) -> _State:
    units: list[tuple[UnitRole, str]] = [
        (unit.role, unit.name) for unit in point.units if unit.role is not UnitRole.GROUP
    ]
    return point.text, units, [one.text for one in point.deadlines]


def _dependents(session: Session, point: WorkPoint, before: _State) -> Iterator[str]:
    """Yield what the tasks of a corrected point do not follow, and what they show with it."""
    query = select(Assignment).where(Assignment.point_id == point.id, Assignment.task_state != TaskState.WITHDRAWN)
    tasks = session.scalars(query.order_by(Assignment.position)).all()
    (text, units, deadlines), (text_now, units_now, deadlines_now) = before, _state(point)
    changed = [word for word, other in (("單位", units != units_now), ("時限", deadlines != deadlines_now)) if other]
    if changed and tasks:
        yield f"{_named(tasks)} 的{'和'.join(changed)}沒有跟着改；要改的請在臺賬裏改。"
    shown = [task for task in tasks if not task.measure]
    if text != text_now and shown:
        yield f"{_named(shown)} 沒有寫具體舉措，臺賬裏顯示的要點文字隨之改變。"


def _named(tasks: Sequence[Assignment]) -> str:
    codes = "、".join(task.code for task in tasks[:_NAMED])
    return codes if len(tasks) <= _NAMED else f"{codes} 等 {len(tasks)} 項任務"
