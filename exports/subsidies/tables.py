"""Policies out of a table: headings of several rows, merged cells, two levels of names, totals and notes told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from db.policyimport import Incoming
from db.script import fold
from db.subsidyitems import BESIDE, FROM, KEYS, PARTS, PROFILE, TO
from db.terms import PostingProfile
from exports.problems import Problem
from exports.subsidies.found import Column, Found, Headed
from exports.subsidies.grids import Part
from exports.subsidies.headings import Heading, find

_TOTAL = re.compile(r"^[(（]?(?:合计|总计|小计|共计|累计)")
_NOTE = re.compile(
    r"^(?:注|附注|备注|说明|填表|制表|审核|审批|负责人|单位负责人|联系人|编制|报送|填报)(?:[:：]|人|单位|日期|\d|$)"
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_PROFILES = {fold(one.label): one for one in PostingProfile}
_LONG = 60  # characters; a longer text alone in a row is a note


def read_table(part: Part, found: Found, settled: Mapping[int, str] | None = None) -> bool:
    """Add the policies of a table; tell whether it has a heading of policies at all."""
    heading = find(part.rows, settled)
    if heading is None:
        return False
    reader = _Table(part, heading, found)
    found.tables.append(Headed(part.name, heading.titles, dict(heading.columns), tuple(reader.unknown())))
    reader.read()
    return True


class _Table:
    """One table being read."""

    def __init__(self, part: Part, heading: Heading, found: Found) -> None:
        self.part, self.heading, self.found = part, heading, found
        self.columns = {key: place for place, key in heading.columns.items()}
        self._last: dict[str, str] = {}  # the row above, where it was a policy

    def unknown(self) -> list[Column]:
        """Return the columns that nobody knows, with what stands in them first."""
        found = []
        for place in self.heading.unknown():
            below = (self.text(at, place) for at in range(self.heading.after, len(self.part.rows)))
            found.append(Column(self.part.name, place, self.heading.titles[place], next(filter(None, below), "")))
        return found

    def text(self, at: int, column: int | None) -> str:
        """Return what stands in a cell, empty where there is none."""
        row = self.part.rows[at]
        return row[column].strip() if column is not None and column < len(row) else ""

    def place(self, at: int) -> str:
        """Return how the clerk is told where a row stands."""
        name = f"表「{self.part.name}」" if self.part.name else ""
        return f"{name}第 {self.part.numbers[at]} 行"

    def read(self) -> None:
        """Go through the rows below the heading."""
        heads = {text for at in range(self.heading.first, self.heading.after) for text in self._folded(at)}
        for at in range(self.heading.after, len(self.part.rows)):
            if heads.issuperset(filter(None, self._folded(at))):
                continue  # blank, or the heading again at the top of a page
            if self._is_beside(at):
                self.found.passed.append((self.place(at), next(filter(None, map(str.strip, self.part.rows[at])))))
                self._last = {}
            else:
                self._policy(at)

    def _folded(self, at: int) -> list[str]:
        return [fold(text) for text in self.part.rows[at]]

    def _is_beside(self, at: int) -> bool:
        """Tell whether a row is a title, a total or a note, and no policy."""
        texts = list(dict.fromkeys(filter(None, self._folded(at))))
        name = fold(self.text(at, self.columns["name"]))
        if _TOTAL.match(name) or (_TOTAL.match(texts[0]) and not (name and name != texts[0])):
            return True
        if len(texts) == 1:  # a title merged across the table, or a note under it
            return not any(self.text(at, column) for key, column in self.columns.items() if key in _TOLD) or bool(name)
        return bool(_NOTE.match(texts[0])) and (not name or name == texts[0])

    def _policy(self, at: int) -> None:
        values = self._values(at)
        self._take_broken(at, values)
        name = self._named(values)
        if not name:
            self._wrong(at, "name", "這一行沒有補貼政策名稱，沒有採用")
            return
        one = Incoming(values, self.place(at), self._day(at, FROM), self._day(at, TO), self._profile(at))
        last = self.found.policies[-1] if self._last else None
        if last is not None and _goes_on(last, one):
            self.found.policies[-1] = _joined(last, one)
        else:
            self.found.policies.append(one)
        self._last = values

    def _values(self, at: int) -> dict[str, str]:
        values = {}
        for key, column in self.columns.items():
            if key in KEYS and (text := self.text(at, column)):
                unit = self.heading.units.get(column, "")
                values[key] = f"{text}{unit}" if unit and _PLAIN.fullmatch(text) and key in _STANDARDS else text
        shares = [values.get(key) for key in PARTS if key in self.columns]
        if len(shares) > 1 and set(shares) == {values.get("standard")} and not _PLAIN.match(values.get("standard", "")):
            for key in PARTS:  # one text merged across the sum and its shares
                values.pop(key, None)
        return values

    def _named(self, values: dict[str, str]) -> str:
        """Return the name; a project without a second level is called by the first."""
        category = values.get("category", "")
        if not values.get("name") and category:
            values["name"] = category
        if category and fold(values.get("name", "")) == fold(category):
            del values["category"]
        if values.get("name"):
            values["name"] = " ".join(values["name"].split())
        return values.get("name", "")

    def _take_broken(self, at: int, values: dict[str, str]) -> None:
        for key, column in self.columns.items():
            if (at, column) in self.part.broken and values.pop(key, ""):
                self._wrong(at, key, "這一格是公式錯誤，沒有採用")

    def _wrong(self, at: int, key: str, expected: str) -> None:
        column = self.columns[key]
        cell, text = self.part.cell(at, column), self.text(at, column)
        self.found.problems.append(Problem(self.found.file, self.part.name, cell, text, expected))

    def _day(self, at: int, key: str) -> date | None:
        text = self.text(at, self.columns.get(key))
        if not text or fold(text) in _OPEN:
            return None
        told = _DAY.fullmatch(text)
        try:
            if told:
                return date(int(told[1]), int(told[2]), int(told[3]))
        except ValueError:
            pass
        self._wrong(at, key, f"{BESIDE[key]}應是日期，如 2024-01-01，沒有採用")
        return None

    def _profile(self, at: int) -> PostingProfile | None:
        text = self.text(at, self.columns.get(PROFILE))
        found = _PROFILES.get(fold(text))
        if text and found is None:
            self._wrong(at, PROFILE, f"{BESIDE[PROFILE]}應是{'或'.join(one.label for one in PostingProfile)}，沒有採用")
        return found


_STANDARDS = frozenset({"standard", *PARTS})
_TOLD = frozenset(KEYS) - {"name", "category", "note"}
_OPEN = frozenset(map(fold, ("最初", "今後", "長期", "-", "—", "——")))


def _goes_on(last: Incoming, one: Incoming) -> bool:
    """Tell whether a row goes on with the policy above: its name cell is merged over both, or written again."""
    same = all(fold(last.values.get(key, "")) == fold(one.values.get(key, "")) for key in ("category", "name"))
    return same and last.valid_from == one.valid_from and last.values != one.values


def _joined(last: Incoming, one: Incoming) -> Incoming:
    """Return a policy that stands in several rows, each text once, on lines of their own."""
    values = dict(last.values)
    for key, text in one.values.items():
        lines = values.get(key, "").split("\n") if values.get(key) else []
        if text not in values.get(key, "") or key not in values:
            lines += [text]
        values[key] = "\n".join(lines)
    return replace(last, values=values)
