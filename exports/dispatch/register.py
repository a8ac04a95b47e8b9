"""The register of a sending (分發登記) as a workbook: what went to whom, when, due when, returned when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from db.outgoing import Outgoing
from db.register import RegisterRow
from db.settings import Office
from exports.safewrite import safe_write_bytes
from exports.words import Words, words_of
from exports.workbook.listing import Heading, Listing, listing_bytes

TITLE = "工作臺賬分發登記表"
_HEADINGS = (
    Heading("序號", 5, centred=True),
    Heading("單位", 18),
    Heading("項數", 5, centred=True),
    Heading("文件名", 32),
    Heading("識別碼", 14, centred=True),
    Heading("收件人", 20),
    Heading("發出", 15, centred=True),
    Heading("截止", 15, centred=True),
    Heading("報回", 15, centred=True),
)


def register_bytes(outgoing: Outgoing, names: Mapping[str, str], *, office: Office) -> bytes:
    """Return the register of a sending that has just been made; the days it goes out and returns are for the pen."""
    words = words_of(office)
    rows = [
        (
            place,
            words.data(sheet.unit),
            len(sheet.rows),
            names[sheet.token],
            sheet.token,
            "；".join(f"{words.data(one.name)} {one.email}" for one in sheet.people if one.email),
            None,
            outgoing.due_on,
            None,
        )
        for place, sheet in enumerate(outgoing.sheets, start=1)
    ]
    above = _above(outgoing.code, words.data(outgoing.title), len(rows), words)
    return _bytes(above, rows, office, words)


def write_register(rows: Sequence[RegisterRow], target: Path, *, office: Office) -> Path:
    """Write the register of one or several sendings as it stands now; return the path."""
    words = words_of(office)
    lines = [
        (
            place,
            words.data(row.unit),
            row.rows,
            row.file_name,
            row.token,
            row.sent_to,
            _day(row.sent_at),
            row.due_on,
            _day(row.returned_at),
        )
        for place, row in enumerate(rows, start=1)
    ]
    codes = "、".join(dict.fromkeys(row.dispatch for row in rows))
    return safe_write_bytes(target, _bytes(_above(codes, "", len(rows), words), lines, office, words))


def _above(code: str, title: str, units: int, words: Words) -> str:
    parts = [words.fixed(f"分發號：{code}"), title, words.fixed(f"共 {units} 份")]
    return "　".join(part for part in parts if part)


def _bytes(above: str, rows: Sequence[Sequence[str | int | date | None]], office: Office, words: Words) -> bytes:
    title = words.fixed(TITLE)
    listing = Listing(sheet=words.fixed("分發登記"), title=title, above=above, headings=_HEADINGS, rows=rows)
    return listing_bytes(listing, office=office, words=words)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
