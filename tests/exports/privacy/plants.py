"""Files with private numbers planted in one part each, and what the parts are called."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.db.private_samples import identity

ID = identity()
PHONE = "13812345678"
HOTLINE = "0731-84444444"


def _person(at: int) -> list[str | float | None]:
    return [at, f"張三{at}", at * 1.1, "124.9788302元/畝", at * 1.1 * 124.9788302, "國辦發〔2022〕16號"]


ROWS: list[list[str | float | None]] = [
    ["清江縣惠民惠農補貼發放公示"],
    ["序號", "姓名", "面積（畝）", "標準（元/畝）", "金額（元）", "備註"],
    *(_person(at) for at in range(1, 31)),
    ["合計", None, None, None, 1234567890.12, "2022-06-28"],
    [f"政策咨詢電話：{HOTLINE}"],
]


def document(*paragraphs: str) -> bytes:
    """Return a Word document with these paragraphs and a table."""
    import docx

    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.add_table(1, 2).cell(0, 1).text = "張三"
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def book() -> tuple[Workbook, Worksheet]:
    """Return a posting's workbook with nothing private in it."""
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "公示"
    for row in ROWS:
        sheet.append(row)
    return made, sheet


def saved(made: Workbook) -> bytes:
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def changed(content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """Return a package with every part passed through ``change``, and with more parts."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
        for name, body in (more or {}).items():
            new.writestr(name, body)
    return target.getvalue()


def _with(part: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def apply(content: bytes) -> bytes:
        def change(name: str, body: bytes) -> bytes:
            if name != part:
                return body
            assert old in body, (part, old)
            return body.replace(old, new, 1)

        return changed(content, change)

    return apply


def _cell(place: str, value: str | float) -> Callable[[Worksheet], None]:
    def plant(sheet: Worksheet) -> None:
        sheet[place] = value

    return plant


def _hidden_column(sheet: Worksheet) -> None:
    sheet["H4"] = ID
    sheet.column_dimensions["H"].hidden = True


def _hidden_row(sheet: Worksheet) -> None:
    sheet["H9"] = f"證號{ID}"
    sheet.row_dimensions[9].hidden = True


def _hidden_sheet(state: str) -> Callable[[Worksheet], None]:
    def plant(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("底冊")  # type: ignore[union-attr]
        other["B2"] = ID
        other.sheet_state = state

    return plant


def _comment(sheet: Worksheet) -> None:
    sheet["B4"].comment = Comment(f"戶主{ID}", "李")


def _validation(sheet: Worksheet) -> None:
    rule = DataValidation(type="list", formula1=f'"{PHONE},無"', sqref="B4:B9")
    sheet.add_data_validation(rule)


def _validation_prompt(sheet: Worksheet) -> None:
    rule = DataValidation(type="whole", prompt=f"如{PHONE}", sqref="B4")
    sheet.add_data_validation(rule)


def _header(sheet: Worksheet) -> None:
    head = sheet.oddHeader
    assert head is not None
    assert head.center is not None
    head.center.text = f"經辦人{PHONE}"


def _link(sheet: Worksheet) -> None:
    sheet["B4"].hyperlink = f"http://example.cn/?id={ID}"


def _defined(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.defined_names["戶"] = DefinedName("戶", attr_text=f'"{ID}"')


def _property(name: str) -> Callable[[Worksheet], None]:
    def plant(sheet: Worksheet) -> None:
        setattr(sheet.parent.properties, name, f"李 {PHONE}")  # type: ignore[union-attr]

    return plant


def _custom(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.custom_doc_props.append(StringProperty(name="經辦", value=PHONE))  # type: ignore[attr-defined]


SHEET_PLANTS: dict[str, tuple[Callable[[Worksheet], None], str]] = {
    "cell": (_cell("B5", ID), "表「公示」單元格 B5：身份證號碼 43"),
    "wide": (_cell("B5", f"证号{ID[:6]} {ID[6:14]} {ID[14:]}"), "表「公示」單元格 B5：身份證號碼 43"),
    "number": (_cell("B5", int(ID)), "表「公示」單元格 B5：疑似身份證號碼 43"),
    "phone": (_cell("B5", int(PHONE)), "表「公示」單元格 B5：手機號碼 138****5678"),
    "float": (_cell("B5", float(PHONE)), "表「公示」單元格 B5：手機號碼 138****5678"),
    "formula": (_cell("B5", f'=LEFT("{ID}",6)'), "表「公示」單元格 B5的公式：身份證號碼"),
    "column": (_hidden_column, "表「公示」單元格 H4（隱藏列）：身份證號碼"),
    "row": (_hidden_row, "表「公示」單元格 H9（隱藏行）：身份證號碼"),
    "sheet": (_hidden_sheet("hidden"), "表「底冊」（隱藏）單元格 B2：身份證號碼"),
    "very": (_hidden_sheet("veryHidden"), "表「底冊」（深度隱藏）單元格 B2：身份證號碼"),
    "comment": (_comment, "表「公示」批註 B4：身份證號碼"),
    "validation": (_validation, "表「公示」數據驗證 B4:B9：手機號碼"),
    "prompt": (_validation_prompt, "表「公示」數據驗證 B4：手機號碼"),
    "header": (_header, "表「公示」頁眉頁腳：手機號碼"),
    "link": (_link, "的 Relationship：身份證號碼"),
    "defined": (_defined, "工作簿（定義的名稱等）：身份證號碼"),
    "title": (_property("title"), "文件屬性的 title：手機號碼"),
    "creator": (_property("creator"), "文件屬性的 creator：手機號碼"),
    "keywords": (_property("keywords"), "文件屬性的 keywords：手機號碼"),
    "last": (_property("lastModifiedBy"), "文件屬性的 lastModifiedBy：手機號碼"),
    "custom": (_custom, "文件屬性（自定義）的 lpwstr：手機號碼"),
}
_DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p>'
    f"<a:r><a:rPr><a:ln/></a:rPr><a:t>{ID[:7]}</a:t></a:r><a:r><a:t>{ID[7:]}</a:t></a:r>"
    "</a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
).encode()
_SHEET = "xl/worksheets/sheet1.xml"


def _with_row(cell: str) -> Callable[[bytes], bytes]:
    return _with(_SHEET, b"</sheetData>", f'<row r="90">{cell}</row></sheetData>'.encode())


def _with_part(name: str, body: str | bytes) -> Callable[[bytes], bytes]:
    added = {name: body.encode() if isinstance(body, str) else body}
    return lambda content: changed(content, _same, added)


def _with_string(cell: str) -> Callable[[bytes], bytes]:
    """Plant a shared string, which the cell shows or not."""
    strings = f"<sst {_MAIN}><si><t>無</t></si><si><r><t>{ID[:9]}</t></r><r><t>{ID[9:]}</t></r></si></sst>"
    return lambda content: _with_part("xl/sharedStrings.xml", strings)(_with_row(cell)(content))


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RICH = f"<is><r><t>{ID[:5]}</t></r><r><t>{ID[5:]}</t></r></is>"
_LOST = f'<worksheet {_MAIN}><sheetData><row><c r="A1" t="str"><v>{ID}</v></c></row></sheetData></worksheet>'
_CACHED = f'<e><sheetData><row><cell r="A1"><v>{ID}</v></cell></row></sheetData></e>'
_THREAD = f'<T><threadedComment ref="B2"><text>{ID}</text></threadedComment></T>'
_AT_C90 = "表「公示」單元格 C90：身份證號碼"
_UNREAD = "：無法檢查的內容"
RAW_PLANTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "inline": (_with_row(f'<c r="C90" t="inlineStr">{_RICH}</c>'), _AT_C90),
    "cached": (_with_row(f'<c r="C90" t="str"><f>A1&amp;A2</f><v>{ID}</v></c>'), _AT_C90),
    "power": (_with_row('<c r="C90"><v>1.3812345678E10</v></c>'), "表「公示」單元格 C90：手機號碼"),
    "attribute": (_with_row(f'<c r="C90" note="{ID}"/>'), _AT_C90),
    "shared": (_with_string('<c r="C90" t="s"><v>1</v></c>'), _AT_C90),
    "unused": (_with_string('<c r="C90" t="s"><v>0</v></c>'), "沒有單元格使用的文字（第 2 條）：身份證號碼"),
    "remark": (_with(_SHEET, b"</worksheet>", f"<!-- {ID} --></worksheet>".encode()), "表「公示」註釋：身份證號碼"),
    "drawing": (_with_part("xl/drawings/drawing1.xml", _DRAWING), "圖形：身份證號碼"),
    "threaded": (_with_part("xl/threadedComments/threadedComment1.xml", _THREAD), "批註 B2：身份證號碼"),
    "external": (_with_part("xl/externalLinks/externalLink1.xml", _CACHED), "外部鏈接：身份證號碼"),
    "own": (_with_part("customXml/item1.xml", f'<a b="{ID}"/>'), "自定義數據的 a：身份證號碼"),
    "lost": (_with_part("xl/worksheets/sheet7.xml", _LOST), "表「sheet7.xml」（不在目錄中）單元格 A1：身份證號碼"),
    "printer": (
        _with_part("xl/printerSettings/printerSettings1.bin", f"\0{PHONE}".encode("utf-16-le")),
        "printerSettings1.bin」：手機號碼",
    ),
    "embedded": (_with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf"), _UNREAD),
    "macro": (_with_part("xl/vbaProject.bin", b"\xd0\xcf"), _UNREAD),
    "picture": (_with_part("xl/media/image1.png", b"\x89PNG"), "圖片「xl/media/image1.png」" + _UNREAD),
}


def _same(_name: str, body: bytes) -> bytes:
    return body


def planted() -> Iterator[tuple[str, bytes, str]]:
    """Yield the name of each plant, the workbook, and how its finding begins or what it contains."""
    for name, (plant, told) in SHEET_PLANTS.items():
        made, sheet = book()
        plant(sheet)
        yield name, saved(made), told
    for name, (change, told) in RAW_PLANTS.items():
        yield name, change(saved(book()[0])), told
