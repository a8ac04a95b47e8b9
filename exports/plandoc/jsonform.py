"""The drafts as the JSON that ``plan parse --json`` prints."""

from __future__ import annotations

from collections.abc import Iterable

from db.drafts import DocumentDraft, PlanDraft, PointDraft


def to_json(documents: Iterable[DocumentDraft]) -> dict[str, object]:
    """Return ``{"documents": [...]}``; dates are ISO, what the text does not state is null."""
    return {"documents": [_document(document) for document in documents]}


def _document(document: DocumentDraft) -> dict[str, object]:
    return {
        "title": document.title or None,
        "doc_no": document.doc_no or None,
        "issuer": document.issuer or None,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "published_on": document.published_on.isoformat() if document.published_on else None,
        "plans": [_plan(plan) for plan in document.plans],
    }


def _plan(plan: PlanDraft) -> dict[str, object]:
    return {
        "title": plan.title or None,
        "sections": plan.sections,
        "standing_units": plan.standing_units,
        "points": [_point(point) for point in plan.points],
    }


def _point(point: PointDraft) -> dict[str, object]:
    return {
        "no": point.number,
        "section": point.section,
        "text": point.text,
        "lead": point.lead,
        "co": point.co,
        "groups": point.groups,
        "by_duty": point.by_duty,
        "deadlines": [
            {"text": one.text, "date": one.date.isoformat() if one.date else None, "kind": one.kind.value}
            for one in point.deadlines
        ],
        "cited": point.cited,
        "clauses": point.clauses,
        "duties": point.duties,
        "review": [doubt.text for doubt in point.review],
    }
