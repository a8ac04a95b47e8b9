"""``taizhang subsidy add``, ``edit``, ``version`` and so on: one policy changed from the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.errors import Refused
from db.script import fold
from db.terms import PostingProfile
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _items(given: Sequence[str]) -> dict[str, str]:
    r"""Return items by key, each told as ``補助標準=67元/畝``; ``\n`` begins a new line."""
    from db.subsidyitems import ITEMS

    found = {}
    for one in given:
        name, sign, text = one.partition("=")
        item = next((item for item in ITEMS if fold(name) in (item.key, fold(item.label))), None)
        if not sign or item is None:
            labels = "、".join(item.label for item in ITEMS)
            raise Refused("「{given}」應寫成 補助標準=67元/畝 的樣子。可用的項：{labels}。", given=one, labels=labels)
        found[item.key] = text.replace("\\n", "\n")
    return found


def _profile(text: str) -> PostingProfile:
    found = values.term(PostingProfile, text)
    if found is None:
        raise Refused("請寫明公示方式：一般或從嚴。")
    return found


def _ids(session: Session, names: Sequence[str]) -> list[int]:
    from db import subsidies

    return [subsidies.named(session, name).id for name in names]


def add(context: Context, options: Namespace) -> int:
    """Add a policy."""
    from db import subsidies

    items = {"name": options.name, **_items(options.set)}
    with context.database() as database:
        first, last = values.day(options.since), values.day(options.until)
        context.tell(
            subsidies.add(database, values=items, valid_from=first, valid_to=last, same_name=options.same_name)
        )
    return 0


def edit(context: Context, options: Namespace) -> int:
    """Correct items of the version that holds on a day, or its days."""
    from db import subsidies, subsidylist

    with context.database() as database:
        with database.reading() as session:
            policy = subsidies.named(session, options.policy)
            line = subsidylist.book_of(policy).at(values.day(options.on) or date.today())
        items = _items(options.set)
        if items:
            context.tell(subsidies.edit(database, version=line.version, values=items))
        if options.since is not None or options.until is not None:
            first = line.valid_from if options.since is None else values.day(options.since)
            last = line.valid_to if options.until is None else values.day(options.until)
            context.tell(subsidies.set_validity(database, version=line.version, valid_from=first, valid_to=last))
    return 0


def version(context: Context, options: Namespace) -> int:
    """Begin a version from a day on, or take one out."""
    from db import subsidies, subsidylist

    since = values.given_day(options.since)
    with context.database() as database:
        with database.reading() as session:
            policy = subsidies.named(session, options.policy)
            book = subsidylist.book_of(policy)
        if options.remove:
            found = next((one for one in book.versions if one.valid_from == since), None)
            if found is None:
                raise Refused("「{name}」沒有從 {on} 起的版本。", name=book.name, on=since)
            context.tell(subsidies.remove_version(database, version=found.version))
        else:
            last, items = values.day(options.until), _items(options.set)
            context.tell(subsidies.add_version(database, policy=book.id, valid_from=since, valid_to=last, values=items))
    return 0


def remove(context: Context, options: Namespace) -> int:
    """Take policies out."""
    from db import subsidies

    with context.database() as database:
        with database.reading() as session:
            chosen = _ids(session, options.policy)
        context.tell(subsidies.remove(database, policies=chosen))
    return 0


def end(context: Context, options: Namespace) -> int:
    """End policies from a day on, or take them up again."""
    from db import subsidies

    on = None if options.resume else values.day(options.on) or date.today()
    with context.database() as database:
        with database.reading() as session:
            chosen = _ids(session, options.policy)
        context.tell(subsidies.end(database, policies=chosen, on=on))
    return 0


def profile(context: Context, options: Namespace) -> int:
    """Say how much of a person the postings of policies may show."""
    from db import subsidies

    with context.database() as database:
        with database.reading() as session:
            chosen = _ids(session, options.policy)
        context.tell(subsidies.set_profile(database, policies=chosen, profile=_profile(options.profile)))
    return 0


def move(context: Context, options: Namespace) -> int:
    """Place a policy before another in the catalogue, or last."""
    from db import subsidies

    with context.database() as database:
        with database.reading() as session:
            policy = subsidies.named(session, options.policy).id
            before = subsidies.named(session, options.before).id if options.before else None
        context.tell(subsidies.move(database, policy=policy, before=before))
    return 0


_POLICY = argument("policy", metavar="POLICY", help="政策的名稱、簡稱或序號")
_POLICIES = argument("policy", nargs="+", metavar="POLICY", help="政策的名稱、簡稱或序號")
_SET = argument("--set", action="append", default=[], metavar="項=內容", help=r"如 補助標準=67元/畝；\n 換行；可寫多次")
_SINCE = argument("--from", dest="since", metavar="DATE", help="執行起日")
_UNTIL = argument("--to", dest="until", metavar="DATE", help="執行止日")
PARTS = (
    About(
        "add",
        "添加一項補貼政策",
        add,
        (
            argument("name", metavar="NAME", help="補貼政策名稱"),
            _SET,
            _SINCE,
            _UNTIL,
            argument("--same-name", action="store_true", help="已有同名政策也照樣添加"),
        ),
    ),
    About(
        "edit",
        "更正一項補貼政策",
        edit,
        (_POLICY, _SET, _SINCE, _UNTIL, argument("--on", metavar="DATE", help="更正這一天有效的版本；默認今天")),
    ),
    About(
        "version",
        "從某一天起的新版本",
        version,
        (
            _POLICY,
            argument("--from", dest="since", metavar="DATE", required=True, help="執行起日"),
            _UNTIL,
            _SET,
            argument("--remove", action="store_true", help="刪除從這一天起的版本"),
        ),
    ),
    About("remove", "刪除補貼政策", remove, (_POLICIES,)),
    About(
        "end",
        "停止執行補貼政策",
        end,
        (
            _POLICIES,
            argument("--on", metavar="DATE", help="從哪一天起；默認今天"),
            argument("--resume", action="store_true", help="恢復執行"),
        ),
    ),
    About(
        "profile",
        "公示方式：一般或從嚴",
        profile,
        (argument("profile", metavar="一般|從嚴"), _POLICIES),
    ),
    About(
        "move",
        "調整目錄中的順序",
        move,
        (_POLICY, argument("--before", metavar="POLICY", help="放到這一項之前；默認放到最後")),
    ),
)
