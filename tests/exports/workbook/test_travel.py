"""The travelling workbook of one unit: what it shows, what it hides, what it lets a unit do."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from db.codes import find_codes, find_tokens, is_valid, make_token
from db.outgoing import OutgoingSheet
from db.settings import Office
from db.terms import TaskState, UnitRole
from exports.workbook import travel
from exports.workbook.travelwrite import NOTES, Filled, workbook_bytes
from tests.exports.workbook.samples import OFFICE
from tests.exports.workbook.travel_samples import TOKEN, outgoing, row, sheet

TRADITIONAL = Office(county="清江縣", office_name="清江縣人民政府辦公室", output_script="zh_Hant")


def book(unit: OutgoingSheet | None = None, office: Office = TRADITIONAL, filled: Filled | None = None) -> Any:  # noqa: ANN401 - a workbook with properties the stubs do not know
    unit = unit or sheet()
    return openpyxl.load_workbook(BytesIO(workbook_bytes(outgoing(unit), unit, office=office, filled=filled)))


def heading_row(page: Worksheet) -> int:
    return next(int(cell.row) for cell in page["B"] if cell.value == "編號")


def columns(page: Worksheet) -> dict[str, str]:
    """Return column letters by heading."""
    return {str(c.value): get_column_letter(at) for at, c in enumerate(page[heading_row(page)], start=1)}


def coded_rows(page: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.row for cell in page["B"] if is_valid(str(cell.value))}


def test_tasks_stand_under_the_part_the_unit_has_in_them() -> None:
    page = book().worksheets[0]
    first = [str(cell.value) for cell in page["A"] if cell.value is not None]
    lead, co, new = (next(i for i, text in enumerate(first) if text.startswith(t)) for t in ("牽頭", "配合", "新增"))
    assert first[lead + 1 : co] == ["1", "2"]
    assert first[co + 1 : new] == ["3"]
    assert first[new + 1].startswith(travel.NOTE_START)
    assert len([text for text in first if text.startswith((travel.NOTE_START, "　"))]) == len(NOTES)


def test_a_unit_that_only_cooperates_gets_no_empty_category() -> None:
    page = book(sheet(row(1, UnitRole.CO))).worksheets[0]
    assert not [cell for cell in page["A"] if str(cell.value).startswith("牽頭任務")]


def test_last_period_is_shown_locked_and_inputs_are_blank_and_free() -> None:
    page = book().worksheets[0]
    place, at = columns(page), next(iter(coded_rows(page).values()))
    assert page[f"{place['上期進度(%)']}{at}"].value == 40
    assert page[f"{place['上期進展情況']}{at}"].value == "已印發方案。"
    titles = {column.title: column for column in travel.COLUMNS}
    for title, letter in place.items():
        cell = page[f"{letter}{at}"]
        assert cell.protection.locked is not titles[title].input
        if titles[title].input:
            assert cell.value is None
    assert tuple(titles[title].key for title in place if titles[title].input) == (
        *("percent", "status", "text", "problem", "next_step", "finished_on"),
    )


def test_protection_is_light() -> None:
    protection = book().worksheets[0].protection
    assert protection.sheet
    assert not protection.password
    assert not protection.autoFilter
    assert not protection.formatColumns


def test_identity_stands_in_five_places() -> None:
    made = book()
    page, hidden = made.worksheets[0], made[travel.IDENTITY_SHEET]
    codes = list(coded_rows(page))
    assert codes == [one.code for one in sheet().rows]
    assert find_tokens(page["A2"].value) == [TOKEN]
    assert hidden.sheet_state == "hidden"
    told = [[cell.value for cell in line] for line in hidden.iter_rows()]
    assert ["token", TOKEN, None] in told
    assert [line[1:] for line in told if line[0] == "row"] == [[one.code, one.role.value] for one in sheet().rows]
    properties = {one.name: one.value for one in made.custom_doc_props.props}
    assert properties[f"{travel.PROPERTY}token"] == TOKEN
    assert properties[f"{travel.PROPERTY}dispatch"] == "2022-06-1"
    assert find_tokens(travel.file_name("縣財政局", travel.SHEET, "2022-06", TOKEN)) == [TOKEN]


@pytest.mark.parametrize("around", ["副本(2){}最終版2.xlsx", "{}2.xlsx", "縣財政局{}.et", "Ｔ{0}"])
def test_a_token_is_found_in_what_a_unit_made_of_the_name(around: str) -> None:
    name = around.format(TOKEN.lower() if "{0}" not in around else TOKEN[1:])
    assert find_tokens(name) == [TOKEN]


def test_a_mistyped_token_is_none() -> None:
    assert find_tokens(TOKEN.replace("AAAAA", "AAACA")) == []
    assert find_tokens(make_token("2022-07", lambda _: 3)) != []


def test_a_files_name_is_one_every_system_takes() -> None:
    name = travel.file_name("縣甲/乙:局 \t*", "工作臺賬", "2022-06", TOKEN)
    assert name == f"縣甲乙局_工作臺賬_2022-06_{TOKEN}.xlsx"
    assert len(travel.file_name("縣" * 300, "工作臺賬", "2022-06", TOKEN)) < 100


def test_entries_are_checked_and_the_list_comes_from_a_sheet() -> None:
    made = book()
    checks = {check.type: check for check in made.worksheets[0].data_validations.dataValidation}
    assert set(checks) == {"list", "whole", "date"}
    assert checks["list"].formula1.startswith(f"{travel.LISTS_SHEET}!")
    assert (checks["whole"].formula1, checks["whole"].formula2) == ("0", "100")
    choices = [cell.value for cell in made[travel.LISTS_SHEET]["A"]]
    assert choices == ["未開始", "進行中", "已完成", travel.ERASE]
    assert made[travel.LISTS_SHEET].sheet_state == "hidden"
    last = max(coded_rows(made.worksheets[0]).values())
    status = columns(made.worksheets[0])["狀態"]
    assert f"{status}{last}" in checks["list"].sqref


def test_codes_and_blank_cells_beside_them_are_text() -> None:
    page = book().worksheets[0]
    at = max(coded_rows(page).values())
    assert all(page[f"B{line}"].number_format == "@" for line in (at, at + 2, at + 3))
    assert page.column_dimensions["B"].number_format == "@"


def test_what_begins_like_a_formula_stays_text() -> None:
    page = book(sheet(row(1, task="=HYPERLINK(1)", last_text="-未動\n+1"))).worksheets[0]
    at = next(iter(coded_rows(page).values()))
    cells = {cell.value: cell for cell in page[at]}
    for text in ("=HYPERLINK(1)", "-未動\n+1"):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix


def test_overdue_rows_are_coloured_by_their_own_day() -> None:
    page = book(sheet(row(1), row(2, deadline="持續推進", deadline_on=""))).worksheets[0]
    rules = [rule for found in page.conditional_formatting for rule in found.rules]
    assert len(rules) == 1
    hidden = columns(page)["時限日期"]
    assert page.column_dimensions[hidden].hidden
    assert f"${hidden}" in rules[0].formula[0]
    dates = [page[f"{hidden}{at}"].value for at in coded_rows(page).values()]
    assert dates[0].date().isoformat() == "2022-06-30"
    assert dates[1] is None


def test_a_sheet_without_days_has_no_colours_and_no_empty_columns() -> None:
    page = book(sheet(row(1, deadline_on=""))).worksheets[0]
    assert not list(page.conditional_formatting)
    assert not {"時限日期", "具體舉措"} & set(columns(page))


def test_the_page_is_set_for_print() -> None:
    page = book().worksheets[0]
    at = heading_row(page)
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == f"${at - 1}:${at}"
    assert page.auto_filter.ref.startswith(f"A{at}:")
    shown = [c for c in columns(page).values() if not page.column_dimensions[c].hidden]
    assert f"${shown[-1]}$" in page.print_area


def test_a_task_too_long_for_a_row_says_that_it_is_cut() -> None:
    page = book(sheet(row(1, task="推進政務公開標準化規範化。" * 400))).worksheets[0]
    at = next(iter(coded_rows(page).values()))
    assert page[f"C{at}"].value.endswith("全文見臺賬）")
    assert page.row_dimensions[at].height <= 409


def test_a_sheet_that_goes_back_shows_what_was_entered_and_what_is_expected() -> None:
    code = sheet().rows[0].code
    filled = Filled(
        {(code, "percent"): "八成多", (code, "status"): TaskState.DONE}, {(code, "percent"): "應為 0 到 100"}
    )
    page = book(filled=filled).worksheets[0]
    place, at = columns(page), coded_rows(page)[code]
    wrong = page[f"{place['進度(%)']}{at}"]
    assert (wrong.value, wrong.comment.text) == ("八成多", "應為 0 到 100")
    assert wrong.protection.locked is False
    assert page[f"{place['狀態']}{at}"].value == "已完成"


def test_an_office_that_writes_simplified_keeps_its_data() -> None:
    made = book(office=OFFICE)
    page = made.worksheets[0]
    assert "编号" in [cell.value for cell in page["B"]]
    assert "規范第1項政務公開工作。" in [cell.value for cell in page["C"]]
    assert "已完成" in [cell.value for cell in made[travel.LISTS_SHEET]["A"]]
    assert find_codes(" ".join(str(cell.value) for cell in page["B"])) == [one.code for one in sheet().rows]
