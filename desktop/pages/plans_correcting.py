"""Correcting a stored notice on the page 要點: what differs from what is stored becomes an operation of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.changes import Changes
from db.database import Database
from db.drafts import PointDraft, ReviewDraft
from db.terms import UnitRole
from desktop.desk import Desk
from desktop.drafting import Entry, History, Spot
from desktop.pages.ledger_values import Operation
from desktop.pages.plans_bench import Bench

if TYPE_CHECKING:
    from db.points import Correction
    from desktop.pages.plans_stored import Stored

FIELDS = ("text", "lead", "co", "groups", "by_duty", "deadlines", "cited")
_ROLES = {"lead": UnitRole.LEAD, "co": UnitRole.CO, "groups": UnitRole.GROUP}
TABLES = ("work_point", "point_unit", "point_deadline", "point_mark")


def differing(stored: PointDraft, now: PointDraft) -> dict[str, Any]:
    """Return the fields of a point that were changed, with their new values."""
    return {name: getattr(now, name) for name in FIELDS if getattr(now, name) != getattr(stored, name)}


def correction(stored: PointDraft, now: PointDraft) -> Correction | None:
    """Return what the clerk corrected of a stored point, None where nothing differs."""
    from db.points import Correction

    changed = differing(stored, now)
    if not changed:
        return None
    units = {role: changed[name] for name, role in _ROLES.items() if name in changed}
    return Correction(
        text=changed.get("text"),
        units=units or None,
        by_duty=changed.get("by_duty"),
        deadlines=changed.get("deadlines"),
        cited=changed.get("cited"),
        settled=[doubt for doubt in stored.review if doubt not in now.review],
    )


def correcting(point: int, made: Correction) -> Operation:
    """Return the operation that corrects a stored point."""

    def operation(database: Database) -> Changes:
        from db import points

        return points.correct(database, point=point, correction=made)

    return operation


def settling(point: int, doubt: ReviewDraft) -> Operation:
    """Return the operation that ticks a doubt of a stored point."""

    def operation(database: Database) -> Changes:
        from db import points

        return points.settle(database, point=point, checked=[doubt])

    return operation


class Corrector(QObject):
    """Between the bench that shows a stored notice and the database: what was corrected there is stored here."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(bench)
        self._desk, self._bench = desk, bench
        self.stored: Stored | None = None
        self._asked = 0  # operations asked for so far
        bench.corrected.connect(self._correct)
        bench.ticked.connect(self._tick)

    def finish(self) -> bool:
        """Store what is half typed; tell whether there was anything."""
        before = self._asked
        if self.stored is not None:
            self._bench.finish()
        return self._asked > before

    def _correct(self, spot: Spot) -> None:
        if self.stored is None:
            return
        points = self.stored.document.plans[spot.plan].points
        now = self._bench.steps.point(spot)
        made = correction(points[spot.point], now)
        if made is not None:
            points[spot.point] = now  # so that leaving the next field does not ask for it again
            self._perform(correcting(self.stored.points[spot.plan][spot.point], made))

    def _tick(self, spot: Spot, doubt: ReviewDraft) -> None:
        if self.stored is not None:
            self._perform(settling(self.stored.points[spot.plan][spot.point], doubt))

    def _perform(self, operation: Operation) -> None:
        def failed(error: BaseException) -> None:
            self._desk.troubled.emit(error)
            self.renew(keep=False)

        self._asked += 1
        self._desk.perform(self, lambda: operation(self._desk.database), otherwise=failed)

    def renew(self, *, keep: bool = True) -> None:
        """Show the stored notice as it is now; with ``keep`` what is half typed in a field stays."""
        from desktop.pages import plans_stored

        if self.stored is None:
            return
        plan, shown = self.stored.plans[0], self.stored

        def read(stored: Stored) -> None:
            if self.stored is shown:
                typed = self._typed() if keep else {}
                self.stored = stored
                self._bench.renew(History((Entry(stored.document, stored.year),)), typed)

        self._desk.ask(self, lambda session: plans_stored.load(session, plan), read)

    def _typed(self) -> dict[str, Any]:
        spot = self._bench.spot
        if self.stored is None or spot.point < 0:
            return {}
        return differing(self.stored.document.plans[spot.plan].points[spot.point], self._bench.steps.point(spot))
