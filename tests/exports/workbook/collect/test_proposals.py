"""New matters in a returned sheet: nothing by itself, on demand a task, undone with the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db import collect, undo, units
from db.models import Assignment, Plan, ProgressEntry, Unit, WorkPoint
from db.script import fold
from db.terms import DeadlineKind, Verdict
from desktop.cli import run
from exports.workbook import travel
from tests.exports.workbook.collect.support import PERIOD, Office

MATTER = "新增一項便民舉措"


def returned(office: Office, name: str, percent: int = 10, unit: str = "縣甲局", **more: str) -> Path:
    """Save a unit's sheet with a new matter in its band."""
    sheet = office.sheet_of(unit)
    column = [fold(str(sheet.page.cell(row, 1).value or "")) for row in range(1, sheet.page.max_row + 1)]
    row = 2 + next(place for place, text in enumerate(column) if text.startswith(fold(travel.NEW_BAND)))
    values: dict[str, str | int] = {
        "task": MATTER,
        "deadline": "年底前",
        "percent": percent,
        "text": "已起草方案。",
        **more,
    }
    for key, value in values.items():
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


@pytest.mark.parametrize(
    ("wording", "day", "kind"),
    [
        ("年底前", date(2022, 12, 31), DeadlineKind.FIXED),
        ("6月底前；9月10日前", date(2022, 9, 10), DeadlineKind.FIXED),
        ("2023年3月", date(2023, 3, 31), DeadlineKind.FIXED),
        ("持續推進", None, DeadlineKind.CONTINUOUS),
        ("每月28日", None, DeadlineKind.RECURRING),
        ("印發之日起30日內", None, DeadlineKind.FIXED),
        ("", None, DeadlineKind.NONE),
    ],
)
def test_the_wording_of_its_deadline_is_read(
    office: Office, wording: str, day: date | None, kind: DeadlineKind
) -> None:
    plan = office.plan(returned(office, "回復.xlsx", deadline=wording))
    if day is not None:
        assert any(day.isoformat() in cell.problem for cell in plan.cells if cell.field == "deadline")
    collect.apply(office.database, plan=plan.choose_proposals(accept=True))
    with office.database.reading() as session:
        task = session.scalars(select(Assignment).join(WorkPoint).where(WorkPoint.text == MATTER)).one()
        assert (task.deadline_text, task.deadline_on, task.deadline_kind) == (wording, day, kind)


def test_another_unit_that_it_names_by_an_alias_leads(office: Office) -> None:
    with office.database.reading() as session:
        other = session.scalars(select(Unit).where(Unit.name == "縣乙局")).one().id
    units.set_aliases(office.database, unit=other, aliases=["乙局"])
    plan = office.plan(returned(office, "回復.xlsx", lead="乙局")).choose_proposals(accept=True)
    collect.apply(office.database, plan=plan)
    with office.database.reading() as session:
        task = session.scalars(select(Assignment).join(WorkPoint).where(WorkPoint.text == MATTER)).one()
        assert task.lead_id == other


def test_a_new_matter_is_accepted_as_a_whole_and_not_with_its_file(office: Office) -> None:
    plan = office.plan(returned(office, "回復.xlsx"))
    assert (plan.matters, plan.matters_left) == (0, 1)
    assert plan.choose_file(0, accept=True).matters == 0
    place = next(at for at, cell in enumerate(plan.cells) if cell.verdict is Verdict.PROPOSAL)
    chosen = plan.choose_cells([place], accept=True)
    assert (chosen.matters, chosen.matters_left) == (1, 0)
    assert {cell.field for cell in chosen.accepted} == {"task", "deadline", "percent", "text"}
    assert chosen.choose_cells([place], accept=False).accepted == []


def test_the_command_line_accepts_new_matters(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    path = returned(office, "回復.xlsx")
    office.database.release()
    arguments = ["--db", str(office.database.path), "ledger", "collect", str(path), "--apply"]
    assert run([*arguments, "--accept-proposals"]) == 0, capsys.readouterr().out
    assert len(tasks(office)) == 1
