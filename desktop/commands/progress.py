"""``taizhang progress``: entering and listing reports."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from db.errors import Refused
from db.terms import TaskState
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def add(context: Context, options: Namespace) -> int:
    """Enter one report."""
    from db import progress

    state = next((one for one in TaskState if options.status in (one.value, one.label)), None)
    if options.status and state is None:
        words = "、".join(one.label for one in TaskState)
        raise Refused("狀態「{status}」不認識。可用：{words}。", status=options.status, words=words)
    report = progress.Report(
        period=options.period or date.today().strftime("%Y-%m"),
        percent=options.percent,
        state=state,
        text=options.text,
        problem=options.problem,
        next_step=options.next_step,
        finished_on=_day(options.finished_on),
    )
    with context.database() as database:
        context.tell(progress.add(database, code=options.code, report=report))
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("日期「{text}」應寫成 2022-06-30 的樣子。", text=text) from error


def list_(context: Context, options: Namespace) -> int:
    """List all entries."""
    from db import progress

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
            for entry, task, unit in progress.listed(session)
        ]
    if options.json:
        print_json({"entries": entries})
    else:
        context.table(entry.values() for entry in entries)
    return 0


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
                    argument("--period", metavar="2022-06", help="報送期；默認本月"),
                    argument("--status", default="", metavar="WORD", help="任務狀態"),
                    argument("--text", default="", help="進展情況"),
                    argument("--problem", default="", help="存在問題"),
                    argument("--next", dest="next_step", default="", help="下一步"),
                    argument("--finished-on", metavar="DATE", help="完成日期"),
                ),
            ),
            About("list", "列出全部進展", list_, (argument("--json", action="store_true", help="輸出 JSON"),)),
        ),
    ),
)
