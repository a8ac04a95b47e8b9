"""Sending sheets to units (分發): preparing, recording what went out, the register of what was sent and returned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db import ledger, settings
from db.changes import Changes
from db.codes import make_token
from db.database import Database
from db.errors import Refused
from db.models import Assignment, Dispatch, DispatchRow, DispatchSheet, Unit
from db.outgoing import (
    Outgoing,
    OutgoingRow,
    OutgoingSheet,
    entry_of,
    people_of,
    reports,
    rows_by_unit,
)
from db.terms import ReportState, TaskState, UnitLevel, UnitRole

_PERIOD = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def check_period(period: str) -> str:
    """Return a period such as ``2022-06``; raise :class:`Refused` for what is none."""
    if not _PERIOD.fullmatch(period):
        raise Refused("報送期「{period}」應寫成 2022-06 的樣子。", period=period)
    return period


def prepare(session: Session, *, due_on: date, period: str = "", plan: int | None = None) -> Outgoing:
    """Return what would go out, with new tokens; nothing is stored.

    ``period`` is the month of ``due_on`` unless named; without ``plan`` all plans go out together. Raises
    :class:`Refused` where no accepted task has a unit.
    """
    period = check_period(period or due_on.strftime("%Y-%m"))
    found = rows_by_unit(session, period=period, plan=plan)
    if not found:
        raise Refused("沒有可分發的任務：任務要先採納、並有牽頭單位。請先在「要點」裏分解計劃。")
    heads = ledger.read(session, plan=plan)
    year = heads.year or int(period[:4])
    units = session.scalars(select(Unit).where(Unit.id.in_(found)).options(selectinload(Unit.contacts))).all()
    order = list(UnitLevel)
    taken = set(session.scalars(select(DispatchSheet.token)))
    return Outgoing(
        period=period,
        number=1 + (session.scalar(select(func.max(Dispatch.number)).where(Dispatch.period == period)) or 0),
        year=year,
        title=heads.title or f"{settings.office(session).county}{year}年",
        due_on=due_on,
        sheets=tuple(
            OutgoingSheet(unit.id, unit.name, _new_token(period, taken), tuple(found[unit.id]), people_of(unit))
            for unit in sorted(units, key=lambda one: (order.index(one.level), one.position, one.id))
        ),
    )


def _new_token(period: str, taken: set[str]) -> str:
    while (token := make_token(period)) in taken:
        pass
    taken.add(token)
    return token


@dataclass(frozen=True, slots=True)
class Written:
    """The workbook written for a sheet."""

    file_name: str
    sha256: str


def record(
    database: Database,
    *,
    outgoing: Outgoing,
    files: Mapping[str, Written],
    folder: Path,
) -> Changes:
    """Enter a sending in the register with every value that was sent; ``files`` are by token.

    Raises :class:`Refused` where another sending has taken the number since it was prepared.
    """
    title = f"分發 {outgoing.code}：{len(outgoing.sheets)} 個單位，{outgoing.due_on.isoformat()} 前報回"
    with database.change(title, operation="dispatch.record") as change:
        session = change.session
        taken = select(Dispatch.id).where(Dispatch.period == outgoing.period, Dispatch.number == outgoing.number)
        if session.scalars(taken).first() is not None:
            raise Refused("分發 {code} 已經有了，這一次沒有登記。請重新分發。", code=outgoing.code)
        session.add(
            Dispatch(
                period=outgoing.period,
                number=outgoing.number,
                year=outgoing.year,
                title=outgoing.title,
                due_on=outgoing.due_on,
                made_at=datetime.now().replace(microsecond=0),
                folder=str(folder),
                sheets=[
                    _stored(sheet, files[sheet.token], position)
                    for position, sheet in enumerate(outgoing.sheets, start=1)
                ],
            )
        )
        _await_reports(session, outgoing)
    return change.changes


def record_again(database: Database, *, dispatch: int, files: Mapping[str, Written], folder: Path) -> Changes:
    """Note that the files of a recorded sending were written again, and where."""
    with database.change("重寫分發文件", operation="dispatch.record_again") as change:
        row = get(change.session, dispatch)
        change.title = f"重寫分發 {row.period}-{row.number} 的文件"
        row.folder = str(folder)
        for sheet in row.sheets:
            sheet.file_name, sheet.sha256 = files[sheet.token].file_name, files[sheet.token].sha256
    return change.changes


def _stored(sheet: OutgoingSheet, file: Written, position: int) -> DispatchSheet:
    return DispatchSheet(
        unit_id=sheet.unit_id,
        position=position,
        token=sheet.token,
        file_name=file.file_name,
        sha256=file.sha256,
        sent_to="；".join(f"{one.name} {one.email}".strip() for one in sheet.people if one.email),
        rows=[
            DispatchRow(
                assignment_id=row.assignment_id,
                position=place,
                role=row.role,
                code=row.code,
                sent=dict(row.sent),
                base=dict(row.base),
            )
            for place, row in enumerate(sheet.rows, start=1)
        ],
    )


def _await_reports(session: Session, outgoing: Outgoing) -> None:
    """Start the period: a task whose lead unit has not reported on it is 未報, whatever was said of the last one."""
    leads = {row.assignment_id: sheet.unit_id for sheet in outgoing.sheets for row in sheet.rows if _is_lead(row)}
    known = reports(session, leads)
    for task in session.scalars(select(Assignment).where(Assignment.id.in_(leads))):
        done = entry_of(known, assignment=task.id, unit=leads[task.id], period=outgoing.period)
        if done is None and task.task_state is not TaskState.DONE:
            task.report_state = ReportState.MISSING


def _is_lead(row: OutgoingRow) -> bool:
    return row.role is UnitRole.LEAD


def mark_sent(database: Database, *, sheets: Sequence[int], at: datetime | None = None) -> Changes:
    """Note that sheets were mailed or handed over, now unless ``at`` says when."""
    moment = (at or datetime.now()).replace(microsecond=0)
    with database.change("登記發出", operation="dispatch.mark_sent") as change:
        found = change.session.scalars(select(DispatchSheet).where(DispatchSheet.id.in_(sheets))).all()
        if len(found) != len(set(sheets)):
            raise Refused("選中的分發記錄有些已不存在。請刷新後再試。")
        for sheet in found:
            sheet.sent_at = moment
        units = "、".join(sheet.unit.name for sheet in found[:3])
        change.title = f"登記發出：{units}" + (f"等 {len(found)} 個單位" if len(found) > 3 else "")  # noqa: PLR2004
    return change.changes


def forget(database: Database, *, dispatch: int) -> Changes:
    """Take a sending of which nothing has returned out of the register; its files are no longer known."""
    with database.change("作廢分發", operation="dispatch.forget") as change:
        row = get(change.session, dispatch)
        code = f"{row.period}-{row.number}"
        back = [sheet for sheet in row.sheets if sheet.returned_at is not None]
        if back:
            raise Refused("分發 {code} 已有單位報回（{unit}），不能作廢。", code=code, unit=back[0].unit.name)
        change.title = f"作廢分發 {code}"
        change.session.delete(row)
    return change.changes


def get(session: Session, dispatch: int) -> Dispatch:
    """Return a sending; raise :class:`Refused` where it is gone."""
    row = session.get(Dispatch, dispatch)
    if row is None:
        raise Refused("這次分發已不存在。請刷新後再試。")
    return row


def stored(session: Session, *, dispatch: int) -> Outgoing:
    """Return a recorded sending as it went out, so that its files can be written again."""
    row = get(session, dispatch)
    return Outgoing(
        period=row.period,
        number=row.number,
        year=row.year,
        title=row.title,
        due_on=row.due_on,
        sheets=tuple(
            OutgoingSheet(
                unit_id=sheet.unit_id,
                unit=sheet.unit.name,
                token=sheet.token,
                rows=tuple(OutgoingRow(r.assignment_id, r.role, r.code, r.sent, r.base) for r in sheet.rows),
                people=people_of(sheet.unit),
            )
            for sheet in row.sheets
        ),
    )
