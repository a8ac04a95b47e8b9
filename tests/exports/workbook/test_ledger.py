"""The ledger as a workbook: reopened and compared with what should stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Refused
from db.ledger import Ledger
from db.settings import Office
from db.terms import ReportState, TaskState
from exports.safewrite import CannotWrite
from exports.workbook.ledger import write_ledger
from tests.exports.workbook.samples import OFFICE, ON, ledger, notice, row

HEADING = [
    "序号", "编号", "要点全文", "具体举措", "牵头单位", "责任单位", "分管领导",
    "完成时限", "进度(%)", "进展情况", "存在问题", "下一步", "备注",
]  # fmt: skip
MAKER = "制表单位：清江縣人民政府辦公室　制表日期：2022年6月1日"


def written(
    tmp_path: Path,
    rows: Ledger,
    office: Office = OFFICE,
    *,
    paper: str | None = None,
    columns: list[str] | None = None,
    sections: bool = True,
) -> Worksheet:
    target = tmp_path / "臺賬.xlsx"
    path = write_ledger(rows, target, office=office, paper=paper, columns=columns, sections=sections, on=ON)
    sheet = load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def grid(sheet: Worksheet) -> list[list[object]]:
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_the_whole_sheet_of_a_small_ledger(tmp_path: Path) -> None:
    rows = ledger(
        row(1, section="一、甲", deadline_text="年底前", percent=60, progress="已完成初稿", leader="李四"),
        row(2, section="一、甲", deadline_on=date(2022, 6, 30), note="注意"),
        row(3, section="二、乙", lead="", lead_id=None, lead_reason="原文沒有寫責任單位。請指定。", others=()),
    )
    sheet = written(tmp_path, rows)
    text, lead, others = "規范政務公開工作。", "縣行政審批服務局", "縣財政局、縣司法局"
    none = [None] * 12
    about = "文号：湘政辦發〔2022〕16號　共 3 项　牵头单位待定 1 项"
    reason = "原文没有写责任单位。请指定。"
    assert grid(sheet) == [
        ["清江縣2022年政務公開工作要點工作台账", *none],
        [about, *none[:5], MAKER, *none[:6]],
        HEADING,
        ["一、甲", *none],
        [1, rows.rows[0].code, text, None, lead, others, "李四", "年底前", 60, "已完成初稿", None, None, None],
        [2, rows.rows[1].code, text, None, lead, others, None, datetime(2022, 6, 30), None, None, None, None, "注意"],
        ["二、乙", *none],
        [3, rows.rows[2].code, text, None, "待定", *none[:7], reason],
    ]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:M1", "A2:F2", "G2:M2", "A4:M4", "A7:M7"}


def test_the_page_is_set_up_for_print(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row()))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:M4"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center is not None
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"
    assert sheet.page_margins.left == pytest.approx(28 / 25.4)
    assert sheet.title == "工作台账"


def test_the_paper_is_the_offices_unless_one_is_asked_for(tmp_path: Path) -> None:
    a4 = replace(OFFICE, paper="A4")
    assert written(tmp_path, ledger(row()), a4).page_setup.paperSize == 9
    assert written(tmp_path, ledger(row()), a4, paper="a3").page_setup.paperSize == 8
    with pytest.raises(Refused, match="紙張「B5」不能用。請選 A3、A4"):
        written(tmp_path, ledger(row()), paper="B5")


def test_columns_are_those_asked_for_else_the_offices(tmp_path: Path) -> None:
    office = replace(OFFICE, ledger_columns=["code", "text"])
    assert grid(written(tmp_path, ledger(row()), office))[2] == ["编号", "要点全文"]
    assert grid(written(tmp_path, ledger(row()), office, columns=["lead"]))[2] == ["牵头单位"]


def test_states_are_printed_as_words(tmp_path: Path) -> None:
    rows = ledger(row(task_state=TaskState.IN_PROGRESS, report_state=ReportState.MISSING))
    assert grid(written(tmp_path, rows, columns=["task_state", "report_state"]))[-1] == ["进行中", "未报"]


def test_an_office_that_writes_traditional_gets_its_words_so(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row()), replace(OFFICE, output_script="zh_Hant"))
    assert grid(sheet)[2][:3] == ["序號", "編號", "要點全文"]


def test_data_is_converted_only_where_the_office_asks(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row()), replace(OFFICE, convert_output=True))
    assert grid(sheet)[0][0] == "清江县2022年政务公开工作要点工作台账"
    assert grid(sheet)[3][2] == "规范政务公开工作。"


HOSTILE = ['=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)", "\t=1", "#N/A", "007", "1e5", "TRUE"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path, ledger(row(measure=text)), columns=["measure"])
    cell = sheet["A4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")


def test_codes_and_blank_cells_are_formatted_as_text(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row()), columns=["code", "measure", "text"])
    assert [cell.number_format for cell in sheet[4]] == ["@", "@", "@"]


def test_a_text_too_long_for_a_text_cell_of_old_excel_is_not_formatted_so(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row(measure="長" * 256)), columns=["measure"])
    assert (sheet["A4"].number_format, sheet["A4"].data_type) == ("General", "s")


def test_control_characters_show(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row(measure="甲\x00乙\x0b丙\r\n丁\ud800")), columns=["measure"])
    assert sheet["A4"].value == "甲�乙\n丙\n丁�"


def test_what_no_cell_can_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    value = written(tmp_path, ledger(row(measure="長" * 40_000)), columns=["measure"])["A4"].value
    assert isinstance(value, str)
    assert len(value) == 32_767
    assert value.endswith("全文以臺賬為準）")


def heights(sheet: Worksheet) -> list[float]:
    return [sheet.row_dimensions[at].height or 0 for at in range(1, sheet.max_row + 1)]


def test_rows_are_as_high_as_their_text_needs(tmp_path: Path) -> None:
    short, long = heights(written(tmp_path, ledger(row(1), row(2, point_text="長文。" * 100))))[-2:]
    assert 15 < short < 60
    assert short < long < 409.5


def test_a_text_higher_than_a_row_can_be_runs_over_merged_rows(tmp_path: Path) -> None:
    text = "很長的要點，" * 400
    sheet = written(tmp_path, ledger(row(1, point_text=text), row(2)))
    merged = next(one for one in sheet.merged_cells.ranges if one.min_row == 4 and one.min_col == 3)
    assert merged.max_row > 4
    assert all(0 < height <= 409.5 for height in heights(sheet))
    assert sheet["C4"].value == text
    assert sheet.cell(merged.max_row + 1, 1).value == 2
    assert {one.max_row for one in sheet.merged_cells.ranges if one.min_row == 4} == {merged.max_row}


def test_a_ledger_of_proposals_says_it_is_a_draft(tmp_path: Path) -> None:
    rows = ledger(row(1, confirmed=False), row(2, confirmed=False))
    sheet = written(tmp_path, rows)
    assert str(sheet["A1"].value).endswith("工作台账（征求意见稿）")
    assert [sheet["M4"].value, sheet["M5"].value] == [None, None]


def test_beside_accepted_tasks_each_proposal_is_marked(tmp_path: Path) -> None:
    rows = ledger(row(1), row(2, confirmed=False), row(3, confirmed=False, note="注意"))
    sheet = written(tmp_path, rows)
    assert str(sheet["A1"].value).endswith("（征求意见稿）")
    assert [sheet[f"M{at}"].value for at in (4, 5, 6)] == [None, "拟办", "拟办。注意"]


def test_several_plans_have_rows_of_their_own_and_the_title_is_the_countys(tmp_path: Path) -> None:
    other: dict[str, object] = {"plan_id": 2, "plan": "另一個計劃"}
    rows = Ledger("", "", 2022, (row(1, section="一、甲"), row(2, **other, section="一、甲"), row(3, **other)))
    first = [line[0] for line in grid(written(tmp_path, rows))]
    assert first[0] == "清江縣2022年工作台账"
    assert first[3:] == ["清江縣2022年政務公開工作要點", "一、甲", 1, "另一個計劃", "一、甲", 2, "（未列章节）", 3]
    assert first[1] == "共 3 项"


def test_sections_can_be_left_out(tmp_path: Path) -> None:
    rows = ledger(row(1, section="一、甲"), row(2, section="二、乙"))
    assert [line[0] for line in grid(written(tmp_path, rows, sections=False))][3:] == [1, 2]


def test_one_column_alone_still_prints(tmp_path: Path) -> None:
    sheet = written(tmp_path, ledger(row()), columns=["text"])
    assert "文号" in str(sheet["A2"].value)
    assert "制表日期" in str(sheet["A2"].value)


def test_the_file_says_what_it_is_and_whose(tmp_path: Path) -> None:
    path = write_ledger(ledger(row()), tmp_path / "a.xlsx", office=OFFICE, on=ON)
    properties = load_workbook(path).properties
    assert properties.title == "清江縣2022年政務公開工作要點工作台账"
    assert properties.creator == properties.lastModifiedBy == "清江縣人民政府辦公室"


def test_another_reader_sees_the_same(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    path = write_ledger(notice(), tmp_path / "a.xlsx", office=OFFICE, on=ON)
    lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    found = {line[1]: line[2] for line in lines if str(line[1]).startswith("22-")}
    assert found == {task.code: task.point_text for task in notice().rows}


def test_every_point_of_the_notice_fits_its_row(tmp_path: Path) -> None:
    for paper in ("A3", "A4"):
        sheet = written(tmp_path, notice(), paper=paper)
        assert max(heights(sheet)) < 409
        assert sum(str(cell.value).startswith("22-") for cell in sheet["B"]) == 56


def test_the_line_under_the_title_stays_one_line_where_the_first_columns_are_narrow(tmp_path: Path) -> None:
    columns = ["編號", "牽頭單位", "要點全文", "完成時限"]
    sheet = written(tmp_path, ledger(row(lead="", lead_id=None), row(2)), columns=columns)
    assert sheet["A2"].value == "文号：湘政辦發〔2022〕16號　共 2 项　牵头单位待定 1 项　" + MAKER
    assert "A2:D2" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[2].height < 30, "one line"


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"「臺賬.csv」的類型不能用.*\.xlsx"):
        write_ledger(ledger(row()), tmp_path / "臺賬.csv", office=OFFICE)
    assert list(tmp_path.iterdir()) == []
    assert write_ledger(ledger(row()), tmp_path / "臺賬", office=OFFICE).name == "臺賬.xlsx"
