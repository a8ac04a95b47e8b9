"""The ledger's rows for a period as if they had been sent: what a sheet without a sending is compared with (外來表)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Assignment, WorkPoint
from db.numerals import ordinal
from db.outgoing import rows_by_unit
from db.sentrows import Sent, SentRow, SentSheet, unit_names
from db.terms import UnitRole

_ROOM = 1_000_000
"""More than there are units or assignments: the ids made here are below zero and tell period, unit and task."""


def unsent(session: Session, *, period: str) -> Sent:
    """Return for each unit a sheet of its tasks; ``base`` is the ledger's entry now, ``sent["number"]`` the point's.

    Nothing of it is stored, and no id of it is that of a stored row.
    """
    month = int(period.replace("-", ""))
    units, names = unit_names(session)
    numbers = _numbers(session)
    sheets: dict[int, SentSheet] = {}
    rows: dict[int, list[SentRow]] = {}
    for unit, outgoing in rows_by_unit(session, period=period).items():
        sheet = -(month * _ROOM + unit)
        year = int(period[:4])
        sheets[sheet] = SentSheet(sheet, -month, 0, "", unit, names[unit], period, year, "", date.max, None)
        rows[sheet] = [
            SentRow(
                id=-((month * _ROOM + one.assignment_id) * _ROOM + unit),
                sheet_id=sheet,
                assignment_id=one.assignment_id,
                role=one.role,
                code=one.code,
                sent=dict(one.sent) | {"number": numbers.get(one.assignment_id)},
                base=dict(one.base),
            )
            for one in outgoing
        ]
    return Sent(session, sheets, {}, units, names, rows, {-month})


def _numbers(session: Session) -> dict[int, int | None]:
    query = select(Assignment.id, WorkPoint.number).join(WorkPoint, Assignment.point_id == WorkPoint.id)
    return {task: ordinal(number) for task, number in session.execute(query)}


def led(rows: list[SentRow]) -> list[SentRow]:
    """Return the rows of lead units."""
    return [row for row in rows if row.role is UnitRole.LEAD]
