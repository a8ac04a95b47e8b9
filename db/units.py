"""Units (單位): adding, correcting, contacts, and the dated steps of a reform (機構改革)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Assignment, Counterpart, CourseStep, Unit, UnitAlias, UnitContact, UnitReform
from db.names import refuse_taken
from db.script import fold
from db.telephones import kept, masked_mobile
from db.terms import CourseKind, ReformKind, TaskState, UnitLevel
from db.vault import exists

ABOVE = frozenset({UnitLevel.NATIONAL, UnitLevel.PROVINCE, UnitLevel.CITY})  # whose work county units do at home
EDITABLE = frozenset({"level", "kind", "position", "leader", "telephone", "email", "note"})


def get(session: Session, unit_id: int) -> Unit:
    """Return a unit; raise :class:`Refused` where it is gone."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise Refused("這個單位已不存在。請刷新後再試。")
    return unit


def listed(session: Session, *, level: UnitLevel | None = None, with_ended: bool = False) -> list[Unit]:
    """Return units in the office's order."""
    query = select(Unit).order_by(Unit.position, Unit.id)
    if level is not None:
        query = query.where(Unit.level == level)
    if not with_ended:
        query = query.where(Unit.ended_on.is_(None))
    return list(session.scalars(query))


def add(database: Database, *, name: str, level: UnitLevel, kind: str = "") -> Changes:
    """Add a unit at the end of its level's order."""
    name = name.strip()
    with database.change(f"添加單位「{name}」", operation="units.add") as change:
        if not name:
            raise Refused("單位名稱不能為空。")
        refuse_taken(change.session, name)
        last = change.session.scalar(select(func.max(Unit.position)).where(Unit.level == level)) or 0
        change.session.add(Unit(name=name, folded=fold(name), level=level, kind=kind, position=last + 1))
    return change.changes


def edit(database: Database, *, unit: int, fields: Mapping[str, object]) -> Changes:
    """Change plain fields of a unit (see :data:`EDITABLE`); names change through :func:`correct_name` or a reform."""
    unknown = set(fields) - EDITABLE
    if unknown:
        message = f"not editable: {sorted(unknown)}"
        raise ValueError(message)
    with database.change("修改單位", operation="units.edit") as change:
        row = get(change.session, unit)
        change.title = f"修改單位「{row.name}」"
        for key, value in fields.items():
            setattr(row, key, masked_mobile(str(value)) if key == "telephone" else value)
    return change.changes


def move(database: Database, *, unit: int, before: int | None) -> Changes:
    """Place a unit before another of its level (排序); None places it behind all of them."""
    with database.change("調整單位順序", operation="units.move") as change:
        row = get(change.session, unit)
        change.title = f"調整「{row.name}」的順序"
        order = [one for one in listed(change.session, level=row.level, with_ended=True) if one.id != row.id]
        order.insert(next((place for place, one in enumerate(order) if one.id == before), len(order)), row)
        for position, one in enumerate(order, start=1):
            one.position = position
    return change.changes


def correct_name(database: Database, *, unit: int, name: str) -> Changes:
    """Correct a name that was written wrongly; a real change of name is :func:`rename`."""
    name = name.strip()
    with database.change("更正單位名稱", operation="units.correct_name") as change:
        row = get(change.session, unit)
        if not name:
            raise Refused("單位名稱不能為空。")
        refuse_taken(change.session, name, but=row.id)
        change.title = f"更正單位名稱「{row.name}」→「{name}」"
        row.name, row.folded = name, fold(name)
        for alias in [alias for alias in row.aliases if alias.folded == row.folded]:
            row.aliases.remove(alias)
    return change.changes


def set_aliases(database: Database, *, unit: int, aliases: list[str]) -> Changes:
    """Give a unit exactly these other names; former names from a reform stay."""
    wanted = {fold(name): name.strip() for name in aliases if name.strip()}
    with database.change("修改單位別名", operation="units.set_aliases") as change:
        row = get(change.session, unit)
        change.title = f"修改「{row.name}」的別名"
        for alias in list(row.aliases):
            if alias.until is None and alias.folded not in wanted:
                row.aliases.remove(alias)
        known = {alias.folded for alias in row.aliases} | {row.folded}
        for folded, name in wanted.items():
            if folded not in known:
                refuse_taken(change.session, name, but=row.id)
                row.aliases.append(UnitAlias(name=name, folded=folded))
    return change.changes


def set_contacts(database: Database, *, unit: int, contacts: Sequence[Mapping[str, str]]) -> Changes:
    """Give a unit exactly these contacts, each with name, duty, telephone (see ``db.telephones``) and email."""
    with database.change("修改聯繫人", operation="units.set_contacts") as change:
        row = get(change.session, unit)
        change.title = f"修改「{row.name}」的聯繫人"
        wanted = [{key: given.get(key, "").strip() for key in _PERSON} for given in contacts]
        for person in wanted:
            given, name = person["telephone"], person["name"]
            before = _telephones(row, first=name)
            person["telephone"] = kept(change.session, given, before)
            if person["telephone"] not in (given, *before) and not exists(change.session):
                change.notes.append(_ONLY_MASKED)
        if wanted != [{key: getattr(old, key) for key in _PERSON} for old in row.contacts]:
            row.contacts.clear()
            change.session.flush()
            row.contacts.extend(UnitContact(position=i, **person) for i, person in enumerate(wanted, start=1))
    return change.changes


