"""How the columns of foreign sheets are read, as the clerk settled it (列的對應), kept and found again by headings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.database import Database
from db.errors import Refused, UnreadableInput
from db.models import HeadingMapping
from db.script import fold

PURPOSES = {
    "upward": "上報表",
    "plan": "導入計劃",
    "progress": "導入進展",
    "payments": "發放表",
    "subsidies": "導入補貼政策",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled mapping: the headings in the order of the sheet, and the field of each column by its place from 0."""

    name: str
    purpose: str
    headings: tuple[str, ...]
    fields: Mapping[int, str]


def fingerprint(headings: Sequence[str]) -> str:
    """Return what a sheet's headings are found again by: script, width and white space do not matter."""
    return hashlib.sha256("\n".join(map(fold, headings)).encode("utf-8")).hexdigest()


def _plain(row: HeadingMapping) -> Settled:
    fields = {int(place): field for place, field in row.columns["fields"].items()}
    return Settled(row.name, row.purpose, tuple(row.columns["headings"]), fields)


def remember(
    database: Database, *, purpose: str, name: str, headings: Sequence[str], fields: Mapping[int, str]
) -> Changes:
    """Keep a mapping; one for the same headings is replaced."""
    if not name.strip():
        raise Refused("列的對應要有一個名稱。")
    with database.change(f"記住列的對應「{name.strip()}」", operation="mappings.remember") as change:
        _put(change.session, Settled(name.strip(), purpose, tuple(headings), dict(fields)))
    return change.changes


def _put(session: Session, mapping: Settled) -> None:
    mark = fingerprint(mapping.headings)
    holder = session.scalars(
        select(HeadingMapping).where(
            HeadingMapping.purpose == mapping.purpose,
            HeadingMapping.name == mapping.name,
            HeadingMapping.fingerprint != mark,
        )
    ).first()
    if holder is not None:
        raise Refused("「{name}」已是另一種表頭的名稱。請換一個名稱。", name=mapping.name)
    row = session.scalars(
        select(HeadingMapping).where(HeadingMapping.purpose == mapping.purpose, HeadingMapping.fingerprint == mark)
    ).first()
    columns = {
        "headings": list(mapping.headings),
        "fields": {str(place): field for place, field in sorted(mapping.fields.items())},
    }
    now = datetime.now().replace(microsecond=0)
    if row is None:
        row = HeadingMapping(purpose=mapping.purpose, fingerprint=mark, name=mapping.name, columns=columns, used_at=now)
        session.add(row)
    elif (row.name, row.columns) != (mapping.name, columns):
        row.name, row.columns, row.used_at = mapping.name, columns, now


def recall(session: Session, *, purpose: str, headings: Sequence[str]) -> Settled | None:
    """Return the mapping kept for a sheet with these headings, None where there is none."""
    row = session.scalars(
        select(HeadingMapping).where(
            HeadingMapping.purpose == purpose, HeadingMapping.fingerprint == fingerprint(headings)
        )
    ).first()
    return _plain(row) if row is not None else None


def free_name(session: Session, *, purpose: str, wanted: str, headings: Sequence[str]) -> str:
    """Return a name for a mapping: its own where these headings have one, else ``wanted`` with a number if taken."""
    own = recall(session, purpose=purpose, headings=headings)
    if own is not None:
        return own.name
    taken = {one.name for one in listed(session, purpose=purpose)}
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def named(session: Session, *, purpose: str, name: str) -> Settled:
    """Return a mapping by name; raise :class:`Refused` where none has it."""
    known = listed(session, purpose=purpose)
    found = next((one for one in known if fold(one.name) == fold(name)), None)
    if found is None:
        names = "、".join(one.name for one in known) or "（還沒有）"
        raise Refused("沒有名為「{name}」的列對應。已有：{known}。", name=name, known=names)
    return found


def listed(session: Session, *, purpose: str | None = None) -> list[Settled]:
    """Return the mappings kept, the last used first."""
    query = select(HeadingMapping).order_by(HeadingMapping.used_at.desc(), HeadingMapping.id.desc())
    if purpose is not None:
        query = query.where(HeadingMapping.purpose == purpose)
    return [_plain(row) for row in session.scalars(query)]


def forget(database: Database, *, purpose: str, name: str) -> Changes:
    """Take a mapping out."""
    with database.change(f"刪除列的對應「{name}」", operation="mappings.forget") as change:
        wanted = named(change.session, purpose=purpose, name=name)
        row = change.session.scalars(
            select(HeadingMapping).where(HeadingMapping.purpose == purpose, HeadingMapping.name == wanted.name)
        ).one()
        change.session.delete(row)
    return change.changes


def to_json(session: Session) -> str:
    """Return all mappings as a document for another office's program."""
    told = [
        {
            "purpose": one.purpose,
            "name": one.name,
            "headings": list(one.headings),
            "fields": {str(place): field for place, field in one.fields.items()},
        }
        for one in listed(session)
    ]
    return json.dumps({"mappings": told}, ensure_ascii=False, indent=1)


def bring_in(database: Database, *, text: str, source: str) -> Changes:
    """Keep the mappings of a document made by :func:`to_json`; raise :class:`UnreadableInput` where it is none."""
    given = _read(text, source)
    with database.change(f"導入列的對應（{len(given)} 個）", operation="mappings.bring_in") as change:
        for mapping in given:
            _put(change.session, mapping)
            change.session.flush()
    return change.changes


def _read(text: str, source: str) -> list[Settled]:
    try:
        return [_one(told) for told in json.loads(text)["mappings"]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableInput(
            "「{name}」不是列對應的文件，沒有導入。請選用「mapping export」導出的文件。", name=source
        ) from error


def _one(told: Any) -> Settled:  # noqa: ANN401 - whatever a JSON document holds
    headings, fields = told["headings"], told["fields"]
    if told["purpose"] not in PURPOSES or not told["name"].strip():
        raise ValueError(told["name"])
    places = {int(place): str(field) for place, field in fields.items()}
    if not all(isinstance(heading, str) for heading in headings) or not set(places) <= set(range(len(headings))):
        raise ValueError(headings)
    return Settled(told["name"].strip(), told["purpose"], tuple(headings), places)
