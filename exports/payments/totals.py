"""The total rows of a payment sheet (合計, 小計), held against the rows they stand for; never payments themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.money import figures

if TYPE_CHECKING:
    from exports.payments.findings import Findings

PART = "小计"


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total row: where it stands, its word (folded), its sum in 分."""

    row: int
    word: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class _Met:
    total: TotalRow
    since_last: int
    since_place: int
    so_far: int
    place: int | None


@dataclass(slots=True)
class Totals:
    """The total rows of one sheet.

    A total fits if it is the sum of the rows since the last one, of its village since then, so far, or of all.
    """

    _met: list[_Met] = field(default_factory=list)
    _since: int = 0
    _of_place: int = 0
    _so_far: int = 0
    _place: int | None = None
    _mixed: bool = False
    _last: int | None = None
    by_place: dict[int, int] = field(default_factory=dict)

    def row(self, place: int, fen: int) -> None:
        """Count a payment."""
        self._since += fen
        self._so_far += fen
        if self._last != place:
            self._last, self._of_place = place, 0
        self._of_place += fen
        if self._place is None:
            self._place = place
        elif self._place != place:
            self._mixed = True

    def met(self, total: TotalRow) -> None:
        """Note a total row."""
        place = None if self._mixed else self._place
        self._met.append(_Met(total, self._since, self._of_place, self._so_far, place))
        if place is not None and (total.word == PART or self._since != self._so_far):
            self.by_place[place] = total.amount_fen
        self._since, self._of_place, self._place, self._mixed = 0, 0, None, False

    @property
    def own(self) -> int | None:
        """Return the sheet's own total over everything: the last 合計, or all of them; None where it has none."""
        whole = self._by_row(parts=False)
        if not whole:
            return sum(one.total.amount_fen for one in self._met) if self._met and not self._since else None
        together = sum(whole.values())
        return together if together == self._so_far else whole[max(whole)]

    def _by_row(self, *, parts: bool) -> Counter[int]:
        """Return the totals by row: tables side by side have one each, which count together."""
        found: Counter[int] = Counter()
        for one in self._met:
            if parts or one.total.word != PART:
                found[one.total.row] += one.total.amount_fen
        return found

    def check(self, findings: Findings, column: int) -> None:
        """Tell the totals that fit nothing."""
        parts = sum(one.total.amount_fen for one in self._met if one.total.word == PART)
        in_row = self._by_row(parts=True)
        for one in self._met:
            fen = one.total.amount_fen
            fitting = {one.since_last, one.since_place, one.so_far, self._so_far}
            if fen in fitting or in_row[one.total.row] in {one.so_far, self._so_far}:
                continue
            if fen == parts and one.total.word != PART and parts == self._so_far:
                continue
            meant = one.since_last if one.total.word == PART or not one.so_far else self._so_far
            more = f"相加 {figures(meant)} 元，差 {figures(fen - meant)} 元"
            findings.add("total", one.total.row, column, f"{figures(fen)} 元", more)
