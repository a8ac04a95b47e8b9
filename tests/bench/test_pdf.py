"""How fast a long table is set, beside reportlab's own table of the same rows in the same font."""

from __future__ import annotations

from io import BytesIO
from time import process_time

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from db.shipped import shipped
from exports.pdf import Column, Document, Row, Table, landscape, render

ROWS = 1_500
CELLS = (
    "22-政16-07-2K",
    "規範政務公開工作，優化辦理流程。",
    "縣行政審批服務局",
    "12月底前",
    "60",
    "已印發實施方案。",
    "",
)
WIDTHS = (84, 170, 90, 60, 40, 150, 90)


def ours(rows: int) -> float:
    columns = [Column(str(place), width) for place, width in enumerate(WIDTHS)]
    began = process_time()
    render(Document("表", [Table(columns, [Row(CELLS)] * rows, 9.0)], landscape("A4")))
    return process_time() - began


def reportlabs(rows: int) -> float:
    style = ParagraphStyle("cell", fontName="serif", fontSize=9, leading=12, wordWrap="CJK")
    began = process_time()
    cells = [[Paragraph(text, style) for text in CELLS] for _ in range(rows)]
    table = LongTable(cells, colWidths=WIDTHS, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(BytesIO(), pagesize=(842, 595)).build([table])
    return process_time() - began


@pytest.mark.bench
def test_a_long_table_is_set_thrice_as_fast_as_reportlabs_and_linearly() -> None:
    pdfmetrics.registerFont(TTFont("serif", str(shipped("fonts", "NotoSerifSC_400Regular.ttf"))))
    ours(10), reportlabs(10)  # the fonts are loaded
    half, whole, other = ours(ROWS // 2), ours(ROWS), reportlabs(ROWS)
    print(f"\n{ROWS} rows of {len(CELLS)}: {whole:.2f} s ({ROWS / whole:.0f} rows/s), LongTable {other:.2f} s")
    assert 3 * whole < other
    assert whole < 2.6 * half
