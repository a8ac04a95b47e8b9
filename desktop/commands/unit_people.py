"""``taizhang units contact`` and ``units counterpart``: the people of a unit, and who does its work in the county."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from db.errors import Refused
from db.script import fold
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FIELDS = ("name", "duty", "telephone", "email")
_Person = dict[str, str]


def _people(session: Session, unit: int) -> list[_Person]:
    """Return a unit's contacts as they may be shown here; given back so, a stored telephone stays as it is."""
    from db import telephones, units

    return [
        {"name": one.name, "duty": one.duty, "telephone": telephones.shown(one), "email": one.email}
        for one in units.get(session, unit).contacts
    ]


def _place(people: list[_Person], person: str) -> int:
    """Return the place of the contact with a name or, where several have it, with a number such as ``2``."""
    named = [place for place, one in enumerate(people) if fold(one["name"]) == fold(person.strip())]
    if not named and person.isdecimal() and 1 <= int(person) <= len(people):
        return int(person) - 1
    if len(named) != 1:
        raise Refused(
            "有 {n} 個聯繫人叫「{name}」。請用序號指明：taizhang units contact list 列出序號。"
            if named
            else "沒有聯繫人「{name}」。請用 taizhang units contact list 查看。",
            n=len(named),
            name=person,
        )
    return named[0]


def _change_people(context: Context, name: str, change: Callable[[list[_Person]], list[_Person]]) -> int:
    from db import units

    with context.database(private=True) as database:
        with database.reading() as session:
            unit = values.unit_id(session, name)
            people = change(_people(session, unit))
        context.tell(units.set_contacts(database, unit=unit, contacts=people))
    return 0


def contacts(context: Context, options: Namespace) -> int:
    """List the contacts of a unit with their numbers."""
    with context.database(writable=False, private=True) as database, database.reading() as session:
        people = _people(session, values.unit_id(session, options.name))
    context.table((number, *(one[key] for key in _FIELDS)) for number, one in enumerate(people, start=1))
    return 0


def add_contact(context: Context, options: Namespace) -> int:
    """Add a contact behind the others of a unit, or at a place among them."""
    given = {key: getattr(options, key) or "" for key in _FIELDS[1:]} | {"name": options.person}
    person = {key: text.strip() for key, text in given.items()}
    if not person["name"]:
        raise Refused("聯繫人要有姓名。")

    def change(people: list[_Person]) -> list[_Person]:
        place = len(people) if options.place is None else options.place - 1
        return [*people[: max(place, 0)], person, *people[max(place, 0) :]]

    return _change_people(context, options.name, change)


def edit_contact(context: Context, options: Namespace) -> int:
    """Change what is said of a contact, or move it to another place."""
    said = {
        "name": options.new_name,
        "duty": options.duty,
        "telephone": options.telephone,
        "email": options.email,
    }
    told = {key: text.strip() for key, text in said.items() if text is not None}
    if not told and options.place is None:
        raise Refused("沒有寫要改什麼。可用：--name、--duty、--telephone、--email、--place。")
    if told.get("name") == "":
        raise Refused("聯繫人要有姓名。")

    def change(people: list[_Person]) -> list[_Person]:
        at = _place(people, options.person)
        rest = [*people[:at], *people[at + 1 :]]
        place = at if options.place is None else max(options.place - 1, 0)
        return [*rest[:place], people[at] | told, *rest[place:]]

    return _change_people(context, options.name, change)


def remove_contact(context: Context, options: Namespace) -> int:
    """Take a contact out."""

    def change(people: list[_Person]) -> list[_Person]:
        at = _place(people, options.person)
        return [*people[:at], *people[at + 1 :]]

    return _change_people(context, options.name, change)


def counterparts(context: Context, options: Namespace) -> int:
    """List which county units do the work of a unit above, or which units above a county unit answers to."""
    from db.names import directory
    from db.units import ABOVE

    with context.database(writable=False) as database, database.reading() as session:
        known = directory(session)
        unit = known.units[values.unit_id(session, options.name)]
        if unit.level not in ABOVE:
            lines = [line for some in known.counterparts.values() for line in some if line.county_id == unit.id]
            rows = [(known.units[line.superior_id].name, line.note) for line in lines]
        else:
            rows = [(line.county.name if line.county else "", line.note) for line in known.of(unit)]
    context.table(rows)
    return 0


def set_counterparts(context: Context, options: Namespace) -> int:
    """Say which county units do the work of a unit above, the usual lead first; none needs a reason."""
    return _change_counterparts(context, options, lambda _before, given: given)


def remove_counterparts(context: Context, options: Namespace) -> int:
    """Take county units out of those that do the work of a unit above."""

    def without(before: list[int], given: list[int]) -> list[int]:
        if set(given) - set(before):
            raise Refused(
                "這些單位不都是「{name}」的對口單位。請用 taizhang units counterpart list 查看。", name=options.name
            )
        return [county for county in before if county not in given]

    return _change_counterparts(context, options, without)


def _change_counterparts(
    context: Context, options: Namespace, change: Callable[[list[int], list[int]], list[int]]
) -> int:
    from db import units
    from db.names import directory

    with context.database() as database:
        with database.reading() as session:
            known = directory(session)
            superior = values.unit_id(session, options.name)
            lines = known.of(known.units[superior])
            before = [line.county_id for line in lines if line.county_id is not None]
            given = [values.unit_id(session, name) for name in options.counties]
        note = next((line.note for line in lines if before), "") if options.note is None else options.note.strip()
        counties = change(before, list(dict.fromkeys(given)))
        context.tell(units.set_counterparts(database, superior=superior, counties=counties, note=note))
    return 0


_NAME = argument("name", metavar="UNIT", help="單位名稱或別名")
_PERSON = argument("person", metavar="PERSON", help="聯繫人姓名；同名的寫序號")
_PLACE = argument("--place", type=int, metavar="N", help="排在第幾位")
_SAID = (
    argument("--duty", metavar="WORDS", help="職務"),
    argument("--telephone", metavar="NUMBER", help="電話；手機號碼只保存掩碼，設了密碼的加密保存全號"),
    argument("--email", metavar="ADDRESS", help="郵箱"),
)
_NOTE = argument("--note", metavar="WORDS", help="說明；沒有對口單位時寫明原因")
PARTS = (
    About(
        "contact",
        "一個單位的聯繫人",
        parts=(
            About("list", "列出聯繫人和序號", contacts, (_NAME,)),
            About(
                "add",
                "添加聯繫人",
                add_contact,
                (_NAME, argument("person", metavar="PERSON", help="姓名"), *_SAID, _PLACE),
            ),
            About(
                "edit",
                "改聯繫人的資料或順序",
                edit_contact,
                (_NAME, _PERSON, argument("--name", dest="new_name", metavar="PERSON", help="新姓名"), *_SAID, _PLACE),
            ),
            About("remove", "刪除聯繫人", remove_contact, (_NAME, _PERSON)),
        ),
    ),
    About(
        "counterpart",
        "上級單位的縣級對口單位",
        parts=(
            About("list", "列出對口單位；縣級單位則列出對應的上級單位", counterparts, (_NAME,)),
            About(
                "set",
                "設置縣級對口單位，第一個作牽頭",
                set_counterparts,
                (_NAME, argument("counties", nargs="*", metavar="COUNTY", help="縣級單位，按順序"), _NOTE),
            ),
            About(
                "remove",
                "去掉對口單位",
                remove_counterparts,
                (_NAME, argument("counties", nargs="+", metavar="COUNTY", help="要去掉的縣級單位"), _NOTE),
            ),
        ),
    ),
)
