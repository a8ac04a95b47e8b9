"""Changing the open database for one of its snapshots, and back where the snapshot does not serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DatabaseTrouble, Trouble

if TYPE_CHECKING:
    from db.database import Database


def restored(database: Database, snapshot: Path) -> tuple[Database, Path | None, Trouble | None]:
    """Close ``database``, put ``snapshot`` in its place and open that.

    Returns the open database, the copy kept of what was there, and why it is the old one where it is.
    """
    from db.database import open_database, restore_database
    from db.vault import carry_over

    path, operator, keys = database.path, database.operator, database.keyring

    def opened() -> Database:
        again = open_database(path, operator=operator)
        carry_over(keys, again)
        return again

    database.release()
    try:
        kept = restore_database(snapshot, path)
    except Trouble as trouble:
        return opened(), None, trouble
    try:
        return opened(), kept, None
    except DatabaseTrouble as trouble:  # written by a newer program, say: found only on opening
        if kept is None:
            raise
        restore_database(kept, path)
        return opened(), None, trouble
