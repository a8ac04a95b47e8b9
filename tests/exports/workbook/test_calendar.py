"""The calendar as a sheet that comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db import calendar
from db.calendar import Day
from db.errors import UnreadableInput
from db.settings import Office
from exports.workbook.calendar import read_days, write_days


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
@pytest.mark.parametrize("script", ["zh_Hans", "zh_Hant"])
def test_what_is_written_comes_back_the_same(tmp_path: Path, kind: str, script: str) -> None:
    days = list(calendar.shipped_days())
    path = write_days(days, tmp_path / f"節假日{kind}", office=Office(output_script=script))
    assert read_days(path) == (days, [])


def test_real_dates_and_other_words_are_read_and_wrong_cells_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("2027年放假安排", None, None),
        ("日期", "安排", "备注"),
        (date(2027, 1, 1), "放假", "元旦"),
        ("2027年1月3日", "上班", ""),
        ("2027-02-30", "休", ""),
        ("2027-03-01", "或許", ""),
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    days, problems = read_days(tmp_path / "a.xlsx")
    assert days == [Day(date(2027, 1, 1), working=False, name="元旦"), Day(date(2027, 1, 3), working=True)]
    assert [(one.cell, one.found) for one in problems] == [("A5", "2027-02-30"), ("B6", "或許")]


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableInput):
        read_days(tmp_path / "b.csv")
