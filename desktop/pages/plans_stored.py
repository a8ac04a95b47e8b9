"""Stored notices as the page 要點 shows them: read again as drafts, so that one view serves both."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db import plans
from db.drafts import DeadlineDraft, DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.errors import Refused
from db.models import Plan, StoredFile, WorkPoint
from db.terms import MarkKind, UnitRole


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored document with the ids of its plans in their order and of the points of each."""

    document: DocumentDraft
    plans: tuple[int, ...]
    points: tuple[tuple[int, ...], ...]
    year: int


def load(session: Session, plan: int) -> Stored:
    """Return the document that a plan came with, all its plans included."""
    chosen = session.get(Plan, plan)
    if chosen is None:
        raise Refused("這個計劃已不存在。請刷新後再試。")
    rows = [chosen]
    if chosen.document_id is not None:
        points = selectinload(Plan.points)
        query = (
            select(Plan)
            .where(Plan.document_id == chosen.document_id)
            .order_by(Plan.position, Plan.id)
            .options(
                points.selectinload(WorkPoint.units),
                points.selectinload(WorkPoint.deadlines),
                points.selectinload(WorkPoint.marks),
                points.joinedload(WorkPoint.section),
            )
        )
        rows = list(session.scalars(query))
    points_of = tuple(tuple(point.id for point in _standing(row)) for row in rows)
    return Stored(_document(session, rows), tuple(row.id for row in rows), points_of, chosen.year)


def _document(session: Session, rows: list[Plan]) -> DocumentDraft:
    row = rows[0].document
    made = [_plan(plan) for plan in rows]
    if row is None:
        return DocumentDraft("", title=rows[0].title, plans=made)
    return DocumentDraft(
        plans.source_text(session, row),
        title=row.title,
        doc_no=row.doc_no,
        issuer=row.issuer,
        issued_on=row.issued_on,
        published_on=row.published_on,
        secrecy=row.secrecy,
        plans=made,
        source_name=session.get_one(StoredFile, row.file_id).name,
    )


def _plan(row: Plan) -> PlanDraft:
    return PlanDraft(
        row.title,
        [section.title for section in row.sections],
        [unit.name for unit in row.standing_units],
        [_point(point) for point in _standing(row)],
    )


def _standing(row: Plan) -> list[WorkPoint]:
    """Return the points that the notice still has: the ids and the drafts are paired by their place."""
    return [point for point in row.points if not point.dropped]


def _point(row: WorkPoint) -> PointDraft:
    marks = {kind: [mark for mark in row.marks if mark.kind is kind] for kind in MarkKind}
    return PointDraft(
        row.number,
        row.text,
        row.section.title if row.section else "",
        row.named(UnitRole.LEAD),
        row.named(UnitRole.CO),
        row.named(UnitRole.GROUP),
        row.by_duty,
        [DeadlineDraft(one.text, one.date, one.kind) for one in row.deadlines],
        [mark.text for mark in marks[MarkKind.CITED]],
        [mark.text for mark in marks[MarkKind.CLAUSE]],
        [mark.text for mark in marks[MarkKind.DUTY]],
        [ReviewDraft(mark.text, mark.start, mark.end) for mark in marks[MarkKind.REVIEW] if not mark.settled],
        row.source_start,
        row.source_end,
    )
