"""``taizhang course``: what happens to assignments in the course of the year."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def order(context: Context, options: Namespace) -> int:
    """Add a task ordered in passing."""
    from db import course_order, plans
    from exports.plandoc.deadlines import read_line

    day = values.day(options.on)
    told = read_line(options.deadline, base=date(options.year, 1, 1) if options.year else day or date.today())
    with context.database() as database:
        with database.reading() as session:
            wanted = course_order.Order(
                text=options.text,
                lead=values.unit_id(session, options.lead),
                others=[values.unit_id(session, name) for name in options.co],
                source=options.source,
                deadline_text=options.deadline,
                deadline_on=values.day(options.due) or told.date,
                deadline_kind=told.kind,
                leader=options.leader,
            )
            plan = plans.find(session, options.plan).id if options.plan else None
        context.tell(course_order.add(database, order=wanted, year=options.year, plan=plan, on=day))
    return 0


def withdraw(context: Context, options: Namespace) -> int:
    """Withdraw tasks."""
    from db import assignments

    with context.database() as database:
        ids = _ids(database, options)
        context.tell(assignments.withdraw(database, ids=ids, reason=options.reason, on=values.day(options.on)))
    return 0


def resume(context: Context, options: Namespace) -> int:
    """Take withdrawn tasks up again."""
    from db import course

    with context.database() as database:
        ids = _ids(database, options)
        context.tell(course.resume(database, ids=ids, reason=options.reason, on=values.day(options.on)))
    return 0


def merge(context: Context, options: Namespace) -> int:
    """Merge tasks into one."""
    from db import course

    with context.database() as database:
        ids = _ids(database, options)
        with database.reading() as session:
            into = values.task_ids(session, [options.into])[0]
        day = values.day(options.on)
        context.tell(course.merge(database, ids=ids, into=into, reason=options.reason, on=day))
    return 0


def hand_over(context: Context, options: Namespace) -> int:
    """Hand tasks to another lead unit."""
    from db import course

    with context.database() as database:
        ids = _ids(database, options)
        with database.reading() as session:
            to = values.unit_id(session, options.to)
        changes = course.hand_over(
            database, ids=ids, to=to, reason=options.reason, on=values.day(options.on), stays=options.stays
        )
        context.tell(changes)
    return 0


def new_year(context: Context, options: Namespace) -> int:
    """Carry the unfinished tasks of a year over."""
    from db import course_year

    with context.database() as database:
        year = options.to or options.year + 1
        context.tell(course_year.new_year(database, from_year=options.year, to_year=year))
    return 0


def show(context: Context, options: Namespace) -> int:
    """List the course of one task."""
    from db import course

    with context.database(writable=False) as database, database.reading() as session:
        steps = course.steps(session, values.task_ids(session, [options.code])[0])
    lines = [
        {
            "on": step.on.isoformat(),
            "kind": step.kind.label,
            "reason": step.reason,
            "other": step.other,
            "from": step.from_unit,
            "to": step.to_unit,
        }
        for step in steps
    ]
    if options.json:
        print_json({"steps": lines})
    else:
        context.table(line.values() for line in lines)
    return 0


def _ids(database: object, options: Namespace) -> list[int]:
    with database.reading() as session:  # type: ignore[attr-defined]
        return values.task_ids(session, options.codes)


_CODES = argument("codes", nargs="+", metavar="CODE", help="任務編號")
_REASON = argument("--reason", required=True, metavar="WORDS", help="原因，必填")
_ON = argument("--on", metavar="DATE", help="從哪一天起；默認今天")
ABOUT = (
    About(
        "course",
        "年中變動：臨時交辦、撤銷、恢復、併入、移交、結轉",
        parts=(
            About(
                "order",
                "添加一項臨時交辦的任務",
                order,
                (
                    argument("text", metavar="TEXT", help="交辦事項"),
                    argument("--lead", required=True, metavar="UNIT", help="牽頭單位"),
                    argument("--co", nargs="+", default=[], metavar="UNIT", help="責任單位"),
                    argument("--source", default="", metavar="WORDS", help="誰、何時交辦"),
                    argument("--deadline", default="", metavar="WORDS", help="時限原文"),
                    argument("--due", metavar="DATE", help="截止日期"),
                    argument("--leader", default="", metavar="NAME", help="分管縣領導"),
                    argument("--plan", metavar="N", help="歸入這個計劃；默認「臨時交辦」"),
                    argument("--year", type=int, default=date.today().year, metavar="YEAR", help="年度；默認今年"),
                    _ON,
                ),
            ),
            About("withdraw", "撤銷任務", withdraw, (_CODES, _REASON, _ON)),
            About("resume", "恢復撤銷的任務", resume, (_CODES, _REASON, _ON)),
            About(
                "merge",
                "把任務併入另一項",
                merge,
                (_CODES, argument("--into", required=True, metavar="CODE", help="繼續辦理的任務"), _REASON, _ON),
            ),
            About(
                "handover",
                "把任務移交另一個單位牽頭",
                hand_over,
                (
                    _CODES,
                    argument("--to", required=True, metavar="UNIT", help="接辦單位"),
                    argument("--stays", action="store_true", help="原單位留作責任單位"),
                    _REASON,
                    _ON,
                ),
            ),
            About(
                "newyear",
                "把一年未完成的任務結轉到下一年",
                new_year,
                (
                    argument("year", type=int, metavar="YEAR", help="從哪一年"),
                    argument("--to", type=int, metavar="YEAR", help="到哪一年；默認下一年"),
                ),
            ),
            About(
                "show",
                "一項任務的變動經過",
                show,
                (
                    argument("code", metavar="CODE", help="任務編號"),
                    argument("--json", action="store_true", help="輸出 JSON"),
                ),
            ),
        ),
    ),
)
