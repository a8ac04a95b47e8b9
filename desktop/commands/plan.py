"""``taizhang plan``: reading a notice, storing it, listing the plans."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.errors import Refused
from desktop.commands import plan_columns, plan_points, plan_years
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def parse(context: Context, options: Namespace) -> int:
    """Show what the reader sees; store nothing."""
    from exports.plandoc.jsonform import to_json
    from exports.plandoc.readers import read_plan_file

    if options.columns:
        return plan_columns.show(context, options)
    documents = read_plan_file(options.file, plan_columns.settled(context, options)[0])
    if options.json:
        print_json(to_json(documents))
        return 0
    for document in documents:
        context.say("{title}　{number}", title=document.title or "（無標題）", number=document.doc_no or "（無文號）")
        for plan in document.plans:
            led = sum(bool(point.lead) for point in plan.points)
            doubts = sum(bool(point.review) for point in plan.points)
            context.say(
                "  {title}：{points} 條，牽頭 {led}，待核 {doubts}",
                title=plan.title or "（無標題）",
                points=len(plan.points),
                led=led,
                doubts=doubts,
            )
    return 0


def import_(context: Context, options: Namespace) -> int:
    """Read a notice and store its plans."""
    from db import planstore
    from exports.plandoc.readers import read_plan_file

    settled, mapped = plan_columns.settled(context, options)
    documents = read_plan_file(options.file, settled)
    status, stored = 0, False
    with context.database() as database:
        for document in documents:
            try:
                changes = planstore.store(database, draft=document, year=options.year, again=options.again)
            except Refused as refused:
                if not stored:
                    raise
                print(refused.told(context.convert))
                status = 1
                continue
            stored = True
            context.tell(changes)
            with database.reading() as session:
                _list(context, session, changes.ids("plan"))
        plan_columns.remember(context, database, options, mapped)
    return status


def _list(context: Context, session: object, ids: list[int] | None = None) -> None:
    from db import plans

    lines = [line for line in plans.listed(session) if ids is None or line.id in ids]  # type: ignore[arg-type]
    for line in lines:
        context.say(
            "  {id}  {title}（{year} 年，編號 {mark}）：要點 {points} 條，任務 {tasks} 項",
            id=line.id,
            title=line.title,
            year=line.year,
            mark=line.mark,
            points=line.points,
            tasks=line.assignments,
        )


def list_(context: Context, options: Namespace) -> int:
    """List the stored plans."""
    from db import plans

    with context.database(writable=False) as database, database.reading() as session:
        if options.json:
            keys = ("id", "title", "year", "points", "assignments")
            print_json({"plans": [{key: getattr(line, key) for key in keys} for line in plans.listed(session)]})
        else:
            _list(context, session)
    return 0


_FILE = argument("file", type=Path, metavar="FILE", help="通知：txt、docx、html、xlsx")
_JSON = argument("--json", action="store_true", help="輸出 JSON")
ABOUT = (
    About(
        "plan",
        "讀取、導入、列出計劃",
        parts=(
            About("parse", "看程序讀到了什麼，不存入", parse, (_FILE, plan_columns.MAP, plan_columns.COLUMNS, _JSON)),
            About(
                "import",
                "讀取通知並存入",
                import_,
                (
                    _FILE,
                    plan_columns.MAP,
                    argument("--year", type=int, help="計劃年度；原文沒有寫明時指定"),
                    argument("--again", action="store_true", help="同一文號的計劃已經導入，也另存一份"),
                ),
            ),
            About("list", "列出已存入的計劃", list_, (_JSON,)),
            *plan_points.PARTS,
            *plan_years.PARTS,
        ),
    ),
)
