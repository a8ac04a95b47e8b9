"""A table that lost its grid when copied: every cell stands on a line of its own, headings first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from exports.plandoc.clauses import MARKER, read_clause
from exports.plandoc.columns import Column, column_of
from exports.plandoc.deadlines import is_wording
from exports.plandoc.fold import plain
from exports.plandoc.layout import Cell, Layout, Line, Table
from exports.plandoc.numbering import mark_at
from exports.plandoc.units import is_unit, read_names

FEWEST_COLUMNS = 3
MAX_CLAUSE_CELL = 120  # characters of a cell that says who in a clause of its own
MAX_HEADING = 16  # characters
_NO_HEADING = re.compile(r"[\d:、,。;]")
_NUMBER = re.compile(r"\(?(\d{1,3})\)?[.、]?")


@dataclass(frozen=True, slots=True)
class _Headings:
    """Where the headings stand among the blocks, and what their columns hold."""

    first: int
    columns: list[Column]

    @property
    def after(self) -> int:
        return self.first + len(self.columns)


def unfold_stacked_table(layout: Layout) -> Layout:
    """Return the layout with such a table put back into rows, unchanged where there is none."""
    headings = _headings(layout)
    if headings is None or any(isinstance(block, Table) for block in layout.blocks[headings.first :]):
        return layout
    lines = [block for block in layout.blocks[headings.after :] if isinstance(block, Line)]
    rows = _rows(layout, headings.columns, lines)
    if not rows:
        return layout
    top = [_cell(layout, line) for line in layout.blocks[headings.first : headings.after] if isinstance(line, Line)]
    table = Table([top, *rows], top[0].start, rows[-1][-1].end)
    table.end = max(cell.end for row in rows for cell in row)
    after = [block for block in layout.blocks[headings.after :] if block.start >= table.end]
    return Layout(layout.text, layout.folded, [*layout.blocks[: headings.first], table, *after])


def _headings(layout: Layout) -> _Headings | None:
    """Return the first run of lines that are nothing but headings, among them a task and a unit."""
    run: list[Column] = []
    for place, block in enumerate([*layout.blocks, Line(len(layout.text), len(layout.text))]):
        words = plain(layout.text[block.start : block.end]) if block.end - block.start <= 2 * MAX_HEADING else ""
        column = column_of(words) if 0 < len(words) <= MAX_HEADING and not _NO_HEADING.search(words) else None
        if column is not None:
            run.append(column)
            continue
        if len(run) >= FEWEST_COLUMNS and Column.TEXT in run and {Column.LEAD, Column.CO} & {*run}:
            return _Headings(place - len(run), run)
        run = []
    return None


def _cell(layout: Layout, line: Line) -> Cell:
    return Cell(layout.text[line.start : line.end], line.start, line.end)


def _rows(layout: Layout, columns: list[Column], lines: list[Line]) -> list[list[Cell]]:
    cells = [_cell(layout, line) for line in lines]
    anchors = _anchors(layout, cells, in_task=Column.NUMBER not in columns)
    if len(anchors) > 1:
        return _anchored_rows(columns, cells, anchors)
    width = len(columns)
    if cells and len(cells) % width == 0:
        return [cells[at : at + width] for at in range(0, len(cells), width)]
    return []


def _anchors(layout: Layout, cells: list[Cell], *, in_task: bool) -> list[int]:
    """Return the cells that count on: 1, 2, 3 alone, or in front of the task."""
    found: list[int] = []
    for place, cell in enumerate(cells):
        if in_task:
            mark = mark_at(layout.folded, cell.start, cell.end)
            value = mark.value if mark else 0
        else:
            match = _NUMBER.fullmatch(plain(cell.text))
            value = int(match[1]) if match else 0
        if value and value == len(found) + 1:
            found.append(place)
    return found


def _anchored_rows(columns: list[Column], cells: list[Cell], anchors: list[int]) -> list[list[Cell]]:
    """Cut at the numbers; what stands between the last cell of a row and the next number is a heading."""
    lead_in = next(i for i, column in enumerate(columns) if column in (Column.NUMBER, Column.TEXT))
    ordered = all(b - a == len(columns) for a, b in pairwise(anchors))
    rows: list[list[Cell]] = []
    for place, anchor in enumerate(anchors):
        stop = anchors[place + 1] if place + 1 < len(anchors) else len(cells)
        if ordered and anchor >= lead_in:
            rows.append(cells[anchor - lead_in : min(stop - lead_in, anchor - lead_in + len(columns))])
            continue
        own = cells[anchor:stop]
        last = place + 1 == len(anchors)
        row, heading = _fitted(columns, own, last=last)
        rows.append(row)
        if heading is not None and not last:
            rows.append([heading, *[Cell("", heading.end, heading.end)] * (len(columns) - 1)])
    return [row for row in rows if row]


def _fitted(columns: list[Column], own: list[Cell], *, last: bool) -> tuple[list[Cell], Cell | None]:
    """Give the cells of a row their columns by what they say; one behind the units that is neither is a heading."""
    blank = Cell("", own[0].start, own[0].start)
    row = [blank] * len(columns)
    texts: list[Cell] = []
    units: list[Cell] = []
    heading: Cell | None = None
    for place, cell in enumerate(own):
        if place == 0 and Column.NUMBER in columns:
            row[columns.index(Column.NUMBER)] = cell
        elif _says_who(cell):
            units.append(cell)
        elif Column.DEADLINE in columns and units and is_wording(plain(cell.text)):
            row[columns.index(Column.DEADLINE)] = cell
        elif not units:
            texts.append(cell)
        elif not last:
            heading = cell
    for column, cell in zip(
        [i for i, kind in enumerate(columns) if kind is Column.TEXT][-len(texts) :], texts, strict=False
    ):
        row[column] = cell
    roles = [i for i, kind in enumerate(columns) if kind in (Column.LEAD, Column.CO)]
    if len(units) == 1 and len(roles) > 1 and read_names(units[0].text)[0].group:
        roles = [i for i in roles if columns[i] is Column.CO]
    for column, cell in zip(roles, units, strict=False):
        row[column] = cell
    return row, heading


def _says_who(cell: Cell) -> bool:
    names = read_names(cell.text)
    if len(cell.text) <= MAX_CLAUSE_CELL and MARKER.search(plain(cell.text)):
        clause = read_clause(cell.text)
        return clause is not None and bool(clause.lead or clause.co)
    return bool(names) and all(name.group or is_unit(plain(name.text)) for name in names)
