"""What became of each entered value: taken rightly, reported with its cell, lost, or misplaced; and false reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.returns import PlanCell, ReturnPlan
from db.terms import ReturnState, Verdict
from tests.damage.paper import Mark

_WRITTEN = (Verdict.TAKEN, Verdict.SAME, Verdict.UNCHANGED)
_REPORTS = (Verdict.INVALID, Verdict.CONFLICT, Verdict.PROPOSAL)


@dataclass(slots=True)
class Judgement:
    """Counts over many workbooks; ``cases`` are the values that were lost or misplaced, as told to a person."""

    values: int = 0
    wrong: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)
    reports: Counter[str] = field(default_factory=Counter)

    @property
    def taken(self) -> float:
        """Return the part of the right values that was taken."""
        return self.counts["taken"] / max(1, self.values)

    @property
    def false_reports(self) -> float:
        """Return the false reports for each right value."""
        return self.counts["false"] / max(1, self.values)

    def __str__(self) -> str:
        return (
            f"{self.values} values, {self.wrong} wrong ones; taken {self.taken:.2%}, "
            f"asked {self.counts['asked']}, lost {self.counts['lost']}, misplaced {self.counts['misplaced']}, "
            f"false reports {self.false_reports:.2%}"
        )

    def judge(self, plan: ReturnPlan, marks: Sequence[Mark], told: str) -> None:
        """Add one workbook's plan, held against the values that were entered in it."""
        file = plan.files[0]
        if file.state is not ReturnState.RECOGNISED and not plan.cells:
            self.values += len(marks)
            self.counts["asked"] += len(marks)  # the whole file is reported by its state
            return
        by_value = {(cell.code, cell.field): cell for cell in plan.cells if cell.verdict in _WRITTEN}
        by_place: dict[tuple[str, str], list[PlanCell]] = {}
        for cell in plan.cells:
            by_place.setdefault((cell.sheet, cell.cell), []).append(cell)
        told_places = {place for mark in marks for place in mark.places}
        for mark in marks:
            self._value(mark, by_value.get((mark.code, mark.field)), by_place, told)
        self._false(plan, marks, told_places, told)

    def _value(
        self, mark: Mark, written: PlanCell | None, by_place: dict[tuple[str, str], list[PlanCell]], told: str
    ) -> None:
        here = [cell for place in mark.places for cell in by_place.get(place, ())]
        stray = [
            cell
            for cell in here
            if cell.verdict is Verdict.TAKEN and (cell.code, cell.field) != (mark.code, mark.field)
        ]
        reported = any(cell.verdict in _REPORTS or cell.problem for cell in here)
        self.values += mark.expected is not None
        self.wrong += mark.expected is None
        if mark.expected is None:
            outcome = "told" if reported else "lost"
        elif written is not None and written.returned == mark.expected:
            outcome = "taken"
        elif stray:
            outcome = "misplaced"
        else:
            outcome = "asked" if reported else "lost"
        self.counts[outcome] += 1
        if outcome in ("lost", "misplaced"):
            self.cases.append(f"{outcome} {told}: {mark.code} {mark.field} {mark.raw!r} at {mark.places} → {here}")

    def _false(self, plan: ReturnPlan, marks: Sequence[Mark], places: set[tuple[str, str]], told: str) -> None:
        wrong = {place for mark in marks if mark.expected is None for place in mark.places}
        for cell in plan.cells:
            place = (cell.sheet, cell.cell)
            if cell.verdict in _REPORTS and place not in wrong:
                if place not in places:
                    self.counts["false"] += 1
                    self.reports[f"false {told}: {cell.found[:30]} {cell.sheet}!{cell.cell}"] += 1
                self.reports[f"{'asked' if place in places else 'false'} {cell.field} {cell.problem[:40]}"] += 1
            if cell.verdict is Verdict.TAKEN and place not in places:
                self.counts["invented"] += 1
                self.cases.append(f"invented {told}: {cell}")
