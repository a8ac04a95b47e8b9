"""From returned files to the ledger and back again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db import assignments, backup, collect, progress, undo
from db.comparing import Policy
from db.errors import Refused
from db.merge import Blank
from db.models import Assignment, DispatchSheet, ProgressEntry, ReturnedFile, StoredFile
from db.returns import Rule
from db.terms import ReturnState, TaskState, Verdict
from exports.workbook.collect.errorbook import write_errors
from tests.exports.workbook.collect.support import PERIOD, Office, Sheet, by_place, dated

TEXT = "已召開推進會，清單上線運行。"


def entries(office: Office, code: str) -> list[tuple[int | None, str, str]]:
    with office.database.reading() as session:
        query = select(ProgressEntry).join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        found = session.scalars(query.where(Assignment.code == code, ProgressEntry.period == PERIOD))
        return [(entry.percent, entry.text, entry.source) for entry in found]


def returned(office: Office, name: str = "回復.xlsx", **values: str | float | date | None) -> tuple[Path, str]:
    """Save a sheet with one row filled in; return its path and the row's code."""
    sheet = office.sheet_of("縣甲局")
    code = next(iter(sheet.codes))
    return sheet.write(code, **values).save(office.inbox / name), code


def test_applying_writes_what_was_shown_and_keeps_the_file(office: Office) -> None:
    path, code = returned(office, percent=60, status="進行中", text=TEXT)
    changes = collect.apply(office.database, plan=office.plan())
    assert entries(office, code) == [(60, TEXT, "收回：回復.xlsx")]
    with office.database.reading() as session:
        task = session.scalars(select(Assignment).where(Assignment.code == code)).one()
        assert (task.percent, task.task_state) == (60, TaskState.IN_PROGRESS)
        kept = session.scalars(select(ReturnedFile)).one()
        assert kept.file.content == path.read_bytes()
        back = session.scalars(select(DispatchSheet).where(DispatchSheet.id == kept.sheet_id)).one()
        assert back.returned_at is not None
    assert "3 格" in changes.title
    assert any(one.reason == "import" for one in backup.snapshots(backup.folder_of(office.database.path), "year"))


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    returned(office, percent=60, text=TEXT)
    collect.apply(office.database, plan=office.plan())
    again = office.plan()
    assert [file.state for file in again.files] == [ReturnState.DUPLICATE]
    assert collect.apply(office.database, plan=again).batch is None


def test_the_same_answers_saved_anew_change_nothing(office: Office) -> None:
    path, code = returned(office, percent=60, text=TEXT)
    collect.apply(office.database, plan=office.plan())
    Sheet(path).save(path)
    again = by_place(office.plan())
    assert again[code, "percent"].verdict is Verdict.UNCHANGED
    assert not [cell for cell in again.values() if cell.accepted]


def test_a_correction_of_the_same_unit_is_taken(office: Office) -> None:
    _, code = returned(office, percent=60)
    collect.apply(office.database, plan=office.plan())
    path, _ = returned(office, name="更正.xlsx", percent=70)
    cell = by_place(office.plan(path))[code, "percent"]
    assert (cell.sent, cell.ledger, cell.returned, cell.verdict) == (60, 60, 70, Verdict.TAKEN)


def test_a_batch_is_undone_as_a_whole(office: Office) -> None:
    _, code = returned(office, percent=60, text=TEXT)
    changes = collect.apply(office.database, plan=office.plan())
    assert changes.batch is not None
    undo.undo(office.database, batch=changes.batch)
    assert entries(office, code) == []
    with office.database.reading() as session:
        assert session.scalars(select(Assignment.percent).where(Assignment.code == code)).one() == 40
        assert session.scalars(select(ReturnedFile)).all() == []
        assert session.scalars(select(DispatchSheet).where(DispatchSheet.returned_at.is_not(None))).all() == []
        assert session.scalars(select(StoredFile.name).where(StoredFile.name == "回復.xlsx")).one()
    assert by_place(office.plan())[code, "percent"].verdict is Verdict.TAKEN


