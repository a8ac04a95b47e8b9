"""What people and programs do to a sheet: every value is taken rightly, or told with its cell."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from db.returns import PlanCell, Rule
from db.script import fold
from db.terms import ReturnState, Verdict
from exports.workbook import travel
from tests.exports.workbook.collect.support import Office, Sheet, by_place

TEXT = "已召開推進會，清單上線運行。"


def filled(office: Office) -> tuple[Sheet, list[str]]:
    sheet = office.sheet_of("縣甲局")
    codes = list(sheet.codes)
    for place, code in enumerate(codes):
        sheet.write(code, percent=60 + place, text=f"第{place}項{TEXT}")
    return sheet, codes


def taken(office: Office, sheet: Sheet) -> dict[tuple[str, str], PlanCell]:
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    return {key: cell for key, cell in by_place(plan).items() if cell.accepted}


def whole(codes: list[str]) -> set[tuple[str, str]]:
    return {(code, key) for code in codes for key in ("percent", "text")}


def unmerge(sheet: Sheet) -> None:
    for place in list(sheet.page.merged_cells.ranges):
        sheet.page.unmerge_cells(str(place))


def test_columns_may_move_and_be_renamed(office: Office) -> None:
    sheet, codes = filled(office)
    unmerge(sheet)
    page, old = sheet.page, sheet.column("text")
    column = [page.cell(row, old).value for row in range(1, page.max_row + 1)]
    page.delete_cols(old)
    page.insert_cols(1)
    for row, value in enumerate(column, start=1):
        page.cell(row, 1).value = value
    page.cell(sheet.heading, 1).value = "目前工作进展"
    cells = taken(office, sheet)
    assert set(cells) == whole(codes)
    assert cells[codes[1], "text"].returned == f"第1項{TEXT}"


def test_an_extra_column_and_a_note_beside_the_table_are_told(office: Office) -> None:
    sheet, codes = filled(office)
    page = sheet.page
    beyond = page.max_column + 1
    page.cell(sheet.heading, beyond).value = "備註"
    page.cell(sheet.codes[codes[0]], beyond).value = "經費缺口十萬元"
    page.cell(page.max_row + 3, 2).value = "經費不足，請辦公室協調"
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    told = {cell.found: cell for cell in plan.cells if cell.verdict is Verdict.INVALID}
    assert set(told) == {"經費缺口十萬元", "經費不足，請辦公室協調"}
    assert all(cell.cell and cell.problem for cell in told.values())
    assert len(plan.accepted) == len(whole(codes))


def test_a_changed_locked_cell_is_told_and_an_emptied_one_says_nothing(office: Office) -> None:
    sheet, codes = filled(office)
    sheet.write(codes[0], deadline="明年再說").write(codes[1], lead=None)
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    (told,) = [cell for cell in plan.cells if Rule.LOCKED in cell.rules]
    assert (told.code, told.field, told.found) == (codes[0], "deadline", "明年再說")


def test_a_wrong_check_sign_is_told_with_the_nearest_code(office: Office) -> None:
    sheet, codes = filled(office)
    wrong = codes[0][:-1] + ("A" if codes[0][-1] != "A" else "C")
    sheet.cell(codes[0], "code").value = wrong
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    told = [cell for cell in plan.cells if Rule.CODE in cell.rules]
    assert {cell.found for cell in told} == {wrong, "60", f"第0項{TEXT}"}
    assert all(codes[0] in cell.problem and cell.verdict is Verdict.INVALID for cell in told)
    assert (0, codes[0]) in plan.missing
    assert {cell.code for cell in plan.accepted} == set(codes[1:])


def test_codes_lost_rows_are_known_by_their_text_and_marked(office: Office) -> None:
    sheet, codes = filled(office)
    for row in sheet.codes.values():
        sheet.page.cell(row, sheet.column("code")).value = None
    cells = taken(office, sheet)
    assert set(cells) == whole(codes)
    assert all(Rule.BY_TEXT in cell.rules and cell.problem for cell in cells.values())


def test_the_same_code_twice_with_different_answers_is_a_conflict_of_both(office: Office) -> None:
    sheet, codes = filled(office)
    row = sheet.page.max_row + 1
    sheet.page.cell(row, sheet.column("code")).value = codes[0]
    sheet.page.cell(row, sheet.column("percent")).value = 95
    sheet.page.cell(row, sheet.column("text")).value = f"第0項{TEXT}"
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    rivals = [cell for cell in plan.cells if (cell.code, cell.field) == (codes[0], "percent")]
    assert {cell.returned for cell in rivals} == {60, 95}
    assert {cell.verdict for cell in rivals} == {Verdict.CONFLICT}
    assert by_place(plan)[codes[0], "text"].verdict is Verdict.TAKEN


def test_a_new_matter_is_a_proposal(office: Office) -> None:
    sheet, codes = filled(office)
    column = [str(sheet.page.cell(row, 1).value or "") for row in range(1, sheet.page.max_row + 1)]
    row = 1 + next(place for place, text in enumerate(column) if fold(text).startswith(fold(travel.NEW_BAND)))
    sheet.page.cell(row + 1, sheet.column("task")).value = "新增一項便民舉措"
    sheet.page.cell(row + 1, sheet.column("percent")).value = 10
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    proposals = {cell.field: cell.returned for cell in plan.cells if cell.verdict is Verdict.PROPOSAL}
    assert proposals == {"task": "新增一項便民舉措", "percent": 10}
    assert {cell.code for cell in plan.accepted} == set(codes)


def test_rows_of_another_unit_in_the_same_file_go_to_that_unit(office: Office) -> None:
    sheet, _ = filled(office)
    theirs = office.sheet_of("縣丙局")
    page = sheet.book.create_sheet("丙")
    for line in theirs.page.iter_rows():
        for cell in line:
            if cell.value is not None:
                page.cell(cell.row, cell.column or 1).value = cell.value
    code = next(iter(theirs.codes))
    page.cell(theirs.codes[code], theirs.column("percent")).value = 15
    plan = office.plan(sheet.save(office.inbox / "匯總.xlsx"))
    units = {cell.target.unit for cell in plan.accepted if cell.target and cell.returned == 15}
    own = {cell.target.unit for cell in plan.accepted if cell.target and cell.returned != 15}
    assert len(units) == 1
    assert units.isdisjoint(own)


def test_a_merged_report_counts_for_every_row_and_says_so(office: Office) -> None:
    sheet, codes = filled(office)
    rows = sorted(sheet.codes.values())[1:3]
    assert rows[1] == rows[0] + 1
    column = sheet.column("text")
    sheet.page.merge_cells(start_row=rows[0], end_row=rows[1], start_column=column, end_column=column)
    plan = office.plan(sheet.save(office.inbox / "回復.xlsx"))
    merged = [cell for cell in plan.cells if Rule.MERGED in cell.rules]
    assert len(merged) == 1
    assert merged[0].returned == by_place(plan)[codes[1], "text"].returned


def test_percent_formats_dates_and_full_width_digits(office: Office) -> None:
    sheet = office.sheet_of("縣甲局")
    first, second, third, fourth, *_ = sheet.codes
    sheet.write(first, percent=1, finished_on="2022.12.12").cell(first, "percent").number_format = "0%"
    sheet.write(second, percent="８０％", finished_on="11月底")
    sheet.write(third, percent=1, finished_on="2022.4.31")
    sheet.write(fourth, percent="八成", finished_on=date(2022, 12, 1))
    cells = by_place(office.plan(sheet.save(office.inbox / "回復.xlsx")))
    assert [cells[code, "percent"].returned for code in (first, second, fourth)] == [100, 80, 80]
    assert [cells[code, "finished_on"].returned for code in (first, second, fourth)] == [
        "2022-12-12",
        "2022-11-30",
        "2022-12-01",
    ]
    assert {cells[third, key].verdict for key in ("percent", "finished_on")} == {Verdict.INVALID}
    assert cells[third, "finished_on"].found == "2022.4.31"


def test_a_book_that_counts_from_1904_is_read_rightly(office: Office) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    sheet = office.sheet_of("縣甲局")
    code = next(iter(sheet.codes))
    sheet.book.epoch = CALENDAR_MAC_1904
    sheet.write(code, finished_on=date(2022, 12, 12))
    cells = by_place(office.plan(sheet.save(office.inbox / "回復.xlsx")))
    assert cells[code, "finished_on"].returned == "2022-12-12"


def test_a_formula_is_taken_with_its_result_only(office: Office) -> None:
    sheet = office.sheet_of("縣甲局")
    code = next(iter(sheet.codes))
    sheet.write(code, percent="=30+30", text="'=1+1")
    cells = by_place(office.plan(sheet.save(office.inbox / "回復.xlsx")))
    assert cells[code, "percent"].verdict is Verdict.INVALID  # no program has worked it out yet
    assert "公式" in cells[code, "percent"].problem


def test_simplified_answers_to_what_we_have_in_the_other_script_change_nothing(office: Office) -> None:
    from db import collect

    sheet = office.sheet_of("縣甲局")
    code = next(iter(sheet.codes))
    sheet.write(code, text="已辦結高頻事項。").save(office.inbox / "一.xlsx")
    collect.apply(office.database, plan=office.plan())
    again = sheet.write(code, text="已办结高频事项。").save(office.inbox / "二.xlsx")
    assert by_place(office.plan(again))[code, "text"].verdict is Verdict.UNCHANGED


def test_a_table_of_other_content_is_foreign(office: Office) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["姓名", "電話"])
    page.append(["甲一", "0700-5550000"])
    content = BytesIO()
    book.save(content)
    path: Path = office.inbox / "通訊錄.xlsx"
    path.write_bytes(content.getvalue())
    plan = office.plan()
    assert [file.state for file in plan.files] == [ReturnState.FOREIGN]
    assert plan.accepted == []
