"""What an operation returns, so that views refresh only when it concerns them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one operation.

    ``batch`` is the id for undo, None where nothing changed. ``touched`` maps table names to row ids.
    ``notes`` are sentences for the clerk: what was left alone and why. ``takes_back`` tells that it was an undo.
    """

    batch: int | None
    title: str
    touched: Mapping[str, frozenset[int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    takes_back: bool = False

    def concerns(self, *tables: str) -> bool:
        """Tell whether any row of ``tables`` was touched."""
        return any(table in self.touched for table in tables)

    def ids(self, table: str) -> list[int]:
        """Return the touched ids of ``table`` in ascending order."""
        return sorted(self.touched.get(table, ()))
