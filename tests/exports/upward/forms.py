"""A superior's form as offices make them, with what a library would lose."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

TITLES = ("序號", "工作任務", "責任單位", "完成時限", "完成進度(%)", "進展情況", "備註")
YELLOW = PatternFill("solid", start_color="FFFFFF00", end_color="FFFFFF00")


def made(path: Path, tasks: Sequence[str], titles: Sequence[str] = TITLES) -> Path:
    """Write a form: title, heading, one row a task, a sum with a formula, a chart, and a part no library knows."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "上报表"
    sheet.append(["全省政務公開工作落實情況表"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(titles))
    sheet.append(list(titles))
    for number, task in enumerate(tasks, start=1):
        sheet.append([number, task])
        for cell in sheet[sheet.max_row]:
            cell.fill, cell.font = YELLOW, Font(name="仿宋", size=13)
    last = sheet.max_row
    sheet.append(["合計", None, None, None, f"=AVERAGE(E3:E{last})"])
    sheet.append(["填表說明：按月報送。"])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=3, max_row=last))
    sheet.add_chart(chart, "J2")
    sheet.column_dimensions["B"].width = 44.5
    content = BytesIO()
    book.save(content)
    return with_parts(path, content.getvalue(), {"xl/vbaProject.bin": b"not run", "customXml/item1.xml": b"<a/>"})


def with_parts(path: Path, content: bytes, more: dict[str, bytes]) -> Path:
    """Write a package with further parts and with kept results in the formulas' cells."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name).replace(b"</f><v></v>", b"</f><v>99</v>").replace(b"</f><v/>", b"</f><v>99</v>")
            target.writestr(name, part)
        for name, part in more.items():
            target.writestr(name, part)
    path.write_bytes(out.getvalue())
    return path


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheet_of(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet
