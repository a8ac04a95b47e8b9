"""Rows of the ledger for the clipboard: as a table that a spreadsheet takes cell by cell, as text in every cell."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from exports.words import printable
from exports.workbook.cells import FORMULA_STARTS

_QUOTED = re.compile(r'[\t\n"]')
# Excel and WPS read the first, LibreOffice the second: the cell is text, whatever it begins with.
_TEXT_CELL = 'style="mso-number-format:\'\\@\'; white-space: normal" sdnum="1033;0;@"'


def as_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QMimeData:
    """Return a table as tab-separated text and as HTML; a text that looks like a formula stays a text."""
    mime = QMimeData()
    lines = [[printable(cell) for cell in line] for line in (heads, *rows)]
    mime.setText("\n".join("\t".join(map(_plain, line)) for line in lines) + "\n")
    mime.setHtml(_html(lines))
    return mime


def _plain(text: str) -> str:
    """Return a cell of tab-separated text. A leading apostrophe is how one types a text that looks like a formula."""
    if text.startswith(FORMULA_STARTS):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _html(lines: Sequence[Sequence[str]]) -> str:
    head, *rows = lines
    made = ["<tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in head) + "</tr>"]
    made += ["<tr>" + "".join(f"<td {_TEXT_CELL}>{_marked(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return (
        '<html><head><meta charset="utf-8"></head><body><table border="1">' + "".join(made) + "</table></body></html>"
    )


def _marked(text: str) -> str:
    """Return a cell of the HTML in one line: a line break inside would make LibreOffice begin another row."""
    return html.escape("　".join(text.splitlines()))
