"""The division paper (任務分工方案): a covering letter with the annex table, as a document or a sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.ledger import Ledger
from db.settings import Office
from exports.safewrite import named_kind


def write_division(
    ledger: Ledger, target: Path, *, office: Office, issued: bool = False, reply_by: date | None = None
) -> Path:
    """Write the paper in the form its file name asks for, ``.docx`` or ``.xlsx``, and return its path."""
    target = named_kind(target, ".docx", ".xlsx")
    if target.suffix.lower() == ".docx":
        from exports.division.word import write_division_docx

        return write_division_docx(ledger, target, office=office, issued=issued, reply_by=reply_by)
    from exports.division.sheet import write_division_xlsx

    return write_division_xlsx(ledger, target, office=office, issued=issued)
