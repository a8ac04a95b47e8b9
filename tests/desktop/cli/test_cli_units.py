"""``taizhang units``: the dictionary goes out as a sheet, is corrected there, and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.database import open_database
from tests.db.worlds import state
from tests.desktop.cli.conftest import Run

TABLES = ("unit", "unit_alias", "counterpart", "unit_contact")


def units(path: Path) -> Mapping[str, object]:
    database = open_database(path, writable=False)
    found = {table: rows for table, rows in state(database).items() if table in TABLES}
    database.release()
    return found


def sheet_with(path: Path, text: str) -> tuple[Worksheet, int, int]:
    """Return the sheet, row and column of the first cell with a text."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == text:
                    return sheet, cell.row, cell.column or 1
    raise AssertionError(text)


def test_what_goes_out_comes_back_the_same(run: Run, path: Path, tmp_path: Path) -> None:
    before = units(path)
    done = run(path, "units", "export", tmp_path / "單位.xlsx")
    assert done.status == 0
    back = run(path, "units", "import", tmp_path / "單位.xlsx")
    assert (back.status, back.err) == (0, "")
    assert "沒有改動" in back.out
    assert units(path) == before


def test_into_another_office_the_whole_dictionary_goes(run: Run, path: Path, tmp_path: Path) -> None:
    run(path, "units", "export", tmp_path / "單位.xlsx")
    other = tmp_path / "鄰縣.db"
    run(other, "units", "import", tmp_path / "單位.xlsx")
    assert run(other, "units", "list").out == run(path, "units", "list").out


def test_a_correction_in_the_sheet_is_taken_and_can_be_undone(run: Run, path: Path, tmp_path: Path) -> None:
    before = units(path)
    sheet_file = tmp_path / "單位.xlsx"
    run(path, "units", "export", sheet_file)
    sheet, row, column = sheet_with(sheet_file, "縣財政局")
    sheet.cell(row, column).value = "縣低空經濟局"  # a name the table does not have yet: a new unit
    assert sheet.parent is not None
    sheet.parent.save(sheet_file)
    refused = run(path, "units", "import", sheet_file)
    assert refused.status == 2  # its other names still stand beside it
    assert "縣財政局" in refused.err
    assert units(path) == before
    for cell in sheet[row]:
        if "縣國資委" in str(cell.value):
            cell.value = None
    sheet.parent.save(sheet_file)
    assert run(path, "units", "import", sheet_file).status == 0
    assert "縣低空經濟局" in run(path, "units", "list", "--level", "county").out
    assert "縣財政局" in run(path, "units", "list", "--level", "county").out  # nothing is ever removed
    number = run(path, "ledger", "history", "--limit", "1").out.split("\t")[0]
    assert run(path, "ledger", "undo", number).status == 0
    assert units(path) == before


def test_levels_are_listed_apart(run: Run, path: Path) -> None:
    county = run(path, "units", "list", "--level", "county").out
    assert "縣行政審批服務局\t縣\t" in county
    assert "省政務局" not in county
    assert run(path, "units", "list", "--level", "village").status == 2


def test_a_sheet_that_is_none_changes_nothing(run: Run, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    broken = tmp_path / "壞.xlsx"
    broken.write_bytes(b"not a workbook")
    done = run(path, "units", "import", broken)
    assert done.status == 2
    assert "壞.xlsx" in done.err
    assert path.read_bytes() == before
