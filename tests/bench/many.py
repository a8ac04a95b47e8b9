"""A ledger of a hundred thousand tasks, made quickly: rows go in as they are, past the operations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from db.codes import make_code
from db.database import Database
from db.models import Assignment, AssignmentUnit, Base, Plan, ProgressEntry, Section, Unit, WorkPoint
from db.terms import DeadlineKind, ReportState, TaskState, UnitLevel

TASKS = 100_000
POINTS = 1_000
LEADERS = ("陳大江", "林小河", "王遠山", "周清泉", "吳平原")
WORDS = "推進辦理事項清單數據共享平臺對接督查整改落實方案印發培訓考核公開企業群眾服務窗口證照材料時限流程"


def _text(number: int, length: int) -> str:
    """Return running text that no other number has."""
    return "".join(WORDS[(number * 7 + place * (number % 11 + 1)) % len(WORDS)] for place in range(length)) + str(
        number
    )


def fill(database: Database, *, tasks: int = TASKS) -> None:
    """Fill an empty database with a plan, its points, assignments with other units, and a report on each."""
    with database.engine.execution_options(writes=True).begin() as connection:

        def put(kind: type[Base], rows: list[dict[str, Any]]) -> None:
            connection.execute(insert(kind), rows)

        county = list(connection.scalars(select(Unit.id).where(Unit.level == UnitLevel.COUNTY)))
        put(Plan, [{"id": 1, "title": "全縣重點工作", "year": 2022, "mark": "重", "position": 1}])
        put(Section, [{"id": n, "plan_id": 1, "position": n, "title": f"第{n}章"} for n in range(1, 21)])
        put(WorkPoint, [_point(n) for n in range(1, POINTS + 1)])
        for start in range(1, tasks + 1, 10_000):
            some = range(start, min(start + 10_000, tasks + 1))
            put(Assignment, [_task(n, county) for n in some])
            others = [{"assignment_id": n, "position": 1, "unit_id": county[(n + 1) % len(county)]} for n in some]
            put(AssignmentUnit, others)
            put(ProgressEntry, [_entry(n, county) for n in some])


def _point(n: int) -> dict[str, Any]:
    spans = {"source_start": 0, "source_end": 0}
    return {
        "id": n,
        "plan_id": 1,
        "section_id": 1 + n % 20,
        "position": n,
        "ordinal": n,
        "number": f"({n})",
        "text": _text(n, 120),
        "by_duty": False,
        "dropped": False,
    } | spans


def _task(n: int, county: list[int]) -> dict[str, Any]:
    point, place = 1 + (n - 1) // 100, 1 + (n - 1) % 100
    return {
        "id": n,
        "plan_id": 1,
        "point_id": point,
        "code": make_code(year=2022, mark="重", point=point, number=place),
        "position": place,
        "confirmed": n % 50 != 0,
        "measure": _text(n, 40),
        "target": "",
        "lead_id": county[n % len(county)],
        "lead_reason": "",
        "leader": LEADERS[n % len(LEADERS)],
        "person": "",
        "contact": "",
        "deadline_text": "",
        "deadline_on": date(2022, 1, 1) + timedelta(days=n % 365),
        "deadline_kind": DeadlineKind.FIXED,
        "task_state": TaskState.DONE if n % 3 == 0 else TaskState.IN_PROGRESS,
        "report_state": ReportState.REPORTED,
        "percent": n % 101,
        "note": "",
    }


def _entry(n: int, county: list[int]) -> dict[str, Any]:
    return {
        "assignment_id": n,
        "unit_id": county[n % len(county)],
        "period": f"2022-{1 + n % 12:02}",
        "percent": n % 101,
        "state": TaskState.IN_PROGRESS,
        "text": _text(n + 1, 60),
        "problem": "",
        "next_step": "",
        "finished_on": None,
        "source": "填報",
    }
