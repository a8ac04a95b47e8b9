"""How fast the postings of a county are made, searched, written and entered, beside LibreOffice on the same rows."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import Workbook
from pypdf import PdfReader

from db.database import open_database
from exports.posting.options import Options
from exports.posting.run import run
from exports.posting.wanted import Wanted, places_of, posted
from tests.bench.test_pdf import convert
from tests.db import villages
from tests.db.villages import Paid

pytestmark = pytest.mark.bench
VILLAGES, PER_VILLAGE = 300, 167
_FAMILY, _GIVEN = "趙錢孫李周吳鄭王馮陳褚衛蔣沈韓楊", "建國秀英桂蘭志強麗華玉珍明軍小紅海燕文斌春梅"


def receipts() -> list[Paid]:
    """Return the receipts of a village: a few namesakes, nearly no two sums alike."""
    return [
        Paid(
            _FAMILY[at % 16] + _GIVEN[at * 5 % 22] + _GIVEN[at * 7 // 3 % 22],
            (100 + at * 37 % 1900) * 105,
            quantity=f"{(100 + at * 37 % 1900) / 100:.2f}",
            group=f"第{at % 9 + 1}組",
            identity=villages.identity(at),
        )
        for at in range(PER_VILLAGE)
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_whole_run_on_two_cores_beside_libreoffice(tmp_path: Path) -> None:
    database = open_database(tmp_path / "臺賬.db", operator="甲")
    villages.county(database, VILLAGES, rows=receipts())
    options, wanted = Options(kinds=(".pdf",)), Wanted(villages.PERIOD)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("發放")
    with database.reading() as session:
        from db.settings import office

        for one in posted(session, wanted, options=options, office=office(session)):
            for row in one.composed.content.sections[0].rows:
                sheet.append(row)
        first = tuple(place for place, _ in islice(places_of(session, wanted), 10))
    book.save(tmp_path / "rows.xlsx")
    theirs = min(convert(tmp_path / "rows.xlsx", tmp_path) for _ in range(2))
    run(database, wanted=Wanted(villages.PERIOD, places=first), options=options, folder=tmp_path / "warm", processes=2)
    began = perf_counter()
    result = run(database, wanted=wanted, options=options, folder=tmp_path / "公示", processes=2)
    took = perf_counter() - began
    began = perf_counter()
    again = run(database, wanted=wanted, options=options, folder=tmp_path / "公示", processes=2)
    kept = perf_counter() - began
    database.release()
    rows = sum(one.rows for one in result.made)
    print(f"\n{rows:,} rows, {len(result.made)} postings searched and entered: {took:.2f} s, soffice {theirs:.2f} s")
    print(f"= {theirs / took:.2f} times; {rows / took:,.0f} rows/s, soffice {rows / theirs:,.0f}; again {kept:.2f} s")
    assert result.whole
    assert (rows, again.kept) == (VILLAGES * PER_VILLAGE, VILLAGES)
    assert theirs > 1.5 * took
    assert kept < took
    name = next(iter(result.made[6].files))
    assert "第7村" in PdfReader(tmp_path / "公示" / name).pages[0].extract_text()
