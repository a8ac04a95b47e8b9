"""``taizhang progress``: entering and listing reports."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from db.errors import Refused
from db.terms import TaskState
from desktop.commands import progress_evidence, progress_returned, values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def add(context: Context, options: Namespace) -> int:
    """Enter one report."""
    from db import evidence as kept
    from db import progress

    report = progress.Report(
        period=options.period or date.today().strftime("%Y-%m"),
        percent=options.percent,
        state=values.term(TaskState, options.status),
        text=options.text,
        problem=options.problem,
        next_step=options.next_step,
        finished_on=values.day(options.finished_on),
        source=options.source,
    )
    files = [kept.read_file(path) for path in options.attach]
    with context.database() as database:
        with database.reading() as session:
            unit = values.unit_id(session, options.unit) if options.unit else None
        try:
            changes = progress.add(
                database, code=options.code, report=report, unit=unit, lower_agreed=options.lower, files=files
            )
        except progress.LowerPercent as question:
            raise Refused(f"{question.template}（加 --lower）", **question.facts) from question
        context.tell(changes)
    return 0


def list_(context: Context, options: Namespace) -> int:
    """List all entries, or those of one period."""
    from db import progress

    period = progress.checked_period(options.period) if options.period else None
    with context.database(writable=False) as database, database.reading() as session:
        entries = [
            {
                "code": task.code,
                "period": entry.period,
                "percent": entry.percent,
                "status": entry.state.label if entry.state else None,
                "text": entry.text,
                "problem": entry.problem,
                "next_step": entry.next_step,
                "unit": unit.name if unit else None,
                "source": entry.source,
            }
            for entry, task, unit in progress.listed(session, period=period)
        ]
    if options.json:
        print_json({"entries": entries})
    else:
        context.table(entry.values() for entry in entries)
    return 0


def missing(context: Context, options: Namespace) -> int:
    """List the tasks whose lead unit has not reported for a period; with ``--mark`` say so in the ledger."""
    from db import progress, reports
    from db.models import Assignment

    period = progress.checked_period(options.period or date.today().strftime("%Y-%m"))
    if options.mark:
        with context.database() as database:
            context.tell(progress.mark_missing(database, period=period))
        return 0
    with context.database(writable=False) as database, database.reading() as session:
        tasks = [session.get_one(Assignment, one) for one in reports.unreported(session, period=period)]
        rows = [(task.code, task.lead.name if task.lead else "", task.percent) for task in tasks]
    if options.json:
        print_json(
            {"period": period, "missing": [dict(zip(("code", "unit", "percent"), row, strict=True)) for row in rows]}
        )
    else:
        context.table(rows)
    return 0


_JSON = argument("--json", action="store_true", help="輸出 JSON")
_PERIOD = argument("--period", metavar="2022-06", help="報送期；默認本月")
ABOUT = (
    About(
        "progress",
        "填報和查看進展",
        parts=(
            About(
                "add",
                "填報一項任務的進展",
                add,
                (
                    argument("code", metavar="CODE", help="任務編號"),
                    argument("--percent", type=int, metavar="N", help="進度 0–100"),
                    _PERIOD,
                    argument("--status", default="", metavar="WORD", help="任務狀態：未開始、進行中、已完成"),
                    argument("--text", default="", help="進展情況"),
                    argument("--problem", default="", help="存在問題"),
                    argument("--next-step", "--next", dest="next_step", default="", help="下一步"),
                    argument("--finished-on", metavar="DATE", help="完成日期"),
                    argument("--unit", default="", metavar="NAME", help="填報單位；默認牽頭單位"),
                    argument("--source", default="填報", metavar="WORD", help="來源：紙質、表格、微信、郵件、電話"),
                    argument(
                        "--attach", nargs="+", action="extend", type=Path, default=[], metavar="FILE", help="佐證材料"
                    ),
                    argument("--lower", action="store_true", help="確認進度比上次低"),
                ),
            ),
            About(
                "list",
                "列出進展",
                list_,
                (argument("--period", metavar="2022-06", help="只列這一期"), _JSON),
            ),
            About(
                "missing",
                "列出一期未報的任務",
                missing,
                (_PERIOD, argument("--mark", action="store_true", help="在臺賬裏標記為未報"), _JSON),
            ),
            *progress_returned.PARTS,
            *progress_evidence.PARTS,
        ),
    ),
)
