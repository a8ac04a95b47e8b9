"""``taizhang units``: the table of units and the dictionary of counterparts."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.terms import UnitLevel
from desktop.commands import unit_changes, unit_people
from desktop.commands.about import About, argument
from desktop.commands.context import Context


def list_(context: Context, options: Namespace) -> int:
    """List the units of one level, or of all."""
    from db import units

    level = UnitLevel(options.level) if options.level else None
    with context.database(writable=False) as database, database.reading() as session:
        context.table(
            (unit.name, unit.level.label, unit.kind, "、".join(alias.name for alias in unit.aliases))
            for unit in units.listed(session, level=level)
        )
    return 0


def import_(context: Context, options: Namespace) -> int:
    """Bring in units and counterparts from a workbook."""
    from db import dictionary
    from exports.workbook.units import read_units

    rows, counterparts, problems = read_units(options.file)
    for problem in problems:
        context.say("{problem}", problem=str(problem))
    with context.database() as database:
        context.tell(dictionary.bring_in(database, units=rows, counterparts=counterparts, source=options.file.name))
    return 1 if problems else 0


def export(context: Context, options: Namespace) -> int:
    """Write the units and counterparts as a workbook that can be corrected and brought in again."""
    from db import settings
    from exports.workbook.units import write_units

    with context.database(writable=False) as database, database.reading() as session:
        path = write_units(session, options.file, office=settings.office(session))
    context.say("單位表已寫入：{path}", path=path.absolute())
    return 0


def contacts(context: Context, options: Namespace) -> int:
    """Write the contacts of the units for print."""
    from exports.lists.contacts import write_contacts

    with context.database(writable=False, private=True) as database, database.reading() as session:
        path, count, missing = write_contacts(session, options.out)
    context.say("通訊錄 {count} 個單位已寫入：{path}", count=count, path=path)
    return context.tell_missing(missing)


def page(context: Context, options: Namespace) -> int:
    """Write the whole year of one unit as a PDF."""
    from db import settings, unityear
    from exports.pdf.unit import print_unit
    from exports.safewrite import named_kind, safe_write_bytes

    out = named_kind(options.out, ".pdf")
    with context.database(writable=False) as database, database.reading() as session:
        unit = unityear.find(session, options.name)
        printed = print_unit(unityear.read(session, unit=unit.id, year=options.year), office=settings.office(session))
    path = safe_write_bytes(out, printed.content)
    context.say("「{name}」的全年已寫入：{path}", name=unit.name, path=path)
    return context.tell_missing(printed.missing)


ABOUT = (
    About(
        "units",
        "單位表和對口關係",
        parts=(
            About(
                "list",
                "列出單位",
                list_,
                (argument("--level", choices=[level.value for level in UnitLevel], help="只列一個層級"),),
            ),
            About("import", "從 xlsx 導入", import_, (argument("file", type=Path, metavar="FILE.xlsx"),)),
            *unit_changes.PARTS,
            *unit_people.PARTS,
            About("export", "導出為 xlsx", export, (argument("file", type=Path, metavar="FILE.xlsx"),)),
            About("contacts", "通訊錄：.xlsx 或 .pdf", contacts, (argument("out", type=Path, metavar="OUT"),)),
            About(
                "page",
                "一個單位的全年：牽頭、配合任務逐月報送和進度",
                page,
                (
                    argument("name", metavar="NAME", help="單位名稱或別名"),
                    argument("out", type=Path, metavar="OUT.pdf"),
                    argument("--year", type=int, metavar="N", help="年度；默認最近一年"),
                ),
            ),
        ),
    ),
)
