"""What the columns of a file's tables would be taken for, for the clerk to correct before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.errors import Refused
from exports.plandoc.columns import column_of
from exports.plandoc.layout import Table
from exports.plandoc.mapped import HEADING_WITHIN, Proposal, Settled, corrected, proposed
from exports.plandoc.readers import layout_of_file
from exports.plandoc.tables import headed

_LEAST_TITLES = 2


def proposals(path: Path, settled: Settled) -> list[list[Proposal]]:
    """Return for each table its possible headings, the likeliest first; raise what reading the file raises."""
    tables = [block for block in layout_of_file(path).blocks if isinstance(block, Table)]
    return [found for table in tables if (found := _of_table(table, settled))]


def _of_table(table: Table, settled: Settled) -> list[Proposal]:
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    found = headed(rows, settled)
    likely = []
    if found is not None:
        first, height, columns = found
        likely.append(proposed(rows[first : first + height], columns))
    full = [row for row in rows[:HEADING_WITHIN] if len({cell.text for cell in row if cell.text}) >= _LEAST_TITLES]
    return likely + [proposed([row], [column_of(cell.text) for cell in row]) for row in full]


def settle(found: Sequence[Sequence[Proposal]], given: Sequence[tuple[str, str]]) -> list[Proposal]:
    """Return the corrected headings of the tables that have those named; raise :class:`Refused` where none has."""
    made: list[Proposal] = []
    refused: Refused | None = None
    for table in found:
        for one in table:
            try:
                made.append(corrected(one, given))
                break
            except Refused as error:
                refused = refused or error
    if not made:
        raise refused or Refused("文件裏沒有表格，--map 用不上。")
    return made
