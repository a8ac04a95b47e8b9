"""A county's year for tests and pictures: the sample notice, divided, accepted, reported on month by month.

Everything goes through the operations of ``db``, so that it is audited and can be undone. The same call makes the
same data. Persons and telephones are made up.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from filelock import FileLock
from sqlalchemy import select

from db import assignments, planstore, progress, proposals, settings, units
from db.database import Database, open_database
from db.models import Assignment, Plan, WorkPoint
from db.progress import Report
from db.shipped import shipped
from db.terms import DeadlineKind, ReportState, TaskState, UnitLevel
from exports.plandoc.readers import read_plan_file
from tests import sample_subsidies

ROOT = Path(__file__).parents[1]
SAMPLE = ("plans", "hunan-2022-16.txt")
UNITS = 40  # county units that lead something
LEADERS = ("陳大江", "林小河", "王遠山", "周清泉", "吳平原")
PERSONS = ("甲一", "乙二", "丙三", "丁四", "戊五", "己六", "庚七", "辛八")
TEXTS = (
    "已印發實施方案，明確分工和完成時間。",
    "召開推進會兩次，完成事項清單梳理並上線運行。",
    "已辦結高頻事項，正在對接省級平臺數據接口。",
    "組織專項督查一次，發現問題三個，已整改兩個。",
    "已完成年度目標的階段性任務，資料已歸檔。",
)
PROBLEMS = ("", "", "", "省級平臺接口尚未開放，數據需人工導入。", "經費未到位，採購程序延後。")
NEXT = ("按計劃推進下一階段工作。", "", "召開部門協調會，月底前解決接口問題。")
MONTHS = tuple(range(5, 13))


def fill(database: Database, *, months: Sequence[int] = MONTHS, year: int = 2022) -> None:
    """Fill an empty database: 56 points, about 80 assignments of 40 units, a report a month from most of them.

    Three assignments stay proposals and one is withdrawn; some are done, some late, some without a date.
    """
    chance = random.Random(20220412)
    settings.set_office(database, values={"county": "清江縣", "office_name": "清江縣人民政府辦公室"})
    for draft in read_plan_file(shipped(*SAMPLE)):
        planstore.store(database, draft=draft, year=year)
    with database.reading() as session:
        plans = list(session.scalars(select(Plan.id).order_by(Plan.position)))
        county = [unit.id for unit in units.listed(session, level=UnitLevel.COUNTY)]
    for place, unit in enumerate(county):
        units.edit(database, unit=unit, fields={"leader": LEADERS[place % len(LEADERS)]})
    for plan in plans:
        proposals.propose(database, plan=plan)
    _decide(database, county, chance)
    _second_measures(database, county, chance)
    _report(database, months, year, chance)
    _finish(database)
    sample_subsidies.fill(database)


def _tasks(database: Database) -> list[Assignment]:
    with database.reading() as session:
        return list(session.scalars(select(Assignment).order_by(Assignment.id)))


def _decide(database: Database, county: Sequence[int], chance: random.Random) -> None:
    """Name lead units where the text names none, but for three; accept; give dates, persons, targets."""
    waiting = [task.id for task in _tasks(database) if task.lead_id is None]
    for task_id in waiting[3:]:
        assignments.edit(database, ids=[task_id], fields={"lead_id": chance.choice(county)})
    assignments.accept(database, ids=[task.id for task in _tasks(database)])
    days = (date(2022, 6, 30), date(2022, 9, 30), date(2022, 10, 31), date(2022, 12, 31))
    for place, task in enumerate(_tasks(database)):
        fields: dict[str, object] = {
            "leader": LEADERS[place % len(LEADERS)],
            "person": chance.choice(PERSONS),
            "contact": f"{chance.choice(PERSONS)} 0700-{5_550_000 + place}",
        }
        if not task.deadline_text and place % 4:
            day = chance.choice(days)
            fields |= {
                "deadline_text": f"{day.month}月底前",
                "deadline_on": day,
                "deadline_kind": DeadlineKind.FIXED,
            }
        if place % 3 == 0:
            fields |= {"measure": "制定全縣實施細則，逐項明確辦理流程、時限和責任人。", "target": "年內全部辦結"}
        assignments.edit(database, ids=[task.id], fields=fields)


def _second_measures(database: Database, county: Sequence[int], chance: random.Random) -> None:
    """Add assignments by hand until forty units lead something."""
    with database.reading() as session:
        points = list(session.scalars(select(WorkPoint.id).order_by(WorkPoint.id)))
    leading = {task.lead_id for task in _tasks(database)} - {None}
    for unit in [unit for unit in county if unit not in leading][: UNITS - len(leading)]:
        made = assignments.add(database, point=chance.choice(points), measure="按職責落實本系統任務。", lead=unit)
        assignments.edit(
            database,
            ids=made.ids("assignment"),
            fields={
                "leader": chance.choice(LEADERS),
                "deadline_on": date(2022, 11, 30),
                "deadline_text": "11月底前",
                "deadline_kind": DeadlineKind.FIXED,
            },
        )


def _report(database: Database, months: Sequence[int], year: int, chance: random.Random) -> None:
    percents: dict[str, int] = {}
    tasks = [task for task in _tasks(database) if task.confirmed]
    for month in months:
        for task in tasks:
            before = percents.get(task.code, 0)
            if before == 100 or chance.random() < 0.15:
                continue
            percents[task.code] = now = min(100, before + chance.choice((0, 5, 10, 15, 20, 30)))
            done = now == 100
            report = Report(
                period=f"{year}-{month:02}",
                percent=now,
                state=TaskState.DONE if done else TaskState.IN_PROGRESS,
                text=chance.choice(TEXTS),
                problem="" if done else chance.choice(PROBLEMS),
                next_step="" if done else chance.choice(NEXT),
                finished_on=date(year, month, 25) if done else None,
            )
            progress.add(database, code=task.code, report=report)


def _finish(database: Database) -> None:
    """Withdraw one task; some have not reported the last period."""
    tasks = [task for task in _tasks(database) if task.confirmed]
    assignments.withdraw(database, ids=[tasks[-1].id], reason="與省級新部署重複")
    silent = [task.id for task in tasks[:-1:7] if task.task_state is not TaskState.DONE]
    assignments.edit(database, ids=silent, fields={"report_state": ReportState.MISSING})


@cache
def _made() -> Path:
    """Return the year's database: made once by whichever process of the tests comes first, and again after a change.

    It is kept under the hash of all that it is made of and by, so that parallel and later runs need not wait for it.
    """
    user = getattr(os, "getuid", int)()  # another user's file could not be locked
    path = Path(gettempdir()) / f"sample-year-{user}-{_fingerprint()}.db"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            draft = Path(mkdtemp(prefix="sample-year-")) / "year.db"
            database = open_database(draft, operator="李")
            fill(database)
            database.release()  # the last connection folds the write-ahead log into the file
            shutil.move(draft, path)
    return path


def _fingerprint() -> str:
    made_by = [*ROOT.glob("db/**/*.py"), *ROOT.glob("exports/**/*.py"), *ROOT.glob("tests/sample_*.py")]
    made_of = [*ROOT.glob("resources/units/*"), *ROOT.glob("resources/plans/*")]
    digest = hashlib.sha256()
    for path in sorted(made_by + made_of):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def copy_to(path: Path) -> Path:
    """Put a filled database at ``path``, much quicker than filling one; nothing may have it open."""
    shutil.copyfile(_made(), path)
    return path
