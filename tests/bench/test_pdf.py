"""How fast long tables are printed, beside reportlab and LibreOffice on the same rows, and what memory they take."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

import pytest
from openpyxl import Workbook
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from db.shipped import shipped
from exports.pdf import render, render_to
from tests.bench.villages import (
    ALIGN,
    PER_VILLAGE,
    SIZE,
    TITLES,
    VILLAGES,
    WIDTHS,
    Payments,
    cells,
    paper,
    print_village,
)

pytestmark = pytest.mark.bench
ROWS = VILLAGES * PER_VILLAGE
_LESS = 10  # reportlab's side is measured on so many times fewer rows


def ours(rows: int) -> None:
    render_to(paper("全縣補貼", Payments(0, rows)), BytesIO())


def long_table(rows: int) -> None:
    """Set the rows as reportlab does best: only what may need a second line is a paragraph."""
    style = ParagraphStyle("cell", fontName="serif", fontSize=SIZE, leading=SIZE * 1.36, wordWrap="CJK")
    lines = [[*row[:5], Paragraph(row[5], style)] for row in map(cells, range(rows))]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "serif", SIZE)]
    aligned = [("ALIGN", (at, 0), (at, -1), align.upper()) for at, align in enumerate(ALIGN)]
    table = LongTable([TITLES, *lines], colWidths=WIDTHS, style=[*grid, *aligned], repeatRows=1)
    SimpleDocTemplate(BytesIO(), pagesize=(595, 842)).build([table])


def bare(rows: int) -> None:
    """Put the texts on pages and nothing else: no rules, no measuring, no fallback."""
    canvas = Canvas(BytesIO(), pagesize=(595, 842))
    lefts = [80 + sum(WIDTHS[:at]) for at in range(len(WIDTHS))]
    for number in range(rows):
        if number % 30 == 0:
            canvas.showPage()
            canvas.setFont("serif", SIZE)
        for left, text in zip(lefts, cells(number), strict=True):
            canvas.drawString(left, 740 - number % 30 * 20, text)
    canvas.save()


def rate(work: Callable[[int], None], rows: int) -> float:
    """Return how many rows a second of one core are done; the second time counts, when fonts are loaded."""
    work(100)
    began = process_time()
    work(rows)
    return rows / (process_time() - began)


def test_a_long_table_is_set_thrice_as_fast_as_reportlabs_and_past_a_bare_loop() -> None:
    pdfmetrics.registerFont(TTFont("serif", str(shipped("fonts", "NotoSerifSC_400Regular.ttf"))))
    whole, table, loop = rate(ours, ROWS), rate(long_table, ROWS // _LESS), rate(bare, ROWS // _LESS)
    few = rate(ours, ROWS // _LESS)
    print(
        f"\nrows/s of one core: ours {whole:,.0f} (a tenth: {few:,.0f}), LongTable {table:,.0f}, drawString {loop:,.0f}"
    )
    print(f"= {whole / table:.1f} × LongTable, {whole / loop:.1f} × drawString")
    assert whole > 3 * table
    assert whole > loop
    assert whole > 0.8 * few  # the time grows with the rows


def convert(book: Path, folder: Path) -> float:
    """Return the seconds LibreOffice takes to print a workbook; of fonts it finds ours, as we do."""
    own = folder / "fonts.conf"
    fonts = shipped("fonts").as_posix()
    own.write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{folder.as_posix()}/fonts</cachedir></fontconfig>", encoding="utf-8"
    )
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf"]
    began = perf_counter()
    subprocess.run(
        [*command, "--outdir", str(folder), str(book)],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(own)},
    )
    return perf_counter() - began


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_postings_of_a_county_on_two_cores_beside_libreoffice(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("發放")
    sheet.append(TITLES)
    for number in range(ROWS):
        sheet.append(cells(number))
    book.save(tmp_path / "rows.xlsx")
    theirs = min(convert(tmp_path / "rows.xlsx", tmp_path) for _ in range(2))
    (tmp_path / "villages").mkdir()
    began = perf_counter()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        done = sum(workers.map(partial(print_village, str(tmp_path / "villages")), range(VILLAGES), chunksize=10))
    took = perf_counter() - began
    print(f"\n{ROWS:,} rows: {VILLAGES} postings by two processes {took:.2f} s, soffice {theirs:.2f} s")
    print(f"= {theirs / took:.1f} times; {done / took:,.0f} rows/s, soffice {ROWS / theirs:,.0f} rows/s")
    assert done == ROWS
    assert theirs > 1.5 * took
    assert "第007號村" in PdfReader(tmp_path / "villages" / "007.pdf").pages[0].extract_text()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks = {}
    for rows in (50_000, 500_000):
        command = [sys.executable, "-m", "tests.bench.villages", str(rows), str(tmp_path / "county.pdf")]
        peaks[rows] = int(subprocess.run(command, check=True, capture_output=True).stdout)
    print("\npeak memory: " + ", ".join(f"{rows:,} rows {peak / 1024:.0f} MiB" for rows, peak in peaks.items()))
    assert peaks[500_000] < 1.15 * peaks[50_000]


def test_a_short_list_is_quick() -> None:
    """The fixed cost of a file, its fonts cut anew each time, is no more than that of a hundred rows."""
    documents = [paper("第007號村公示", list(Payments(at * 150, 150))) for at in range(20)]
    short = [paper("第007號村公示", list(Payments(at * 150, 1))) for at in range(20)]
    took = []
    for some in (short, documents, short, documents):
        began = process_time()
        for one in some:
            render(one)
        took.append((process_time() - began) / len(some))
    print(f"\na posting of 1 row {took[2] * 1000:.1f} ms, of 150 rows {took[3] * 1000:.1f} ms")
    assert took[2] < took[3] * 100 / 150
