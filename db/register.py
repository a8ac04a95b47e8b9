"""The register of dispatches (分發登記): what went to whom, when, due when, returned when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from db import telephones
from db.errors import Refused
from db.models import Dispatch, DispatchSheet


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A unit's sheet in the register. ``sent_at`` is None until the clerk says it is out."""

    id: int
    dispatch: str
    period: str
    due_on: date
    unit_id: int
    unit: str
    telephone: str
    contact: str
    token: str
    file_name: str
    rows: int
    made_at: datetime
    sent_at: datetime | None
    sent_to: str
    returned_at: datetime | None

    def late(self, on: date) -> bool:
        """Tell whether the sheet came back, or is still out, past its day; the day itself is not late."""
        return (self.returned_at.date() if self.returned_at else on) > self.due_on


@dataclass(frozen=True, slots=True)
class DispatchLine:
    """A sending in the list of them: how many units, how many have returned."""

    id: int
    code: str
    period: str
    title: str
    due_on: date
    made_at: datetime
    folder: str
    units: int
    sent: int
    returned: int


def dispatches(session: Session) -> list[DispatchLine]:
    """Return all sendings, newest first."""
    query = select(Dispatch).options(selectinload(Dispatch.sheets))
    rows = session.scalars(query.order_by(Dispatch.period.desc(), Dispatch.number.desc()))
    return [
        DispatchLine(
            id=row.id,
            code=f"{row.period}-{row.number}",
            period=row.period,
            title=row.title,
            due_on=row.due_on,
            made_at=row.made_at,
            folder=row.folder,
            units=len(row.sheets),
            sent=sum(sheet.sent_at is not None for sheet in row.sheets),
            returned=sum(sheet.returned_at is not None for sheet in row.sheets),
        )
        for row in rows
    ]


def find(session: Session, code: str = "") -> int:
    """Return the id of a sending by its code (``2022-06-1``), by its period, or of the newest one.

    Raises :class:`Refused` where there is none.
    """
    lines = dispatches(session)
    if not lines:
        raise Refused("還沒有分發過。請先運行 taizhang ledger dispatch。")
    found = next((line for line in lines if code in ("", line.code, line.period)), None)
    if found is None:
        known = "、".join(line.code for line in lines[:5])
        raise Refused("沒有分發「{code}」。最近的有：{known}。", code=code, known=known)
    return found.id


def rows(session: Session, *, dispatch: int | None = None) -> list[RegisterRow]:
    """Return the sheets of one sending, or of all, newest sending first."""
    query = (
        select(DispatchSheet)
        .join(DispatchSheet.dispatch)
        .options(joinedload(DispatchSheet.dispatch), joinedload(DispatchSheet.unit), selectinload(DispatchSheet.rows))
        .order_by(Dispatch.period.desc(), Dispatch.number.desc(), DispatchSheet.position)
    )
    if dispatch is not None:
        query = query.where(DispatchSheet.dispatch_id == dispatch)
    return [_row(sheet) for sheet in session.scalars(query)]


def _row(sheet: DispatchSheet) -> RegisterRow:
    sending, unit = sheet.dispatch, sheet.unit
    people = [person for person in unit.contacts if person.name]
    return RegisterRow(
        id=sheet.id,
        dispatch=f"{sending.period}-{sending.number}",
        period=sending.period,
        due_on=sending.due_on,
        unit_id=unit.id,
        unit=unit.name,
        telephone=unit.telephone or next(filter(None, map(telephones.shown, people)), ""),
        contact="、".join(person.name for person in people),
        token=sheet.token,
        file_name=sheet.file_name,
        rows=len(sheet.rows),
        made_at=sending.made_at,
        sent_at=sheet.sent_at,
        sent_to=sheet.sent_to,
        returned_at=sheet.returned_at,
    )


def not_returned(session: Session, *, dispatch: int) -> list[RegisterRow]:
    """Return the sheets of a sending that are still out (未報回), in the order of the units."""
    return [row for row in rows(session, dispatch=dispatch) if row.returned_at is None]
