"""``taizhang progress evidence``, ``attach`` and ``detach``: the evidence of reports that are there already."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.errors import Refused
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context


def evidence(context: Context, options: Namespace) -> int:
    """List the evidence of a task, or write it to a folder."""
    from db import evidence as kept
    from db.assignments import by_code
    from exports.evidence import write_all

    private = options.out is not None  # the files themselves may be encrypted
    with context.database(writable=False, private=private) as database, database.reading() as session:
        task = by_code(session, options.code)
        lines = kept.of_task(session, task.id)
        if options.out is None:
            context.table((line.id, line.period, line.unit, line.name, line.size) for line in lines)
            return 0
        options.out.mkdir(parents=True, exist_ok=True)
        paths = write_all(options.out, [kept.content(session, line.id) for line in lines])
    for path in paths:
        context.say("{path}", path=path)
    return 0


def attach(context: Context, options: Namespace) -> int:
    """Attach files to a report that is there: that of a period, by default the last one, of the lead unit."""
    from db import evidence as kept
    from db import reports
    from db.assignments import by_code

    files = [kept.read_file(path) for path in options.files]
    with context.database() as database:
        with database.reading() as session:
            task = by_code(session, options.code)
            unit = values.unit_id(session, options.unit) if options.unit else task.lead_id
            entry = reports.last_entry(session, task, unit=unit, period=options.period)
            if entry is None:
                raise Refused("{code} 沒有這一期的填報。請先用 taizhang progress add 填報。", code=task.code)
            number = entry.id
        context.tell(kept.add(database, entry=number, files=files))
    return 0


def detach(context: Context, options: Namespace) -> int:
    """Take a piece of evidence off its report."""
    from db import evidence as kept

    with context.database() as database:
        context.tell(kept.remove(database, evidence=options.number))
    return 0


_CODE = argument("code", metavar="CODE", help="任務編號")
PARTS = (
    About(
        "evidence",
        "列出或取出一項任務的佐證材料",
        evidence,
        (_CODE, argument("--out", type=Path, metavar="DIR", help="寫到這個文件夾")),
    ),
    About(
        "attach",
        "給已有的填報補充佐證材料",
        attach,
        (
            _CODE,
            argument("files", nargs="+", type=Path, metavar="FILE", help="佐證材料"),
            argument("--period", metavar="2022-06", help="哪一期；默認最近一期"),
            argument("--unit", default="", metavar="NAME", help="哪個單位的填報；默認牽頭單位"),
        ),
    ),
    About(
        "detach",
        "移除一份佐證材料",
        detach,
        (argument("number", type=int, metavar="N", help="progress evidence 列出的編號"),),
    ),
)
