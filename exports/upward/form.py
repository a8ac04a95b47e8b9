"""A superior's form as it came: its sheet, its headings wherever they stand, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.errors import UnreadableInput
from db.script import fold
from exports.upward.fields import field_of
from exports.workbook.collect.cells import Sheet
from exports.workbook.collect.opening import MOST_BYTES
from exports.workbook.collect.package import Package
from exports.workbook.collect.xlsx import read_xlsx, sheet_parts

KINDS = (".xlsx", ".xlsm")
_WITHIN = 20
_LEAST = 2
_NOTES = ("备注", "说明", "填表", "注:", "合计", "总计", "填报人", "审核")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row under the heading: its place from 0, its own texts by column."""

    at: int
    texts: dict[int, str]


@dataclass(frozen=True, slots=True)
class Form:
    """The sheet of a form that is filled. ``titles`` are the headings of its columns from the first one on.

    ``covered`` are cells that a merged one hides.
    """

    name: str
    package: Package
    sheet: Sheet
    part: str
    heading: int
    titles: tuple[str, ...]
    rows: tuple[FormRow, ...]
    covered: frozenset[tuple[int, int]]


def read_form(path: Path) -> Form:
    """Read a form; raise :class:`UnreadableInput` with a sentence for a file that is none."""
    name = path.name
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError as error:
        raise UnreadableInput("「{name}」不能讀取。請檢查路徑和權限。", name=path) from error
    if path.suffix.lower() not in KINDS or not content.startswith(b"PK"):
        raise UnreadableInput("上報表「{name}」要是 .xlsx 文件。請用 WPS 打開後另存為 .xlsx 再試。", name=name)
    package = Package(content, name)
    book = read_xlsx(package)
    parts = sheet_parts(package)
    found = [(_heading(sheet), sheet) for sheet in book.sheets if not sheet.hidden]
    best = max(found, key=lambda one: one[0][0], default=None)
    if best is None or best[0][0] < _LEAST:
        raise UnreadableInput("「{name}」裏沒有找到表頭（序號、工作任務、進展情況等）。請檢查是不是上報表。", name=name)
    (_, at), sheet = best
    titles = _titles(sheet, at)
    last = max(titles)
    texts = tuple(titles.get(column, "") for column in range(last + 1))
    return Form(name, package, sheet, parts[sheet.name], at, texts, tuple(_rows(sheet, at, texts)), _covered(sheet))


def _heading(sheet: Sheet) -> tuple[int, int]:
    """Return how many fields the best row of headings names, and where it is; of a heading of two rows the lower."""
    best = (0, 0)
    for at in [row for row in sorted(sheet.rows) if row < _WITHIN]:
        count = len({field_of(title) for title in _titles(sheet, at).values()} - {""})
        if count >= best[0] and count >= _LEAST:
            best = (count, at)
    return best


def _titles(sheet: Sheet, at: int) -> dict[int, str]:
    """Return the titles of a row; a cell merged over it from above gives its own."""
    titles = {column: cell.text for column, cell in sheet.rows.get(at, {}).items() if cell.text}
    for (top, left), (bottom, right) in sheet.merged:
        if top < at <= bottom and sheet.text(top, left):
            titles |= {column: sheet.text(top, left) for column in range(left, right + 1) if column not in titles}
    return titles


def _rows(sheet: Sheet, heading: int, titles: tuple[str, ...]) -> list[FormRow]:
    """Return the rows under the heading that hold something, but repeated headings and the notes at the end."""
    found = []
    for at in sorted(row for row in sheet.rows if row > heading):
        texts = {column: cell.text for column, cell in sheet.rows[at].items() if cell.text and column < len(titles)}
        if not texts:
            continue
        first = fold(texts[min(texts)])
        if first.startswith(_NOTES):
            continue
        if sum(titles[column] == text for column, text in texts.items()) >= _LEAST:
            continue
        found.append(FormRow(at, texts))
    return found


def _covered(sheet: Sheet) -> frozenset[tuple[int, int]]:
    return frozenset(
        (row, column)
        for (top, left), (bottom, right) in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    )
