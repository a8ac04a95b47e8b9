"""The division paper: what its letter says, what its annex holds, and when it may not be issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from db.errors import Refused
from db.ledger import Ledger
from db.settings import Office
from exports.division import write_division
from exports.division.content import paper
from exports.division.word import write_division_docx
from exports.safewrite import CannotWrite
from exports.words import words_of
from tests.exports.workbook.samples import OFFICE, ledger, notice, row

if TYPE_CHECKING:
    from docx.document import Document

HANT = replace(OFFICE, output_script="zh_Hant")
PLAN = "湖南省2022年政務公開工作要點"
ROWS = ledger(
    row(1, plan=PLAN, section="一、甲", measure="印發清單", deadline_text="年底前"),
    row(2, plan=PLAN, section="一、甲", lead="", lead_id=None, lead_reason="原文沒有寫。", others=()),
    title=PLAN,
)
READY = ledger(row(1, plan=PLAN), title=PLAN)


def letter(rows: Ledger, *, office: Office = HANT, issued: bool = False, reply_by: date | None = None) -> list[str]:
    text = paper(rows, office=office, words=words_of(office), issued=issued, reply_by=reply_by)
    return [text.header, text.number, text.title, text.to, *text.paragraphs, text.annex_line, text.signer, text.day]


def test_the_draft_asks_for_comments_and_invents_nothing() -> None:
    assert letter(ROWS) == [
        "徵求意見稿",
        "×政辦函〔2022〕　　號",
        "清江縣人民政府辦公室關於徵求《清江縣貫徹落實〈湖南省2022年政務公開工作要點〉任務分工方案（徵求意見稿）》意見的函",
        "各有關單位：",
        (
            "為貫徹落實《湖南省2022年政務公開工作要點》（湘政辦發〔2022〕16號），我們起草了《清江縣貫徹落實"
            "〈湖南省2022年政務公開工作要點〉任務分工方案（徵求意見稿）》（見附件），現徵求你們意見。"
        ),
        (
            "意見反饋：請對照附件，就牽頭單位、責任單位、具體舉措和完成時限提出意見，逐項註明序號、修改內容和理由，"
            "於2022年　　月　　日前書面反饋清江縣人民政府辦公室。沒有意見的，也請書面說明。"
        ),
        "附件中牽頭單位標註「待定」的 1 項，上級文件沒有寫明可對應的牽頭單位，請一併提出建議。",
        "聯繫人：　　　　　　聯繫電話：",
        "附件：清江縣貫徹落實《湖南省2022年政務公開工作要點》任務分工方案（徵求意見稿）",
        "清江縣人民政府辦公室",
        "2022年　　月　　日",
    ]


def test_the_issued_paper_asks_for_nothing() -> None:
    issued = letter(READY, issued=True)
    assert issued[:3] == [
        "",
        "×政辦發〔2022〕　　號",
        "清江縣人民政府辦公室關於印發《清江縣貫徹落實〈湖南省2022年政務公開工作要點〉任務分工方案》的通知",
    ]
    assert not any("意見" in sentence or "待定" in sentence for sentence in issued)


def test_the_last_day_for_comments_is_printed_where_it_is_known() -> None:
    assert any("於2022年5月6日前書面反饋" in sentence for sentence in letter(ROWS, reply_by=date(2022, 5, 6)))


def test_what_is_not_known_stays_blank() -> None:
    bare = letter(Ledger("", "", None, READY.rows), office=Office(output_script="zh_Hant"))
    assert bare[1] == "×政辦函〔　　　　〕　　號"
    assert bare[2].startswith("關於徵求《貫徹落實〈")
    assert bare[-2:] == ["", "　　　　年　　月　　日"]
    assert "（）" not in "".join(bare)


def test_fixed_words_follow_the_offices_script_and_names_stay_as_entered() -> None:
    title = letter(READY, office=OFFICE)[2]
    assert title.startswith("清江縣人民政府辦公室关于征求《清江縣贯彻落实〈湖南省2022年政務公開工作要點〉任务分工方案")


def test_several_plans_are_all_named() -> None:
    assert "《湖南省2022年政務管理服務工作要點》和《湖南省2022年政務公開工作要點》" in letter(notice())[4]


def test_a_paper_is_not_issued_while_leads_are_pending() -> None:
    pending = sum(not task.lead for task in notice().rows)
    first = next(task.code for task in notice().rows if not task.lead)
    with pytest.raises(Refused, match=rf"還有 {pending} 項任務沒有牽頭單位（{first}、.*等），不能正式印發"):
        letter(notice(), issued=True)


def test_a_paper_is_not_issued_while_tasks_are_only_proposed() -> None:
    rows = ledger(row(1), row(2, confirmed=False))
    with pytest.raises(Refused, match=rf"還有 1 項任務只是擬辦（{rows.rows[1].code}），不能正式印發"):
        letter(rows, issued=True)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_refusing_leaves_the_old_file(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"方案{suffix}"
    target.write_bytes(b"old")
    with pytest.raises(Refused):
        write_division(ROWS, target, office=OFFICE, issued=True)
    assert target.read_bytes() == b"old"


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"請寫成 \.docx 或 \.xlsx"):
        write_division(READY, tmp_path / "方案.pdf", office=OFFICE)


def document(tmp_path: Path, rows: Ledger = ROWS, *, issued: bool = False) -> Document:
    return docx.Document(str(write_division_docx(rows, tmp_path / "方案.docx", office=OFFICE, issued=issued)))


def test_the_annex_table_holds_every_task_under_a_repeated_heading(tmp_path: Path) -> None:
    made = document(tmp_path)
    table = made.tables[0]
    lines = [[cell.text for cell in line.cells] for line in table.rows]
    assert lines == [
        ["序号", "重点任务", "具体举措", "牵头单位", "责任单位", "完成时限"],
        ["一、甲"] * 6,
        ["1", "規范政務公開工作。", "印發清單", "縣行政審批服務局", "縣財政局、縣司法局", "年底前"],
        ["2", "規范政務公開工作。", "", "待定", "", ""],
    ]
    repeated = [line._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for line in table.rows]
    assert repeated == [True, False, False, False]


def test_the_letter_is_upright_and_the_annex_across(tmp_path: Path) -> None:
    first, second = document(tmp_path).sections
    assert [round(side.mm) for side in (first.page_width, first.page_height)] == [210, 297]  # type: ignore[union-attr]
    margins = (first.top_margin, first.left_margin, first.right_margin, first.bottom_margin)
    assert [round(side.mm) for side in margins if side] == [37, 28, 26, 35]
    assert second.orientation == WD_ORIENT.LANDSCAPE
    assert [round(side.mm) for side in (second.page_width, second.page_height)] == [297, 210]  # type: ignore[union-attr]


def test_type_and_lines_are_as_the_standard_has_them(tmp_path: Path) -> None:
    styles = document(tmp_path).styles
    for name, font, size, line in (("公文正文", "仿宋_GB2312", 16, 28), ("公文標題", "方正小标宋简体", 22, 34)):
        style = styles[name]
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == font
        assert style.element.rPr.find(qn("w:sz")).get(qn("w:val")) == str(size * 2)
        spacing = style.element.pPr.find(qn("w:spacing"))
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == (str(line * 20), "exact")


def test_a_font_names_what_may_stand_for_it(tmp_path: Path) -> None:
    parts = [rel.target_part for rel in document(tmp_path).part.rels.values() if rel.reltype.endswith("/fontTable")]
    assert len(parts) == 1
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in parts[0].blob.decode()


@pytest.mark.parametrize("header", ["征求意见稿", ""])
def test_every_page_of_a_draft_says_so_and_pages_are_numbered(tmp_path: Path, header: str) -> None:
    made = document(tmp_path, ROWS if header else READY, issued=not header)
    assert made.settings.odd_and_even_pages_header_footer
    first = made.sections[0]
    assert [part.paragraphs[0].text for part in (first.header, first.even_page_header)] == [header, header]
    for footer in (first.footer, first.even_page_footer):
        assert footer.paragraphs[0].text == "—  —"
        assert [code.text for code in footer._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_what_xml_cannot_hold_does_not_break_the_paper(tmp_path: Path) -> None:
    made = document(tmp_path, ledger(row(1, measure="甲\x00<&>\n乙", plan="計\x01劃")))
    assert made.tables[0].rows[1].cells[2].text == "甲�<&>\n乙"


def test_the_sheet_holds_the_annex(tmp_path: Path) -> None:
    path = write_division(ROWS, tmp_path / "附件.xlsx", office=OFFICE)
    sheet = load_workbook(path).worksheets[0]
    lines = [[value for value in line if value is not None] for line in sheet.iter_rows(values_only=True)]
    assert lines == [
        ["附件"],
        ["清江縣贯彻落实《湖南省2022年政務公開工作要點》任务分工方案（征求意见稿）"],
        ["序号", "重点任务", "具体举措", "牵头单位", "责任单位", "完成时限"],
        ["一、甲"],
        [1, "規范政務公開工作。", "印發清單", "縣行政審批服務局", "縣財政局、縣司法局", "年底前"],
        [2, "規范政務公開工作。", "待定"],
    ]
    assert sheet.print_title_rows == "$3:$3"
