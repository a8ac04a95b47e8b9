"""Reading what came back, on the worker: files to a plan, and the same files to a plan by other rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.heap import unsearched

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.comparing import Policy
    from db.returns import ReadFile, ReturnPlan
    from desktop.jobs import Progress


@dataclass(frozen=True, slots=True)
class Collected:
    """What was read from ``paths`` and the plan of what it would change.

    Where a unit's versions differ (``versions`` cells), the newest is not accepted before the clerk agrees.
    """

    paths: tuple[Path, ...]
    files: tuple[ReadFile, ...]
    plan: ReturnPlan
    versions: int


def collect(session: Session, paths: Sequence[Path], policy: Policy, progress: Progress) -> Collected:
    """Read files and folders; say how far it is and let the window have its turns."""
    with unsearched(kept=True):  # also what is loaded for it
        from db.sentrows import sent
        from exports.workbook.collect.files import read_files
        from exports.workbook.collect.opening import count_files

        total = count_files(paths)

        def tick(done: int, _name: str) -> None:
            progress.at(min(done, total), total)  # an archive holds more files than the one that it was counted as
            progress.breathe()

        files = tuple(read_files(session, sent(session), paths, tick, keep_foreign=True))
        return compared(session, paths, files, policy, progress)


def compared(
    session: Session, paths: Sequence[Path], files: Sequence[ReadFile], policy: Policy, progress: Progress
) -> Collected:
    """Return the plan for files as read."""
    from db.comparing import compare
    from db.sentrows import sent

    plan = compare(session, sent(session), files, policy, progress.breathe)
    versions = len(plan.contested_versions())
    return Collected(tuple(paths), tuple(files), plan.settle_versions(newest=False) if versions else plan, versions)
