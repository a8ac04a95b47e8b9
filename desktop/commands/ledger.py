"""``taizhang ledger`` and ``taizhang division``: the ledger and the division paper as files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused
from desktop.commands import collect, dispatch, setting_fields, tasks, upward, viewed
from desktop.commands.about import About, argument
from desktop.commands.context import Context

if TYPE_CHECKING:
    from exports.pdf import Missing


def _plan_id(session: object, name: str | None) -> int | None:
    from db import plans

    return plans.find(session, name).id if name else None  # type: ignore[arg-type]


def export(context: Context, options: Namespace) -> int:
    """Write the ledger for print: as a workbook, or as a PDF where the file is called so."""
    from db import settings
    from exports.safewrite import named_kind

    out = named_kind(options.out, ".xlsx", ".pdf")
    with context.database(writable=False) as database, database.reading() as session:
        plan = _plan_id(session, options.plan)
        rows, shown = viewed.ledger(session, options, plan)
        office = settings.office(session)
    columns = options.columns.replace("，", ",").split(",") if options.columns else shown
    missing: tuple[Missing, ...] = ()
    if out.suffix.lower() == ".pdf":
        from exports.pdf.ledger import print_ledger
        from exports.safewrite import safe_write_bytes

        printed = print_ledger(rows, office=office, paper=options.paper, columns=columns)
        path, missing = safe_write_bytes(out, printed.content), printed.missing
    else:
        from exports.workbook.ledger import write_ledger

        path = write_ledger(rows, out, office=office, paper=options.paper, columns=columns)
    context.say("臺賬 {count} 項已寫入：{path}", count=len(rows.rows), path=path.absolute())
    return context.tell_missing(missing)


def undo(context: Context, options: Namespace) -> int:
    """Take one operation back."""
    from db.undo import undo as take_back

    with context.database() as database:
        changes = take_back(database, batch=options.batch)
    context.tell(changes)
    return 1 if changes.notes else 0


def history(context: Context, options: Namespace) -> int:
    """List the last operations."""
    from db.undo import history as past

    with context.database(writable=False) as database, database.reading() as session:
        context.table(
            (one.id, one.at, one.operator, context.stored(one.title), context.convert("已撤銷") if one.undone else "")
            for one in past(session, limit=options.limit)
        )
    return 0


def division(context: Context, options: Namespace) -> int:
    """Write the division paper (任務分工方案) with its annex."""
    from db import ledger, settings
    from exports.division import write_division

    with context.database(writable=False) as database, database.reading() as session:
        rows = ledger.read(session, plan=_plan_id(session, options.plan))
        office = settings.office(session)
    if not rows.rows:
        raise Refused("還沒有任務可列入分工方案。請先運行 taizhang assign --auto 分解計劃。")
    path = write_division(rows, options.out, office=office, issued=options.issued)
    context.say("任務分工方案已寫入：{path}", path=path.absolute())
    return 0


_PLAN = argument("--plan", metavar="N", help="只要這一個計劃：編號或名稱")
ABOUT = (
    About(
        "ledger",
        "工作臺賬：列出、採納、修改、導出、分發、收回、撤銷操作",
        parts=(
            About(
                "export",
                "導出臺賬供打印：整本，或按視圖、條件挑選",
                export,
                (
                    argument("out", type=Path, metavar="OUT.xlsx|OUT.pdf"),
                    _PLAN,
                    argument("--paper", choices=("A3", "A4"), help="紙張，橫向；默認按設置"),
                    argument("--columns", metavar="A,B,…", help="欄目及順序，用逗號分開；默認按設置"),
                    *viewed.ARGUMENTS,
                ),
            ),
            *tasks.PARTS,
            setting_fields.PART,
            *dispatch.ABOUT,
            upward.UPWARD,
            *collect.ABOUT,
            About("undo", "撤銷一次操作", undo, (argument("batch", type=int, metavar="BATCH", help="操作號"),)),
            About("history", "最近的操作", history, (argument("--limit", type=int, default=20, metavar="N"),)),
        ),
    ),
    About(
        "division",
        "任務分工方案（docx 或 xlsx）",
        division,
        (
            argument("out", type=Path, metavar="OUT.docx"),
            _PLAN,
            argument("--issued", action="store_true", help="正式印發稿；默認為徵求意見稿"),
        ),
    ),
)
