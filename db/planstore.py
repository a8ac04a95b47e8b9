"""Storing a read plan document: one operation, after a snapshot, never the same file twice."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db import codes
from db.changes import Changes
from db.database import Change, Database
from db.drafts import DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.errors import Refused
from db.models import (
    Plan,
    PointDeadline,
    PointMark,
    Section,
    SourceDocument,
    StandingUnit,
    StoredFile,
    WorkPoint,
)
from db.numerals import ordinals
from db.originals import digest_of, keep_file
from db.plans import set_units
from db.private import find_private
from db.script import fold
from db.terms import MarkKind, PrivateKind, UnitRole

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_SERIAL = re.compile(r"(\d{1,4})\s*[號号]")


def store(database: Database, *, draft: DocumentDraft, year: int | None = None, again: bool = False) -> Changes:
    """Store a read document with its plans in one operation, after a snapshot of the file.

    ``year`` is the plan year where the clerk says so; else the title's, else that of the date of issue. Raises
    :class:`Refused` where the same file is already there or no year can be told, and, unless ``again`` is set,
    where another file of the same notice is.
    """
    from db import backup  # keeps reading plans free of it

    with database.reading() as session:
        refuse_known(session, draft)
        if not again:
            refuse_other_copy(session, draft)
    backup.snapshot(database.path, reason="import", folder=database.backup_folder())
    with database.change("導入計劃", operation="plans.store") as change:
        refuse_known(change.session, draft)
        points = sum(len(plan.points) for plan in draft.plans)
        if not points:
            raise Refused("「{name}」裏沒有讀到任何要點，沒有存入。", name=draft.source_name or draft.title)
        document = add_document(change.session, draft)
        for plan in draft.plans:
            _plan(change, document, plan, draft, year)
        name = draft.title or draft.source_name
        change.title = f"導入「{name}」：{len(draft.plans)} 個計劃、{points} 條要點"
        change.notes += _private_numbers(draft.text)
    return change.changes


def _private_numbers(text: str) -> list[str]:
    """Return a warning where a notice holds numbers of persons: its text is kept readable, and is printed."""
    count = len(find_private(text, kinds=(PrivateKind.IDENTITY, PrivateKind.ACCOUNT)))
    if not count:
        return []
    return [f"文件裏有 {count} 處像是身份證號碼或賬號，會隨原文保存和打印。請撤銷導入，刪去這些號碼後再導入。"]


def refuse_known(session: Session, draft: DocumentDraft) -> None:
    """Raise :class:`Refused` where this very file was read before."""
    text = draft.text.encode("utf-8")
    original, decoded = aliased(StoredFile), aliased(StoredFile)
    known = session.scalars(
        select(SourceDocument)
        .join(original, SourceDocument.file_id == original.id)
        .join(decoded, SourceDocument.text_id == decoded.id)
        .where(original.sha256 == digest_of(draft.source or text), decoded.sha256 == digest_of(text))
    ).first()
    if known is not None:
        raise Refused(
            "同一份文件已於 {at} 導入（{title}），沒有重複存入。",
            at=known.imported_at.strftime("%Y-%m-%d %H:%M"),
            title=known.title or draft.source_name,
        )


def refuse_other_copy(session: Session, draft: DocumentDraft) -> None:
    """Raise :class:`Refused` where a plan of this notice is there already, from another file or a corrected one."""
    number = fold(draft.doc_no)
    titles = {fold(plan.title or draft.title) for plan in draft.plans}
    known = [
        (plan, document)
        for plan, document in session.execute(
            select(Plan, SourceDocument).join(SourceDocument, Plan.document_id == SourceDocument.id).order_by(Plan.id)
        ).tuples()
        if number and fold(document.doc_no) == number and fold(plan.title) in titles
    ]
    if known:
        raise Refused(
            "{number}的計劃已於 {at} 導入（計劃 {plans}），沒有重複存入。如果這是更正稿，請「讀入更正稿」"
            "（命令：taizhang plan revise {first} 文件）；要另存一份，先改文號（命令加 --again）。",
            number=draft.doc_no,
            at=known[0][1].imported_at.strftime("%Y-%m-%d %H:%M"),
            plans="、".join(str(plan.id) for plan, _ in known),
            first=known[0][0].id,
        )


def add_document(session: Session, draft: DocumentDraft) -> SourceDocument:
    """Keep a notice with its original and its text inside a running change; its plans are not added."""
    text = draft.text.encode("utf-8")
    document = SourceDocument(
        title=draft.title,
        doc_no=draft.doc_no,
        issuer=draft.issuer,
        issued_on=draft.issued_on,
        published_on=draft.published_on,
        secrecy=draft.secrecy,
        imported_at=datetime.now().replace(microsecond=0),
        file_id=keep_file(session, name=draft.source_name or "粘貼的文字.txt", content=draft.source or text).id,
        text_id=keep_file(session, name="text", content=text, is_text=True).id,
    )
    session.add(document)
    session.flush()
    return document


def plan_year(plan: PlanDraft, draft: DocumentDraft) -> int | None:
    """Return the year a plan is for: that of its title, else of the document's, else of the date of issue."""
    for title in (plan.title, draft.title):
        found = _YEAR.search(title)
        if found:
            return int(found[1])
    issued: date | None = draft.issued_on or draft.published_on
    return issued.year if issued else None


