"""``taizhang ledger set``: one field of assignments, as the page 臺賬 sets it."""

from __future__ import annotations

from argparse import Namespace

from db.errors import Refused
from db.script import fold
from desktop.commands.about import About, argument
from desktop.commands.context import Context


def set_field(context: Context, options: Namespace) -> int:
    """Give the same value to one field of one or many assignments, as one step."""
    from db.assignments import by_code
    from desktop.pages.ledger_values import LABELS, TERMS, storing

    key = next((key for key, label in LABELS.items() if fold(options.field) in (key, fold(label))), None)
    if key is None:
        known = "、".join(LABELS.values())
        raise Refused("任務沒有「{name}」這一欄。可改：{known}。", name=options.field, known=known)
    value = options.value.strip()
    if key in TERMS:
        term = next((one for one in TERMS[key] if fold(value) in (one.value, fold(one.label))), None)
        if term is None:
            words = "、".join(one.label for one in TERMS[key])
            raise Refused("「{word}」不認識。可用：{known}。", word=value, known=words)
        value = term.value
    with context.database() as database:
        with database.reading() as session:
            tasks = [by_code(session, code) for code in options.codes]
            ids, year = [task.id for task in tasks], min(task.plan.year for task in tasks)
        context.tell(storing(ids, key, value, year=year)(database))
    return 0


PART = About(
    "set",
    "改任務的一欄，可同時改幾項",
    set_field,
    (
        argument("field", metavar="FIELD", help="欄目，如 牽頭單位、分管領導、完成時限、任務狀態"),
        argument("value", metavar="VALUE", help="新的值；空的寫 ''"),
        argument("codes", nargs="+", metavar="CODE", help="任務編號"),
    ),
)
