"""``taizhang places``: towns and villages in which subsidies are paid and posted."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json
from desktop.commands.values import day

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.placetree import Gazetteer, TownLine


def list_(context: Context, options: Namespace) -> int:
    """List towns and villages."""
    from db import placetree

    with context.database(writable=False) as database, database.reading() as session:
        towns = placetree.tree(session, with_ended=options.ended)
    if options.json:
        keys = ("name", "code", "committee", "telephone")
        print_json(
            {
                "towns": [
                    {key: getattr(town, key) for key in keys}
                    | {"villages": [{key: getattr(one, key) for key in keys} for one in town.villages]}
                    for town in towns
                ]
            }
        )
        return 0
    for town in towns:
        context.table([(town.name, "", town.code, town.committee, town.telephone)])
        context.table((town.name, one.name, one.code, one.committee, one.telephone) for one in town.villages)
    return 0


def import_(context: Context, options: Namespace) -> int:
    """Bring in towns and villages from a workbook."""
    from db import places
    from exports.workbook.places import read_places

    rows, problems = read_places(options.file)
    for problem in problems:
        print(problem.told(context.convert))
    with context.database() as database:
        context.tell(places.bring_in(database, rows=rows, source=options.file.name))
    return 1 if problems else 0


def export(context: Context, options: Namespace) -> int:
    """Write towns and villages as a workbook that can be corrected and brought in again."""
    from db import settings
    from exports.workbook.places import write_places

    with context.database(writable=False) as database, database.reading() as session:
        path = write_places(session, options.file, office=settings.office(session))
    context.say("區劃已寫入：{path}", path=path.absolute())
    return 0


def _known(session: Session) -> Gazetteer:
    from db import placetree

    return placetree.gazetteer(session, with_ended=True)


def _town(session: Session, name: str) -> TownLine:
    from db.errors import Refused

    found = _known(session).find_towns(name)
    if len(found) != 1:
        raise Refused("區劃裏沒有名為「{name}」的鄉鎮。可用 places list 查看。", name=name)
    return found[0]


def _place(session: Session, name: str) -> int:
    from db.errors import Refused

    known = _known(session)
    found = known.find(name)
    if found.village is not None:
        return found.village.id
    towns = known.find_towns(name)
    if len(towns) == 1 and not found.candidates:
        return towns[0].id
    several = "、".join(one.called for one in found.candidates)
    if several:
        raise Refused("「{name}」可以是：{several}。請把鄉鎮一起寫上。", name=name, several=several)
    raise Refused("區劃裏沒有「{name}」。可用 places list 查看。", name=name)


def add(context: Context, options: Namespace) -> int:
    """Add a town, or a village to a town."""
    from db import places

    with context.database() as database:
        with database.reading() as session:
            town = _town(session, options.town).id if options.town else None
        values = {key: getattr(options, key) for key in places.EDITABLE if getattr(options, key)}
        context.tell(places.add(database, name=options.name, town=town, values=values))
    return 0


def edit(context: Context, options: Namespace) -> int:
    """Rename a place, set its code, signer or telephone, place it in another town, end it."""
    from db import places
    from db.errors import Refused

    values = {key: getattr(options, key) for key in places.EDITABLE if getattr(options, key) is not None}
    if not (values or options.rename or options.town or options.end):
        raise Refused("請寫明要改什麼：--rename、--town、--code、--committee、--telephone 或 --end。")
    with context.database() as database:
        with database.reading() as session:
            place = _place(session, options.name)
            town = _town(session, options.town).id if options.town else None
        if values:
            context.tell(places.edit(database, place=place, values=values))
        if options.rename:
            context.tell(places.rename(database, place=place, name=options.rename))
        if town is not None:
            context.tell(places.transfer(database, villages=[place], town=town))
        if options.end:
            context.tell(places.end(database, places=[place], on=options.end))
    return 0


def remove(context: Context, options: Namespace) -> int:
    """Take a place out that was entered by mistake."""
    from db import places

    with context.database() as database:
        with database.reading() as session:
            place = _place(session, options.name)
        context.tell(places.remove(database, places=[place]))
    return 0


_NAME = argument("name", metavar="NAME", help="鄉鎮或村；重名的村連鄉鎮一起寫")
_CODE = argument("--code", default=None, metavar="代碼", help="區劃代碼，9 位或 12 位")
_COMMITTEE = argument("--committee", default=None, metavar="落款", help="公示上落款的單位")
_TELEPHONE = argument("--telephone", default=None, metavar="電話", help="公開的咨詢電話")
ABOUT = (
    About(
        "places",
        "區劃：鄉鎮和村",
        parts=(
            About(
                "list",
                "列出鄉鎮和村",
                list_,
                (
                    argument("--ended", action="store_true", help="連撤銷的一起列"),
                    argument("--json", action="store_true", help="輸出一份 JSON"),
                ),
            ),
            About("import", "從 xlsx 導入", import_, (argument("file", type=Path, metavar="FILE.xlsx"),)),
            About("export", "導出為 xlsx", export, (argument("file", type=Path, metavar="FILE.xlsx"),)),
            About(
                "add",
                "添加鄉鎮；寫明 --town 時添加村",
                add,
                (
                    argument("name", metavar="NAME", help="名稱"),
                    argument("--town", default="", metavar="鄉鎮", help="村所在的鄉鎮"),
                    *(_CODE, _COMMITTEE, _TELEPHONE),
                ),
            ),
            About(
                "edit",
                "改名、劃入另一鄉鎮、改代碼、落款、電話，或撤銷",
                edit,
                (
                    _NAME,
                    argument("--rename", default="", metavar="新名", help="新名稱"),
                    argument("--town", default="", metavar="鄉鎮", help="劃入這個鄉鎮"),
                    *(_CODE, _COMMITTEE, _TELEPHONE),
                    argument("--end", type=day, metavar="DATE", help="自這一天起撤銷"),
                ),
            ),
            About("remove", "刪除誤加的鄉鎮或村", remove, (_NAME,)),
        ),
    ),
)
