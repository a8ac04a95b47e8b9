"""The work ledger (工作臺賬) as a PDF, with the columns and rows that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.ledger import Ledger
from db.settings import Office
from exports.bands import Band, banded
from exports.pdf.blocks import Block, Pair, Title
from exports.pdf.document import Document, Print, render
from exports.pdf.page import Page, landscape
from exports.pdf.press import Tick
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column
from exports.words import printable
from exports.workbook import ledger as sheet
from exports.workbook.cells import shown
from exports.workbook.styles import title_size
from exports.workbook.table import Table as SheetTable
from exports.workbook.table import column_widths

_SMALLEST = 6.0


def print_ledger(
    ledger: Ledger,
    *,
    office: Office,
    paper: str | None = None,
    columns: Sequence[str] | None = None,
    sections: bool = True,
    on: date | None = None,
    tick: Tick | None = None,
) -> Print:
    """Print the ledger on A3 or A4 landscape; the parameters are those of ``workbook.ledger.write_ledger``.

    ``tick`` is told how far it is. Raises ``Refused`` for a column or paper that is none.
    """
    table = sheet.ledger_table(ledger, office=office, paper=paper, columns=columns, sections=sections, on=on)
    page = landscape(table.paper.name)
    size, widths = _fitted(table, page)
    heads = [
        Column(table.words.fixed(column.title), width, "center" if column.centred else "left")
        for column, width in zip(table.columns, widths, strict=True)
    ]
    rows = [
        one if isinstance(one, Band) else Row([printable(shown(c.value(one, table.words))) for c in table.columns])
        for one in (banded(table.rows, table.words, table.grouping) if sections else table.rows)
    ]
    blocks: list[Block] = [
        Title(table.title, title_size(size)),
        Pair(table.left, table.right, size + 1),
        Table(heads, rows, size),
    ]
    return render(Document(table.title, blocks, page, author=office.office_name or office.county), tick)


def _fitted(table: SheetTable, page: Page) -> tuple[float, list[float]]:
    """Return the size of the body and the widths of the columns in points; many columns make both smaller."""
    size = table.size
    while True:
        widths = column_widths(table.columns, table.rows, table.words, size=size, page=page.across)
        over = sum(widths) / page.across
        if over <= 1 or size <= _SMALLEST:
            return size, [width / max(1.0, over) for width in widths]
        size = max(_SMALLEST, size / over)
