"""Correcting a read notice before it is stored: split, merge, drop, add, change, undo.

Nothing is changed in place: every function returns a new document that shares what it did not touch, so the
history can keep each step of a 5,000-point document for next to nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from db.drafts import DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.errors import Refused

T = TypeVar("T")
Reviewed = TypeVar("Reviewed", DocumentDraft, PointDraft)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on the desk, with the plan year (年度) where the clerk has said one."""

    document: DocumentDraft
    year: int | None = None


Draft = tuple[Entry, ...]


class Spot(NamedTuple):
    """A place in a draft: a document, a plan of it, a point of that; -1 where the place is higher up."""

    document: int
    plan: int = -1
    point: int = -1


class Totals(NamedTuple):
    """What the footer says: points, points with a lead unit, rows with a doubt (待核)."""

    points: int
    led: int
    doubts: int


def totals(draft: Draft) -> Totals:
    """Count the points of a draft; a document with a doubt of its own counts as one row."""
    points = [point for _, point in every_point(draft)]
    doubts = sum(bool(point.review) for point in points) + sum(bool(entry.document.review) for entry in draft)
    return Totals(len(points), sum(bool(point.lead) for point in points), doubts)


def every_point(draft: Draft) -> Iterator[tuple[Spot, PointDraft]]:
    """Yield every point with its place, in reading order."""
    for d, entry in enumerate(draft):
        for p, plan in enumerate(entry.document.plans):
            for i, point in enumerate(plan.points):
                yield Spot(d, p, i), point


def next_doubt(draft: Draft, after: Spot | None) -> Spot | None:
    """Return the next place with a doubt, beginning again at the top; None where there is none."""
    spots = [Spot(d) for d, entry in enumerate(draft) if entry.document.review]
    spots = sorted([*spots, *(spot for spot, point in every_point(draft) if point.review)])
    return next((spot for spot in spots if after is None or spot > after), spots[0] if spots else None)


def splice(document: DocumentDraft, plan: int, start: int, stop: int, points: Sequence[PointDraft]) -> DocumentDraft:
    """Put ``points`` in the place of ``points[start:stop]`` of a plan; its sections follow its points."""
    old = document.plans[plan]
    made = replace(old, points=[*old.points[:start], *points, *old.points[stop:]])
    made.sections = _sections(old, made, old.points[start:stop], points)
    return with_plan(document, plan, made)


def with_plan(document: DocumentDraft, place: int, plan: PlanDraft) -> DocumentDraft:
    """Return the document with another plan at ``place``."""
    return replace(document, plans=[*document.plans[:place], plan, *document.plans[place + 1 :]])


def _sections(old: PlanDraft, new: PlanDraft, gone: Sequence[PointDraft], come: Sequence[PointDraft]) -> list[str]:
    """Return the headings: those a change has emptied leave, one it has brought stands after its predecessor."""
    left = {point.section for point in gone} - {point.section for point in come}
    if left:
        left -= {point.section for point in new.points}
    sections = [heading for heading in old.sections if heading not in left]
    for point in come:
        if point.section and point.section not in sections:
            before = next((i for i, one in enumerate(new.points) if one is point), 0) - 1
            known = new.points[before].section if before >= 0 else ""
            sections.insert(sections.index(known) + 1 if known in sections else 0, point.section)
    return sections


def rename_section(plan: PlanDraft, old: str, new: str) -> PlanDraft:
    """Give a heading other words, on the plan and on all its points."""
    sections = dict.fromkeys(new if heading == old else heading for heading in plan.sections)
    points = [replace(point, section=new) if point.section == old else point for point in plan.points]
    return replace(plan, sections=list(sections), points=points)


def split_point(point: PointDraft, offset: int, source: str) -> tuple[PointDraft, PointDraft]:
    """Cut a point in two at ``offset`` of its text.

    The number stays with the first. What the wording of one half shows to be its own (deadlines, cited numbers,
    doubts, units of a clause that stands there) goes with that half; what the clause at the end says of the
    whole point goes with both.
    """
    if not 0 < offset < len(point.text):
        raise Refused("光標在文字的開頭或末尾，沒有可拆開的地方。請把光標放到要拆開的兩句之間。")
    halves = (point.text[:offset], point.text[offset:])
    cut = place_in_source(point, offset, source)
    clauses = _clauses_by_half(point, cut, source)
    made = []
    for half in (0, 1):
        review = [one for one in point.review if one.end <= one.start or (one.start >= cut) == bool(half)]
        made.append(
            replace(
                point,
                number="" if half else point.number,
                text=halves[half],
                lead=_share(point.lead, clauses, half),
                co=_share(point.co, clauses, half),
                groups=_share(point.groups, clauses, half),
                clauses=list(clauses[half]),
                deadlines=[one for one in point.deadlines if _belongs(one.text, halves, half)],
                cited=[one for one in point.cited if _belongs(one, halves, half)],
                duties=[one for one in point.duties if _belongs(one, halves, half)],
                review=review,
                start=cut if half else point.start,
                end=point.end if half else cut,
            )
        )
    return made[0], made[1]


