"""Ledgers for tests: a small one made by hand, and one with every point of the sample notice."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from db.codes import make_code
from db.ledger import Ledger, LedgerRow
from db.settings import Office
from db.terms import DeadlineKind, ReportState, TaskState

DATA = Path(__file__).parents[2] / "data" / "plans"
OFFICE = Office(county="清江縣", office_name="清江縣人民政府辦公室")
ON = date(2022, 6, 1)


def row(sequence: int = 1, **fields: object) -> LedgerRow:
    """Return a confirmed row with a lead unit; ``fields`` say what is else."""
    values: dict[str, Any] = {
        "sequence": sequence,
        "id": sequence,
        "code": make_code(year=2022, mark="政16", point=sequence, number=1),
        "plan_id": 1,
        "plan": "清江縣2022年政務公開工作要點",
        "section": "",
        "point_id": sequence,
        "point_number": f"({sequence})",
        "point_text": "規范政務公開工作。",
        "point_lead": ("省政務局",),
        "point_others": ("省直相關單位",),
        "standing_units": (),
        "measure": "",
        "target": "",
        "lead_id": 1,
        "lead": "縣行政審批服務局",
        "lead_reason": "",
        "others": ("縣財政局", "縣司法局"),
        "leader": "",
        "person": "",
        "contact": "",
        "deadline_text": "",
        "deadline_on": None,
        "deadline_kind": DeadlineKind.NONE,
        "confirmed": True,
        "task_state": TaskState.NOT_STARTED,
        "report_state": ReportState.NOT_DUE,
        "percent": None,
        "progress": "",
        "problem": "",
        "next_step": "",
        "note": "",
    }
    return LedgerRow(**(values | fields))


def ledger(
    *rows: LedgerRow, title: str = "清江縣2022年政務公開工作要點", doc_no: str = "湘政辦發〔2022〕16號"
) -> Ledger:
    return Ledger(title, doc_no, 2022, rows)


def _full_text(text: str, starts: str) -> str:
    """Return the paragraph of the notice that begins with ``starts`` after its number, without its clause."""
    paragraph = next(line for line in text.splitlines() if starts in line[: len(starts) + 8])
    return paragraph[paragraph.index(starts) :].rsplit("(", 1)[0]


@cache
def notice() -> Ledger:
    """Return a ledger of all points of the sample notice, with made-up county units."""
    answers = json.loads((DATA / "hunan-2022-16.expected.json").read_text(encoding="utf-8"))
    text = (DATA / "hunan-2022-16.txt").read_text(encoding="utf-8")
    rows: list[LedgerRow] = []
    for plan_id, plan in enumerate(answers["documents"][0]["plans"], start=1):
        for ordinal, point in enumerate(plan["points"], start=1):
            deadlines = point["deadlines"]
            rows.append(
                row(
                    len(rows) + 1,
                    code=make_code(year=2022, mark="政16" if plan_id == 1 else "公16", point=ordinal, number=1),
                    plan_id=plan_id,
                    plan=plan["title"],
                    section=point["section"],
                    point_number=point["no"],
                    point_text=_full_text(text, point["starts"]),
                    point_lead=tuple(point["lead"]),
                    point_others=(*point["co"], *point["groups"]),
                    lead=f"縣{point['lead'][0][1:]}" if point["lead"] else "",
                    lead_id=1 if point["lead"] else None,
                    lead_reason="" if point["lead"] else "原文未定牽頭單位。請指定。",
                    others=tuple(f"縣{name[1:]}" for name in (*point["lead"][1:], *point["co"])),
                    deadline_text="；".join(str(one) for one in deadlines),
                    confirmed=False,
                )
            )
    return Ledger("", "湘政辦發〔2022〕16號", 2022, tuple(rows))