def _telephones(unit: Unit, *, first: str) -> list[str]:
    """Return the telephones stored for a unit's people, those of the name ``first`` before the others."""
    return [one.telephone for one in sorted(unit.contacts, key=lambda one: one.name != first)]


_ONLY_MASKED = "手機號碼屬於個人信息，只保存了掩碼；需要全號請登記辦公電話，或先設置密碼，全號會加密保存。"
_PERSON = ("name", "duty", "telephone", "email")


def set_counterparts(database: Database, *, superior: int, counties: list[int], note: str = "") -> Changes:
    """Say which county units do at home what a unit above does, the usual lead first; none needs a note."""
    with database.change("修改對口單位", operation="units.set_counterparts") as change:
        row = get(change.session, superior)
        change.title = f"修改「{row.name}」的縣級對口單位"
        if row.level not in ABOVE:
            raise Refused("「{name}」不是上級單位，沒有縣級對口單位。請在它的上級單位那裏設。", name=row.name)
        if not counties and not note:
            raise Refused("「{name}」沒有縣級對口單位時，請寫明原因。", name=row.name)
        homes = [get(change.session, county) for county in counties]
        for home in homes:
            if home.level is not UnitLevel.COUNTY:
                raise Refused("「{name}」不是縣級單位，不能作縣級對口單位。", name=home.name)
        query = select(Counterpart).where(Counterpart.superior_id == superior).order_by(Counterpart.position)
        old = change.session.scalars(query).all()
        wanted: list[int | None] = [home.id for home in homes] or [None]
        if [(line.county_id, line.note) for line in old] != [(county, note) for county in wanted]:
            for line in old:
                change.session.delete(line)
            change.session.flush()
            for position, county in enumerate(wanted, start=1):
                change.session.add(Counterpart(superior_id=superior, county_id=county, position=position, note=note))
    return change.changes


def rename(database: Database, *, unit: int, name: str, on: date, basis: str = "") -> Changes:
    """Rename a unit from a day on (更名); the old name stays findable as a former name."""
    name = name.strip()
    with database.change("單位更名", operation="units.rename") as change:
        row = get(change.session, unit)
        if not name or fold(name) == row.folded:
            raise Refused("新名稱不能為空，也不能與原名稱相同。")
        refuse_taken(change.session, name, but=row.id)
        change.title = f"單位更名：{row.name} → {name}（{on.isoformat()} 起）"
        change.session.add(
            UnitReform(unit_id=row.id, kind=ReformKind.RENAME, on=on, old_name=row.name, new_name=name, basis=basis)
        )
        for alias in [alias for alias in row.aliases if alias.folded == fold(name)]:
            row.aliases.remove(alias)
        change.session.flush()
        old_name, old_folded = row.name, row.folded
        row.name, row.folded = name, fold(name)
        change.session.flush()
        row.aliases.append(UnitAlias(name=old_name, folded=old_folded, until=on))
    return change.changes


def merge_into(database: Database, *, unit: int, into: int, on: date, basis: str = "") -> Changes:
    """Merge a unit into another on a day (併入): it ends; its open tasks and its place as a counterpart go over.

    Its names stay with it, so that papers of its time are still read rightly.
    """
    with database.change("單位併入", operation="units.merge_into") as change:
        row, other = get(change.session, unit), get(change.session, into)
        if row.id == other.id:
            raise Refused("單位不能併入自己。請選擇另一個單位。")
        if row.ended_on is not None:
            raise Refused("「{name}」已於 {on} 撤銷。", name=row.name, on=row.ended_on)
        change.title = f"單位併入：{row.name} → {other.name}（{on.isoformat()} 起）"
        row.ended_on = on
        change.session.add(
            UnitReform(
                unit_id=row.id,
                into_id=other.id,
                kind=ReformKind.MERGE,
                on=on,
                old_name=row.name,
                new_name=other.name,
                basis=basis,
            )
        )
        for line in change.session.scalars(select(Counterpart).where(Counterpart.county_id == row.id)):
            line.county_id = other.id
        _hand_over(change.session, row, other, on, basis)
    return change.changes


def _hand_over(session: Session, unit: Unit, other: Unit, on: date, basis: str) -> None:
    """Give one unit's open tasks to another, which is named once in each; their course says so."""
    closed = (TaskState.DONE, TaskState.WITHDRAWN)
    for task in session.scalars(select(Assignment).where(Assignment.task_state.not_in(closed))):
        if task.lead_id == unit.id:
            task.lead_id = other.id
            session.add(
                CourseStep(
                    assignment_id=task.id,
                    kind=CourseKind.REFORMED,
                    on=on,
                    reason=basis or f"「{unit.name}」併入「{other.name}」",
                    from_unit_id=unit.id,
                    to_unit_id=other.id,
                )
            )
        named = {task.lead_id}
        for line in list(task.others):
            if line.unit_id == unit.id:
                line.unit_id = other.id
            if line.unit_id in named:
                task.others.remove(line)
            named.add(line.unit_id)


def successor(session: Session, unit: Unit, *, on: date) -> Unit:
    """Return the unit that has taken over ``unit``'s work on a day; itself where it still exists then."""
    seen = {unit.id}
    while unit.ended_on is not None and unit.ended_on <= on:
        step = session.scalars(
            select(UnitReform).where(UnitReform.unit_id == unit.id, UnitReform.kind == ReformKind.MERGE)
        ).first()
        if step is None or step.into_id is None or step.into_id in seen:
            break
        seen.add(step.into_id)
        unit = get(session, step.into_id)
    return unit
