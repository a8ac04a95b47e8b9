"""The calendar of working days as a sheet (.xlsx or .csv) that can be corrected and brought in again."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import cast

from db.calendar import REST, WORK, Day
from db.errors import UnreadableInput
from db.script import fold
from db.settings import Office
from exports.problems import Problem
from exports.safewrite import named_kind, safe_write_bytes
from exports.words import Words, words_of
from exports.workbook.grid import Grid, address, read_grids

TITLES = ("日期", "安排", "名稱")
_NAMES = {"on": ("日期", "日子"), "kind": ("安排", "上班或休息", "類型"), "name": ("名稱", "節假日", "備註")}
_KINDS = {fold(word): False for word in (REST, "休息", "放假", "節假日")} | {
    fold(word): True for word in (WORK, "上班", "調休", "補班", "工作日")
}
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?")


def read_days(path: Path) -> tuple[list[Day], list[Problem]]:
    """Return the days of a sheet with the headings 日期, 安排 (休 or 班), 名稱, and what could not be taken.

    Raises :class:`UnreadableInput` where the file holds no such table.
    """
    grids = [_csv_grid(path)] if path.suffix.lower() == ".csv" else read_grids(path)
    days: list[Day] = []
    problems: list[Problem] = []
    recognised = False
    for grid in grids:
        heading = grid.heading(_NAMES, ("on", "kind"))
        if heading is not None:
            recognised = True
            _read(path.name, grid, heading, days, problems)
    if not recognised:
        raise UnreadableInput(
            "「{name}」裏沒有找到節假日表：應有「日期」「安排」這樣的表頭。可先導出一份作樣子。", name=path.name
        )
    return days, problems


def _csv_grid(path: Path) -> Grid:
    from exports.plandoc.encoding import decode

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput("「{name}」不能讀取。請檢查路徑和權限。", name=path.name) from error
    text = decode(content, name=path.name).lstrip("\ufeff")
    return Grid(path.stem, [[cell.strip() for cell in row] for row in csv.reader(StringIO(text))])


def _read(name: str, grid: Grid, heading: tuple[int, dict[str, int]], days: list[Day], problems: list[Problem]) -> None:
    top, columns = heading
    for at, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        texts = {key: row[place] if place < len(row) else "" for key, place in columns.items()}
        if not any(texts.values()):
            continue
        on, working = _date(texts["on"]), _KINDS.get(fold(texts["kind"]))
        if on is None:
            problem = "應是 2027-01-01 這樣的日期，這一行沒有採用"
            problems.append(Problem(name, grid.sheet, address(at, columns["on"]), texts["on"], problem))
        elif working is None:
            problem = f"應是「{REST}」或「{WORK}」，這一行沒有採用"
            problems.append(Problem(name, grid.sheet, address(at, columns["kind"]), texts["kind"], problem))
        else:
            days.append(Day(on, working, texts.get("name", "")))


def _date(text: str) -> date | None:
    found = _DATE.match(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def write_days(days: Sequence[Day], target: Path, *, office: Office) -> Path:
    """Write the days as a workbook, or as CSV where the file is called so; return the path."""
    target = named_kind(target, ".xlsx", ".csv")
    words = words_of(office)
    rows = [tuple(map(words.fixed, TITLES)), *(_row(day, words) for day in days)]
    if target.suffix.lower() == ".csv":
        text = StringIO()
        csv.writer(text).writerows(rows)
        return safe_write_bytes(target, text.getvalue().encode("utf-8-sig"))  # so that WPS and Excel see UTF-8
    return safe_write_bytes(target, _book(rows, words, office))


def _row(day: Day, words: Words) -> tuple[str, str, str]:
    return day.on.isoformat(), words.fixed(WORK if day.working else REST), words.data(day.name)


def _book(rows: Sequence[Sequence[str]], words: Words, office: Office) -> bytes:
    from openpyxl.cell import Cell

    from exports.workbook import cells, styles
    from exports.workbook.ledger import set_properties

    book = styles.new_workbook(size=11)
    sheet = book.worksheets[0]
    sheet.title = words.fixed("節假日")
    for letter, width in (("A", 14), ("B", 10), ("C", 24)):
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = styles.TEXT
    for at, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = cast("Cell", sheet.cell(at, place))
            cell.style = styles.HEAD if at == 1 else styles.body_style(centred=True, number_format=styles.TEXT)
            cells.put_text(cell, text)
    sheet.freeze_panes = "A2"
    set_properties(book, title=words.fixed("節假日"), office=office)
    content = BytesIO()
    book.save(content)
    return content.getvalue()
