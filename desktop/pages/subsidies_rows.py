"""Policies as the tab 政策 shows them: the version of today, what to look at, what stands twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from db import policytexts, subsidylist
from db.script import fold, initials
from db.subsidyitems import BY_KEY, SEVEN
from db.subsidylist import PolicyBook, PolicyLine

FILLED, EMPTY = "●", "○"


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy with all that its row and its card show.

    ``line`` is the version that holds today, else the nearest. ``doubts`` are sentences by item, for each version.
    ``same`` and ``alike`` are the names of other policies called the same, or nearly so.
    """

    book: PolicyBook
    line: PolicyLine
    doubts: Mapping[int, tuple[tuple[str, str], ...]]
    same: tuple[str, ...]
    alike: tuple[str, ...]
    sought: str

    @property
    def id(self) -> int:
        """Return the policy's id."""
        return self.book.id

    def ended(self, on: date) -> bool:
        """Tell whether the policy is no longer carried out."""
        return self.book.ended_on is not None and self.book.ended_on <= on

    def questionable(self) -> bool:
        """Tell whether something of the version shown should be looked at."""
        return bool(self.doubts[self.line.version] or self.same or self.alike)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All policies in the office's order, as of a day."""

    rows: tuple[PolicyRow, ...] = ()
    today: date = field(default_factory=date.today)

    def get(self, policy: int) -> PolicyRow | None:
        """Return a policy, None where it is gone."""
        return next((row for row in self.rows if row.id == policy), None)


def meter(line: PolicyLine) -> str:
    """Return a dot for each of the seven items, filled where it is stated."""
    return "".join(EMPTY if item.key in line.missing else FILLED for item in SEVEN)


def lacking(line: PolicyLine) -> str:
    """Return the labels of the seven that are missing, parted by 、; empty where all are stated."""
    return "、".join(BY_KEY[key].label for key in line.missing)


def load(session: Session) -> Shelf:
    """Read all policies."""
    today = date.today()
    found = subsidylist.books(session)
    twins = subsidylist.duplicates(found)
    return Shelf(tuple(_row(book, twins, today) for book in found), today)


def _row(book: PolicyBook, twins: list[subsidylist.Twice], today: date) -> PolicyRow:
    others = {
        exact: tuple(
            name
            for group in twins
            if group.exact is exact and book.id in dict(group.policies)
            for other, name in group.policies
            if other != book.id
        )
        for exact in (True, False)
    }
    names = [book.name, *(line.values["name"] for line in book.versions)]
    texts = [text for one in book.texts.values() for text in one.values() if text]
    letters = [initials(name) for name in names]
    return PolicyRow(
        book,
        book.at(today),
        {version: tuple(policytexts.doubts(one, today=today)) for version, one in book.texts.items()},
        others[True],
        tuple(name for name in others[False] if name not in others[True]),
        "\n".join([*(fold(text).lower() for text in [*names, *texts]), *letters]),
    )


def matches(row: PolicyRow, words: str) -> bool:
    """Tell whether every word is part of a name or an item of any version, or of a name's initials."""
    return all(fold(word).lower() in row.sought for word in words.split())
