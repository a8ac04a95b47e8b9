"""Which village, policy and period a row of a payment sheet belongs to; what nobody knows is asked, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from db.errors import Refused
from db.paymentperiods import period_in, settled
from exports.payments.cells import Row, text_of
from exports.payments.choices import Choices, Known
from exports.payments.findings import Findings

_VILLAGE_GROUP = re.compile(r"(.+?(?:村|社區|社区|居委會|居委会|村委會|村委会))(.*[組组隊队屯])")
_BEFORE = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十百\d]{1,3}[)）、.．:：]+)?(?:行政村|村名|村别|村別|村|社区|社區|单位|單位)?[:：]?"
)
_COUNTED = re.compile(r"[(（]?(?:共|计|計)?\d*(?:户|戶|人|笔|筆)?[)）]?[:：]?$")
_A_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,12}(?:村|社区|社區|居委会|居委會|村委会|村委會|村民委员会|村民委員會)")
_NAMES_VILLAGE = re.compile(r"(?<![农農乡鄉各本全政然驻駐])(?<=[\u4e00-\u9fff])(?:村|社[区區])(?![级級务務])")
"""A village in a title, not 農村, 鄉村, 各村, 村級."""
_A_LIST = re.compile(r"^[^:：]*(?:表|册|冊|单|單|补贴|補貼|补助|補助|发放|發放)[^:：]*$")
"""The title of a list, not the date and the seal under the one before."""


def is_title(text: str) -> bool:
    """Tell whether a text is the title of a list."""
    return _A_LIST.search(text) is not None


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
    _section: str = ""
    _known: dict[tuple[int, int, str, str], Where] = field(default_factory=dict)

    def begin(self, titles: Iterable[str]) -> None:
        """Take what titles, the sheet's name and the file's name say, in this order, where the clerk said nothing."""
        told = list(titles)
        self.policy = self.choices.policy or next(filter(None, map(self.known.policy_in, told)), None)
        self.period = self.choices.period or next(filter(None, map(period_in, told)), "")
        self.village = self.choices.village or next(filter(None, map(self._village_in, told)), None)
        self._section = next(filter(_NAMES_VILLAGE.search, told), "")

    def _village_in(self, title: str) -> int | None:
        chosen = self.choices.places.get(title)
        if chosen is not None:
            return chosen
        village = self.known.places.find(title).village or self.known.places.mentioned(title).village
        return village.id if village is not None else None

    def begin_again(self, titles: Sequence[str]) -> None:
        """Take what titles in the middle of a sheet say; where they name a village that nobody knows, it is asked."""
        nearest = list(reversed(titles))  # what stands farther above is the end of the table before
        lists = list(filter(is_title, nearest))
        self.policy = self.choices.policy or next(filter(None, map(self.known.policy_in, lists)), None) or self.policy
        self.period = self.choices.period or next(filter(None, map(period_in, lists)), "") or self.period
        named = next(filter(_NAMES_VILLAGE.search, nearest), "")
        village = self._village_in(named) if named else next(filter(None, map(self._village_in, lists)), None)
        if village is not None or named:
            self._enter(village, named)

    def section(self, text: str, *, alone: bool) -> bool:
        """Tell whether a text between the rows is a village's name, of which the next rows are.

        ``alone`` tells that nothing else stands in its row: only then may a name be that of a village nobody knows.
        """
        if "village" in self.columns:
            return False
        name = _COUNTED.sub("", _BEFORE.sub("", text) or text).strip()
        village = self.choices.places.get(name) or getattr(self.known.places.find(name).village, "id", None)
        if not name or not (_A_VILLAGE.fullmatch(name) or (alone and village is not None)):
            return False
        if village is None and not alone:
            return False
        self._enter(village, name)
        return True

    def _enter(self, village: int | None, written: str) -> None:
        """Let the next rows be of a village; None asks for the one that is written so."""
        if "village" not in self.columns and self.choices.village is None:
            self.village, self._section = village, written
            self._places.clear()

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
            town, village = self._last
            self._ask("village", at, town if village or not self._section else "", village or self._section)
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
        town, village = self._written(row, "town"), self._written(row, "village")
        if self.choices.village is not None:
            return self._chosen(at, self.choices.village, town, village), ""
        if "village" in self.columns and not village and self._last[1]:
            village = self._last[1]  # merged downwards
            if "village_above" not in self.findings.counts:  # told once a sheet
                self.findings.add("village_above", at, self.columns["village"])
        key = self._last = (town or self._last[0], village)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._find(*key)
        if found[0] is None and not village:
            return self._of_group(town, self._written(row, "group"))
        return found

    def _of_group(self, town: str, written: str) -> tuple[int | None, str]:
        """Return the village in a column of groups where nothing else names one: 紅星村一組."""
        key = town, "\n" + written
        if key not in self._places:
            parts = _VILLAGE_GROUP.fullmatch(written)
            village = self.known.places.find(parts[1], town=town).village if parts else None
            self._places[key] = (village.id if village is not None else None), ""
        return self._places[key]

    def _chosen(self, at: int, chosen: int, town: str, village: str) -> int:
        """Return the village that the clerk chose for all rows; tell those that name another."""
        if village and (town, village) not in self._places:
            found = self._places[town, village] = self._find(town, village)
            if found[0] not in {None, chosen}:
                self.findings.add("other_village", at, self.columns["village"], town + village)
        return chosen

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
