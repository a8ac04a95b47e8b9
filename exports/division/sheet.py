"""The annex of the division paper as a workbook."""

from __future__ import annotations

from pathlib import Path

from db.ledger import Ledger
from db.settings import Office
from exports.division.content import annex_columns, paper
from exports.safewrite import safe_write_bytes
from exports.words import words_of
from exports.workbook.ledger import workbook_bytes
from exports.workbook.page import paper_named
from exports.workbook.table import Table

_SIZE = 11.0


def write_division_xlsx(ledger: Ledger, target: Path, *, office: Office, issued: bool = False) -> Path:
    """Write the annex table for print on A4 landscape and return its path.

    Raises ``Refused`` where it is to be issued although tasks have no lead unit or are only proposed.
    """
    words = words_of(office)
    text = paper(ledger, office=office, words=words, issued=issued)
    table = Table(
        title=text.annex_title,
        columns=annex_columns(),
        rows=ledger.rows,
        paper=paper_named("A4"),
        size=_SIZE,
        words=words,
        above=text.annex,
    )
    return safe_write_bytes(target, workbook_bytes(table, office, text.annex))
