"""Dividing a plan (分解): who in this county does at home what the text asks of units above.

A proposal uses only what stands in the point and in the dictionary: the units of its clause, translated to
their county counterparts. Where no lead follows from these, the assignment says why and waits for the clerk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from db import assignments
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import Assignment, Counterpart, Plan, PointDeadline, Unit, WorkPoint
from db.names import Directory, directory
from db.terms import DeadlineKind, UnitLevel, UnitRole


@dataclass(slots=True)
class Proposal:
    """What is proposed for one point: unit ids in order, and sentences about names that led nowhere."""

    leads: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)


def propose(database: Database, *, plan: int) -> Changes:
    """Propose one assignment for every point of a plan that has none, as one operation.

    Each gets a lead unit of the county or the reason why not. The notes say how many of each.
    """
    return propose_all(database, plans=[plan])


def propose_all(database: Database, *, plans: Sequence[int]) -> Changes:
    """Propose for several plans, as those of one notice, in one operation: see :func:`propose`."""
    with database.change("分解任務", operation="proposals.propose") as change:
        units = directory(change.session)
        made, titles = [], []
        for plan in plans:
            row = change.session.get(Plan, plan)
            if row is None:
                raise Refused("這個計劃已不存在。請刷新後再試。")
            titles.append(row.title)
            made += _propose(change, row, units)
        led = sum(task.lead_id is not None for task in made)
        change.title = f"分解「{'」「'.join(titles)}」：擬辦 {len(made)} 項"
        change.notes.append(f"其中 {led} 項有牽頭單位，{len(made) - led} 項待指定。")
    return change.changes


def _propose(change: Change, plan: Plan, units: Directory) -> list[Assignment]:
    taken = set(change.session.scalars(select(Assignment.point_id).where(Assignment.plan_id == plan.id)))
    open_points = [point for point in plan.points if point.id not in taken and not point.dropped]
    return [_assign(change, plan, point, units) for point in open_points]


def _assign(change: Change, plan: Plan, point: WorkPoint, units: Directory) -> Assignment:
    found = counterparts(point, units)
    task = assignments.new_assignment(change.session, plan, point)
    task.lead_id = found.leads[0] if found.leads else None
    task.lead_reason = "" if found.leads else _reason(plan, point, found)
    lead = units.units[task.lead_id] if task.lead_id else None
    task.leader = lead.leader if lead else ""
    _set_deadline(task, point.deadlines)
    change.session.flush()
    assignments.put_others(task, [*found.leads[1:], *found.others])
    return task


def counterparts(point: WorkPoint, units: Directory) -> Proposal:
    """Translate the units a point names into the county's."""
    found = Proposal()
    for name in point.named(UnitRole.LEAD):
        _translate(name, units, found.leads, found)
    for name in point.named(UnitRole.CO):
        _translate(name, units, found.others, found)
    return found


def _translate(name: str, units: Directory, into: list[int], found: Proposal) -> None:
    unit = units.find(name)
    if unit is None:
        found.stuck.append(f"「{name}」不在單位詞典裏")
        return
    if unit.level in (UnitLevel.COUNTY, UnitLevel.TOWN):
        into.append(unit.id)
        return
    lines = units.of(unit)
    at_home = [line.county_id for line in lines if line.county_id is not None]
    if at_home:
        into.append(at_home[0])
        found.others.extend(at_home[1:])
    else:
        found.stuck.append(_no_counterpart(unit, lines))


def _no_counterpart(unit: Unit, lines: list[Counterpart]) -> str:
    note = next((line.note for line in lines if line.note), "")
    return f"「{unit.name}」{note}" if note else f"「{unit.name}」在詞典裏沒有縣級對口單位"


def _reason(plan: Plan, point: WorkPoint, found: Proposal) -> str:
    """Say why a point has no lead unit, from its own words and those of the plan's rule for all points."""
    if point.named(UnitRole.LEAD):
        return f"牽頭單位待定：{'；'.join(found.stuck)}。"
    named, groups = point.named(UnitRole.CO), point.named(UnitRole.GROUP)
    if named:
        why = f"原文未定牽頭單位，只列{_few([*named, *groups])}。"
    elif groups:
        why = f"原文只寫「{'、'.join(groups)}」，沒有具名單位。"
    else:
        why = "原文沒有寫責任單位。"
    standing = [unit.name for unit in plan.standing_units if any(word in unit.name for word in _OURS)]
    return why + (f"按全文規定，{standing[0]}均為責任單位。" if standing else "") + "請指定本縣牽頭單位。"


_OURS = ("縣", "县")
_FEW = 3


def _few(names: list[str]) -> str:
    return "、".join(names[:_FEW]) + (f"等 {len(names)} 家" if len(names) > _FEW else "")


def _set_deadline(task: Assignment, deadlines: list[PointDeadline]) -> None:
    """Take the point's deadlines: all wordings, and the last fixed date, by which the whole must be done."""
    if not deadlines:
        return
    task.deadline_text = "；".join(dict.fromkeys(one.text for one in deadlines))
    dated: list[date] = [one.date for one in deadlines if one.date is not None]
    task.deadline_on = max(dated) if dated else None
    task.deadline_kind = DeadlineKind.FIXED if dated else deadlines[0].kind
