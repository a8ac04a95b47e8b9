"""Towns and villages (鄉鎮、村): adding, correcting, moving, ending, and bringing in a whole list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import backup
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import Payment, Place, Posting
from db.script import fold
from db.terms import PlaceKind

EDITABLE = ("code", "committee", "telephone")
_CODE = re.compile(r"\d{9}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One line of a list: a village in a town, or a town alone where ``village`` is empty; None leaves as it is."""

    town: str
    village: str = ""
    code: str | None = None
    committee: str | None = None
    telephone: str | None = None


def get(session: Session, place_id: int) -> Place:
    """Return a place; raise :class:`Refused` where it is gone."""
    row = session.get(Place, place_id)
    if row is None:
        raise Refused("這個鄉鎮或村已不在區劃裏。請刷新後再試。")
    return row


def _tidy(name: str) -> str:
    name = re.sub(r"\s+", "", name)
    if not name:
        raise Refused("鄉鎮和村的名稱不能為空。")
    return name


def _same_named(session: Session, name: str, parent: int | None) -> Place | None:
    above = Place.parent_id.is_(None) if parent is None else Place.parent_id == parent
    return session.scalars(select(Place).where(Place.folded == fold(name), above)).first()


def _refuse_taken(session: Session, name: str, parent: int | None, *, but: int | None = None) -> None:
    holder = _same_named(session, name, parent)
    if holder is not None and holder.id != but:
        raise Refused("已有「{name}」，同一鄉鎮裏不能重名。", name=holder.name)


def _refuse_bad_code(code: str) -> None:
    if code and not _CODE.fullmatch(code):
        raise Refused("區劃代碼「{code}」不是 9 位或 12 位數字。請核對。", code=code)


def _town(session: Session, town: int) -> Place:
    row = get(session, town)
    if row.kind is not PlaceKind.TOWN:
        raise Refused("「{name}」不是鄉鎮。請選擇一個鄉鎮。", name=row.name)
    return row


def insert(session: Session, name: str, *, town: Place | None, values: Mapping[str, str]) -> Place:
    """Put a place behind its fellows within a running operation."""
    parent = town.id if town is not None else None
    _refuse_taken(session, name, parent)
    above = Place.parent_id.is_(None) if parent is None else Place.parent_id == parent
    last = session.scalar(select(func.max(Place.position)).where(above)) or 0
    kind = PlaceKind.TOWN if town is None else PlaceKind.VILLAGE
    row = Place(parent_id=parent, kind=kind, name=name, folded=fold(name), position=last + 1)
    _put(row, values)
    session.add(row)
    session.flush()
    return row


def _put(row: Place, values: Mapping[str, str]) -> None:
    unknown = set(values) - set(EDITABLE)
    if unknown:
        message = f"not editable: {sorted(unknown)}"
        raise ValueError(message)
    for key, value in values.items():
        tidy = value.strip()
        if key == "code":
            _refuse_bad_code(tidy)
        if (getattr(row, key) or "") != tidy:
            setattr(row, key, tidy)


def add(database: Database, *, name: str, town: int | None = None, values: Mapping[str, str] | None = None) -> Changes:
    """Add a village to a town, or a town where ``town`` is None."""
    name = _tidy(name)
    with database.change(f"添加「{name}」", operation="places.add") as change:
        above = _town(change.session, town) if town is not None else None
        change.title = f"添加{'村' if above else '鄉鎮'}「{name}」"
        insert(change.session, name, town=above, values=values or {})
    return change.changes


def edit(database: Database, *, place: int, values: Mapping[str, str]) -> Changes:
    """Change code, committee or telephone of a place."""
    with database.change("修改區劃", operation="places.edit") as change:
        row = get(change.session, place)
        change.title = f"修改「{row.name}」"
        _put(row, values)
    return change.changes


def change(database: Database, *, place: int, name: str, values: Mapping[str, str]) -> Changes:
    """Change name, code, committee and telephone of a place in one operation; what is the same stays untouched."""
    name = _tidy(name)
    with database.change("修改區劃", operation="places.change") as running:
        row = get(running.session, place)
        running.title = f"修改「{row.name}」"
        if name != row.name:
            _refuse_taken(running.session, name, row.parent_id, but=row.id)
            row.name, row.folded = name, fold(name)
        _put(row, values)
    return running.changes


def rename(database: Database, *, place: int, name: str) -> Changes:
    """Give a place another name; what was paid and posted there stays with it."""
    name = _tidy(name)
    with database.change("改名", operation="places.rename") as change:
        row = get(change.session, place)
        _refuse_taken(change.session, name, row.parent_id, but=row.id)
        change.title = f"「{row.name}」改名為「{name}」"
        row.name, row.folded = name, fold(name)
    return change.changes


