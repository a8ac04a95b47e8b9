"""``taizhang calendar``: working days, holidays and 調休."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def show(context: Context, options: Namespace) -> int:
    """List the days that differ from the week."""
    from db import calendar

    with context.database(writable=False) as database, database.reading() as session:
        days = calendar.listed(session, year=options.year)
    if options.json:
        print_json({"days": [{"on": day.on.isoformat(), "working": day.working, "name": day.name} for day in days]})
    else:
        kinds = {True: calendar.WORK, False: calendar.REST}
        context.table((day.on, context.convert(kinds[day.working]), context.convert(day.name)) for day in days)
    return 0


def export(context: Context, options: Namespace) -> int:
    """Write the calendar as a sheet that can be corrected and brought in again."""
    from db import calendar, settings
    from exports.workbook.calendar import write_days

    with context.database(writable=False) as database, database.reading() as session:
        days, office = calendar.listed(session), settings.office(session)
    context.say("節假日 {count} 天已寫入：{path}", count=len(days), path=write_days(days, options.file, office=office))
    return 0


def import_(context: Context, options: Namespace) -> int:
    """Bring in days from a sheet."""
    from db import calendar
    from exports.workbook.calendar import read_days

    days, problems = read_days(options.file)
    for problem in problems:
        print(problem.told(context.convert))
    with context.database() as database:
        context.tell(calendar.set_days(database, days=days))
    return 1 if problems else 0


def set_(context: Context, options: Namespace) -> int:
    """Enter one day."""
    from db import calendar

    with context.database() as database:
        days = [calendar.Day(values.given_day(text), options.working, options.name) for text in options.days]
        context.tell(calendar.set_days(database, days=days))
    return 0


def remove(context: Context, options: Namespace) -> int:
    """Take the office's own entries for days back."""
    from db import calendar

    with context.database() as database:
        context.tell(calendar.remove_days(database, days=[values.given_day(text) for text in options.days]))
    return 0


_DAYS = argument("days", nargs="+", metavar="DATE", help="日期，如 2027-01-04")
_FILE = argument("file", type=Path, metavar="FILE", help=".xlsx 或 .csv，表頭：日期、安排（休或班）、名稱")
ABOUT = (
    About(
        "calendar",
        "節假日和調休：工作日由此計算",
        parts=(
            About(
                "list",
                "列出與平常星期不同的日子",
                show,
                (
                    argument("--year", type=int, metavar="N", help="只列一年"),
                    argument("--json", action="store_true", help="輸出 JSON"),
                ),
            ),
            About("export", "導出節假日", export, (_FILE,)),
            About("import", "導入節假日，以導入的為先", import_, (_FILE,)),
            About(
                "set",
                "錄入放假的日子；加 --working 為上班的日子",
                set_,
                (
                    _DAYS,
                    argument("--working", action="store_true", help="這些日子上班"),
                    argument("--name", default="", metavar="WORDS", help="名稱，如 春節"),
                ),
            ),
            About("remove", "移除本單位錄入的日子", remove, (_DAYS,)),
        ),
    ),
)
