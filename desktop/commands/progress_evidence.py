"""``taizhang progress evidence``: listing, writing out, adding and taking off the evidence of reports."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.errors import Refused
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context


def evidence(context: Context, options: Namespace) -> int:
    """List the evidence of a task, write it to a folder, add some to a report, or take a piece off."""
    if options.add:
        return _add(context, options)
    if options.remove is not None:
        return _remove(context, options)
    return _list(context, options)


def _list(context: Context, options: Namespace) -> int:
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


def _add(context: Context, options: Namespace) -> int:
    """Attach files to a report that is there: that of a period, by default the last one, of the lead unit."""
    from db import evidence as kept
    from db import reports
    from db.assignments import by_code

    files = [kept.read_file(path) for path in options.add]
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


def _remove(context: Context, options: Namespace) -> int:
    from db import evidence as kept
    from db.assignments import by_code

    with context.database() as database:
        with database.reading() as session:
            task = by_code(session, options.code)
            if options.remove not in [line.id for line in kept.of_task(session, task.id)]:
                raise Refused("{code} 沒有序號為 {n} 的佐證材料。", code=task.code, n=options.remove)
        context.tell(kept.remove(database, evidence=options.remove))
    return 0


PARTS = (
    About(
        "evidence",
        "列出、取出、補充、移除一項任務的佐證材料",
        evidence,
        (
            argument("code", metavar="CODE", help="任務編號"),
            argument("--out", type=Path, metavar="DIR", help="寫到這個文件夾"),
            argument("--add", nargs="+", type=Path, default=[], metavar="FILE", help="補充到已有的填報上"),
            argument("--period", metavar="2022-06", help="補充到哪一期；默認最近一期"),
            argument("--unit", default="", metavar="NAME", help="補充到哪個單位的填報；默認牽頭單位"),
            argument("--remove", type=int, metavar="N", help="移除列出的這個序號"),
        ),
    ),
)