def transfer(database: Database, *, villages: Sequence[int], town: int) -> Changes:
    """Place villages in another town, behind those it has."""
    with database.change("劃入另一鄉鎮", operation="places.transfer") as change:
        above = _town(change.session, town)
        rows = [get(change.session, one) for one in dict.fromkeys(villages)]
        if any(row.kind is not PlaceKind.VILLAGE for row in rows):
            raise Refused("鄉鎮不能劃入另一個鄉鎮。請只選擇村。")
        change.title = f"{_told(rows)}劃入「{above.name}」"
        for row in rows:
            if row.parent_id == above.id:
                continue
            _refuse_taken(change.session, row.name, above.id)
            last = change.session.scalar(select(func.max(Place.position)).where(Place.parent_id == above.id)) or 0
            row.parent_id, row.position = above.id, last + 1
            change.session.flush()
    return change.changes


def _told(rows: Sequence[Place]) -> str:
    return f"「{rows[0].name}」" if len(rows) == 1 else f"{len(rows)} 處"


def move(database: Database, *, place: int, before: int | None) -> Changes:
    """Place a town or village before another of its fellows (順序); None places it last."""
    with database.change("調整順序", operation="places.move") as change:
        row = get(change.session, place)
        change.title = f"調整「{row.name}」的順序"
        above = Place.parent_id.is_(None) if row.parent_id is None else Place.parent_id == row.parent_id
        query = select(Place).where(above, Place.id != place).order_by(Place.position, Place.id)
        order = list(change.session.scalars(query))
        order.insert(next((at for at, one in enumerate(order) if one.id == before), len(order)), row)
        for position, one in enumerate(order, start=1):
            one.position = position
    return change.changes


def end(database: Database, *, places: Sequence[int], on: date | None) -> Changes:
    """Say from when on places are no more (撤銷); a town with all its villages. None takes them up again."""
    with database.change("撤銷", operation="places.end") as change:
        rows = [get(change.session, one) for one in dict.fromkeys(places)]
        change.title = f"{_told(rows)}" + (f"自 {on.isoformat()} 起撤銷" if on else "恢復")
        for row in rows:
            row.ended_on = on
            if row.kind is PlaceKind.TOWN:
                for below in change.session.scalars(select(Place).where(Place.parent_id == row.id)):
                    below.ended_on = on
    return change.changes


def remove(database: Database, *, places: Sequence[int]) -> Changes:
    """Take places out that were entered by mistake; one that was paid or posted can only be ended."""
    with database.change("刪除", operation="places.remove") as change:
        rows = [get(change.session, one) for one in dict.fromkeys(places)]
        change.title = f"刪除{_told(rows)}"
        for row in sorted(rows, key=lambda one: one.kind is PlaceKind.TOWN):
            _refuse_used(change.session, row)
            change.session.delete(row)
            change.session.flush()
    return change.changes


def _refuse_used(session: Session, row: Place) -> None:
    if session.scalar(select(Place.id).where(Place.parent_id == row.id).limit(1)) is not None:
        raise Refused("「{name}」下面還有村，不能刪除。請先刪除這些村，或用「撤銷」。", name=row.name)
    for used in (Payment, Posting):
        if session.scalar(select(used.id).where(used.place_id == row.id).limit(1)) is not None:
            raise Refused("「{name}」已有發放或公示記錄，不能刪除。不再存在的請用「撤銷」。", name=row.name)


def bring_in(database: Database, *, rows: Iterable[PlaceRow], source: str) -> Changes:
    """Add or update the places of a list as one operation; nothing is removed. A snapshot is taken first."""
    backup.snapshot(database.path, reason="import", folder=database.backup_folder())
    with database.change(f"導入區劃「{source}」", operation="places.bring_in") as change:
        added = merge(change, rows)
        change.notes.append(f"新添鄉鎮 {added[PlaceKind.TOWN]} 個、村 {added[PlaceKind.VILLAGE]} 個。")
    return change.changes


def merge(change: Change, rows: Iterable[PlaceRow]) -> dict[PlaceKind, int]:
    """Add or update the places of a list within a running operation; return how many are new, by kind."""
    session = change.session
    known = {(row.parent_id, row.folded): row for row in session.scalars(select(Place))}
    added = dict.fromkeys(PlaceKind, 0)

    def settled(name: str, town: Place | None, row: PlaceRow | None) -> Place:
        name = _tidy(name)
        key = (town.id if town else None, fold(name))
        given = {item: getattr(row, item) for item in EDITABLE} if row is not None else {}
        values = {item: value for item, value in given.items() if value is not None}
        place = known.get(key)
        if place is None:
            place = known[key] = insert(session, name, town=town, values=values)
            added[place.kind] += 1
        else:
            _put(place, values)
        return place

    for row in rows:
        town = settled(row.town, None, None if row.village else row)
        if row.village:
            settled(row.village, town, row)
    return added
