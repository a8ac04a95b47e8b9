"""What lies in the folder of a run from runs before: postings of other villages, and those that hold no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from db import postinglist
from db.postinglist import PostingLine
from db.postings import key_of
from exports.posting.index import KEPT, Line
from exports.posting.wanted import Wanted


def beside(session: Session, wanted: Wanted, folder: Path, lines: Mapping[str, Line]) -> tuple[list[Line], list[str]]:
    """Return the postings that this run was not about, for the index, and the files that nothing paid stands behind.

    ``lines`` are those of this run by their keys. What hangs on a board keeps its file when it was corrected.
    """
    now = {name for line in lines.values() for name in line.files}
    others: list[Line] = []
    left: list[str] = []
    for one in postinglist.listed(session, period=wanted.period):
        if one.folder != str(folder):
            continue
        there = {name: sha256 for name, sha256 in one.files.items() if name not in now and (folder / name).is_file()}
        if there and not _is_wanted(one, wanted):
            if not one.superseded:
                others.append(Line(one.town, one.village, one.policy, one.rows, one.amount_fen, there, KEPT))
        elif not (key_of(one.place, one.policy_id) in lines and one.posted_on is not None):
            left += there
    return others, left


def _is_wanted(one: PostingLine, wanted: Wanted) -> bool:
    policies = wanted.policies or (None,)
    return one.policy_id in policies and (wanted.places is None or one.place in wanted.places)