def _plan(change: Change, document: SourceDocument, draft: PlanDraft, whole: DocumentDraft, said: int | None) -> None:
    session = change.session
    year = said or plan_year(draft, whole)
    if year is None:
        raise Refused(
            "「{name}」沒有寫明年份。請指定計劃年度（--year）後再存入。", name=draft.title or whole.source_name
        )
    position = (session.scalar(select(func.max(Plan.position)).where(Plan.year == year)) or 0) + 1
    title = draft.title or whole.title or whole.source_name or "未命名計劃"
    plan = Plan(
        document_id=document.id, title=title, year=year, mark=_mark(session, title, whole, year), position=position
    )
    session.add(plan)
    session.flush()
    sections = {}
    for place, heading in enumerate(draft.sections, start=1):
        section = Section(plan_id=plan.id, position=place, title=heading)
        plan.sections.append(section)
        sections[heading] = section
    plan.standing_units.extend(
        StandingUnit(position=place, name=name) for place, name in enumerate(draft.standing_units, start=1)
    )
    session.flush()
    numbers = ordinals([point.number for point in draft.points])
    for place, (point, ordinal) in enumerate(zip(draft.points, numbers, strict=True), start=1):
        add_point(plan, point, sections.get(point.section), place, ordinal)
    session.flush()


_TITLE_NOISE = re.compile(
    r"20\d\d年|[㐀-鿿]{1,8}?[省市縣县州]|工作要[點点]|任[務务]|分工|方案|[關关]于|印[發发]|通知|[《》年度的]"
)


def _mark(session: Session, title: str, whole: DocumentDraft, year: int) -> str:
    """Return the plan's part of its codes: a telling character of its title and the document's serial number."""
    taken = set(session.scalars(select(Plan.mark).where(Plan.year == year)))
    serial = _SERIAL.search(fold(whole.doc_no))
    core = _TITLE_NOISE.sub("", title)
    others = [plan.title for plan in whole.plans if plan.title != title]
    telling = [char for char in core if not any(char in other for other in others)]
    first = core[:1] if not any(mark[0] == core[:1] for mark in taken) else ""
    return codes.free_mark([*first, *telling, *core], suffix=serial[1] if serial else "", taken=taken)


def add_point(plan: Plan, draft: PointDraft, section: Section | None, position: int, ordinal: int) -> WorkPoint:
    """Add a point as read to a plan inside a running change."""
    point = WorkPoint(ordinal=ordinal)
    plan.points.append(point)
    fill_point(point, draft, section, position)
    return point


def fill_point(point: WorkPoint, draft: PointDraft, section: Section | None, position: int) -> None:
    """Give a new or stored point what was read of it; a doubt that was settled before stays settled."""
    point.section_id = section.id if section else None
    point.position, point.number, point.text, point.by_duty = position, draft.number, draft.text, draft.by_duty
    point.source_start, point.source_end, point.dropped = draft.start, draft.end, False
    set_units(point, {UnitRole.LEAD: draft.lead, UnitRole.CO: draft.co, UnitRole.GROUP: draft.groups})
    deadlines = [(one.text, one.date, one.kind) for one in draft.deadlines]
    if deadlines != [(one.text, one.date, one.kind) for one in point.deadlines]:
        point.deadlines[:] = [
            PointDeadline(position=place, text=text, date=day, kind=kind)
            for place, (text, day, kind) in enumerate(deadlines, start=1)
        ]
    passages = [
        *((MarkKind.CLAUSE, ReviewDraft(text)) for text in draft.clauses),
        *((MarkKind.CITED, ReviewDraft(text)) for text in draft.cited),
        *((MarkKind.DUTY, ReviewDraft(text)) for text in draft.duties),
        *((MarkKind.REVIEW, review) for review in draft.review),
    ]
    settled = {(mark.kind, mark.text) for mark in point.marks if mark.settled}
    if [(kind, one.text, one.start, one.end) for kind, one in passages] != [
        (mark.kind, mark.text, mark.start, mark.end) for mark in point.marks
    ]:
        point.marks[:] = [
            PointMark(
                position=place,
                kind=kind,
                text=one.text,
                start=one.start,
                end=one.end,
                settled=(kind, one.text) in settled,
            )
            for place, (kind, one) in enumerate(passages, start=1)
        ]
