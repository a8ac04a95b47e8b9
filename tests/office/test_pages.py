"""What LibreOffice makes of the files: pages counted, headings repeated, every task on paper."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from exports.division import write_division
from exports.workbook.ledger import write_ledger
from tests.exports.workbook.samples import OFFICE, ON, notice

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
MM = 72 / 25.4


def pages(path: Path) -> list[str]:
    """Convert a file to PDF and return its pages as texts without white space."""
    profile = path.parent / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=180)
    return ["".join(page.extract_text().split()) for page in PdfReader(path.with_suffix(".pdf")).pages]


def sizes(path: Path) -> set[tuple[int, int]]:
    """Return the sizes of the pages of the converted file in mm."""
    reader = PdfReader(path.with_suffix(".pdf"))
    return {(round(float(p.mediabox.width) / MM), round(float(p.mediabox.height) / MM)) for p in reader.pages}


@pytest.mark.parametrize(("paper", "size", "most"), [("A3", (420, 297), 10), ("A4", (297, 210), 24)])
def test_the_ledger_prints_whole(tmp_path: Path, paper: str, size: tuple[int, int], most: int) -> None:
    path = write_ledger(notice(), tmp_path / "ledger.xlsx", office=OFFICE, paper=paper, on=ON)
    printed = pages(path)
    assert 3 <= len(printed) <= most
    assert sizes(path) == {size}
    for number, page in enumerate(printed, start=1):
        assert "要点全文" in page
        assert "牵头单位" in page
        assert f"第{number}页" in page
        assert f"共{len(printed)}页" in page
    whole = "".join(printed)
    for task in notice().rows:
        assert task.code in whole
    assert "清江縣2022年工作台账（征求意见稿）" in printed[0]


def test_no_text_of_the_ledger_is_cut_off(tmp_path: Path) -> None:
    """Cut-off text is not in the PDF: the end of every point must be."""
    path = write_ledger(notice(), tmp_path / "ledger.xlsx", office=OFFICE, paper="A4", on=ON)
    whole = "".join(pages(path))
    for task in notice().rows:
        assert "".join(task.point_text.split())[-6:] in whole, task.code


def test_a_text_higher_than_a_page_is_printed_to_its_end(tmp_path: Path) -> None:
    rows = notice().rows
    long = replace(rows[0], point_text="很長的要點內容，" * 250 + "到此為止。")
    path = write_ledger(
        replace(notice(), rows=(long, *rows[1:4])), tmp_path / "a.xlsx", office=OFFICE, paper="A4", on=ON
    )
    assert "到此為止。" in "".join(pages(path))


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_the_division_prints_whole(tmp_path: Path, suffix: str) -> None:
    path = write_division(notice(), tmp_path / f"division{suffix}", office=OFFICE)
    printed = pages(path)
    annex = next(number for number, page in enumerate(printed) if "重点任务" in page)
    assert annex == (2 if suffix == ".docx" else 0)
    for page in printed[annex:]:
        assert "重点任务" in page
        assert "完成时限" in page
    whole = "".join(printed)
    for task in notice().rows:
        assert "".join(task.point_text.split())[-6:] in whole, task.code
    if suffix == ".docx":
        assert all("征求意见稿" in page for page in printed)
        assert all(f"—{number}—" in page for number, page in enumerate(printed, start=1))
        assert sizes(path) == {(210, 297), (297, 210)}
