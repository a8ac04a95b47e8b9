"""Doubts (待核) for the clerk: damaged runs, gaps in the numbering, what a point does not say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from db.drafts import PlanDraft, PointDraft, ReviewDraft
from exports.plandoc.fold import fold_in_place
from exports.plandoc.numbering import value_of
from exports.plandoc.units import is_group

_DAMAGED = re.compile(r"[?？]{2,}[\x21-\x7e]?|\ufffd+|[\ue000-\uf8ff]+|锟斤拷\S{0,2}|烫{3,}|屯{3,}|[\u00c0-\u00ff]{3,}")
_SURE_QUESTION = re.compile(
    r"[?？]{2,}[a-zA-Z]?(?=[\u4e00-\u9fff])|\ufffd|[\ue000-\uf8ff]|锟斤拷|烫{3,}|屯{3,}|[\u00c0-\u00ff]{3,}"
)
NO_LEAD, NO_UNIT = "沒有寫明牽頭單位。", "沒有寫明責任單位。"


def damaged_runs(text: str, start: int = 0, end: int | None = None) -> list[ReviewDraft]:
    """Return a doubt for each run of damaged characters, with its place."""
    found = []
    for match in _DAMAGED.finditer(text, start, len(text) if end is None else end):
        if _SURE_QUESTION.match(text, match.start()):
            shown = text[max(0, match.start() - 4) : match.end() + 4].replace("\n", " ")
            sentence = f"「{shown}」一帶有損壞的字符，可能漏了句號或文字，請對照原件。"
            found.append(ReviewDraft(sentence, *match.span()))
    return found


def unit_doubts(point: PointDraft, *, leads: bool) -> list[ReviewDraft]:
    """Return the doubts about who does a point. ``leads``: the plan names leaders at all; else each point lacks one."""
    place = (point.start, point.end)
    if not (point.lead or point.co or point.groups):
        return [ReviewDraft(NO_UNIT, *place)]
    if not point.lead and not leads:
        return []  # said once for the plan
    if not point.lead:
        return [ReviewDraft(NO_LEAD, *place)]
    return [
        ReviewDraft(f"牽頭單位「{name}」不是具體單位的名稱，請確定由誰牽頭。", *place)
        for name in point.lead
        if is_group(fold_in_place(name))
    ]


def answered(point: PointDraft) -> PointDraft:
    """Return the point without the doubts about missing units that its fields answer by now."""
    told = {NO_LEAD: bool(point.lead), NO_UNIT: bool(point.lead or point.co or point.groups)}
    return replace(point, review=[one for one in point.review if not told.get(one.text, False)])


def gaps(plan: PlanDraft) -> list[ReviewDraft]:
    """Return a doubt for each number that the author's count leaves out."""
    found = []
    numbered: Sequence[PointDraft] = [point for point in plan.points if point.number]
    for before, here in itertools.pairwise(numbered):
        first, second = value_of(fold_in_place(before.number)), value_of(fold_in_place(here.number))
        if second not in (1, first + 1):
            sentence = f"編號從「{before.number}」跳到「{here.number}」，請核對中間是否有遺漏。"
            found.append(ReviewDraft(sentence, here.start, here.start + len(here.number)))
    return found
