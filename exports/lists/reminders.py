"""The reminder list (催報單): the units whose sheets have not returned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db import register, settings
from db.errors import Refused
from exports.lists.listing import Heading, Listing, day, write_listing
from exports.lists.paper import print_listing
from exports.pdf.document import Missing, Print
from exports.words import Words, words_of

_HEADINGS = (
    Heading("序號", 5, centred=True),
    Heading("單位", 22),
    Heading("項數", 6, centred=True),
    Heading("聯繫人", 14, centred=True),
    Heading("聯繫電話", 16, centred=True),
    Heading("截止日期", 16, centred=True),
    Heading("逾期（天）", 9, centred=True),
    Heading("催報記錄", 22),
)


def write_reminders(session: Session, target: Path, *, dispatch: int, on: date) -> tuple[Path, tuple[Missing, ...]]:
    """Write the list as a PDF or a workbook, as of ``on``; return the path and the signs not printed.

    Raises :class:`Refused` where every sheet has returned.
    """
    office = settings.office(session)
    words = words_of(office)
    return write_listing(_listing(session, dispatch, on, words), target, office=office, words=words)


def print_reminders(session: Session, *, dispatch: int, on: date) -> Print:
    """Print the list; raise :class:`Refused` where every sheet has returned."""
    office = settings.office(session)
    words = words_of(office)
    return print_listing(_listing(session, dispatch, on, words), office=office, words=words)


def _listing(session: Session, dispatch: int, on: date, words: Words) -> Listing:
    rows = register.rows(session, dispatch=dispatch)
    waiting = [row for row in rows if row.returned_at is None]
    if not waiting:
        raise Refused("分發 {code} 的 {count} 個單位都已報回，不需要催報。", code=rows[0].dispatch, count=len(rows))
    first = rows[0]
    period = f"{first.period[:4]}年{int(first.period[5:])}月"
    above = (
        f"分發號：{first.dispatch}　報送截止：{day(first.due_on)}　統計日期：{day(on)}　"
        f"應報 {len(rows)} 個單位，已報 {len(rows) - len(waiting)} 個，未報 {len(waiting)} 個"
    )
    lines = [
        (
            place,
            words.data(row.unit),
            row.rows,
            words.data(row.contact),
            row.telephone,
            row.due_on,
            max(0, (on - row.due_on).days),
            "",
        )
        for place, row in enumerate(waiting, start=1)
    ]
    return Listing(
        sheet=words.fixed("催報單"),
        title=words.fixed(f"{period}工作臺賬催報單"),
        above=words.fixed(above),
        headings=_HEADINGS,
        rows=lines,
        below=words.fixed("請以上單位儘快填好臺賬，將原文件報回；沒有新進展的也請報回並說明原因。"),
    )
