"""A small notice, stored and divided, for tests of what happens to it afterwards; and the data as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from db import assignments, images, planstore, proposals
from db.database import Database
from db.drafts import DeadlineDraft, DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.models import Assignment, Plan
from db.terms import DeadlineKind

YEAR_END = DeadlineDraft("2022年底前", date(2022, 12, 31), DeadlineKind.FIXED)


def draft(*points: PointDraft, name: str = "通知.txt") -> DocumentDraft:
    """A notice of one plan; without ``points`` it has three: one led, one shared, one without units."""
    chosen = points or (
        PointDraft("(一)", "規範政務公開。", "一、公開", lead=["省政務局"], co=["省財政廳"], deadlines=[YEAR_END]),
        PointDraft("(二)", "優化營商環境。", "一、公開", co=["省發展改革委", "省司法廳"], groups=["省直相關單位"]),
        PointDraft("(三)", "落實責任。", "二、保障", review=[ReviewDraft("「??h」處有缺字。", 3, 6)]),
    )
    sections = list(dict.fromkeys(point.section for point in chosen if point.section))
    plan = PlanDraft("清江縣2022年政務公開工作要點", sections, ["縣市區人民政府"], list(chosen))
    return DocumentDraft("正文" + name, plan.title, "清政辦發〔2022〕3號", plans=[plan], source_name=name)


def stored(database: Database) -> int:
    """Store the notice and return its plan."""
    return planstore.store(database, draft=draft()).ids("plan")[0]


def divided(database: Database) -> list[int]:
    """Store and divide the notice, accept what has a lead, and return the assignments in order."""
    plan = stored(database)
    made = proposals.propose(database, plan=plan).ids("assignment")
    assignments.accept(database, ids=made)
    return made


def codes(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Assignment.code).order_by(Assignment.id)))


def plan_titles(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Plan.title).order_by(Plan.id)))


def state(database: Database) -> dict[str, dict[int, dict[str, Any]]]:
    """Return every audited row of every table."""
    with database.reading() as session:
        return {
            table: {row.id: images.whole(row) for row in session.scalars(select(kind))}
            for table, kind in images.row_types().items()
            if kind.audited
        }
