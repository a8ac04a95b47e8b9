"""``taizhang ledger dispatch`` and ``register``: sheets to units, and what became of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from db.errors import Refused
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def day(text: str) -> date:
    """Return a day given as ``2022-06-28``; raise :class:`Refused` for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("日期「{text}」應寫成 2022-06-28 的樣子。", text=text) from error


def some(names: Sequence[str], most: int = 5) -> str:
    """Return the first names of a list as a sentence names them."""
    return "、".join(names[:most]) + ("等" if len(names) > most else "")


def dispatch(context: Context, options: Namespace) -> int:
    """Write the folder of a sending and record it."""
    from db import plans
    from db import register as register_of
    from exports.dispatch import dispatch as send
    from exports.dispatch import write_again

    if not options.due and not options.again:
        raise Refused("請用 --due 寫明報送截止日期，如 --due 2022-06-28；重寫已有的分發用 --again。")
    with context.database() as database:
        if options.again:
            with database.reading() as session:
                known = register_of.find(session, options.again)
            done = write_again(database, dispatch=known, folder=options.dir)
        else:
            due_on, plan = day(options.due), None
            if options.plan:
                with database.reading() as session:
                    plan = plans.find(session, options.plan).id
            done = send(database, folder=options.dir, due_on=due_on, period=options.period or "", plan=plan)
    if options.json:
        files = [{"unit": one.unit, "path": str(one.path), "rows": one.rows} for one in done.files]
        print_json({"dispatch": done.outgoing.code, "files": files})
        return 0
    context.tell(done.changes)
    context.table((one.unit, one.rows, one.path.name) for one in done.files)
    context.say("{count} 份已寫入：{folder}", count=len(done.files), folder=done.folder)
    if done.without_address:
        context.say(
            "{count} 個單位沒有登記郵箱，郵件草稿裏收件人空着：{units}",
            count=len(done.without_address),
            units=some(done.without_address),
        )
    return 0


def register(context: Context, options: Namespace) -> int:
    """List what went to whom, when, due when, returned when; or write it as a workbook."""
    from db import register as book
    from db import settings
    from exports.lists.register import write_register

    with context.database(writable=False) as database, database.reading() as session:
        chosen = book.find(session, options.dispatch) if options.dispatch else None
        rows = book.rows(session, dispatch=chosen)
        office = settings.office(session)
    if options.out is not None:
        path, missing = write_register(rows, options.out, office=office)
        context.say("分發登記 {count} 份已寫入：{path}", count=len(rows), path=path)
        return context.tell_missing(missing)
    if options.json:
        print_json({"sheets": [_told(row) for row in rows]})
        return 0
    context.table(
        (row.dispatch, row.unit, row.rows, row.due_on, row.sent_at or "", row.returned_at or "", row.token)
        for row in rows
    )
    return 0


def sent(context: Context, options: Namespace) -> int:
    """Note that the sheets of a sending are out, all that are not yet or those of some units."""
    from db import dispatch as sending
    from db import register as book
    from desktop.commands.values import unit_id

    with context.database() as database:
        with database.reading() as session:
            rows = book.rows(session, dispatch=book.find(session, options.dispatch))
            units = [unit_id(session, name) for name in options.unit]
        chosen = [row.id for row in rows if (row.unit_id in units if units else row.sent_at is None)]
        if not chosen:
            raise Refused("沒有要登記的：都已登記發出，或這次分發裏沒有這個單位。")
        context.tell(sending.mark_sent(database, sheets=chosen))
    return 0


def reminders(context: Context, options: Namespace) -> int:
    """Write the list of units that have not returned."""
    from db import register as book
    from exports.lists.reminders import write_reminders

    on = day(options.on) if options.on else date.today()
    with context.database(writable=False) as database, database.reading() as session:
        chosen = book.find(session, options.dispatch)
        path, missing = write_reminders(session, options.out, dispatch=chosen, on=on)
    context.say("催報單已寫入：{path}", path=path)
    return context.tell_missing(missing)


def _told(row: object) -> dict[str, object]:
    from dataclasses import asdict

    values = asdict(row)  # type: ignore[call-overload]
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


ABOUT = (
    About(
        "dispatch",
        "分發：每個單位一份臺賬、分發登記和郵件草稿",
        dispatch,
        (
            argument("dir", type=Path, metavar="DIR", help="放文件的文件夾；已有內容時在裏面另建一個"),
            argument("--due", metavar="DATE", help="報送截止日期，如 2022-06-28"),
            argument("--again", metavar="DISPATCH", help="把已登記的這次分發的文件重寫一遍"),
            argument("--plan", metavar="N", help="只要這一個計劃：編號或名稱"),
            argument("--period", metavar="2022-06", help="報送期；默認為截止日期所在月"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
    About(
        "register",
        "分發登記：發給誰、何時截止、何時報回",
        register,
        (
            argument("dispatch", nargs="?", default="", metavar="DISPATCH", help="分發號，如 2022-06-1；不寫則為全部"),
            argument("--out", type=Path, metavar="OUT", help="寫成表格（.xlsx）或 .pdf"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
    About(
        "sent",
        "登記分發已發出",
        sent,
        (
            argument("dispatch", nargs="?", default="", metavar="DISPATCH", help="分發號；默認最近一次"),
            argument("--unit", nargs="+", default=[], metavar="NAME", help="只登記這些單位；默認全部未登記的"),
        ),
    ),
    About(
        "reminders",
        "催報單：還沒有報回的單位",
        reminders,
        (
            argument("out", type=Path, metavar="OUT", help="催報單.pdf 或 催報單.xlsx"),
            argument("--dispatch", default="", metavar="DISPATCH", help="分發號；默認最近一次"),
            argument("--on", metavar="DATE", help="統計日期；默認今天"),
        ),
    ),
)
