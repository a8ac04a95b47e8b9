"""Random work of a clerk, for properties that must hold whatever was done before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st
from sqlalchemy import select

from db import assignments, planstore, progress, proposals, settings, units
from db.changes import Changes
from db.database import Database
from db.drafts import PointDraft
from db.errors import Refused
from db.models import Assignment, Base, Plan, Unit, WorkPoint
from db.points import Correction, correct
from db.terms import TaskState, UnitLevel, UnitRole
from tests.db import worlds

T = TypeVar("T")
Deed = Callable[[Database, st.DataObject], Changes]
WORDS = st.sampled_from(["縣財政局", "縣司法局", "縣新設局", "縣大數據中心", "張三", "", "加快推進"])
DAY = date(2022, 7, 1)


def _id(database: Database, data: st.DataObject, kind: type[Base]) -> int:
    with database.reading() as session:
        ids = list(session.scalars(select(kind.id).order_by(kind.id)))
    if kind is Unit:
        ids = ids[:3] + ids[-4:]  # a few, so that deeds meet
    return _pick(data, ids)


def _pick(data: st.DataObject, some: list[T]) -> T:
    if not some:
        raise Refused("沒有可選的。")
    return data.draw(st.sampled_from(some))


def _code(database: Database, data: st.DataObject) -> str:
    return _pick(data, worlds.codes(database))


def _store(database: Database, data: st.DataObject) -> Changes:
    name = data.draw(st.sampled_from(["甲.txt", "乙.txt"]))
    draft = worlds.draft(PointDraft("1.", "一件事。", lead=["省財政廳"]), PointDraft("2.", "又一件事。"), name=name)
    return planstore.store(database, draft=draft)


DEEDS: list[Deed] = [
    _store,
    lambda db, d: proposals.propose(db, plan=_id(db, d, Plan)),
    lambda db, d: assignments.add(db, point=_id(db, d, WorkPoint), lead=_id(db, d, Unit)),
    lambda db, d: assignments.edit(
        db,
        ids=[_id(db, d, Assignment)],
        fields={d.draw(st.sampled_from(["measure", "leader", "note"])): d.draw(WORDS), "lead_id": _id(db, d, Unit)},
    ),
    lambda db, d: assignments.set_others(db, ids=[_id(db, d, Assignment)], units=[_id(db, d, Unit) for _ in range(2)]),
    lambda db, d: assignments.accept(db, ids=[_id(db, d, Assignment)]),
    lambda db, d: assignments.withdraw(db, ids=[_id(db, d, Assignment)], reason="調整"),
    lambda db, d: assignments.remove_proposals(db, ids=[_id(db, d, Assignment)]),
    lambda db, d: progress.add(
        db,
        code=_code(db, d),
        report=progress.Report(period="2022-06", percent=d.draw(st.integers(0, 100)), state=TaskState.IN_PROGRESS),
    ),
    lambda db, d: units.add(db, name=d.draw(WORDS), level=UnitLevel.COUNTY),
    lambda db, d: units.rename(db, unit=_id(db, d, Unit), name=d.draw(WORDS), on=DAY),
    lambda db, d: units.merge_into(db, unit=_id(db, d, Unit), into=_id(db, d, Unit), on=DAY),
    lambda db, d: units.set_aliases(db, unit=_id(db, d, Unit), aliases=[d.draw(WORDS)]),
    lambda db, d: units.set_contacts(db, unit=_id(db, d, Unit), contacts=[{"name": d.draw(WORDS)}]),
    lambda db, d: units.set_counterparts(db, superior=_id(db, d, Unit), counties=[_id(db, d, Unit)]),
    lambda db, d: units.move(db, unit=_id(db, d, Unit), before=None),
    lambda db, d: correct(db, point=_id(db, d, WorkPoint), correction=Correction(units={UnitRole.CO: [d.draw(WORDS)]})),
    lambda db, d: settings.set_office(db, values={"county": d.draw(WORDS)}),
]


def do(database: Database, data: st.DataObject, times: int) -> list[Changes]:
    """Do ``times`` random things; return those that changed something."""
    done = []
    for _ in range(times):
        deed = data.draw(st.sampled_from(DEEDS))
        try:
            changes = deed(database, data)
        except Refused:
            continue
        if changes.batch is not None:
            done.append(changes)
    return done
