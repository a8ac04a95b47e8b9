"""The steps of correcting a draft, each one undoable; every step returns the place to look at next."""

from __future__ import annotations

from dataclasses import replace

from db.drafts import DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.errors import Refused
from desktop import drafting
from desktop.drafting import Draft, Entry, History, Spot


class Steps:
    """What the clerk can do to a draft; the present state is ``history.now``."""

    def __init__(self, history: History) -> None:
        self.history = history

    @property
    def now(self) -> Draft:
        """Return the present state."""
        return self.history.now

    def document(self, spot: Spot) -> DocumentDraft:
        """Return the document at a place."""
        return self.now[spot.document].document

    def plan(self, spot: Spot) -> PlanDraft:
        """Return the plan at a place."""
        return self.document(spot).plans[spot.plan]

    def point(self, spot: Spot) -> PointDraft:
        """Return the point at a place."""
        return self.plan(spot).points[spot.point]

    def change_document(self, spot: Spot, field: str, value: object) -> None:
        """Set a field of a document's head, or the plan year."""
        entry = self.now[spot.document]
        if field == "year":
            assert value is None or isinstance(value, int)
            made = replace(entry, year=value)
        else:
            made = replace(entry, document=replace(entry.document, **{field: value}))  # type: ignore[arg-type]
        self._put(spot, made, key=(spot, field))

    def change_plan(self, spot: Spot, field: str, value: object) -> None:
        """Set a field of a plan."""
        plan = replace(self.plan(spot), **{field: value})  # type: ignore[arg-type]
        self._put_document(spot, drafting.with_plan(self.document(spot), spot.plan, plan), key=(spot, field))

    def rename_section(self, spot: Spot, heading: str) -> None:
        """Give the section of a point other words."""
        plan = drafting.rename_section(self.plan(spot), self.point(spot).section, heading)
        self._put_document(spot, drafting.with_plan(self.document(spot), spot.plan, plan))

    def change_point(self, spot: Spot, field: str, value: object) -> None:
        """Set a field of a point, and the doubts it answers; typing on in the same field is one step."""
        from exports.plandoc.review import answered  # late: of the readers, not needed to show the page

        made = answered(replace(self.point(spot), **{field: value}))  # type: ignore[arg-type]
        self._splice(spot, 1, made, key=(spot, field))

    def split(self, spot: Spot, offset: int) -> Spot:
        """Cut a point in two at ``offset`` of its text; the second half is looked at next."""
        self._splice(spot, 1, *drafting.split_point(self.point(spot), offset, self.document(spot).text))
        return spot._replace(point=spot.point + 1)

    def merge(self, spot: Spot) -> Spot:
        """Join a point with the one after it."""
        points = self.plan(spot).points
        if spot.point + 1 >= len(points):
            raise Refused("這是計劃的最後一條，後面沒有可併入的要點。")
        self._splice(
            spot, 2, drafting.merge_points(points[spot.point], points[spot.point + 1], self.document(spot).text)
        )
        return spot

    def add(self, spot: Spot, *, text: str = "", start: int = 0, end: int = 0) -> Spot:
        """Put a new point after this one, or first in the plan; its words may come from the source."""
        if spot.plan < 0:
            entry = self.now[spot.document]
            if not entry.document.plans:
                self._put_document(spot, replace(entry.document, plans=[PlanDraft("")]))
            spot = spot._replace(plan=0)
        before = self.point(spot) if spot.point >= 0 else None
        made = drafting.new_point(before, text=text, start=start, end=end)
        after = spot._replace(point=spot.point + 1)
        self._splice(after, 0, made)
        return after

    def drop(self, spot: Spot) -> Spot | None:
        """Take a point, a plan or a document out of the draft; None where nothing is left to look at."""
        if spot.point >= 0:
            self._splice(spot, 1)
            left = len(self.plan(spot).points)
            return spot._replace(point=min(spot.point, left - 1))
        if spot.plan >= 0:
            document = self.document(spot)
            plans = [plan for place, plan in enumerate(document.plans) if place != spot.plan]
            self._put_document(spot, replace(document, plans=plans))
            return Spot(spot.document)
        self.history.push((*self.now[: spot.document], *self.now[spot.document + 1 :]))
        return Spot(min(spot.document, len(self.now) - 1)) if self.now else None

    def settle(self, spot: Spot, doubt: ReviewDraft) -> None:
        """Mark a doubt of a point or a document as checked (已核)."""
        if spot.point >= 0:
            self._splice(spot, 1, drafting.settled(self.point(spot), doubt))
        else:
            self._put_document(spot, drafting.settled(self.document(spot), doubt))

    def _splice(self, spot: Spot, count: int, *points: PointDraft, key: object = None) -> None:
        document = drafting.splice(self.document(spot), spot.plan, spot.point, spot.point + count, points)
        self._put_document(spot, document, key=key)

    def _put_document(self, spot: Spot, document: DocumentDraft, *, key: object = None) -> None:
        self._put(spot, replace(self.now[spot.document], document=document), key=key)

    def _put(self, spot: Spot, entry: Entry, *, key: object = None) -> None:
        self.history.push((*self.now[: spot.document], entry, *self.now[spot.document + 1 :]), key=key)