def _belongs(words: str, halves: Sequence[str], half: int) -> bool:
    """Tell whether words are of this half: they stand in it, or in neither."""
    return words in halves[half] or words not in halves[1 - half]


def _share(names: list[str], clauses: tuple[list[str], list[str]], half: int) -> list[str]:
    sides = ("\n".join(clauses[0]), "\n".join(clauses[1]))
    return [name for name in names if _belongs(name, sides, half)]


def _clauses_by_half(point: PointDraft, cut: int, source: str) -> tuple[list[str], list[str]]:
    places = [source.find(clause, point.start, point.end) for clause in point.clauses]
    first = [clause for clause, at in zip(point.clauses, places, strict=True) if at < 0 or at < cut]
    second = [clause for clause, at in zip(point.clauses, places, strict=True) if at < 0 or at >= cut]
    # A single clause stands at the end and speaks for the whole point.
    return (first, second) if first and second else (point.clauses, point.clauses)


def place_in_source(point: PointDraft, offset: int, source: str) -> int:
    """Return where in the source the ``offset``-th character of a point's text stands, as near as can be told."""
    guess = min(point.start + len(point.number) + offset, point.end)
    for size in (24, 12, 6, 3):
        words = point.text[offset : offset + size]
        found = [at for at in _finds(source, words, point.start, point.end) if words.strip()]
        if found:
            return min(found, key=lambda at: abs(at - guess))
    return guess


def _finds(source: str, words: str, start: int, end: int) -> Iterator[int]:
    at = source.find(words, start, end)
    while at >= 0:
        yield at
        at = source.find(words, at + 1, end)


def merge_points(first: PointDraft, second: PointDraft, source: str) -> PointDraft:
    """Join two points; the number of the second becomes part of the text, so that no words are lost."""
    placed = [one for one in (first, second) if one.end > one.start] or [first]
    gap = source[first.end : second.start] if len(placed) > 1 else ""
    return replace(
        first,
        text=first.text + ("\n" if "\n" in gap else "") + second.number + second.text,
        lead=_union(first.lead, second.lead),
        co=_union(first.co, second.co),
        groups=_union(first.groups, second.groups),
        by_duty=first.by_duty or second.by_duty,
        deadlines=_union(first.deadlines, second.deadlines),
        cited=_union(first.cited, second.cited),
        clauses=_union(first.clauses, second.clauses),
        duties=_union(first.duties, second.duties),
        review=_union(first.review, second.review),
        start=min(one.start for one in placed),
        end=max(one.end for one in placed),
    )


def _union(first: list[T], second: list[T]) -> list[T]:
    return [*first, *(one for one in second if one not in first)]


def new_point(before: PointDraft | None, *, text: str = "", start: int = 0, end: int = 0) -> PointDraft:
    """Return a point to stand after ``before``, in its section; with the span of the source it was taken from."""
    section = before.section if before else ""
    if not text and before:
        start = end = before.end
    return PointDraft("", text, section, start=start, end=end)


def settled(of: Reviewed, doubt: ReviewDraft) -> Reviewed:
    """Return the point or document without a doubt the clerk has checked (已核)."""
    return replace(of, review=[one for one in of.review if one is not doubt])


class History:
    """A draft and the steps that led to it. Steps with the same ``key`` in a row (typing in one field) are one."""

    def __init__(self, now: Draft = ()) -> None:
        self.now = now
        self._past: deque[Draft] = deque(maxlen=500)
        self._key: object = None

    def push(self, draft: Draft, *, key: object = None) -> None:
        """Make ``draft`` the present state."""
        if key is not None and key == self._key and self._past:
            self.now = draft
            return
        self._past.append(self.now)
        self.now, self._key = draft, key

    def pause(self) -> None:
        """End a run of steps with one key: the next one can be undone by itself."""
        self._key = None

    def undo(self) -> bool:
        """Go back one step; False where there is none."""
        self._key = None
        while self._past:
            last = self._past.pop()
            if last != self.now:
                self.now = last
                return True
        return False


def point_at(draft: Draft, document: int, offset: int) -> Spot | None:
    """Return the point whose span holds this place in the source text of a document."""
    for p, plan in enumerate(draft[document].document.plans):
        for i, point in enumerate(plan.points):
            if point.start <= offset < point.end:
                return Spot(document, p, i)
    return None


def nearest(draft: Draft, spot: Spot) -> Spot:
    """Return the place in a non-empty draft that is nearest to one that may be gone."""
    document = min(spot.document, len(draft) - 1)
    plans = draft[document].document.plans
    plan = min(spot.plan, len(plans) - 1)
    points = plans[plan].points if plan >= 0 else []
    return Spot(document, plan, min(spot.point, len(points) - 1))
