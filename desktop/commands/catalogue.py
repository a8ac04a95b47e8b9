"""``taizhang subsidy catalogue`` and ``cards``: the published catalogue in seven items, and a plain card per policy."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.about import About, argument
from desktop.commands.context import Context
from desktop.commands.values import day

if TYPE_CHECKING:
    from db.settings import Office
    from exports.catalogue.content import Catalogue


def _catalogue(context: Context, options: Namespace, *, further: list[str]) -> tuple[Catalogue, Office]:
    from db import settings, subsidies, subsidylist
    from exports.catalogue.content import catalogue_of

    on = options.on or date.today()
    with context.database(writable=False) as database, database.reading() as session:
        lines = subsidylist.catalogue(session, on=on)
        if options.policy:
            wanted = {subsidies.named(session, name).id for name in options.policy}
            lines = [line for line in lines if line.policy in wanted]
        office = settings.office(session)
    return catalogue_of(lines, office=office, on=on, further=further, issuer=options.issuer), office


def _tell_lacking(context: Context, catalogue: Catalogue) -> int:
    """Print which policies do not state all seven items; return the exit status: 1 where there are any."""
    for one in catalogue.lacking:
        items = context.convert("、".join(one.items))
        context.say("「{policy}」沒有載明：{items}。印成「未載明」。", policy=one.policy, items=items)
    return 1 if catalogue.lacking else 0


def write(context: Context, options: Namespace) -> int:
    """Write the catalogue, after telling what it does not state."""
    from exports.catalogue.writing import write_catalogue

    further = options.add.replace("，", ",").replace("、", ",").split(",") if options.add else []
    catalogue, office = _catalogue(context, options, further=further)
    status = _tell_lacking(context, catalogue)
    path, missing = write_catalogue(catalogue, options.out, office=office, paper=options.paper)
    context.say("七公開目錄 {count} 項已寫入：{path}", count=len(catalogue.rows), path=path)
    return max(status, context.tell_missing(missing))


def cards(context: Context, options: Namespace) -> int:
    """Write the cards, after telling what they do not state."""
    from db.subsidyitems import FURTHER
    from exports.catalogue.writing import write_cards

    catalogue, office = _catalogue(context, options, further=[item.key for item in FURTHER])
    status = _tell_lacking(context, catalogue)
    path, missing = write_cards(catalogue, options.out, office=office)
    context.say("明白卡 {count} 張已寫入：{path}", count=len(catalogue.rows), path=path)
    return max(status, context.tell_missing(missing))


_ON = argument("--on", type=day, metavar="DATE", help="按這一天有效的政策；默認今天")
_POLICY = argument("--policy", action="append", metavar="P", help="只要這一項政策：編號或名稱，可寫多次")
_ISSUER = argument("--issuer", default="", metavar="單位", help="公布單位；默認為設置裏的辦公室名稱")
PARTS = (
    About(
        "catalogue",
        "七公開目錄：PDF、xlsx，或可貼到網站的 HTML 表格",
        write,
        (
            argument("--out", type=Path, required=True, metavar="OUT.pdf|OUT.xlsx|OUT.html"),
            _ON,
            _POLICY,
            _ISSUER,
            argument("--add", metavar="A,B,…", help="七項之外再加的欄目，用逗號分開"),
            argument("--paper", choices=("A3", "A4"), default="A3", help="紙張，橫向；默認 A3"),
        ),
    ),
    About(
        "cards",
        "補貼政策明白卡：每項政策一頁，PDF 或 xlsx",
        cards,
        (argument("--out", type=Path, required=True, metavar="OUT.pdf|OUT.xlsx"), _ON, _POLICY, _ISSUER),
    ),
)
