"""The annex table of the division paper in a document: heading repeated on each page, rows never torn apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from db.ledger import LedgerRow
from exports.bands import Band, banded
from exports.division.wordpage import ANNEX_WIDTH, CELL, HEAD, TABLE_SIZE
from exports.words import Words, printable
from exports.workbook.cells import shown
from exports.workbook.columns import Column
from exports.workbook.page import MM
from exports.workbook.table import column_widths

if TYPE_CHECKING:
    from docx.document import Document

_TWIPS = 20
_MARGIN = 60
"""Twips a cell keeps free on either side."""


def add_table(document: Document, columns: Sequence[Column], rows: Sequence[LedgerRow], words: Words) -> None:
    """Add the table to the end of a document whose last section is the annex's."""
    from docx.oxml import parse_xml

    points = column_widths(columns, rows, words, size=TABLE_SIZE, page=ANNEX_WIDTH * MM)
    widths = [round(width * _TWIPS) for width in points]
    head, cell = document.styles[HEAD].style_id, document.styles[CELL].style_id
    titles = [_cell(words.fixed(column.title), width, head) for column, width in zip(columns, widths, strict=True)]
    lines = [_row(titles, heading=True)]
    for row in banded(rows, words):
        if isinstance(row, Band):
            band = _cell(row.text, sum(widths), head, centred=row.of_plan, span=len(columns), keep=True)
            lines.append(_row([band]))
        else:
            lines.append(
                _row(
                    [
                        _cell(shown(column.value(row, words)), width, cell, centred=column.centred)
                        for column, width in zip(columns, widths, strict=True)
                    ]
                )
            )
    # Put in at once: python-docx looks all cells over for each row it adds.
    table = _table(widths, lines, document.styles["Table Grid"].style_id)
    document.element.body[-1].addprevious(parse_xml(table))


def _table(widths: Sequence[int], rows: Sequence[str], style: str) -> str:
    from docx.oxml.ns import nsdecls

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(f'<w:{side} w:w="{_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[str], *, heading: bool = False) -> str:
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, style: str, *, centred: bool = True, span: int = 1, keep: bool = False) -> str:
    """Return a cell; ``keep`` holds its row on the page of the next one."""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    form = (
        f'<w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
        f'<w:jc w:val="{"center" if centred else "left"}"/></w:pPr>'
    )
    lines = "".join(
        f'<w:p>{form}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in printable(text).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'
