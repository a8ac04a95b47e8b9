"""Plan documents with answers, and what makes two readings comparable."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from db.drafts import DocumentDraft, PointDraft
from db.script import simplified
from exports.plandoc.readers import read_pasted, read_plan_file

PLANS = Path(__file__).parents[2] / "data" / "plans"
MADE = PLANS / "made"


def norm(text: object) -> str:
    """Fold script, width and white space: what the answers are compared under."""
    folded = unicodedata.normalize("NFKC", simplified(str(text or "")))
    return re.sub(r"\s+", "", folded.replace("“", '"').replace("”", '"'))


def read(path: Path) -> DocumentDraft:
    return read_plan_file(path)[0]


def pasted(text: str) -> DocumentDraft:
    return read_pasted(text)[0]


def points(document: DocumentDraft) -> list[PointDraft]:
    return [point for plan in document.plans for point in plan.points]


def one(text: str) -> PointDraft:
    """Return the first of the points of a small plan around some text; the plan is dated 12 April 2022."""
    head = (
        "某縣人民政府辦公室關於印發某縣2022年工作要點的通知\n某政辦發〔2022〕3號\n某縣人民政府辦公室\n2022年4月12日\n"
    )
    return points(pasted(f"{head}一、工作任務\n（一）{text}\n（二）其他工作。（縣財政局牽頭）\n"))[0]


def answer(path: Path) -> dict[str, Any]:
    """Return the answer beside a document; one answer serves all variants of a name."""
    loaded: dict[str, Any] = json.loads(
        (path.parent / f"{path.name.split('.')[0]}.expected.json").read_text(encoding="utf-8")
    )
    return loaded


def who_and_when(document: DocumentDraft) -> list[tuple[object, ...]]:
    """Return what a point says, folded: two forms of one document must agree in it."""
    return [
        (
            norm(point.number),
            [norm(name) for name in point.lead],
            [norm(name) for name in point.co],
            [norm(name) for name in point.groups],
            [norm(one.text) for one in point.deadlines],
            point.by_duty,
        )
        for point in points(document)
    ]
