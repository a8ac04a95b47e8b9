"""New matters in a returned sheet: nothing by itself, on demand a task, undone with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from db import collect, undo
from db.models import Assignment, Plan, ProgressEntry, WorkPoint
from db.script import fold
from desktop.cli import run
from exports.workbook import travel
from tests.exports.workbook.collect.support import PERIOD, Office

MATTER = "新增一項便民舉措"


def returned(office: Office, name: str, percent: int = 10) -> Path:
    """Save a sheet with a new matter in its band."""
    sheet = office.sheet_of("縣甲局")
    column = [fold(str(sheet.page.cell(row, 1).value or "")) for row in range(1, sheet.page.max_row + 1)]
    row = 2 + next(place for place, text in enumerate(column) if text.startswith(fold(travel.NEW_BAND)))
    for key, value in (("task", MATTER), ("deadline", "年底前"), ("percent", percent), ("text", "已起草方案。")):
        sheet.page.cell(row, sheet.column(key)).value = value
    return sheet.save(office.inbox / name)


def tasks(office: Office) -> list[tuple[str, str, str, int | None]]:
    """Return plan, text, deadline and percent of the tasks of the new matter."""
    with office.database.reading() as session:
        query = (
            select(Plan.title, WorkPoint.text, Assignment.deadline_text, ProgressEntry.percent)
            .join(WorkPoint, WorkPoint.plan_id == Plan.id)
            .join(Assignment, Assignment.point_id == WorkPoint.id)
            .outerjoin(ProgressEntry, (ProgressEntry.assignment_id == Assignment.id) & (ProgressEntry.period == PERIOD))
            .where(WorkPoint.text == MATTER)
        )
        return [(title, text, deadline, percent) for title, text, deadline, percent in session.execute(query)]


def test_a_new_matter_becomes_a_task_only_on_demand_and_is_undone(office: Office) -> None:
    path = returned(office, "回復.xlsx")
    before = collect.apply(office.database, plan=office.plan(path).choose_all_clear())
    assert tasks(office) == []
    assert before.batch is not None
    undo.undo(office.database, batch=before.batch)
    changes = collect.apply(office.database, plan=office.plan(path).choose_proposals(accept=True))
    wanted = [("臨時交辦 2022", MATTER, "年底前", 10)]
    assert tasks(office) == wanted
    same = collect.apply(office.database, plan=office.plan(path).choose_proposals(accept=True))
    assert (same.batch, tasks(office)) == (None, wanted)
    again = returned(office, "又一份.xlsx", percent=20)
    more = collect.apply(office.database, plan=office.plan(again).choose_proposals(accept=True))
    assert tasks(office) == wanted
    assert more.batch is not None
    assert any("又一份.xlsx" in note for note in more.notes)
    assert changes.batch is not None
    undo.undo(office.database, batch=more.batch)
    undo.undo(office.database, batch=changes.batch)
    assert tasks(office) == []


def test_the_command_line_accepts_new_matters(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    path = returned(office, "回復.xlsx")
    office.database.release()
    arguments = ["--db", str(office.database.path), "ledger", "collect", str(path), "--apply"]
    assert run([*arguments, "--accept-proposals"]) == 0, capsys.readouterr().out
    assert len(tasks(office)) == 1
