"""``taizhang plan compare``: the years of one database beside each other."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


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
        "compare",
        "幾個年度的比較",
        compare,
        (
            argument("years", nargs="*", type=int, metavar="YEAR", help="年度；不寫則為全部"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
)
