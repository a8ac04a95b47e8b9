"""``taizhang progress return`` and ``returned``: reports returned to their unit for correction (退回補正)."""

from __future__ import annotations

from argparse import Namespace

from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def send_back(context: Context, options: Namespace) -> int:
    """Return the last reports of tasks."""
    from db import sendback

    on = values.day(options.on)
    with context.database() as database:
        with database.reading() as session:
            ids = values.task_ids(session, options.codes)
        context.tell(sendback.send_back(database, ids=ids, reason=options.reason, on=on))
    return 0


def returned(context: Context, options: Namespace) -> int:
    """List the reports that wait to be corrected."""
    from db import sendback

    with context.database(writable=False) as database, database.reading() as session:
        found = sendback.listed(session, year=options.year)
    lines = [
        {
            "code": one.code,
            "unit": one.unit,
            "period": one.period,
            "on": one.on.isoformat() if one.on else None,
            "reason": one.reason,
        }
        for one in found
    ]
    if options.json:
        print_json({"returned": lines})
    else:
        context.table(line.values() for line in lines)
    return 0


PARTS = (
    About(
        "return",
        "把最近一期填報退回單位補正",
        send_back,
        (
            argument("codes", nargs="+", metavar="CODE", help="任務編號"),
            argument("--reason", required=True, metavar="WORDS", help="哪裏要補正，必填"),
            argument("--on", metavar="DATE", help="退回日期；默認今天"),
        ),
    ),
    About(
        "returned",
        "列出退回補正、還沒有重報的填報",
        returned,
        (
            argument("--year", type=int, metavar="N", help="只列這一年度"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
)
