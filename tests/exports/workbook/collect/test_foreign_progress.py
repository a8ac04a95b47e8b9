"""Foreign sheets read as progress: rows known by text or number, the unit and the period chosen, one batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import select

from db import collect, undo
from db.models import Assignment, ProgressEntry
from db.returns import PlanCell, ReturnPlan, Rule
from db.script import simplified
from db.terms import ReturnState, Verdict
from exports.workbook.collect.files import plan_returns
from exports.workbook.collect.foreignread import Choice
from tests.exports.workbook.collect.support import POINTS, UNITS, Office, by_place

MAY = "2022-05"  # no sheet was ever sent for it
HEADINGS = ("序號", "工作任務", "責任單位", "幹到哪了", "完成率", "股室")


def table(path: Path, rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> Path:
    """Write an office's own table under a title."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["重點工作推進情況表"])
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def foreign(office: Office, choice: Choice) -> ReturnPlan:
    with office.database.reading() as session:
        return plan_returns(session, [office.inbox], foreign=choice)


def columns(office: Office) -> dict[str, dict[int, str]]:
    """Return the proposed columns with 幹到哪了 told to be the progress."""
    from exports.workbook.collect.foreign import corrected, proposals
    from exports.workbook.collect.opening import sources

    (found,) = [one for source in sources([office.inbox]) for one in proposals(source)]
    made = corrected(found, [("進展情況", "幹到哪了")])
    return {made.mark: dict(made.fields)}


def by_code(office: Office) -> list[str]:
    with office.database.reading() as session:
        return list(session.scalars(select(Assignment.code).order_by(Assignment.id)))


def entries(office: Office) -> dict[tuple[str, int | None], tuple[int | None, str]]:
    with office.database.reading() as session:
        query = select(Assignment.code, ProgressEntry).join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        rows = session.execute(query.where(ProgressEntry.period == MAY)).all()
        return {(code, entry.unit_id): (entry.percent, entry.text) for code, entry in rows}


def test_a_sheet_of_a_period_nothing_was_sent_for_is_planned_applied_and_undone(office: Office) -> None:
    # A table that also the sending of December would recognise is only read for May where it is told to be of May.
    table(office.inbox / "五月.xlsx", [(1, "別的事", "縣甲局", "已辦", 10, "甲股")])
    assert [file.state for file in office.plan().files] == [ReturnState.FOREIGN]
    rows = [(1, simplified(POINTS[0]), "縣甲局", "已辦 3 項", "八成", "甲股"), (5, POINTS[4], "縣乙局", "", 30, "")]
    table(office.inbox / "五月.xlsx", rows)
    codes = by_code(office)
    plan = foreign(office, Choice(MAY, columns=columns(office)))
    (file,) = plan.files
    assert (file.state, file.sheet_id, file.dispatch, file.period) == (ReturnState.RECOGNISED, None, "", MAY)
    assert "進展情況=幹到哪了" in file.detail
    assert "沒有讀取的列：股室" in file.detail
    cells = by_place(plan)
    assert (cells[codes[0], "percent"].returned, cells[codes[0], "text"].returned) == (80, "已辦 3 項")
    assert cells[codes[4], "percent"].returned == 30
    assert plan.missing == ()
    assert plan.not_returned == ()
    assert all(Rule.BY_TEXT in cell.rules for cell in plan.accepted)
    batch = collect.apply(office.database, plan=plan).batch
    units = {code: told for (code, _), told in entries(office).items()}
    assert units == {codes[0]: (80, "已辦 3 項"), codes[4]: (30, "")}
    assert foreign(office, Choice(MAY)).files[0].state is ReturnState.DUPLICATE
    assert batch is not None
    undo.undo(office.database, batch=batch)
    assert entries(office) == {}


def test_each_row_goes_to_the_unit_it_names_and_the_clerk_may_name_one_for_all(office: Office) -> None:
    rows = [(1, POINTS[0], "縣乙局、縣丙局", "配合完成", 20, "")]
    table(office.inbox / "五月.xlsx", rows)
    chosen = columns(office)
    (own,) = {cell.target.unit for cell in foreign(office, Choice(MAY, columns=chosen)).accepted if cell.target}
    with office.database.reading() as session:
        from db.sentrows import unit_names

        _, names = unit_names(session)
    assert names[own] == UNITS[1]
    third = next(unit for unit, name in names.items() if name == UNITS[2])
    plan = foreign(office, Choice(MAY, unit=third, columns=chosen))
    assert {cell.target.unit for cell in plan.accepted if cell.target} == {third}
    assert plan.files[0].unit == UNITS[2]


def test_what_is_only_alike_waits_and_what_is_unknown_is_a_proposal(office: Office) -> None:
    like = POINTS[1].replace("告知承諾制", "承諾制")[:-5]
    rows = [(2, like, "縣甲局", "進度過半", 55, ""), ("", "完全另外的一件事情，與要點無關", "縣甲局", "已辦", 9, "")]
    table(office.inbox / "五月.xlsx", rows)
    plan = foreign(office, Choice(MAY, columns=columns(office)))
    code = by_code(office)[1]
    waiting = [cell for cell in plan.cells if cell.code == code]
    assert {(c.field, c.verdict, c.accepted) for c in waiting} == {
        ("percent", Verdict.CONFLICT, False),
        ("text", Verdict.CONFLICT, False),
    }
    assert all("請確認" in cell.problem for cell in waiting)
    assert {c.field for c in plan.cells if c.verdict is Verdict.PROPOSAL} >= {"task", "text", "percent"}
    accepted: list[PlanCell] = plan.choose_rule(Rule.UNSURE, accept=True).accepted
    assert {cell.code for cell in accepted} == {code}


def test_the_base_is_what_the_ledger_holds_and_a_lower_percent_is_asked(office: Office) -> None:
    from db import progress

    code = by_code(office)[0]
    progress.add(office.database, code=code, report=progress.Report(MAY, percent=60, text="已辦 5 項"))
    table(office.inbox / "五月.xlsx", [(1, POINTS[0], "縣甲局", "已辦5項", 40, "")])
    cells = by_place(foreign(office, Choice(MAY, columns=columns(office))))
    assert cells[code, "text"].verdict in (Verdict.UNCHANGED, Verdict.SAME)
    assert (cells[code, "percent"].verdict, cells[code, "percent"].ledger) == (Verdict.CONFLICT, 60)


def test_without_a_column_for_the_task_the_file_stays_foreign_and_says_why(office: Office) -> None:
    table(office.inbox / "五月.xlsx", [("甲", "乙")], headings=("這", "那"))
    (file,) = foreign(office, Choice(MAY)).files
    assert file.state is ReturnState.FOREIGN
    assert "要指明任務" in file.detail


def test_a_sheet_of_a_sending_that_was_undone_says_so(office: Office) -> None:
    office.sheet_of("縣甲局").save(office.inbox / "回復.xlsx")
    with office.database.reading() as session:
        sending = next(one.id for one in undo.history(session) if one.title.startswith("分發"))
    undo.undo(office.database, batch=sending)
    (file,) = office.plan().files
    assert file.state is ReturnState.FOREIGN
    assert "這次分發已撤銷" in file.detail
