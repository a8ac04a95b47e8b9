"""``taizhang ledger accept``, ``drop``, ``add``, ``list`` and ``views``: what else the page 臺賬 does."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desktop.commands import values, viewed
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def accept(context: Context, options: Namespace) -> int:
    """Confirm proposed tasks."""
    from db import assignments

    with context.database() as database:
        with database.reading() as session:
            ids = values.task_ids(session, options.codes)
        context.tell(assignments.accept(database, ids=ids))
    return 0


def drop(context: Context, options: Namespace) -> int:
    """Throw proposed tasks away."""
    from db import assignments

    with context.database() as database:
        with database.reading() as session:
            ids = values.task_ids(session, options.codes)
        context.tell(assignments.remove_proposals(database, ids=ids))
    return 0


def add(context: Context, options: Namespace) -> int:
    """Add a task to a point, named by its own code or that of another of its tasks."""
    from db import assignments, points, units
    from db.drafts import DeadlineDraft
    from exports.plandoc.deadlines import read_line

    due = values.day(options.due)
    with context.database() as database:
        with database.reading() as session:
            point = points.by_code(session, options.code)
            lead = values.unit_id(session, options.lead) if options.lead else None
            others = [values.unit_id(session, name) for name in options.co]
            leader = units.get(session, lead).leader if lead is not None else ""
            number, base = point.id, date(point.plan.year, 1, 1)
        told = read_line(options.deadline, base=base)
        deadline = DeadlineDraft(told.text, due or told.date, told.kind)
        context.tell(
            assignments.add(
                database,
                point=number,
                measure=options.measure,
                lead=lead,
                others=others,
                leader=leader,
                deadline=deadline,
            )
        )
    return 0


def list_(context: Context, options: Namespace) -> int:
    """List the tasks of a view."""
    from db import plans

    with context.database(writable=False) as database, database.reading() as session:
        plan = plans.find(session, options.plan).id if options.plan else None
        rows, _columns = viewed.ledger(session, options, plan)
    lines = [
        {
            "code": row.code,
            "light": row.light.value,
            "task": row.measure or row.point_text,
            "lead": row.lead,
            "deadline": row.deadline,
            "due": row.deadline_on.isoformat() if row.deadline_on else None,
            "percent": row.percent,
            "status": row.task_state.label,
            "period": row.period,
            "text": row.progress,
        }
        for row in rows.rows
    ]
    if options.json:
        print_json({"tasks": lines})
        return 0
    for row, line in zip(rows.rows, lines, strict=True):
        ours = {"light": context.convert(row.light.label), "status": context.convert(row.task_state.label)}
        context.table([(line | ours).values()])
    return 0


def views(context: Context, options: Namespace) -> int:
    """List the views; or keep the one that the options describe, or forget one."""
    from db import views as kept

    if options.save:
        with context.database() as database:
            with database.reading() as session:
                view = viewed.view(session, options)
            context.tell(kept.save(database, name=options.save, view=view))
    elif options.remove:
        with context.database() as database:
            context.tell(kept.remove(database, name=options.remove))
    else:
        with context.database(writable=False) as database, database.reading() as session:
            own = kept.saved(session)
        context.table((context.convert(name), context.convert("程序自帶")) for name in kept.READY if name not in own)
        context.table((name, "") for name in own)
    return 0


_CODES = argument("codes", nargs="+", metavar="CODE", help="任務編號")
PARTS = (
    About(
        "list",
        "列出任務：全部，或按視圖、條件挑選",
        list_,
        (
            argument("--plan", metavar="N", help="只要這一個計劃：編號或名稱"),
            *viewed.ARGUMENTS,
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
    About("accept", "採納擬辦的任務", accept, (_CODES,)),
    About("drop", "刪除擬辦的任務", drop, (_CODES,)),
    About(
        "add",
        "給一條要點添加任務",
        add,
        (
            argument("code", metavar="CODE", help="要點編號，如 22-政16-07；或同一要點下已有的任務"),
            argument("--lead", metavar="UNIT", help="牽頭單位"),
            argument("--co", nargs="+", default=[], metavar="UNIT", help="責任單位"),
            argument("--deadline", default="", metavar="WORDS", help="時限原文"),
            argument("--due", metavar="DATE", help="截止日期"),
            argument("--measure", default="", metavar="TEXT", help="具體舉措"),
        ),
    ),
    About(
        "views",
        "列出、保存、刪除視圖",
        views,
        (
            argument("--save", metavar="NAME", help="把下列條件存為這個視圖"),
            argument("--remove", metavar="NAME", help="刪除這個視圖"),
            *viewed.ARGUMENTS,
        ),
    ),
)
