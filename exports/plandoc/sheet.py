"""Workbooks (.xlsx, also .xls) to grids: cells as they read, merged ones repeated, nothing beyond the data."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from db.errors import UnreadableInput
from exports.plandoc.layout import MAX_COLUMNS, Grid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_ROWS = 20_000
MAX_SHEETS = 60
MAX_AREA = (
    4_000_000  # cells between the corners; calamine makes room for all of them, a stray one far out ends the process
)
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
Merged = tuple[tuple[int, int], tuple[int, int]]  # first and last cell as (row, column), both counted from 0


def parts_of_sheet(content: bytes, *, name: str) -> list[str | Grid]:
    """Return the tables of a workbook with their titles; hidden sheets are left out."""
    import python_calamine as calamine

    try:
        if _widest_area(content) > MAX_AREA:
            grids = _sparse_grids(content)
        else:
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            hidden = {meta.name for meta in book.sheets_metadata if meta.visible != calamine.SheetVisibleEnum.Visible}
            names = [one for one in book.sheet_names if one not in hidden][:MAX_SHEETS]
            grids = [_grid(book.get_sheet_by_name(one)) for one in names]
    except calamine.PasswordError as error:
        raise UnreadableInput("「{name}」設有打開密碼。請取消密碼後另存一份再導入。", name=name) from error
    except (
        calamine.CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        KeyError,
        OSError,
        SyntaxError,
        EOFError,
    ) as error:
        raise UnreadableInput(
            "「{name}」已損壞，打不開。請用 WPS 打開後另存為 .xlsx，或重新取得原件。", name=name
        ) from error
    parts: list[str | Grid] = []
    for grid in grids:
        parts.extend(_titled(grid))
    return parts


def _sheet_parts(content: bytes) -> list[bytes]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(part) for part in package.namelist() if part.startswith("xl/worksheets/sheet")]


def _widest_area(content: bytes) -> int:
    """Return the largest sheet's area from A1 to its farthest cells; the size it states is not believed."""
    widest = 0
    for part in _sheet_parts(content):
        rows = columns = 0
        for letters, digits in _CELL.findall(part):
            rows, columns = max(rows, int(digits)), max(columns, _column(letters) + 1)
        widest = max(widest, rows * columns)
    return widest


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value - 1


def _sparse_grids(content: bytes) -> list[Grid]:
    """Read a workbook whose sheets reach too far: only the first rows and columns, merges from the package."""
    from openpyxl import load_workbook

    grids = []
    merged = [
        [((int(b) - 1, _column(a)), (int(d) - 1, _column(c))) for a, b, c, d in _MERGED.findall(part)]
        for part in _sheet_parts(content)
    ]
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for place, sheet in enumerate(book.worksheets[:MAX_SHEETS]):
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
        rows = [[_shown(value) for value in row] for row in cells]
        grids.append(_filled(rows, merged[place] if place < len(merged) else []))
    return grids


def _grid(sheet: CalamineSheet) -> Grid:
    """Return the cells from A1 on: calamine begins with row 1, but with the first column that is used."""
    left = min((sheet.start or (0, 0))[1], MAX_COLUMNS)
    rows = []
    for row in sheet.iter_rows():
        rows.append([""] * left + [_shown(value) for value in row[: MAX_COLUMNS - left]])
        if len(rows) >= MAX_ROWS:
            break
    return _filled(rows, sheet.merged_cell_ranges or [])


def _filled(rows: list[list[str]], merged: Iterable[Merged]) -> Grid:
    """Repeat the value of each merged range in all of its cells."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : min(bottom, len(rows) - 1) + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
    return Grid([_cut(row) for row in rows])


def _cut(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[: max(end, 1)]


def _shown(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else ("是" if value else "否")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()


def _titled(grid: Grid) -> list[str | Grid]:
    """Take the rows above the heading that hold one text (merged title, 截止日期：…) out as paragraphs."""
    rows = [row for row in grid.rows if any(cell.strip() for cell in row)]
    parts: list[str | Grid] = []
    while rows and len({cell for cell in rows[0] if cell.strip()}) == 1 and len(parts) < 5:  # noqa: PLR2004
        parts.append(next(cell for cell in rows.pop(0) if cell.strip()))
    if rows:
        width = max(map(len, rows))
        parts.append(Grid([row + [""] * (width - len(row)) for row in rows]))
    return parts
