"""Columns of a list that the clerk says the meaning of, kept by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db import mappings
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.script import fold
from db.subsidyitems import BESIDE, ITEMS
from exports.subsidies.found import Headed
from exports.subsidies.headings import SEQUENCE
from exports.subsidies.reading import PURPOSE, Recall

UNREAD = SEQUENCE
"""What a column is taken for that is not to be read."""


def choices() -> dict[str, str]:
    """Return what a column may be taken for: the clerk's word by key."""
    return {item.key: item.label for item in ITEMS} | BESIDE


def settle(tables: Sequence[Headed], pairs: Sequence[tuple[str, str]]) -> list[Headed]:
    """Return the tables with columns taken for what ``pairs`` of item and heading say; those without them left out.

    An empty heading leaves the item unread. Raises :class:`Refused` where an item or a heading is unknown.
    """
    made = []
    for table in tables:
        columns = dict(table.columns)
        hits = [_put(table, columns, label, heading) for label, heading in pairs]
        if any(hits):
            made.append(Headed(table.sheet, table.titles, columns, ()))
    for _label, heading in pairs:
        if heading and not any(_place(table, heading) is not None for table in tables):
            raise Refused("表裏沒有「{heading}」這一列。請照表頭原樣書寫。", heading=heading)
    return made


def _place(table: Headed, heading: str) -> int | None:
    return next((at for at, title in enumerate(table.titles) if title and fold(title) == fold(heading)), None)


def _put(table: Headed, columns: dict[int, str], label: str, heading: str) -> bool:
    key = next((key for key, word in choices().items() if fold(label) in (fold(word), key)), None)
    if key is None:
        words = "、".join(choices().values())
        raise Refused("沒有「{label}」這一項。可用：{words}。", label=label, words=words)
    place = _place(table, heading) if heading else None
    if heading and place is None:
        return False
    for at in [at for at, known in columns.items() if known == key]:
        columns[at] = UNREAD
    if place is not None:
        columns[place] = key
    return True


def recall_from(session: Session, told: Sequence[Headed] = ()) -> Recall:
    """Return how columns were settled: just now in ``told``, else as they were kept."""
    now = {mappings.fingerprint(one.titles): one.columns for one in told}

    def recall(titles: Sequence[str]) -> Mapping[int, str] | None:
        kept = mappings.recall(session, purpose=PURPOSE, headings=titles)
        return now.get(mappings.fingerprint(titles)) or (kept.fields if kept is not None else None)

    return recall


def keep(database: Database, *, name: str, told: Sequence[Headed]) -> list[Changes]:
    """Remember how columns were settled; a name that is taken gets a number."""
    made = []
    for one in told:
        with database.reading() as session:
            free = mappings.free_name(session, purpose=PURPOSE, wanted=name, headings=one.titles)
        made.append(mappings.remember(database, purpose=PURPOSE, name=free, headings=one.titles, fields=one.columns))
    return made
