"""Texts, tables of commas and web pages: found by line, in what is shown and in what is not."""

from __future__ import annotations

import pytest

from db.errors import UnreadableInput
from exports.privacy import scan_bytes
from tests.exports.privacy.plants import ID, PHONE


def told(content: str | bytes, name: str = "名單.txt") -> list[str]:
    body = content.encode() if isinstance(content, str) else content
    return [str(one) for one in scan_bytes(body, name)]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"甲\n乙 {ID}\n", 2),
        (f"甲,乙\r\n1,{ID}\r\n", 2),
        (f"甲\n{ID[:8]}\n{ID[8:]}\n", 2),
        ("\ufeff甲\n" + " ".join(ID), 2),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_is_searched_by_line(content: str, line: int, encoding: str) -> None:
    if encoding == "gb18030":
        content = "姓名，身份證號碼的清單，縣財政局的工作人員，的一是在不了有和人這中大為上個國我以要他\n" + content
        line += 1
    [found] = told(content.encode(encoding))
    assert found.startswith(f"第 {line} 行：身份證號碼 43")


def test_figures_in_rows_and_below_each_other_are_no_numbers() -> None:
    assert told("序號\t面積\t金額\n1\t150\t1200\n1800\t5\t1380000\n2022年6月28日\n") == []


def test_short_numbers_in_a_table_of_commas_are_told_by_their_heading() -> None:
    table = '姓名,"一卡通\n賬號",金額\n張三,"8201 34567890",12345678\n李四,820134567891,無\n'
    assert told(table, "名單.csv") == [
        "第 3 行：疑似銀行賬號 820******890",
        "第 4 行：疑似銀行賬號 820******891",
    ]


def test_an_empty_file_is_clean() -> None:
    assert told(b"") == []
    assert told(b"", "空.html") == []


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="名單"):
        told(bytes(range(256)) * 50)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (f"<td>{ID}</td>", "第 3 行正文：身份證號碼"),
        (f"<td><b>{ID[:4]}</b><span>{ID[4:9]}</span>{ID[9:]}</td>", "第 3 行正文：身份證號碼"),
        (f"<td>{ID[:4]}&#{ord(ID[4])};{ID[5:]}</td>", "第 3 行正文：身份證號碼"),
        (f"<td data-id='{ID}'>張三</td>", "第 3 行標籤 td 的屬性：身份證號碼"),
        (f"<!-- {ID} -->", "第 3 行註釋：身份證號碼"),
        (f"<script>var a='{PHONE}'</script>", "第 3 行正文：手機號碼"),
        (f"<td style='display:none'>{PHONE}</td>", "第 3 行正文：手機號碼"),
    ],
)
def test_a_web_page_is_searched_in_all_its_parts(part: str, expected: str) -> None:
    page = f"<!DOCTYPE html><html><body>\n<table><tr>\n{part}\n</tr></table></body></html>"
    [found] = told(page, "目錄.html")
    assert found.startswith(expected)


def test_cells_side_by_side_are_not_one_number() -> None:
    assert told("<table><tr><td>138</td><td>1234</td><td>5678</td></tr></table>", "目錄.html") == []
