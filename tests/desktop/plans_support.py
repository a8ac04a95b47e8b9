"""The sample notice as it ought to be read, and hands for the page 要點."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from db.drafts import DeadlineDraft, DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.shipped import shipped
from db.terms import DeadlineKind
from desktop.drafting import Spot
from desktop.pages.plans import SAMPLE, PlansPage
from desktop.pages.plans_outline import Kind

ANSWERS = Path(__file__).parent.parent / "data" / "plans" / "hunan-2022-16.expected.json"
BEFORE_YEAR_END = DeadlineDraft("2022年底前", date(2022, 12, 31), DeadlineKind.FIXED)


def sample() -> DocumentDraft:
    """The notice of 2022 as it ought to be read, made from the checked answers."""
    text = shipped(*SAMPLE).read_text(encoding="utf-8")
    text = text if text.endswith("\n") else text + "\n"
    whole = json.loads(ANSWERS.read_text(encoding="utf-8"))["documents"][0]
    at, made = 0, []
    for plan in whole["plans"]:
        points = []
        for one in plan["points"]:
            start = text.index(one["no"] + one["starts"], at)
            at = end = text.index("\n", start)
            body = text[start + len(one["no"]) : end]
            for clause in one["clauses"]:
                body = body.replace(f"({clause})", "")
            lost = [
                ReviewDraft("「??h」處有缺字，請核對。", m.start(), m.end()) for m in re.finditer(r"\?\?h", text[:end])
            ]
            dates = [BEFORE_YEAR_END for _ in one["deadlines"]]
            units = (one["lead"], one["co"], one["groups"], one["by_duty"])
            review = [doubt for doubt in lost if doubt.start > start]
            here = PointDraft(one["no"], body, one["section"], *units, dates, one["cited"], one["clauses"])
            points.append(replace(here, review=review, start=start, end=end))
        made.append(PlanDraft(plan["title"], plan["sections"], plan["standing_units"], points))
    return DocumentDraft(
        text, whole["title"], whole["doc_no"], whole["issuer"], date(2022, 4, 12), plans=made, source_name=SAMPLE[-1]
    )


def go(page: PlansPage, point: int, plan: int = 0) -> None:
    index = page.bench.tree.outline.index_of(Kind.POINT, Spot(0, plan, point))
    page.bench.tree.view.setCurrentIndex(index)


def point(page: PlansPage, place: int, plan: int = 0) -> PointDraft:
    return page.history.now[0].document.plans[plan].points[place]


def type_into(field: QLineEdit, text: str) -> None:
    """Replace the text of a field as an input method does."""
    field.setFocus()
    field.selectAll()
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(field, commit)
