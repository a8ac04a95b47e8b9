"""``taizhang units add``, ``set``, ``move``, ``rename`` and ``merge``: what the page 單位 does to one unit."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from db.errors import Refused
from db.script import fold
from db.terms import UnitLevel
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context

FIELDS = {
    "name": "名稱",
    "level": "層級",
    "kind": "類別",
    "aliases": "別名",
    "leader": "分管領導",
    "telephone": "辦公電話",
    "email": "電子郵箱",
    "note": "備註",
}


def add(context: Context, options: Namespace) -> int:
    """Add a unit."""
    from db import units

    level = values.term(UnitLevel, options.level) or UnitLevel.COUNTY
    with context.database() as database:
        context.tell(units.add(database, name=options.name, level=level, kind=options.kind))
    return 0


def set_field(context: Context, options: Namespace) -> int:
    """Set one field of a unit; its name is corrected, not changed by a reform."""
    from db import units
    from desktop.pages.plans_values import read_names

    key = next((key for key, label in FIELDS.items() if fold(options.field) in (key, fold(label))), None)
    if key is None:
        raise Refused("單位沒有「{name}」這一欄。可改：{known}。", name=options.field, known="、".join(FIELDS.values()))
    text = options.value.strip()
    with context.database() as database:
        with database.reading() as session:
            unit = values.unit_id(session, options.name)
        if key == "name":
            changes = units.correct_name(database, unit=unit, name=text)
        elif key == "aliases":
            changes = units.set_aliases(database, unit=unit, aliases=list(read_names(text)))
        else:
            value = values.term(UnitLevel, text) if key == "level" else text
            if value is None:
                raise Refused("單位要有層級。")
            changes = units.edit(database, unit=unit, fields={key: value})
        context.tell(changes)
    return 0


def move(context: Context, options: Namespace) -> int:
    """Place a unit before another of its level, or at the end."""
    from db import units

    with context.database() as database:
        with database.reading() as session:
            unit = values.unit_id(session, options.name)
            before = values.unit_id(session, options.before) if options.before else None
        context.tell(units.move(database, unit=unit, before=before))
    return 0


def rename(context: Context, options: Namespace) -> int:
    """Rename a unit by a reform."""
    from db import units

    on = values.day(options.on) or date.today()
    with context.database() as database:
        with database.reading() as session:
            unit = values.unit_id(session, options.name)
        context.tell(units.rename(database, unit=unit, name=options.new, on=on, basis=options.basis))
    return 0


def merge(context: Context, options: Namespace) -> int:
    """Merge a unit into another by a reform."""
    from db import units

    on = values.day(options.on) or date.today()
    with context.database() as database:
        with database.reading() as session:
            unit, into = values.unit_id(session, options.name), values.unit_id(session, options.into)
        context.tell(units.merge_into(database, unit=unit, into=into, on=on, basis=options.basis))
    return 0


_NAME = argument("name", metavar="NAME", help="單位名稱或別名")
_REFORM = (
    argument("--on", metavar="DATE", help="從哪一天起；默認今天"),
    argument("--basis", default="", metavar="WORDS", help="依據，如機構改革文件"),
)
PARTS = (
    About(
        "add",
        "添加單位",
        add,
        (
            argument("name", metavar="NAME", help="單位名稱"),
            argument("--level", default="", metavar="WORD", help="層級；默認縣"),
            argument("--kind", default="", metavar="WORD", help="類別，如政府部門"),
        ),
    ),
    About(
        "set",
        "改單位的一欄",
        set_field,
        (
            _NAME,
            argument("field", metavar="FIELD", help="、".join(FIELDS.values())),
            argument("value", metavar="VALUE", help="新的值；幾個別名用頓號分開；空的寫 ''"),
        ),
    ),
    About(
        "move",
        "調整單位順序",
        move,
        (_NAME, argument("--before", metavar="NAME", help="排在這個單位前面；默認排到最後")),
    ),
    About("rename", "單位更名", rename, (_NAME, argument("new", metavar="NEW", help="新名稱"), *_REFORM)),
    About(
        "merge",
        "單位併入另一個單位，未完成的任務一併移交",
        merge,
        (_NAME, argument("--into", required=True, metavar="UNIT", help="併入哪個單位"), *_REFORM),
    ),
)