def test_undoing_after_later_work_keeps_the_later_work(office: Office) -> None:
    _, code = returned(office, percent=60)
    changes = collect.apply(office.database, plan=office.plan())
    progress.add(office.database, code=code, report=progress.Report(PERIOD, percent=75))
    assert changes.batch is not None
    undone = undo.undo(office.database, batch=changes.batch)
    assert [entry[0] for entry in entries(office, code)] == [75]
    assert undone.notes
    with office.database.reading() as session:
        assert session.scalars(select(Assignment.percent).where(Assignment.code == code)).one() == 75


def test_a_row_that_moved_since_is_refused_and_nothing_is_written(office: Office) -> None:
    _, code = returned(office, percent=60)
    plan = office.plan()
    progress.add(office.database, code=code, report=progress.Report(PERIOD, percent=55))
    with pytest.raises(Refused, match=code):
        collect.apply(office.database, plan=plan)
    assert [entry[0] for entry in entries(office, code)] == [55]


def test_a_cell_changed_on_both_sides_is_a_conflict_until_it_is_settled(office: Office) -> None:
    _, code = returned(office, percent=60, text=TEXT)
    progress.add(office.database, code=code, report=progress.Report(PERIOD, percent=55))
    cells = by_place(office.plan())
    assert (cells[code, "percent"].verdict, cells[code, "percent"].accepted) == (Verdict.CONFLICT, False)
    assert (cells[code, "text"].verdict, cells[code, "text"].parallel) == (Verdict.TAKEN, True)
    collect.apply(office.database, plan=office.plan(policy=Policy(prefer="theirs")))
    assert entries(office, code)[-1][:2] == (60, TEXT)


def test_what_we_changed_elsewhere_in_the_row_stays(office: Office) -> None:
    _, code = returned(office, text=TEXT)
    progress.add(office.database, code=code, report=progress.Report(PERIOD, percent=55))
    collect.apply(office.database, plan=office.plan())
    assert entries(office, code)[-1][:2] == (55, TEXT)


def test_a_lower_percentage_waits_for_the_clerk(office: Office) -> None:
    _, code = returned(office, percent=30)
    cell = by_place(office.plan())[code, "percent"]
    assert (cell.verdict, cell.rules, cell.accepted) == (Verdict.CONFLICT, (Rule.LOWER,), False)
    agreed = office.plan().choose_rule(Rule.LOWER, accept=True)
    collect.apply(office.database, plan=agreed)
    assert [entry[0] for entry in entries(office, code)] == [30]


def test_a_report_on_a_task_withdrawn_since_waits_for_the_clerk(office: Office) -> None:
    _, code = returned(office, percent=60)
    with office.database.reading() as session:
        task = session.scalars(select(Assignment.id).where(Assignment.code == code)).one()
    assignments.withdraw(office.database, ids=[task], reason="與省級新部署重複")
    cell = by_place(office.plan())[code, "percent"]
    assert (cell.verdict, cell.rules, cell.accepted) == (Verdict.CONFLICT, (Rule.WITHDRAWN,), False)


def test_blank_erases_only_where_the_clerk_says_so(office: Office) -> None:
    _, code = returned(office, text=TEXT)
    collect.apply(office.database, plan=office.plan())
    path, _ = returned(office, name="二.xlsx", percent=60)
    assert by_place(office.plan(path))[code, "text"].verdict is Verdict.UNCHANGED
    erasing = by_place(office.plan(path, policy=Policy(blank=Blank.ERASE)))[code, "text"]
    assert (erasing.verdict, erasing.returned) == (Verdict.TAKEN, None)
    path, _ = returned(office, name="三.xlsx", text="清空")
    assert by_place(office.plan(path))[code, "text"].verdict is Verdict.TAKEN


def test_lead_and_cooperating_units_are_both_kept(office: Office) -> None:
    _, code = returned(office, percent=60, text=TEXT)
    other = office.sheet_of("縣丙局")
    assert code in other.codes
    other.write(code, percent=20, text="已配合提供材料。").save(office.inbox / "丙.xlsx")
    collect.apply(office.database, plan=office.plan())
    assert {entry[:2] for entry in entries(office, code)} == {(60, TEXT), (20, "已配合提供材料。")}
    with office.database.reading() as session:
        assert session.scalars(select(Assignment.percent).where(Assignment.code == code)).one() == 60


