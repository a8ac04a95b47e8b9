"""Dispatched workbooks edited in place, as a unit does in its own program: styles, checks, hidden parts stay."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from db.codes import find_codes
from db.script import fold
from exports.workbook import travel
from tests.damage.filling import report
from tests.damage.paper import Mark, Raw, Square

XmlEdit = Callable[[bytes], bytes]


@dataclass(slots=True)
class RealBook:
    """A dispatched workbook with its marks, each tied to a cell that keeps its value wherever it is moved.

    ``edits`` change the XML of the visible sheet after it was saved; ``others`` are the files of the sending.
    Where the codes are gone, ``anchors`` still tell the rows: a cell of each with its code.
    """

    book: Workbook
    name: str
    others: list[Path]
    marks: list[tuple[Mark, Cell]] = field(default_factory=list)
    edits: list[XmlEdit] = field(default_factory=list)
    shared: bool = False
    anchors: list[tuple[Cell, str]] = field(default_factory=list)

    @property
    def page(self) -> Worksheet:
        return self.book.worksheets[0]

    @property
    def heading(self) -> int:
        """Return the row of the column titles."""
        return next(row for row in range(1, 40) if self._titled(row))

    def _titled(self, row: int) -> bool:
        texts = {fold(str(cell.value)) for cell in self.page[row] if cell.value}
        return {fold("工作要點"), fold("狀態")} <= texts

    def columns(self) -> dict[str, int]:
        """Return the columns by field, as their titles say."""
        titles = {fold(str(cell.value)): cell.column for cell in self.page[self.heading] if cell.value}
        found = {key: titles.get(fold(column.title)) for key, column in travel.BY_KEY.items()}
        return {key: at for key, at in found.items() if at is not None}

    def rows(self) -> dict[int, str]:
        """Return the rows of tasks with their codes."""
        column = self.columns().get("code")
        if column is None:
            return {cell.row: code for cell, code in self.anchors}
        found = {}
        for row in range(self.heading + 1, self.page.max_row + 1):
            codes = find_codes(str(self.page.cell(row, column).value or ""))
            if codes:
                found[row] = codes[0]
        return found

    def cell(self, row: int, column: int) -> Cell:
        return cast("Cell", self.page.cell(row, column))

    def put(self, row: int, key: str, value: Raw, mark: Mark, *, style: str = "General") -> None:
        """Enter a value in place of what stands there."""
        cell = self.cell(row, self.columns()[key])
        self.marks = [(one, at) for one, at in self.marks if at is not cell]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # what begins with = stays a text
        if style != "General":
            cell.number_format = style
        self.marks.append((mark, cell))

    def marked(self, row: int, key: str) -> Mark | None:
        """Return the mark of a cell."""
        column = self.columns().get(key)
        found = (mark for mark, cell in self.marks if (cell.row, cell.column) == (row, column))
        return next(found, None)

    def drop(self, row: int, key: str) -> None:
        """Empty a cell."""
        cell = self.cell(row, self.columns()[key])
        self.marks = [(one, at) for one, at in self.marks if at is not cell]
        cell.value = None

    def insert(self, *, row: int = 0, column: int = 0, count: int = 1) -> None:
        """Insert rows or columns, merged ranges moving with them."""
        ranges = self._unmerged()
        if row:
            self.page.insert_rows(row, count)
        else:
            self.page.insert_cols(column, count)
        for one in ranges:
            if row:
                one.max_row += count * (one.max_row >= row)
                one.min_row += count * (one.min_row >= row)
            else:
                one.max_col += count * (one.max_col >= column)
                one.min_col += count * (one.min_col >= column)
            self.page.merge_cells(one.coord)

    def remove(self, *, row: int = 0, column: int = 0) -> None:
        """Delete a row or a column; merged ranges become smaller or move."""
        ranges = self._unmerged()
        if row:
            self.page.delete_rows(row)
        else:
            self.page.delete_cols(column)
        for one in ranges:
            if (one.min_row == one.max_row == row) or (one.min_col == one.max_col == column):
                continue
            if row:
                one.max_row -= one.max_row >= row
                one.min_row -= one.min_row > row
            else:
                one.max_col -= one.max_col >= column
                one.min_col -= one.min_col > column
            if one.size != {"rows": 1, "columns": 1}:
                self.page.merge_cells(one.coord)

    def _unmerged(self) -> list[CellRange]:
        ranges = [CellRange(one.coord) for one in self.page.merged_cells.ranges]
        for one in ranges:
            self.page.unmerge_cells(one.coord)
        return ranges


@cache
def _content(path: Path) -> bytes:
    return path.read_bytes()


def real(path: Path, others: list[Path]) -> RealBook:
    """Open a dispatched workbook."""
    return RealBook(load_workbook(BytesIO(_content(path))), path.name, others)


@cache
def codes_of(path: Path) -> frozenset[str]:
    """Return the codes on a dispatched workbook."""
    return frozenset(real(path, []).rows().values())


def fill_in(work: RealBook, chance: Random) -> None:
    """Enter reports in most rows of the real sheet."""
    columns = work.columns()
    for row, code in work.rows().items():
        if chance.random() < 0.1:
            continue
        last = work.cell(row, columns["last_percent"]).value if "last_percent" in columns else None
        squares = [Square(last if isinstance(last, int | float) else None)]
        for key, value, style, expected in report(squares, {"last_percent": 0}, chance, 0.02):
            work.put(row, key, value, Mark(code, key, value, expected), style=style)


def save_in(work: RealBook, folder: Path) -> tuple[Path, list[Mark]]:
    """Save the workbook; return its path and the marks that still stand in it, with their places."""
    marks = []
    for mark, cell in work.marks:
        if work.page[cell.coordinate] is cell:
            mark.places = [*mark.places, (work.page.title, cell.coordinate)]
            if mark not in marks:
                marks.append(mark)
    raw = BytesIO()
    work.book.save(raw)
    path = folder / work.name
    with zipfile.ZipFile(raw) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    for edit in work.edits:
        parts[_SHEET] = edit(parts[_SHEET])
    if work.shared:
        _share(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return path, marks


_SHEET = "xl/worksheets/sheet1.xml"
_INLINE = re.compile(rb't="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _share(parts: dict[str, bytes]) -> None:
    """Move the texts of the visible sheet to a table of their own."""
    texts: list[bytes] = []

    def moved(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return b't="s"%s><v>%d</v></c>' % (found[1], len(texts) - 1)

    parts[_SHEET] = _INLINE.sub(moved, parts[_SHEET])
    table = b"".join(b"<si>" + text + b"</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="' + _MAIN + b'">' + table + b"</sst>"
    kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + _KIND + b'"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)
    link = b'<Relationship Id="rIdShared" Type="' + _RELATION + b'" Target="sharedStrings.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", link)


def cell_xml(cell: Cell, change: Callable[[re.Match[bytes]], bytes]) -> XmlEdit:
    """Return an edit of one cell, wherever it stands when it is saved; the match is the whole of its XML."""

    def edit(xml: bytes) -> bytes:
        at = cell.coordinate.encode("ascii")
        return re.sub(rb'<c r="' + at + rb'"([^>]*)>(.*?)</c>', change, xml, count=1, flags=re.DOTALL)

    return edit
