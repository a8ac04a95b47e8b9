"""Sheets that come from outside, as texts: opened safely, bounded, headings found wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from db.errors import UnreadableInput
from db.script import fold
from exports.workbook.bounds import refuse_vast

HEADING_WITHIN = 20
"""Rows from the top in which the heading is looked for."""
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_BYTES = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``rows`` are texts, stripped, from cell A1 on; they may differ in length."""

    sheet: str
    rows: list[list[str]]

    def heading(self, names: Mapping[str, Sequence[str]], required: Sequence[str]) -> tuple[int, dict[str, int]] | None:
        """Return the row (from 0) that names most of the wanted fields, and the column of each; None without one.

        ``names`` are the headings of each field in either script; a row must name all ``required`` fields.
        """
        known = {_key(name): field for field, some in names.items() for name in some}
        best: tuple[int, dict[str, int]] | None = None
        for place, row in enumerate(self.rows[:HEADING_WITHIN]):
            found: dict[str, int] = {}
            for column, text in enumerate(row):
                field = known.get(_key(text))
                if field is not None:
                    found.setdefault(field, column)
            if all(field in found for field in required) and (best is None or len(found) > len(best[1])):
                best = place, found
        return best


def _key(heading: str) -> str:
    """Return a heading as compared: folded, without what offices add to mark a column as required."""
    return fold(heading).strip("*:：").lower()


def address(row: int, column: int) -> str:
    """Return the address of a cell, both counted from 0: ``B7``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read_grids(path: Path) -> list[Grid]:
    """Return the sheets of a workbook (.xlsx, .xls, .et, .ods) as texts.

    Raises :class:`UnreadableInput` with a sentence for a file that is missing, empty, with a password, damaged,
    no workbook, or beyond every measure.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    content = _content(path)
    refuse_vast(content, path.name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return [Grid(name, list(_texts(book, name, path))) for name in book.sheet_names]
    except PasswordError as error:
        raise _locked(path) from error
    except CalamineError as error:
        if _is_locked(content):
            raise _locked(path) from error
        raise UnreadableInput(
            "「{name}」不是電子表格，或已損壞。請用 WPS 或 Excel 打開，另存為 .xlsx 後再試。", name=path.name
        ) from error


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableInput("「{name}」太大（超過 100 MB），沒有讀取。請刪去無關的內容後再試。", name=path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableInput("找不到文件「{name}」。請檢查路徑。", name=path) from error
    except (PermissionError, IsADirectoryError) as error:
        raise UnreadableInput("「{name}」不能讀取。請檢查是不是文件，以及有沒有權限。", name=path.name) from error
    if not content:
        raise UnreadableInput("「{name}」是空文件。請重新取得原件。", name=path.name)
    return content


def _locked(path: Path) -> UnreadableInput:
    return UnreadableInput("「{name}」設有密碼，不能讀取。請去掉密碼，另存後再試。", name=path.name)


def _is_locked(content: bytes) -> bool:
    """Tell whether a container of the old kind holds an encrypted workbook of the new kind."""
    return content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content


def _texts(book: object, name: str, path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineWorkbook

    assert isinstance(book, CalamineWorkbook)
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > MOST_COLUMNS or sheet.total_height > MOST_ROWS:
        raise UnreadableInput(
            "「{name}」表「{sheet}」有 {rows} 行 {columns} 列，太大了。請刪去空白的行列後再試。",
            name=path.name,
            sheet=name,
            rows=sheet.total_height,
            columns=sheet.total_width,
        )
    grid = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_down(grid, sheet.merged_cell_ranges or [])
    yield from grid


def _fill_down(grid: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give the rows under a merged cell its text; what is merged sideways is a title or a note."""
    for (top, left), (bottom, right) in merged:
        if left == right:
            for row in grid[top + 1 : bottom + 1]:
                row[left] = grid[top][left]


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()
