"""What typed words mean for the fields of an assignment, and the operation that stores them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from db.errors import Refused
from db.ledger import LedgerRow
from db.terms import DeadlineKind, ReportState, TaskState, Term
from desktop.pages.plans_values import read_date, read_names, shown_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from db.models import Unit

Operation = Callable[["Database"], "Changes"]
LABELS = {
    "measure": "具體舉措",
    "lead": "牽頭單位",
    "others": "責任單位",
    "leader": "分管領導",
    "person": "責任人",
    "contact": "聯繫人",
    "deadline_text": "完成時限",
    "deadline_on": "日期",
    "deadline_kind": "性質",
    "target": "目標",
    "percent": "進度(%)",
    "task_state": "任務狀態",
    "report_state": "報送狀態",
    "position": "順序",
    "note": "備註",
}
TERMS: dict[str, type[Term]] = {
    "deadline_kind": DeadlineKind,
    "task_state": TaskState,
    "report_state": ReportState,
}
_PERCENT = re.compile(r"(\d{1,3})\s*[%％]?")


def values(row: LedgerRow) -> dict[str, str]:
    """Return every field of a row as its editor shows it; a state as its stored value."""
    return {
        "measure": row.measure,
        "lead": row.lead,
        "others": shown_names(row.others),
        "leader": row.leader,
        "person": row.person,
        "contact": row.contact,
        "deadline_text": row.deadline_text,
        "deadline_on": row.deadline_on.isoformat() if row.deadline_on else "",
        "deadline_kind": row.deadline_kind.value,
        "target": row.target,
        "percent": "" if row.percent is None else str(row.percent),
        "task_state": row.task_state.value,
        "report_state": row.report_state.value,
        "position": str(row.position),
        "note": row.note,
    }


def storing(ids: Sequence[int], key: str, text: str, *, year: int) -> Operation:
    """Return the operation that gives assignments a value for one field, as one step.

    It raises :class:`Refused` for words that mean nothing there: a name that is no unit's, a day that is none.
    """

    def operation(database: Database) -> Changes:
        from db import assignments

        if key == "others":
            with database.reading() as session:
                units = [unit.id for unit in _units(session, read_names(text))]
            return assignments.set_others(database, ids=ids, units=units)
        with database.reading() as session:
            fields = _fields(session, key, text, year)
        return assignments.edit(database, ids=ids, fields=fields)

    return operation


def _fields(session: Session, key: str, text: str, year: int) -> Mapping[str, Any]:
    if key == "lead":
        return {"lead_id": _units(session, [text])[0].id if text else None}
    if key == "deadline_text":
        return _deadline(text, year)
    if key == "deadline_on":
        return _day(text)
    if key == "percent":
        return {"percent": _percent(text)}
    if key == "position":
        return {"position": _position(text)}
    return {key: TERMS[key](text) if key in TERMS else text}


def _units(session: Session, names: Sequence[str]) -> list[Unit]:
    from db.names import directory

    known = directory(session)
    found = [known.find(name) for name in names]
    missing = [name for name, unit in zip(names, found, strict=True) if unit is None]
    if missing:
        raise Refused("「{names}」不在單位表裏。請先到「單位」添加，或選擇已有的單位。", names="」「".join(missing))
    return [unit for unit in found if unit is not None]


def _deadline(text: str, year: int) -> dict[str, Any]:
    """Return what a wording of a deadline sets: the last day it names and its kind; a day set by hand stays else."""
    from exports.plandoc.deadlines import read_line

    told = read_line(text, base=date(year, 1, 1))
    values = {"deadline_text": told.text, "deadline_kind": told.kind}
    return values if told.text and told.date is None else values | {"deadline_on": told.date}


def _day(text: str) -> dict[str, Any]:
    try:
        day = read_date(text)
    except ValueError as error:
        raise Refused("日期「{text}」應寫成 2022-06-30 的樣子。", text=text) from error
    return {"deadline_on": day} | ({"deadline_kind": DeadlineKind.FIXED} if day else {})


def _percent(text: str) -> int | None:
    if not text:
        return None
    found = _PERCENT.fullmatch(text)
    if found is None:
        raise Refused("進度應是 0 到 100 的整數，不能是「{text}」。", text=text)
    return int(found[1])


def _position(text: str) -> int:
    if not text.isdecimal():
        raise Refused("順序應是 1、2、3 這樣的整數，不能是「{text}」。", text=text)
    return int(text)
