"""The register of a sending (分發登記) as a workbook: what went to whom, when, due when, returned when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from db.outgoing import Outgoing
from db.register import RegisterRow
from db.settings import Office
from exports.lists.listing import Heading, Listing, Value, write_listing
from exports.lists.workbook import listing_bytes
from exports.pdf.document import Missing
from exports.words import Words, words_of

TITLE = "工作臺賬分發登記表"
_HEADINGS = (
    Heading("序號", 6, centred=True),
    Heading("單位", 23),
    Heading("項數", 6, centred=True),
    Heading("識別碼", 17, centred=True),
    Heading("收件人", 22),
    Heading("發出", 17, centred=True),
    Heading("截止", 17, centred=True),
    Heading("報回", 17, centred=True),
)


def register_bytes(outgoing: Outgoing, *, office: Office) -> bytes:
    """Return the register of a sending that has just been made; the days it goes out and returns are for the pen."""
    words = words_of(office)
    rows = [
        (
            place,
            words.data(sheet.unit),
            len(sheet.rows),
            sheet.token,
            "；".join(f"{words.data(one.name)} {one.email}" for one in sheet.people if one.email),
            None,
            outgoing.due_on,
            None,
        )
        for place, sheet in enumerate(outgoing.sheets, start=1)
    ]
    above = _above(outgoing.code, words.data(outgoing.title), len(rows), words)
    return listing_bytes(_listing(above, rows, words), office=office, words=words)


def write_register(rows: Sequence[RegisterRow], target: Path, *, office: Office) -> tuple[Path, tuple[Missing, ...]]:
    """Write the register of one or several sendings as it stands now, as a PDF or a workbook.

    Returns the path and the signs that could not be printed.
    """
    words = words_of(office)
    lines = [
        (
            place,
            words.data(row.unit),
            row.rows,
            row.token,
            row.sent_to,
            _day(row.sent_at),
            row.due_on,
            _day(row.returned_at),
        )
        for place, row in enumerate(rows, start=1)
    ]
    codes = "、".join(dict.fromkeys(row.dispatch for row in rows))
    listing = _listing(_above(codes, "", len(rows), words), lines, words)
    return write_listing(listing, target, office=office, words=words)


def _above(code: str, title: str, units: int, words: Words) -> str:
    parts = [words.fixed(f"分發號：{code}"), title, words.fixed(f"共 {units} 份")]
    return "　".join(part for part in parts if part)


def _listing(above: str, rows: Sequence[Sequence[Value]], words: Words) -> Listing:
    return Listing(sheet=words.fixed("分發登記"), title=words.fixed(TITLE), above=above, headings=_HEADINGS, rows=rows)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