def test_copied_and_empty_reports_are_flagged_and_taken(office: Office) -> None:
    sheet = office.sheet_of("縣甲局")
    first, second, *_ = sheet.codes
    sheet.write(first, text="已印發方案。").write(second, text="正在推進。").save(office.inbox / "回.xlsx")
    cells = by_place(office.plan())
    assert (cells[first, "text"].verdict, cells[first, "text"].rules) == (Verdict.TAKEN, (Rule.COPIED,))
    assert (cells[second, "text"].verdict, cells[second, "text"].rules) == (Verdict.TAKEN, (Rule.EMPTY_PHRASE,))


def test_of_two_versions_the_newer_stands_and_the_older_is_shown(office: Office) -> None:
    dated(returned(office, name="最終版2.xlsx", percent=70)[0], 2023)
    dated(returned(office, name="更正.xlsx", percent=60, text=TEXT)[0], 2022)
    plan = office.plan()
    states = {file.name: file.state for file in plan.files}
    assert states == {"更正.xlsx": ReturnState.SUPERSEDED, "最終版2.xlsx": ReturnState.RECOGNISED}
    assert [cell.returned for cell in plan.accepted] == [70]
    assert {cell.returned for cell in plan.cells if cell.verdict is Verdict.CONFLICT} == {60, TEXT}


def test_an_older_version_that_comes_later_is_shown_and_not_taken(office: Office) -> None:
    newer = dated(returned(office, name="最終版2.xlsx", percent=70)[0], 2023)
    older = dated(returned(office, name="更正.xlsx", percent=80)[0], 2022)
    collect.apply(office.database, plan=office.plan(newer))
    plan = office.plan(older)
    assert plan.files[0].state is ReturnState.SUPERSEDED
    assert plan.accepted == []
    assert [cell.verdict for cell in plan.cells if cell.returned == 80] == [Verdict.CONFLICT]


def test_two_versions_of_one_moment_are_left_to_the_clerk(office: Office) -> None:
    dated(returned(office, name="一.xlsx", percent=70)[0], 2022)
    dated(returned(office, name="二.xlsx", percent=60)[0], 2022)
    assert office.plan().accepted == []


def test_choices_make_a_new_plan(office: Office) -> None:
    returned(office, percent=60, text=TEXT)
    plan = office.plan()
    assert plan.choose_file(0, accept=False).accepted == []
    assert len(plan.choose_file(0, accept=False).choose_all_clear().accepted) == 2
    target = plan.accepted[0].target
    assert target is not None
    assert plan.choose_row(target, accept=False).accepted == []
    place = plan.cells.index(plan.accepted[0])
    assert len(plan.choose_cells([place], accept=False).accepted) == 1
    assert len(plan.accepted) == 2


def test_errors_go_back_as_a_sheet_the_unit_can_mend(office: Office, tmp_path: Path) -> None:
    _, code = returned(office, percent="過半", text=TEXT)
    changes = collect.apply(office.database, plan=office.plan())
    assert changes.batch is not None
    with office.database.reading() as session:
        (written,) = write_errors(session, batch=changes.batch, folder=tmp_path / "退")
    assert (written.unit, written.marked) == ("縣甲局", 1)
    sheet = Sheet(written.path)
    assert sheet.cell(code, "percent").value == "過半"
    assert sheet.cell(code, "percent").comment is not None
    assert sheet.cell(code, "text").value == TEXT
    mended = sheet.write(code, percent=60).save(office.inbox / "補正.xlsx")
    cells = by_place(office.plan(mended))
    assert cells[code, "percent"].verdict is Verdict.TAKEN
    assert cells[code, "text"].verdict is Verdict.UNCHANGED


def test_a_batch_without_errors_is_told(office: Office, tmp_path: Path) -> None:
    shutil.copy(office.files[0], office.inbox)
    with office.database.reading() as session, pytest.raises(Refused):
        write_errors(session, batch=1, folder=tmp_path)
