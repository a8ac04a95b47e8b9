"""``taizhang payments``: importing payment sheets, listing and summing what was paid, withdrawing an import."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands import postings_make
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from db.paymentlist import PaymentFilter
    from exports.payments.choices import Choices
    from exports.payments.importing import Preview, Progress
    from exports.payments.reading import SheetResult

NO_IDENTITY = (
    "沒有設置密碼：身份證號和賬號只留掩碼，不同發放表之間按身份證號查重做不到。"
    "要查重，請先用 taizhang vault set 設置密碼。"
)


def import_(context: Context, options: Namespace) -> int:
    """Read payment sheets, tell what was found, and store what can be taken."""
    from exports.payments import importing, told

    with context.database(writable=not options.preview, private=True) as database:
        with database.reading() as session:
            choices = _choices(session, options)
        if options.add_places and not options.preview:
            added = _add_places(database, options.files, choices)
            if added is not None and not options.json:
                context.tell(added)
        shown = importing.preview(database, paths=options.files, choices=choices, progress=_progress(context))
        if options.json:
            print_json(told.as_json(shown))
        else:
            _tell(context, shown)
        if not options.preview:
            changes = importing.apply(database, shown=shown, progress=_progress(context))
            if not options.json:
                context.tell(changes)
    return 1 if shown.left_out else 0


def _choices(session: Session, options: Namespace) -> Choices:
    from db import subsidies
    from exports.payments.choices import Choices

    return Choices(
        policy=subsidies.named(session, options.policy).id if options.policy else None,
        period=options.period,
        village=_village(session, options.village) if options.village else None,
        money=options.money or "",
        places={written: _village(session, meant) for written, meant in _pairs(options.as_)},
    )


def _money(written: str) -> str:
    """Return the unit of sums, written in either script."""
    units = {"元": "元", "萬元": "萬元", "万元": "萬元"}
    if written not in units:
        raise ValueError(written)
    return units[written]


def _pairs(given: list[str] | None) -> list[tuple[str, str]]:
    from db.errors import Refused

    pairs = [one.replace("＝", "=").partition("=") for one in given or ()]
    for written, mark, meant in pairs:
        if not (written and mark and meant):
            raise Refused("--as 要寫成「表中寫法=村名」，例如 --as 橋村=石橋鎮石橋村。")
    return [(written.strip(), meant.strip()) for written, _, meant in pairs]


def _village(session: Session, name: str) -> int:
    from db import placetree
    from db.errors import Refused

    found = placetree.gazetteer(session).find(name)
    if found.village is None:
        several = "、".join(one.called for one in found.candidates)
        if several:
            raise Refused("「{name}」可以是：{several}。請把鄉鎮一起寫上。", name=name, several=several)
        raise Refused("區劃裏沒有「{name}」。可用 places list 查看，用 places add 添加。", name=name)
    return found.village.id


def _add_places(database: Database, files: list[Path], choices: Choices) -> Changes | None:
    """Add the villages that the sheets name and nobody knows, where their town stands beside them."""
    from db import places
    from exports.payments import importing

    rows = importing.missing_places(importing.preview(database, paths=files, choices=choices))
    return places.bring_in(database, rows=rows, source=files[0].name) if rows else None


def _progress(context: Context) -> Progress | None:
    """Return what tells how far reading is at a terminal, None elsewhere."""
    if not sys.stderr.isatty():
        return None
    said = [-1]

    def tell(done: int, total: int) -> None:
        percent = done * 100 // total
        if percent != said[0]:
            said[0] = percent
            sys.stderr.write(context.convert("\r已讀 {percent}%").format(percent=percent))

    return tell


def _tell(context: Context, shown: Preview) -> None:
    from exports.payments import told

    for file in shown.files:
        sentence, facts = told.known_line(file)
        if sentence:
            context.say(sentence, **facts)
        for name in file.hidden:
            context.say("「{file}」隱藏的表「{sheet}」沒有讀取。", file=file.name, sheet=name)
        for sheet in file.sheets:
            if sheet.usable:
                _tell_sheet(context, sheet)
            else:
                context.say("「{file}」表「{sheet}」沒有姓名和金額兩欄，沒有讀取。", file=file.name, sheet=sheet.sheet)
    if not shown.sealing:
        context.say(NO_IDENTITY)


def _tell_sheet(context: Context, sheet: SheetResult) -> None:
    from db.money import figures
    from exports.payments import told
    from exports.payments.findings import safe

    context.say(
        "「{file}」表「{sheet}」：{rows} 行、{amount} 元；{total}。",
        file=sheet.file,
        sheet=sheet.sheet,
        rows=sheet.total.rows,
        amount=figures(sheet.total.amount_fen),
        total=context.convert(told.total_line(sheet)),
    )
    for place, heading, taken in told.columns(sheet):
        if not taken:
            context.say("  {place} 列「{heading}」看不出是什麼，沒有採用。", place=place, heading=heading)
    for (kind, town, written), rows in sheet.questions.items():
        asked = context.convert(told.ASKED[kind])
        context.say("  「{name}」是{asked}？{rows} 行沒有採用。", name=safe(town + written), asked=asked, rows=rows)
    for finding in sheet.findings.told:
        print(f"  {finding.problem.told(context.stored)}")
    untold = sum(sheet.findings.counts.values()) - len(sheet.findings.told)
    if untold > 0:
        context.say("  還有 {count} 處沒有逐條列出。", count=untold)


def _filter(session: Session, options: Namespace) -> PaymentFilter:
    from db import subsidies
    from db.paymentlist import PaymentFilter
    from db.paymentperiods import settled

    return PaymentFilter(
        place=_place(session, options.village) if options.village else None,
        policy=subsidies.named(session, options.policy).id if options.policy else None,
        period=settled(options.period) if options.period else "",
        name=getattr(options, "name", "") or "",
    )


def _place(session: Session, name: str) -> int:
    """Return the village, or the town with all its villages."""
    from db import placetree

    known = placetree.gazetteer(session)
    towns = known.find_towns(name)
    return towns[0].id if len(towns) == 1 and known.find(name).village is None else _village(session, name)


_KEYS = (
    *("id", "town", "village", "policy_name", "period", "name", "group", "quantity", "unit", "standard"),
    *("amount_fen", "note", "identity_mask", "account_mask"),
)


def list_(context: Context, options: Namespace) -> int:
    """List the imported sheets; with a name, village, policy or period the payments themselves."""
    from db import paymentlist
    from db.money import figures

    with context.database(writable=False) as database, database.reading() as session:
        if not (options.village or options.policy or options.period or options.name):
            return _list_imports(context, session, as_json=options.json)
        wanted = _filter(session, options)
        lines = paymentlist.page(session, wanted, limit=options.limit)
        rows, fen = paymentlist.count(session, wanted)
    if options.json:
        told = [{key: getattr(one, key) for key in _KEYS} for one in lines]
        print_json({"rows": rows, "amount_fen": fen, "payments": told})
        return 0
    context.table(
        (
            one.town + one.village,
            one.policy_name,
            one.period,
            one.name,
            one.quantity + one.unit,
            figures(one.amount_fen),
        )
        for one in lines
    )
    context.say("列出 {shown} 筆，共 {rows} 筆、{amount} 元", shown=len(lines), rows=rows, amount=figures(fen))
    return 0


def _list_imports(context: Context, session: Session, *, as_json: bool) -> int:
    from db import paymentlist
    from db.money import figures

    found = paymentlist.imports(session)
    if as_json:
        keys = ("id", "file_name", "sheet", "rows", "amount_fen", "total_fen", "sealed", "active")
        print_json({"imports": [{key: getattr(one, key) for key in keys} for one in found]})
        return 0
    context.table(
        (
            one.id,
            f"{one.made_at:%Y-%m-%d %H:%M}",
            one.file_name,
            one.sheet,
            one.rows,
            figures(one.amount_fen),
            context.convert("有效" if one.active else "已撤回"),
        )
        for one in found
    )
    return 0


def totals(context: Context, options: Namespace) -> int:
    """Sum what was paid by village, policy and period."""
    from db import paymentlist
    from db.money import figures

    with context.database(writable=False) as database, database.reading() as session:
        lines = paymentlist.sums(session, _filter(session, options))
    if options.json:
        keys = ("town", "village", "policy_name", "period", "rows", "amount_fen")
        print_json({"totals": [{key: getattr(one, key) for key in keys} for one in lines]})
        return 0
    context.table(
        (one.period, one.policy_name, one.town, one.village, one.rows, figures(one.amount_fen)) for one in lines
    )
    context.say("合計 {amount} 元", amount=figures(sum(one.amount_fen for one in lines)))
    return 0


def withdraw(context: Context, options: Namespace) -> int:
    """Withdraw an imported sheet, or let a withdrawn one count again."""
    from db import payments

    with context.database() as database:
        act = payments.restore if options.restore else payments.withdraw
        context.tell(act(database, import_id=options.number))
    return 0


_JSON = argument("--json", action="store_true", help="輸出一份 JSON")
_POLICY = argument("--policy", default="", metavar="P", help="補貼政策：名稱、簡稱或序號")
_PERIOD = argument("--period", default="", metavar="期", help="發放期：2022、2022-06、2022-Q1、2022-H1")
_VILLAGE = argument("--village", default="", metavar="村", help="村名，重名的連鄉鎮一起寫")
ABOUT = (
    About(
        "payments",
        "補貼發放記錄",
        parts=(
            About(
                "import",
                "導入發放表：xlsx、xls、ods、csv，可多個，最多百萬行",
                import_,
                (
                    argument("files", nargs="+", type=Path, metavar="FILE"),
                    _POLICY,
                    _PERIOD,
                    _VILLAGE,
                    argument("--money", type=_money, metavar="元|萬元", help="表中沒有寫明時的金額單位；默認元"),
                    argument(
                        "--as", dest="as_", action="append", metavar="寫法=村", help="表中的寫法是哪個村，可寫多次"
                    ),
                    argument("--add-places", action="store_true", help="表中鄉鎮、村兩欄裏還沒有的，加入區劃"),
                    argument("--preview", action="store_true", help="只核對，不導入"),
                    _JSON,
                ),
            ),
            About(
                "list",
                "列出導入過的發放表；給出條件時列出發放記錄",
                list_,
                (
                    _POLICY,
                    _PERIOD,
                    _VILLAGE,
                    argument("--name", default="", metavar="姓名", help="姓名或其中幾個字"),
                    argument("--limit", type=int, default=500, metavar="N", help="最多列出多少筆；默認 500"),
                    _JSON,
                ),
            ),
            postings_make.POST,
            About("totals", "按村、政策、發放期合計", totals, (_POLICY, _PERIOD, _VILLAGE, _JSON)),
            About(
                "withdraw",
                "撤回一份發放表",
                withdraw,
                (
                    argument("number", type=int, metavar="N", help="payments list 列出的序號"),
                    argument("--restore", action="store_true", help="恢復撤回的發放表"),
                ),
            ),
        ),
    ),
)
