"""What went out, for recognising what comes back: sheets by token, rows by code, loaded only where needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    Assignment,
    AuditRow,
    Dispatch,
    DispatchRow,
    DispatchSheet,
    ReturnedFile,
    StoredFile,
    Unit,
    UnitAlias,
)
from db.script import fold
from db.terms import ReturnState, UnitRole


@dataclass(frozen=True, slots=True)
class SentSheet:
    """A workbook that went out."""

    id: int
    dispatch_id: int
    number: int
    token: str
    unit_id: int
    unit: str
    period: str
    year: int
    title: str
    due_on: date
    returned_at: datetime | None

    @property
    def stored(self) -> bool:
        """Tell whether the sheet went out; else it is one of ``db.unsent``."""
        return self.id > 0

    @property
    def dispatch(self) -> str:
        """Return what the sending is called, such as ``2022-06-1``; empty where the sheet did not go out."""
        return f"{self.period}-{self.number}" if self.stored else ""


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row that went out; ``sent`` and ``base`` as in :class:`db.outgoing.OutgoingRow`."""

    id: int
    sheet_id: int
    assignment_id: int
    role: UnitRole
    code: str
    sent: dict[str, Any]
    base: dict[str, Any]


@dataclass(slots=True)
class Sent:
    """All sendings at one moment; rows are read once per sending, when first asked for."""

    session: Session
    sheets: dict[int, SentSheet]
    by_token: dict[str, SentSheet]
    units: dict[str, int]
    unit_names: dict[int, str]
    _rows: dict[int, list[SentRow]] = field(default_factory=dict)
    _loaded: set[int] = field(default_factory=set)

    @property
    def year(self) -> int:
        """Return the year that is running: the newest sending's, 0 before any."""
        return max((sheet.year for sheet in self.sheets.values()), default=0)

    def dispatches(self) -> list[int]:
        """Return the sendings, newest first."""
        newest = {sheet.dispatch_id: (sheet.period, sheet.number) for sheet in self.sheets.values()}
        return sorted(newest, key=lambda one: newest[one], reverse=True)

    def all_rows(self) -> list[SentRow]:
        """Return the rows of all sendings."""
        return [row for dispatch in self.dispatches() for row in self.rows_of_dispatch(dispatch)]

    def sheets_of(self, dispatch: int) -> list[SentSheet]:
        """Return the sheets of one sending in their order."""
        return [sheet for sheet in self.sheets.values() if sheet.dispatch_id == dispatch]

    def rows(self, sheet: int) -> list[SentRow]:
        """Return the rows of one sheet in their order."""
        self._load(self.sheets[sheet].dispatch_id)
        return self._rows.get(sheet, [])

    def rows_of_dispatch(self, dispatch: int) -> list[SentRow]:
        """Return the rows of all sheets of one sending."""
        return [row for sheet in self.sheets_of(dispatch) for row in self.rows(sheet.id)]

    def sheets_with(self, codes: Iterable[str]) -> dict[int, int]:
        """Return how many of these codes each sheet has, for the sheets that have any."""
        counted: dict[int, int] = {}
        wanted = sorted(set(codes))
        for start in range(0, len(wanted), 500):
            query = (
                select(DispatchRow.sheet_id, func.count())
                .where(DispatchRow.code.in_(wanted[start : start + 500]))
                .group_by(DispatchRow.sheet_id)
            )
            for sheet, count in self.session.execute(query):
                counted[sheet] = counted.get(sheet, 0) + count
        return counted

    def _load(self, dispatch: int) -> None:
        if dispatch in self._loaded:
            return
        self._loaded.add(dispatch)
        row = DispatchRow
        query = (
            select(row.id, row.sheet_id, row.assignment_id, row.role, row.code, row.sent, row.base)
            .join(DispatchSheet, row.sheet_id == DispatchSheet.id)
            .where(DispatchSheet.dispatch_id == dispatch)
            .order_by(row.sheet_id, row.position)
        )
        for values in self.session.execute(query):
            one = SentRow(*values)
            self._rows.setdefault(one.sheet_id, []).append(one)


def sent(session: Session) -> Sent:
    """Read what went out, without the rows."""
    query = (
        select(DispatchSheet, Dispatch, Unit.name)
        .join(Dispatch, DispatchSheet.dispatch_id == Dispatch.id)
        .join(Unit, DispatchSheet.unit_id == Unit.id)
        .order_by(DispatchSheet.dispatch_id, DispatchSheet.position)
    )
    sheets = {
        sheet.id: SentSheet(
            sheet.id,
            dispatch.id,
            dispatch.number,
            sheet.token,
            sheet.unit_id,
            unit,
            dispatch.period,
            dispatch.year,
            dispatch.title,
            dispatch.due_on,
            sheet.returned_at,
        )
        for sheet, dispatch, unit in session.execute(query)
    }
    units, names = unit_names(session)
    return Sent(session, sheets, {one.token: one for one in sheets.values()}, units, names)


def unit_names(session: Session) -> tuple[dict[str, int], dict[int, str]]:
    """Return units by each of their folded names, and their names by id."""
    names = {unit.id: unit.name for unit in session.execute(select(Unit.id, Unit.name))}
    units = {alias.folded: alias.unit_id for alias in session.execute(select(UnitAlias.folded, UnitAlias.unit_id))}
    return units | {fold(name): unit for unit, name in names.items()}, names


def known_hashes(session: Session) -> dict[str, tuple[str, datetime]]:
    """Return the files that came back before: hash → name and when."""
    query = select(StoredFile.sha256, ReturnedFile.name, ReturnedFile.received_at).join(
        StoredFile, ReturnedFile.file_id == StoredFile.id
    )
    return {digest: (name, at) for digest, name, at in session.execute(query)}


def last_returns(session: Session) -> dict[int, tuple[str, datetime]]:
    """Return of each sheet that has come back the newest file: its name and when it was last saved."""
    found: dict[int, tuple[str, datetime]] = {}
    query = select(ReturnedFile.sheet_id, ReturnedFile.name, ReturnedFile.received_at, ReturnedFile.report)
    merged = query.where(ReturnedFile.state == ReturnState.RECOGNISED, ReturnedFile.sheet_id.is_not(None))
    for sheet, name, received, report in session.execute(merged):
        saved = report.get("modified")
        moment = datetime.fromisoformat(saved) if saved else received
        if sheet not in found or moment > found[sheet][1]:
            found[sheet] = (name, moment)
    return found


def taken_back(session: Session, token: str) -> bool:
    """Tell whether a sheet with this token went out from this file in a sending that is no longer there."""
    query = select(AuditRow.after).where(
        AuditRow.table_name == DispatchSheet.__tablename__, AuditRow.after.is_not(None)
    )
    return any((after or {}).get("token") == token for after in session.scalars(query))


def code_exists(session: Session, code: str) -> bool:
    """Tell whether any assignment has this code."""
    return session.scalars(select(Assignment.id).where(Assignment.code == code)).first() is not None
