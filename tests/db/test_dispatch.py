"""Sendings: what each unit gets, what is kept of it, the register."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from db import assignments, dispatch, progress, register, undo, units
from db.database import Database
from db.errors import Refused
from db.models import Assignment, Dispatch, DispatchRow, DispatchSheet
from db.outgoing import FIELDS, Outgoing
from db.progress import Report
from db.terms import ReportState, TaskState, UnitRole
from tests.db.worlds import codes, divided

DUE = date(2022, 6, 28)


def prepared(database: Database, **options: object) -> Outgoing:
    with database.reading() as session:
        return dispatch.prepare(session, due_on=DUE, **options)  # type: ignore[arg-type]


def recorded(database: Database) -> int:
    outgoing = prepared(database)
    files = {sheet.token: dispatch.Written(f"{sheet.unit}.xlsx", "0" * 64) for sheet in outgoing.sheets}
    changes = dispatch.record(database, outgoing=outgoing, files=files, folder=Path("六月"))
    return changes.ids("dispatch")[0]


def led(database: Database) -> tuple[str, int]:
    """Return the code of an accepted task and its lead unit."""
    with database.reading() as session:
        task = session.scalars(select(Assignment).where(Assignment.confirmed).order_by(Assignment.id)).first()
        assert task is not None
        assert task.lead_id is not None
        return task.code, task.lead_id


def test_a_unit_gets_what_it_leads_and_what_it_cooperates_in(database: Database) -> None:
    divided(database)
    code, lead = led(database)
    with database.reading() as session:
        task = session.scalars(select(Assignment).where(Assignment.code == code)).one()
        others = {line.unit_id for line in task.others}
    roles = {sheet.unit_id: row.role for sheet in prepared(database).sheets for row in sheet.rows if row.code == code}
    assert others
    assert roles == {lead: UnitRole.LEAD} | dict.fromkeys(others, UnitRole.CO)


def test_proposals_and_withdrawn_tasks_stay_at_home(database: Database) -> None:
    made = divided(database)
    code, _ = led(database)
    with database.reading() as session:
        proposed = set(session.scalars(select(Assignment.code).where(~Assignment.confirmed)))
    sent = {row.code for sheet in prepared(database).sheets for row in sheet.rows}
    assert proposed
    assert sent == set(codes(database)) - proposed
    assignments.withdraw(database, ids=made, reason="與新部署重複")
    with pytest.raises(Refused):
        prepared(database)
    assert code in sent


def test_the_unit_sees_its_last_report_and_the_base_is_that_of_the_period(database: Database) -> None:
    divided(database)
    code, lead = led(database)
    for period, percent in (("2022-04", 10), ("2022-05", 30), ("2022-06", 50), ("2022-06", 55)):
        progress.add(database, code=code, report=Report(period, percent, TaskState.IN_PROGRESS, f"{period}進展"))
    sheets = {sheet.unit_id: sheet for sheet in prepared(database).sheets}
    row = next(row for row in sheets[lead].rows if row.code == code)
    assert (row.sent["last_period"], row.sent["last_percent"], row.sent["last_text"]) == ("2022-05", 30, "2022-05進展")
    assert tuple(row.base) == FIELDS
    assert (row.base["percent"], row.base["status"], row.base["finished_on"]) == (55, "in_progress", None)
    other = next(row for unit, sheet in sheets.items() if unit != lead for row in sheet.rows if row.code == code)
    assert other.sent["last_percent"] is None
    assert not any(other.base.values())


def test_every_value_that_was_sent_is_kept_and_can_be_sent_again(database: Database) -> None:
    divided(database)
    outgoing = prepared(database)
    made = recorded(database)
    with database.reading() as session:
        again = dispatch.stored(session, dispatch=made)
    assert [sheet.rows for sheet in again.sheets] == [sheet.rows for sheet in outgoing.sheets]
    assert (again.code, again.due_on, again.title) == (outgoing.code, outgoing.due_on, outgoing.title)
    assert len({sheet.token for sheet in again.sheets}) == len(again.sheets)


def test_sendings_of_a_period_are_counted(database: Database) -> None:
    divided(database)
    recorded(database)
    assert prepared(database).code == "2022-06-2"
    assert prepared(database, period="2022-07").code == "2022-07-1"


def test_a_number_taken_meanwhile_is_not_given_twice(database: Database) -> None:
    divided(database)
    outgoing = prepared(database)
    files = {sheet.token: dispatch.Written("甲.xlsx", "") for sheet in outgoing.sheets}
    dispatch.record(database, outgoing=outgoing, files=files, folder=Path("甲"))
    with pytest.raises(Refused):
        dispatch.record(database, outgoing=outgoing, files=files, folder=Path("乙"))


@pytest.mark.parametrize("period", ["2022-13", "2022年6月", "6", "1999-01"])
def test_a_period_that_is_none_is_refused(database: Database, period: str) -> None:
    with pytest.raises(Refused):
        prepared(database, period=period)


def test_a_new_period_waits_for_its_reports(database: Database) -> None:
    divided(database)
    code, _ = led(database)
    progress.add(database, code=code, report=Report("2022-05", 30, TaskState.IN_PROGRESS, "已開工"))

    def state() -> ReportState:
        with database.reading() as session:
            return session.scalars(select(Assignment.report_state).where(Assignment.code == code)).one()

    assert state() is ReportState.REPORTED
    made = recorded(database)
    assert state() is ReportState.MISSING
    progress.add(database, code=code, report=Report("2022-06", 40, TaskState.IN_PROGRESS, "已過半"))
    assert recorded(database) != made
    assert state() is ReportState.REPORTED


def test_a_sending_is_undone_as_a_whole(database: Database) -> None:
    divided(database)
    recorded(database)
    with database.reading() as session:
        batch = undo.history(session)[0].id
    undo.undo(database, batch=batch)
    with database.reading() as session:
        assert [session.scalars(select(kind)).all() for kind in (Dispatch, DispatchSheet, DispatchRow)] == [[], [], []]


def test_the_register_tells_who_has_returned(database: Database) -> None:
    divided(database)
    made = recorded(database)
    with database.reading() as session:
        rows = register.rows(session, dispatch=made)
    first = rows[0]
    units.set_contacts(database, unit=first.unit_id, contacts=[{"name": "趙會計", "email": "cz@example.cn"}])
    dispatch.mark_sent(database, sheets=[row.id for row in rows], at=datetime(2022, 6, 1, 9, 30))
    with database.change("報回", operation="test") as change:
        sheet = change.session.get(DispatchSheet, first.id)
        assert sheet is not None
        sheet.returned_at = datetime(2022, 6, 28, 23, 0)
    with database.reading() as session:
        line = register.dispatches(session)[0]
        still_out = register.not_returned(session, dispatch=made)
        now = register.rows(session, dispatch=made)[0]
    assert (line.units, line.sent, line.returned) == (len(rows), len(rows), 1)
    assert [row.unit for row in still_out] == [row.unit for row in rows[1:]]
    assert now.contact == "趙會計"
    assert not now.late(date(2022, 7, 9))
    assert not still_out[0].late(DUE)
    assert still_out[0].late(date(2022, 6, 29))


def test_a_sending_is_found_by_code_by_period_or_as_the_newest(database: Database) -> None:
    divided(database)
    with database.reading() as session, pytest.raises(Refused):
        register.find(session)
    first, second = recorded(database), recorded(database)
    with database.reading() as session:
        assert register.find(session) == second
        assert register.find(session, "2022-06") == second
        assert register.find(session, "2022-06-1") == first
        with pytest.raises(Refused):
            register.find(session, "2022-06-9")


def test_a_sending_nobody_answered_can_be_forgotten(database: Database) -> None:
    divided(database)
    made = recorded(database)
    with database.change("報回", operation="test") as change:
        sheet = change.session.scalars(select(DispatchSheet)).first()
        assert sheet is not None
        sheet.returned_at = datetime(2022, 6, 20, 9, 0)
    with pytest.raises(Refused):
        dispatch.forget(database, dispatch=made)
    with database.change("退回", operation="test") as change:
        sheet = change.session.scalars(select(DispatchSheet)).first()
        assert sheet is not None
        sheet.returned_at = None
    dispatch.forget(database, dispatch=made)
    with database.reading() as session, pytest.raises(Refused):
        register.find(session)
