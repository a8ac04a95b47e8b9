"""Which point of a corrected notice is which stored one, and in what they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from db.drafts import PointDraft
from db.models import WorkPoint
from db.script import fold
from db.terms import MarkKind, UnitRole

CLOSE = 80.0  # of 100: from here on two texts are the same point beyond doubt
FAR = 45.0  # below this not even a common number makes them one
ALONE = 60.0  # what it takes without a common number
NUMBER_HELPS = 12.0


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close two points are, 0-100, and whether that leaves a doubt."""

    score: float
    doubtful: bool


def similarity(one: str, other: str) -> float:
    """Return the closeness of two texts, 0-100, whatever their script and width."""
    return float(ratio(fold(one), fold(other)))


def pairs(rows: Sequence[WorkPoint], drafts: Sequence[PointDraft]) -> list[tuple[WorkPoint, int, Closeness]]:
    """Pair stored points with those of the draft, the closest first; each at most once."""
    if not rows or not drafts:
        return []
    texts, others = [fold(row.text) for row in rows], [fold(draft.text) for draft in drafts]
    numbers, titles = [fold(draft.number) for draft in drafts], [fold(draft.section) for draft in drafts]
    offers: list[tuple[float, float, int, int]] = []
    for at, row in enumerate(rows):
        number, section = fold(row.number), fold(row.section.title) if row.section else ""
        for place in range(len(drafts)):
            score = float(ratio(texts[at], others[place], score_cutoff=FAR))
            same_number = bool(number) and number == numbers[place]
            if score < (FAR if same_number else ALONE):
                continue
            helped = score + NUMBER_HELPS * same_number + (section == titles[place])
            offers.append((helped, score, at, place))
    offers.sort(key=lambda offer: (-offer[0], abs(offer[2] - offer[3]), offer[2]))
    taken_rows: set[int] = set()
    taken_places: set[int] = set()
    found = []
    for _helped, score, at, place in offers:
        if at not in taken_rows and place not in taken_places:
            taken_rows.add(at)
            taken_places.add(place)
            found.append((rows[at], place, Closeness(score, score < CLOSE)))
    return found


_LABELS = {"number": "編號", "text": "文字", "section": "章節"}
_ROLES = {UnitRole.LEAD: "牽頭", UnitRole.CO: "責任單位", UnitRole.GROUP: "集合名稱"}
_MARKS = {MarkKind.CLAUSE: "責任條款", MarkKind.CITED: "引用文號", MarkKind.DUTY: "頻次要求"}


def difference(row: WorkPoint, draft: PointDraft) -> tuple[str, ...]:
    """Return in what a stored point and its corrected form differ, a sentence each; empty where in nothing."""
    told = []
    plain = {
        "number": (row.number, draft.number),
        "text": (row.text, draft.text),
        "section": (row.section.title if row.section else "", draft.section),
    }
    for key, (before, after) in plain.items():
        if before != after:
            told.append(f"{_LABELS[key]}改動" if key == "text" else f"{_LABELS[key]}：「{before}」→「{after}」")
    names = {UnitRole.LEAD: draft.lead, UnitRole.CO: draft.co, UnitRole.GROUP: draft.groups}
    for role, after_names in names.items():
        told += _lists(_ROLES[role], row.named(role), after_names)
    told += _lists("時限", [one.text for one in row.deadlines], [one.text for one in draft.deadlines])
    marks = {MarkKind.CLAUSE: draft.clauses, MarkKind.CITED: draft.cited, MarkKind.DUTY: draft.duties}
    for kind, texts in marks.items():
        told += _lists(_MARKS[kind], [mark.text for mark in row.marks if mark.kind is kind], texts)
    if row.by_duty != draft.by_duty:
        told.append("增加「按職責分工」" if draft.by_duty else "刪去「按職責分工」")
    if row.dropped:
        told.append("重新列入")
    return tuple(told)


def _lists(label: str, before: Sequence[str], after: Sequence[str]) -> list[str]:
    if list(before) == list(after):
        return []
    return [f"{label}：「{'、'.join(before) or '無'}」→「{'、'.join(after) or '無'}」"]
