"""What was found in a list of policies, and what of it could not be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.policyimport import Incoming
from exports.problems import Problem


@dataclass(frozen=True, slots=True)
class Column:
    """A column with a heading that nobody knows: where it stands, what stands under it first."""

    sheet: str
    place: int
    title: str
    sample: str


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose heading was found: its words by column, the key of each column, the unknown ones."""

    sheet: str
    titles: tuple[str, ...]
    columns: dict[int, str]
    unknown: tuple[Column, ...]


@dataclass(slots=True)
class Found:
    """The policies of a file. ``passed`` are lines that are no policies: totals, notes, titles, with their place."""

    file: str
    policies: list[Incoming] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: list[Headed] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)

    def unknown(self) -> Sequence[Column]:
        """Return all columns that nobody knows."""
        return [column for table in self.tables for column in table.unknown]
