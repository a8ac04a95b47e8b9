"""How fast payment sheets are imported, beside reading and storing the same rows barely, and in what memory."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from db import paymentstore, places, subsidies, vault
from db.database import Database, open_database
from db.models import AuditRow, Payment
from db.places import PlaceRow
from exports.payments import importing
from tests.db.vaults import CHEAP
from tests.db.villages import FARM_ITEMS, identity

pytestmark = pytest.mark.bench
ROWS = 200_000
TOWNS, VILLAGES = 20, 15
MOST_TIMES = 6
MOST_MEGABYTES = 400
HEAD = ("序號", "鄉鎮", "村", "姓名", "身份證號碼", "銀行賬號", "面積(畝)", "補貼標準(元/畝)", "補貼金額(元)", "備注")
_SURNAMES, _GIVEN = "王李張劉陳楊黃趙周吳徐孫馬朱胡林郭何高羅", "建國秀英強偉芳娜敏靜麗軍洋勇艷傑娟濤明超"


def person(number: int) -> str:
    """Return an identity number that no other row has."""
    day = f"{1940 + number % 60}{number // 60 % 12 + 1:02}{number // 720 % 28 + 1:02}"
    return identity(number // 20_160 + 1, born=day)


def name(number: int) -> str:
    """Return one of some thousands of names."""
    return _SURNAMES[number % 20] + _GIVEN[number // 20 % 20] + _GIVEN[number // 400 % 20]


def write_sheet(path: Path, rows: int) -> Path:
    """Write the sheet of a county, a village after the other."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("發放表")
    sheet.append(["2022年耕地地力保護補貼發放清冊"])
    sheet.append(HEAD)
    for number in range(rows):
        village = number * TOWNS * VILLAGES // rows
        area = number * 7919 % 2000 + 1
        where = f"第{village // VILLAGES + 1}鎮", f"第{village % VILLAGES + 1}村"
        what = person(number), f"621700{number * 7919:013d}", area / 100, 105, area * 105 / 100, None
        sheet.append([number + 1, *where, name(number), *what])
    book.save(path)
    return path


def county(path: Path) -> Database:
    """Return a new database with the villages, the policy and an unlocked vault."""
    database = open_database(path)
    rows = [PlaceRow(f"第{town}鎮", f"第{one}村") for town in range(1, TOWNS + 1) for one in range(1, VILLAGES + 1)]
    places.bring_in(database, rows=rows, source="區劃")
    subsidies.add(database, values=FARM_ITEMS)
    vault.set_password(database, password="比速度用的一句話 42", kdf=CHEAP)
    return database


def test_importing_is_at_most_six_times_reading_and_storing_barely(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "發放表.xlsx", ROWS)
    began = process_time()
    read = sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    reading = process_time() - began
    assert read == ROWS + 2

    database = county(tmp_path / "臺賬.db")
    began = process_time()
    shown = importing.preview(database, paths=[path])
    previewing = process_time() - began
    began = process_time()
    changes = importing.apply(database, shown=shown)
    applying = process_time() - began

    with database.reading() as session:
        assert session.query(Payment).count() == shown.rows == ROWS
        assert session.query(AuditRow).filter(AuditRow.batch_id == changes.batch).count() == 1
    database.release()
    storing = _store_barely(tmp_path / "臺賬.db", tmp_path / "bare.db")
    bare = reading + storing
    print(
        f"\n{ROWS} rows: bare {bare:.2f} s (calamine {reading:.2f}, executemany {storing:.2f}); "
        f"import {applying:.2f} s = {applying / bare:.1f} times; preview before it {previewing:.2f} s = "
        f"{previewing / bare:.1f} times"
    )
    assert applying <= MOST_TIMES * bare
    assert previewing <= MOST_TIMES * bare


def _store_barely(source: Path, target: Path) -> float:
    """Return the seconds that storing the same tuples takes, in a table with the same indexes."""
    with sqlite3.connect(source) as held:
        columns = ", ".join(f'"{key}"' for key in ("import_id", *paymentstore.COLUMNS))
        rows = held.execute(f"SELECT {columns} FROM payment").fetchall()
        made = "SELECT sql FROM sqlite_master WHERE tbl_name = 'payment' AND sql IS NOT NULL"
        schema = [sql for (sql,) in held.execute(made)]
    bare = sqlite3.connect(target)
    for statement in schema:
        bare.execute(statement)
    began = process_time()
    with bare:
        marks = ", ".join("?" * (len(paymentstore.COLUMNS) + 1))
        bare.executemany(f"INSERT INTO payment ({columns}) VALUES ({marks})", rows)
    taken = process_time() - began
    bare.close()
    return taken


@pytest.mark.parametrize("rows", [ROWS, 5 * ROWS])
def test_memory_stays_bounded(tmp_path: Path, rows: int) -> None:
    write_sheet(tmp_path / "發放表.xlsx", rows)
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.test_payments", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    ).stdout
    print(f"\n{rows} rows: {told.strip()}")
    before, peak = (float(word) for word in told.split()[:2])
    assert peak - before < MOST_MEGABYTES


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path) -> None:
    """Import the sheet in a folder and print the peak of memory before and after, in MB."""
    database = county(folder / "臺賬.db")
    before = _megabytes()
    changes = importing.apply(database, shown=importing.preview(database, paths=[folder / "發放表.xlsx"]))
    database.release()
    print(f"{before:.0f} {_megabytes():.0f} MB before and at the peak; {changes.title}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
