"""Word documents and workbooks, and the files that only look like them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from db.errors import UnreadableInput
from tests.exports.plandoc.samples import PLANS, pasted, points, read, who_and_when

SEED = (PLANS / "hunan-2022-16.txt").read_text(encoding="utf-8")
ROWS = (
    ("序号", "任务", "牵头单位", "责任单位", "完成时限"),
    ("一、深化改革", "", "", "", ""),
    (1, "甲事要办好。", "县发改局", "县财政局、各乡镇", date(2022, 9, 30)),
    (2, "乙事要办好。", "", "县人社局", "年底前"),
)


def _saved(document: docx.document.Document, folder: Path) -> Path:
    path = folder / "通知.docx"
    document.save(str(path))
    return path


def test_a_word_document_reads_like_its_text(tmp_path: Path) -> None:
    document = docx.Document()
    for line in SEED.split("\n"):
        document.add_paragraph(line)
    assert who_and_when(read(_saved(document, tmp_path))) == who_and_when(pasted(SEED))


def _numbering(style: str, pattern: str) -> object:
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
    )


@pytest.mark.parametrize(
    ("style", "pattern", "numbers"),
    [
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）"]),
        ("decimal", "%1.", ["1.", "2."]),
        ("chineseCounting", "%1、", ["一、", "二、"]),
    ],
)
def test_numbers_that_word_counts(tmp_path: Path, style: str, pattern: str, numbers: list[str]) -> None:
    document = docx.Document()
    document.add_paragraph("某县2022年任务分工表")
    part = document.part.numbering_part.element
    part.insert(0, _numbering(style, pattern))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text in ("甲事。（县发改局牵头）", "乙事。（县财政局牵头）"):
        paragraph = document.add_paragraph(text)
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    found = points(read(_saved(document, tmp_path)))
    assert [(point.number, point.text) for point in found] == list(zip(numbers, ["甲事。", "乙事。"], strict=True))


def test_a_table_in_word_with_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("某县2022年任务分解表")
    table = document.add_table(rows=4, cols=4)
    for place, text in enumerate(("工作任务", "工作要求", "牵头单位", "责任单位")):
        table.cell(0, place).text = text
    table.cell(1, 0).merge(table.cell(1, 3)).text = "一、深化改革"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "（一）公开"
    for row, cells in ((2, ("1.甲事。", "县发改局", "各乡镇")), (3, ("2.乙事。", "", "县财政局\n县人社局"))):
        for place, text in enumerate(cells, 1):
            table.cell(row, place).text = text
    found = points(read(_saved(document, tmp_path)))
    assert [(point.number, point.section, point.lead, point.co, point.groups) for point in found] == [
        ("1.", "（一）公开", ["县发改局"], [], ["各乡镇"]),
        ("2.", "（一）公开", [], ["县财政局", "县人社局"], []),
    ]


def test_deleted_text_is_not_read_and_text_boxes_are(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("某县2022年任务分工表")
    document.add_paragraph("1.甲事。（县发改局牵头）")
    gone = document.add_paragraph("2.")
    gone._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>旧事。</w:delText></w:r></w:del>"))
    gone.add_run("乙事。（县财政局牵头）")
    box = document.add_paragraph()
    box._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>3.丙事。（县人社局牵头）</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    assert [point.text for point in points(read(_saved(document, tmp_path)))] == ["甲事。", "乙事。", "丙事。"]
    assert qn("w:del") in {element.tag for element in gone._p}


def _workbook(folder: Path) -> tuple[openpyxl.Workbook, Path]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某县2022年重点任务分解表"])
    sheet.merge_cells("A1:E1")
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A3:E3")
    return book, folder / "分解表.xlsx"


def test_a_workbook(tmp_path: Path) -> None:
    book, path = _workbook(tmp_path)
    book.save(path)
    document = read(path)
    assert document.title == "某县2022年重点任务分解表"
    found = points(document)
    assert [(point.number, point.section, point.lead, point.co, point.groups) for point in found] == [
        ("1", "一、深化改革", ["县发改局"], ["县财政局"], ["各乡镇"]),
        ("2", "一、深化改革", [], ["县人社局"], []),
    ]
    assert [point.deadlines[0].date for point in found] == [date(2022, 9, 30), date(2022, 12, 31)]


def test_a_heading_in_two_rows_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("序号", "任务", "责任分工", None),
        (None, None, "牵头单位", "配合单位"),
        (1, "甲事。", "县发改局", "县财政局"),
    ):
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "表.xlsx")
    (point,) = points(read(tmp_path / "表.xlsx"))
    assert (point.lead, point.co) == (["县发改局"], ["县财政局"])


def test_a_styled_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book, path = _workbook(tmp_path)
    assert book.active is not None
    book.active["XFD1048576"] = "远"
    book.save(path)
    assert len(points(read(path))) == 2


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book, path = _workbook(tmp_path)
    hidden = book.create_sheet("旧")
    for row in ROWS:
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(path)
    assert len(points(read(path))) == 2


def _package(folder: Path, name: str, parts: dict[str, bytes]) -> Path:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for part, inside in parts.items():
            package.writestr(part, inside)
    (folder / name).write_bytes(content.getvalue())
    return folder / name


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = _package(tmp_path, "大.docx", {"word/document.xml": b" " * (40 << 20)})
    with pytest.raises(UnreadableInput, match="大得不正常"):
        read(path)


@pytest.mark.parametrize(
    ("name", "parts", "word"),
    [
        ("破.docx", {"word/document.xml": b"<w:document><broken"}, "已損壞"),
        ("破.xlsx", {"xl/workbook.xml": b"<x"}, "已損壞"),
        ("包.zip", {"a.txt": b"x"}, "不是 .docx 或 .xlsx"),
    ],
)
def test_a_broken_package_is_told(tmp_path: Path, name: str, parts: dict[str, bytes], word: str) -> None:
    with pytest.raises(UnreadableInput, match=word):
        read(_package(tmp_path, name, parts))


def test_a_truncated_package_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、甲")
    path = _saved(document, tmp_path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableInput, match="不完整"):
        read(path)


def _compound(*streams: str) -> bytes:
    """Return a compound file (OLE) with empty streams of these names: 512-byte sectors, directory in sector 1."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    head[44:48], head[48:52] = (1).to_bytes(4, "little"), (1).to_bytes(4, "little")
    head[56:60] = (4096).to_bytes(4, "little")
    head[60:64] = head[68:72] = b"\xfe\xff\xff\xff"
    head[76:80] = (0).to_bytes(4, "little")
    head[80:512] = b"\xff" * 432
    fat = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * 504
    entries = [_entry("Root Entry", 5, child=1)]
    entries += [
        _entry(name, 2, right=place + 2 if place + 1 < len(streams) else -1) for place, name in enumerate(streams)
    ]
    return bytes(head) + fat + b"".join(entries).ljust(512, b"\x00")


def _entry(name: str, kind: int, *, child: int = -1, right: int = -1) -> bytes:
    raw = name.encode("utf-16-le")
    links = b"".join(number.to_bytes(4, "little", signed=True) for number in (-1, right, child))
    return (
        (raw + b"\x00\x00").ljust(64, b"\x00") + (len(raw) + 2).to_bytes(2, "little") + bytes([kind, 1]) + links
        + b"\x00" * 36 + b"\xfe\xff\xff\xff" + b"\x00" * 8
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "streams", "word"),
    [
        ("通知.doc", ("WordDocument",), "舊版 Word"),
        ("通知.wps", ("WordDocument",), "WPS 文字"),
        ("通知.docx", ("EncryptionInfo", "EncryptedPackage"), "打開密碼"),
        ("表.xlsx", ("EncryptedPackage",), "打開密碼"),
    ],
)
def test_old_and_encrypted_files_are_told_apart(tmp_path: Path, name: str, streams: tuple[str, ...], word: str) -> None:
    (tmp_path / name).write_bytes(_compound(*streams))
    with pytest.raises(UnreadableInput, match=word) as told:
        read(tmp_path / name)
    assert "再導入" in str(told.value)
