"""What the preview of an import reads: the policies of a file, what they would do, what was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db import policyimport
from db.changes import Changes
from db.database import Database
from db.policyimport import Plan
from exports.subsidies import settling
from exports.subsidies.found import Found, Headed
from exports.subsidies.reading import read_policies


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was read. ``told`` are the tables whose columns the clerk has settled just now."""

    path: Path
    found: tuple[Found, ...]
    plan: Plan
    told: tuple[Headed, ...] = ()

    def tables(self) -> list[Headed]:
        """Return the tables with a heading."""
        return [table for one in self.found for table in one.tables]


def read(database: Database, path: Path, told: Sequence[Headed] = (), *, split: bool = False) -> Preview:
    """Read a file and plan its import; raise ``UnreadableInput`` where it cannot be read.

    With ``split`` telephone numbers that run together are parted as proposed.
    """
    with database.reading() as session:
        found = read_policies(path, settling.recall_from(session, told))
        incoming = [one for some in found for one in some.policies]
        if split:
            incoming = [policyimport.with_split_phones(one) for one in incoming]
        return Preview(path, tuple(found), policyimport.plan(session, incoming, source=path.name), tuple(told))


def bring_in(
    database: Database, preview: Preview, *, choices: dict[int, int], leave: frozenset[int], since: date | None
) -> Changes:
    """Bring in what was shown, and remember how its columns were settled."""
    changes = policyimport.apply(database, plan=preview.plan, choices=choices, leave=leave, valid_from=since)
    settling.keep(database, name=preview.path.stem, told=preview.told)
    return changes
