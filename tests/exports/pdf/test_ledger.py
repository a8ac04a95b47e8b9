"""The ledger as a PDF holds what the workbook holds, and keeps to its page."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

import pytest

from exports.pdf.ledger import print_ledger
from exports.workbook.columns import COLUMNS
from tests.exports.pdf.reading import placed, reader, texts
from tests.exports.workbook.samples import OFFICE, ON, ledger, notice, row

TRADITIONAL = replace(OFFICE, output_script="zh_Hant")


def packed(text: str) -> str:
    return re.sub(r"\s", "", normalize("NFKC", text))


def test_every_point_of_the_notice_is_there_whole() -> None:
    printed = print_ledger(notice(), office=TRADITIONAL, columns=["編號", "要點全文"], on=ON)
    whole = packed("".join(texts(printed.content)))
    for one in notice().rows:
        assert one.code in whole
        assert packed(one.point_text) in re.sub(r"—\d+—編號要點全文", "", whole)


def test_the_head_says_what_it_is_and_the_headings_stand_on_every_page() -> None:
    printed = print_ledger(notice(), office=OFFICE, on=ON)
    pages = texts(printed.content)
    assert printed.missing == ()
    assert "工作台账（征求意见稿）" in pages[0]
    assert "共56项" in pages[0]
    assert "制表日期：2022年6月1日" in pages[0]
    assert all("序号编号要点全文具体举措牵头单位责任单位分管领导完成时限" in page for page in pages)


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_every_column_at_once_stays_within_the_page(paper: str) -> None:
    some = ledger(*(row(n, progress="正在推進。" * 20) for n in range(1, 9)))
    content = print_ledger(some, office=OFFICE, paper=paper, columns=[one.key for one in COLUMNS], on=ON).content
    box = reader(content).pages[0].mediabox
    right = float(box.width) - 26 * 72 / 25.4
    assert all(x < right for x, _, text in placed(content) if not text.startswith("—"))


def test_sections_can_be_left_out() -> None:
    with_sections = texts(print_ledger(notice(), office=TRADITIONAL, on=ON).content)
    without = texts(print_ledger(notice(), office=TRADITIONAL, sections=False, on=ON).content)
    section = packed(notice().rows[0].section)
    assert section in packed("".join(with_sections))
    assert section not in packed("".join(without))
