"""A printed table of ledger rows: title, line of particulars, heading, bands of sections, rows that fit their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, cast

from db.ledger import LedgerRow
from db.terms import Grouping
from exports.bands import Band, banded
from exports.words import Words
from exports.workbook import cells, fit, styles
from exports.workbook.columns import Column, Value
from exports.workbook.page import Paper, set_page

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WEIGHT = 4
_ROOM_TO_WRITE = 32.0
"""Characters that an empty column of running text is given room for, to be filled in by pen or later."""


@dataclass(frozen=True, slots=True)
class Table:
    """What stands on the sheet. ``above`` is a line over the title, such as 附件; ``size`` the body's points.

    ``sections`` tells whether bands stand between the rows, ``grouping`` of what.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[LedgerRow]
    paper: Paper
    size: float
    words: Words
    above: str = ""
    left: str = ""
    right: str = ""
    sections: bool = True
    grouping: Grouping = Grouping.SECTION


def column_widths(
    columns: Sequence[Column], rows: Sequence[LedgerRow], words: Words, *, size: float, page: float
) -> list[float]:
    """Return the widths of columns in points: all of the page's, shared by the text they hold at ``size`` points."""
    least = [column.width * size / 2 + fit.PADDING for column in columns]
    wanted = [_usual_text(column, rows, words) if column.grows else 0.0 for column in columns]
    return fit.share(least, wanted, page)


def _usual_text(column: Column, rows: Sequence[LedgerRow], words: Words) -> float:
    """Return how much text a column usually holds, or has room for."""
    return max(_ROOM_TO_WRITE, text_weight([cells.shown(column.value(row, words)) for row in rows]))


def text_weight(texts: Sequence[str]) -> float:
    """Return the length a column's texts usually have: a mean in which long ones weigh more, as they make rows high."""
    powers = sum(fit.display_width(text) ** _WEIGHT for text in texts)
    return float((powers / max(1, len(texts))) ** (1 / _WEIGHT))


def write_table(sheet: Worksheet, table: Table) -> None:
    """Write a table into an empty sheet of a workbook that has the named styles."""
    from openpyxl.utils import get_column_letter

    widths = column_widths(table.columns, table.rows, table.words, size=table.size, page=table.paper.width)
    writer = _Writer(sheet, table, widths)
    writer.above_rows()
    heading = writer.heading()
    for row in banded(table.rows, table.words, table.grouping) if table.sections else table.rows:
        if isinstance(row, Band):
            writer.band(row)
        else:
            writer.line([_tidy(column.value(row, table.words)) for column in table.columns])
    sheet.auto_filter.ref = f"A{heading}:{get_column_letter(len(table.columns))}{writer.at}"
    sheet.freeze_panes = f"{get_column_letter(1 + _frozen(table.columns))}{heading + 1}"
    set_page(sheet, table.paper, heading_row=heading, words=table.words)


def _tidy(value: Value) -> Value:
    return cells.tidy(value) if isinstance(value, str) else value


def _frozen(columns: Sequence[Column]) -> int:
    """Return how many columns stay in sight on the left: up to the code, where it stands among the first."""
    keys = [column.key for column in columns[:2]]
    return keys.index("code") + 1 if "code" in keys else 0


class _Writer:
    """Writes row under row; ``at`` is the last row written, from 1."""

    def __init__(self, sheet: Worksheet, table: Table, widths: list[float]) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet, self.table, self.widths = sheet, table, widths
        self.count = len(widths)
        self.at = 0
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = styles.column_characters(width)

    def above_rows(self) -> None:
        """Write what stands over the heading."""
        table = self.table
        if table.above:
            self._parts([(1, self.count, table.above, styles.INFO)], table.size + 1)
        self._parts([(1, self.count, table.title, styles.TITLE)], styles.title_size(table.size))
        if not (table.left or table.right):
            return
        self._parts(self._about(), table.size + 1)

    def _about(self) -> list[tuple[int, int, str, str]]:
        """Return the line of particulars: left and right, or in one where a half has no room for its part."""
        table, split = self.table, self.count // 2
        halves = [(1, split, table.left, styles.INFO), (split + 1, self.count, table.right, styles.INFO_RIGHT)]
        room = [(sum(self.widths[first - 1 : last]), text) for first, last, text, _ in halves]
        one_line = fit.height("", width=self.table.paper.width, size=table.size + 1)
        if self.count > 1 and all(
            fit.height(text, width=width, size=table.size + 1) <= one_line for width, text in room
        ):
            return halves
        return [(1, self.count, "　".join(filter(None, (table.left, table.right))), styles.INFO)]

    def heading(self) -> int:
        """Write the heading and return its row."""
        titles = [self.table.words.fixed(column.title) for column in self.table.columns]
        self._parts(
            [(place, place, title, styles.HEAD) for place, title in enumerate(titles, start=1)], self.table.size
        )
        return self.at

    def band(self, band: Band) -> None:
        """Write a row across all columns."""
        style = styles.BAND_PLAN if band.of_plan else styles.BAND_SECTION
        self._parts([(1, self.count, band.text, style)], self.table.size + band.of_plan)

    def _parts(self, parts: list[tuple[int, int, str, str]], size: float) -> None:
        """Write one row of parts, each over columns first to last, and make it as high as the highest needs."""
        self.at += 1
        tallest = 0.0
        for first, last, text, style in parts:
            for place in range(first, last + 1):
                self._cell(self.at, place).style = style
            cells.put_text(self._cell(self.at, first), cells.tidy(text))
            self._merge(first, last, 1)
            tallest = max(tallest, fit.height(text, width=sum(self.widths[first - 1 : last]), size=size))
        self._set_height(self.at, tallest + 4)

    def line(self, values: list[Value]) -> None:
        """Write one task; where it needs more than a row can be high, its cells are merged over several."""
        needed = max(
            fit.height(cells.shown(value), width=width, size=self.table.size)
            for value, width in zip(values, self.widths, strict=True)
        )
        rows = max(1, ceil(needed / styles.TALLEST))
        first, self.at = self.at + 1, self.at + rows
        for row in range(first, self.at + 1):
            self._set_height(row, needed / rows)
            for place, (value, column) in enumerate(zip(values, self.table.columns, strict=True), start=1):
                cells.put(self._cell(row, place), value if row == first else None, column)
        if rows > 1:
            for place in range(1, self.count + 1):
                self._merge(place, place, rows)

    def _cell(self, row: int, place: int) -> Cell:
        return cast("Cell", self.sheet.cell(row, place))  # what is merged is written before it is merged

    def _merge(self, first: int, last: int, rows: int) -> None:
        """Merge the last ``rows`` rows of some columns into one cell."""
        if last > first or rows > 1:
            self.sheet.merge_cells(start_row=self.at - rows + 1, end_row=self.at, start_column=first, end_column=last)

    def _set_height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row].height = min(styles.TALLEST, ceil(points * 4) / 4)
