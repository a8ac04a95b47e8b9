"""``taizhang plan revise`` and ``compare``: a corrected notice, and the years of one database beside each other."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused
from desktop.commands import plan_columns
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from db.revision import PointChange, Revision


def revise(context: Context, options: Namespace) -> int:
    """Show what a corrected notice changes in a stored plan; with ``--apply`` put it in its place."""
    from db import plans, revision
    from exports.plandoc.readers import read_plan_file

    drafts = read_plan_file(options.file, plan_columns.kept(context))
    if len(drafts) != 1:
        raise Refused("「{name}」裏有 {n} 份通知。更正稿要單獨一個文件。", name=options.file.name, n=len(drafts))
    with context.database(writable=options.apply) as database:
        with database.reading() as session:
            plan = plans.find(session, options.plan).id
            found = revision.compare(session, plan=plan, draft=drafts[0])
        changes = None
        if options.apply and not found.nothing:
            changes = revision.apply(database, plan=plan, draft=drafts[0], agreed=found)
    if options.json:
        print_json(_as_json(found, changes.batch if changes else None))
        return 0
    for one in found.changes:
        if one.fate is not revision.Fate.SAME:
            _tell_point(context, one)
    counts = "　".join(f"{context.convert(fate.value)} {found.count(fate)}" for fate in revision.Fate)
    context.say("{counts}", counts=counts)
    if changes is not None:
        context.tell(changes)
    elif not options.apply:
        context.say("沒有存入。核對後加 --apply 套用。")
    return 0


def _tell_point(context: Context, one: PointChange) -> None:
    doubt = "（請核對是否同一條）" if one.doubtful else ""
    context.say(
        "{fate}{doubt}　{number}{text}",
        fate=context.convert(one.fate.value),
        doubt=context.convert(doubt),
        number=one.number,
        text=(one.after or one.before)[:40],
    )
    for told in one.differences:
        context.say("    {told}", told=context.convert(told))
    if one.before and one.after and one.before != one.after:
        context.say("    原：{before}", before=one.before)
        context.say("    改：{after}", after=one.after)
    if one.tasks:
        context.say("    任務：{tasks}", tasks="、".join(one.tasks))


def _as_json(found: Revision, batch: int | None) -> dict[str, object]:
    points = [
        {
            "fate": one.fate.name.lower(),
            "no": one.number,
            "before": one.before,
            "after": one.after,
            "differences": list(one.differences),
            "doubtful": one.doubtful,
            "tasks": list(one.tasks),
        }
        for one in found.changes
    ]
    return {"title": found.title, "points": points, "left_out": list(found.left_out), "batch": batch}


def compare(context: Context, options: Namespace) -> int:
    """Show counts and completion of the years, as a whole and by unit."""
    from db import course_year

    with context.database(writable=False) as database, database.reading() as session:
        lines = course_year.compare(session, options.years or course_year.years(session))
    if options.json:
        print_json({"lines": [asdict(line) for line in lines]})
        return 0
    heads = ("年度", "單位", "任務", "完成", "在辦", "撤銷", "結轉來", "平均進度%", "完成率%")
    context.table([[context.convert(head) for head in heads]])
    context.table(asdict(line).values() for line in lines)
    return 0


PARTS = (
    About(
        "revise",
        "讀入更正稿：先看改了什麼，再套用",
        revise,
        (
            argument("plan", metavar="PLAN", help="計劃的編號或名稱"),
            argument("file", type=Path, metavar="FILE", help="更正後的通知"),
            argument("--apply", action="store_true", help="套用；任務都保留"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
    About(
        "compare",
        "幾個年度的比較",
        compare,
        (
            argument("years", nargs="*", type=int, metavar="YEAR", help="年度；不寫則為全部"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
)
