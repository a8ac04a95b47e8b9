"""What could not be taken goes back to its unit (退回補正): its own rows with what it wrote, wrong cells marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from db import settings
from db.dispatch import stored
from db.errors import Refused
from db.models import AuditRow, DispatchSheet, ReturnedFile
from db.outgoing import Outgoing, OutgoingSheet
from db.terms import TaskState, Verdict
from exports.safewrite import safe_write_bytes
from exports.words import words_of
from exports.workbook import travel
from exports.workbook.travelwrite import Filled, workbook_bytes

_WRONG = frozenset({Verdict.INVALID.value, Verdict.CONFLICT.value})
NAME = "退回補正"


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook for one unit: ``marked`` cells are in it, ``beside`` could not be tied to a row of it."""

    unit: str
    path: Path
    marked: int
    beside: int


def write_errors(session: Session, *, batch: int, folder: Path) -> list[Written]:
    """Write a workbook for each unit with anything to mend in one collecting, and say what is in them.

    Raises :class:`Refused` where the batch brought no files in or nothing in them is to be mended.
    """
    office = settings.office(session)
    files = _files(session, batch)
    if not files:
        raise Refused("第 {batch} 號操作不是收回，或已經撤銷。請在操作記錄中選擇一次收回。", batch=batch)
    written = []
    by_sheet: dict[int, list[ReturnedFile]] = {}
    for file in files:
        if file.sheet_id is not None:
            by_sheet.setdefault(file.sheet_id, []).append(file)
    folder.mkdir(parents=True, exist_ok=True)
    for sheet_id, some in by_sheet.items():
        outgoing, sheet = _sheet(session, sheet_id)
        filled, beside = _filled(sheet, some)
        if not filled.notes and not beside:
            continue
        content = workbook_bytes(outgoing, sheet, office=office, filled=filled)
        mark = words_of(office).fixed(NAME)
        name = travel.file_name(sheet.unit, mark, outgoing.period, sheet.token)
        path = safe_write_bytes(folder / name, content)
        written.append(Written(sheet.unit, path, len(filled.notes), beside))
    if not written:
        raise Refused("第 {batch} 號收回沒有要單位補正的內容。", batch=batch)
    return written


def _files(session: Session, batch: int) -> list[ReturnedFile]:
    made = select(AuditRow.row_id).where(
        AuditRow.batch_id == batch, AuditRow.table_name == ReturnedFile.__tablename__, AuditRow.before.is_(None)
    )
    return list(session.scalars(select(ReturnedFile).where(ReturnedFile.id.in_(made)).order_by(ReturnedFile.id)))


def _sheet(session: Session, sheet_id: int) -> tuple[Outgoing, OutgoingSheet]:
    row = session.get_one(DispatchSheet, sheet_id, options=[joinedload(DispatchSheet.dispatch)])
    outgoing = stored(session, dispatch=row.dispatch_id)
    return outgoing, next(sheet for sheet in outgoing.sheets if sheet.token == row.token)


def _filled(sheet: OutgoingSheet, files: list[ReturnedFile]) -> tuple[Filled, int]:
    """Return what the unit wrote and the notes on what is wrong; and how much was wrong outside its rows."""
    codes = {row.code for row in sheet.rows}
    values: dict[tuple[str, str], Any] = {}
    notes: dict[tuple[str, str], list[str]] = {}
    beside = 0
    for file in files:
        for row in file.report.get("returned", ()):
            values |= {(row["code"], key): _value(key, value) for key, value in row["values"].items()}
        for cell in _wrong(file.report):
            code, key = cell["code"], cell["field"]
            if code not in codes:
                beside += 1
                continue
            if key in travel.INPUTS:
                values[code, key] = cell["found"]
            else:  # what stood in a locked or a strange column is told on the cell where the report belongs
                key = "text"
            notes.setdefault((code, key), []).append(_note(cell))
    return Filled(values, {place: "\n".join(dict.fromkeys(some)) for place, some in notes.items()}), beside


def _wrong(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in report.get("cells", ()):
        if cell["verdict"] in _WRONG and not cell["accepted"]:
            yield cell


def _note(cell: Mapping[str, Any]) -> str:
    return f"{cell['cell']}「{cell['found'][:60]}」：{cell['problem'] or '與臺賬不一致，請核對'}"


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - a cell's content
    if key == "status" and value:
        return TaskState(value)
    return date.fromisoformat(value) if key == "finished_on" and value else value
