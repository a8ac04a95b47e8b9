"""Which village, policy and period a row of a payment sheet belongs to; what nobody knows is asked, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from db.errors import Refused
from db.paymentperiods import period_in, settled
from exports.payments.cells import Row, text_of
from exports.payments.choices import Choices, Known
from exports.payments.findings import Findings

_VILLAGE_GROUP = re.compile(r"(.+?(?:村|社區|社区|居委會|居委会|村委會|村委会))(.*[組组隊队屯])")


class Where(NamedTuple):
    """Policy, place and period of a row, and the group that stood with the village's name."""

    policy: int
    place: int
    period: str
    group: str


@dataclass(slots=True)
class Whereabouts:
    """Settles it for one sheet. ``questions`` counts rows by what is unknown: kind, town, name as written."""

    known: Known
    choices: Choices
    findings: Findings
    columns: Mapping[str, int]
    policy: int | None = None
    period: str = ""
    village: int | None = None
    questions: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _places: dict[tuple[str, str], tuple[int | None, str]] = field(default_factory=dict)
    _policies: dict[str, int | None] = field(default_factory=dict)
    _last: tuple[str, str] = ("", "")
    _known: dict[tuple[int, int, str, str], Where] = field(default_factory=dict)

    def begin(self, titles: Iterable[str]) -> None:
        """Take what titles, the sheet's name and the file's name say, in this order, where the clerk said nothing."""
        told = list(titles)
        self.policy = self.choices.policy or next(filter(None, map(self.known.policy_in, told)), None)
        self.period = self.choices.period or next(filter(None, map(period_in, told)), "")
        self.village = self.choices.village or next(filter(None, map(self._village_in, told)), None)

    def _village_in(self, title: str) -> int | None:
        chosen = self.choices.places.get(title)
        if chosen is not None:
            return chosen
        village = self.known.places.find(title).village or self.known.places.mentioned(title).village
        return village.id if village is not None else None

    def of(self, at: int, row: Row) -> Where | None:
        """Return where a row belongs; note why where it cannot be told."""
        place, group = self._place(at, row)
        policy, period = self._policy(row), self._period(row)
        if place is not None and policy is not None and period:
            key = policy, place, period, group
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = Where(*key)
            return found
        if place is None:
            self._ask("village", at, *self._last)
        elif policy is None:
            self._ask("policy", at, "", self._written(row, "policy"))
        else:
            self._ask("period", at, "", self._written(row, "period"))
        return None

    def _ask(self, kind: str, at: int, town: str, written: str) -> None:
        self.questions[kind, town, written] += 1
        self.findings.add(f"unknown_{kind}", at, self.columns.get(kind), town + written)

    def _written(self, row: Row, key: str) -> str:
        column = self.columns.get(key)
        return text_of(row.get(column)) if column is not None else ""

    def _place(self, at: int, row: Row) -> tuple[int | None, str]:
        if self.choices.village is not None:
            return self.choices.village, ""
        town, village = self._written(row, "town"), self._written(row, "village")
        if "village" in self.columns and not village and self._last[1]:
            village = self._last[1]  # merged downwards
            if "village_above" not in self.findings.counts:  # told once a sheet
                self.findings.add("village_above", at, self.columns["village"])
        key = self._last = (town or self._last[0], village)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._find(*key)
        return found

    def _find(self, town: str, village: str) -> tuple[int | None, str]:
        if not village:
            return self.village, ""
        chosen = self.choices.places.get(town + village)
        if chosen is not None:
            return chosen, ""
        parts = _VILLAGE_GROUP.fullmatch(village)
        for name, group in ((village, ""), *((parts.groups(),) if parts else ())):
            found = self.known.places.find(name, town=town).village
            if found is not None:
                return found.id, group
        return None, ""

    def _policy(self, row: Row) -> int | None:
        written = self._written(row, "policy")
        if self.choices.policy is not None or not written:
            return self.policy
        if written not in self._policies:
            self._policies[written] = self.choices.policies.get(written) or self.known.policy_called(written)
        return self._policies[written]

    def _period(self, row: Row) -> str:
        written = self._written(row, "period")
        if self.choices.period or not written:
            return self.period
        try:
            return settled(written)
        except Refused:
            return self.period  # a month alone: the title's period stands
