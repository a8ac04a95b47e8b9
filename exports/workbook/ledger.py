"""The work ledger (工作臺賬) as an office prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from db.ledger import Ledger, LedgerRow
from db.settings import Office
from exports.safewrite import named_kind, safe_write_bytes
from exports.words import Words, printable, words_of
from exports.workbook.columns import chosen
from exports.workbook.page import paper_named
from exports.workbook.styles import new_workbook
from exports.workbook.table import Table, write_table

if TYPE_CHECKING:
    from openpyxl import Workbook

DRAFT = "（徵求意見稿）"
PROPOSED = "擬辦"
_SIZES = {"A3": 10.5, "A4": 9.0}
"""Body size in points by paper: 五號, and 小五 where thirteen columns share the smaller sheet."""


def write_ledger(
    ledger: Ledger,
    target: Path,
    *,
    office: Office,
    paper: str | None = None,
    columns: Sequence[str] | None = None,
    sections: bool = True,
    on: date | None = None,
) -> Path:
    """Write the ledger as a workbook for print and return its path.

    ``paper`` is A3 or A4, landscape; ``columns`` are keys or headings in printing order; without them the
    office's settings hold. ``on`` is the date printed, today's by default. Raises ``Refused`` for a column or
    paper that is none, ``CannotWrite`` or ``DiskFull`` where the file cannot be written.
    """
    table = ledger_table(ledger, office=office, paper=paper, columns=columns, sections=sections, on=on)
    return safe_write_bytes(named_kind(target, ".xlsx"), workbook_bytes(table, office, table.words.fixed("工作臺賬")))


def ledger_table(
    ledger: Ledger,
    *,
    office: Office,
    paper: str | None = None,
    columns: Sequence[str] | None = None,
    sections: bool = True,
    on: date | None = None,
) -> Table:
    """Return what stands on the printed ledger, for the workbook and for the PDF; see :func:`write_ledger`."""
    words = words_of(office)
    page = paper_named(paper or office.paper)
    return Table(
        title=title_of(ledger, office, words),
        columns=chosen(columns or office.ledger_columns),
        rows=_marked(ledger.rows, words),
        paper=page,
        size=_SIZES[page.name],
        words=words,
        left=_particulars(ledger, words),
        right=_maker(office, words, on or date.today()),
        sections=sections,
        grouping=ledger.grouping,
    )


def workbook_bytes(table: Table, office: Office, sheet: str) -> bytes:
    """Return a workbook with one printed table; built in memory, so that a full disk meets a plain write."""
    book = new_workbook(size=table.size)
    page = book.worksheets[0]
    page.title = sheet
    write_table(page, table)
    set_properties(book, title=table.title, office=office)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def set_properties(book: Workbook, *, title: str, office: Office) -> None:
    """Say in the file's properties what it is and which office made it."""
    book.properties.title = printable(title)
    book.properties.creator = book.properties.lastModifiedBy = printable(office.office_name or office.county)


def title_of(ledger: Ledger, office: Office, words: Words) -> str:
    """Return the title: the plan's, or the county and year where several plans are in it; a draft says so."""
    if ledger.title:
        name = words.data(ledger.title)
    else:
        name = words.data(office.county) + (f"{ledger.year}年" if ledger.year else "")
    draft = any(not row.confirmed for row in ledger.rows)
    return name + words.fixed("工作臺賬" + (DRAFT if draft else ""))


def _particulars(ledger: Ledger, words: Words) -> str:
    """Return what the sheet is about: the notice's number, how many tasks, how many wait for a lead unit."""
    parts = [words.fixed("文號：") + words.data(ledger.doc_no)] if ledger.doc_no else []
    parts.append(words.fixed(f"共 {len(ledger.rows)} 項"))
    pending = sum(not row.lead for row in ledger.rows)
    if pending:
        parts.append(words.fixed(f"牽頭單位待定 {pending} 項"))
    return "　".join(parts)


def _maker(office: Office, words: Words, on: date) -> str:
    unit = words.data(office.office_name) or "　" * 8
    return words.fixed("製表單位：") + unit + words.fixed(f"　製表日期：{on.year}年{on.month}月{on.day}日")


def _marked(rows: Sequence[LedgerRow], words: Words) -> list[LedgerRow]:
    """Mark rows that are only proposed, where others are not; else the title says enough."""
    if not any(row.confirmed for row in rows):
        return list(rows)
    mark = words.fixed(PROPOSED)
    return [
        row if row.confirmed else replace(row, note="。".join(part for part in (mark, row.note) if part))
        for row in rows
    ]
