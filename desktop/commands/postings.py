"""``taizhang postings``: the register of postings; made, hung up, photographed, objected to, taken down."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused
from db.terms import PostingState
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from db.database import Database
    from db.postinglist import PostingLine


def list_(context: Context, options: Namespace) -> int:
    """List the postings in the register."""
    from db import postinglist

    state = values.term(PostingState, options.state)
    with context.database(writable=False) as database, database.reading() as session:
        found = postinglist.listed(
            session, on=values.day(options.on), period=options.period, states=(state,) if state else ()
        )
    _show(context, options, found)
    return 0


def due(context: Context, options: Namespace) -> int:
    """List what may come down today."""
    from db import postinglist

    with context.database(writable=False) as database, database.reading() as session:
        found = postinglist.due(session, on=values.day(options.on))
    _show(context, options, found)
    return 0


def _show(context: Context, options: Namespace, lines: Iterable[PostingLine]) -> None:
    if options.json:
        print_json({"postings": [_told(line) for line in lines]})
        return
    from db.postinglist import SHAPES

    context.table(
        (
            line.id,
            f"{SHAPES[line.state]} {context.convert(line.state.label)}",
            line.title,
            line.rows,
            line.posted_on,
            line.due_down_on,
            line.taken_down_on,
            context.convert("已重新製作") if line.superseded else "",
        )
        for line in lines
    )


def _told(line: PostingLine) -> dict[str, object]:
    days = {"posted_on": line.posted_on, "due_down_on": line.due_down_on, "taken_down_on": line.taken_down_on}
    return {
        "id": line.id,
        "town": line.town,
        "village": line.village,
        "policy": line.policy,
        "period": line.period,
        "title": line.title,
        "state": line.state.value,
        "rows": line.rows,
        "amount_fen": line.amount_fen,
        **{key: day.isoformat() if day else None for key, day in days.items()},
        "spot": line.spot,
        "superseded": line.superseded,
        "photos": line.photos,
        "objections": line.objections,
        "open_objections": line.open_objections,
        "folder": line.folder,
        "files": dict(line.files),
    }


def show(context: Context, options: Namespace) -> int:
    """Show one posting with its photos and objections."""
    from db import postinglist

    with context.database(writable=False) as database, database.reading() as session:
        photos, objections = postinglist.particulars(session, options.id)
        line = next(one for one in postinglist.listed(session) if one.id == options.id)
    _show(context, options, [line])
    if not options.json:
        context.table((context.convert("照片"), one.id, one.name) for one in photos)
        context.table(
            (context.convert("異議"), one.id, one.raised_on, one.raised_by, one.text, one.handled_on, one.handling)
            for one in objections
        )
    return 0


def posted(context: Context, options: Namespace) -> int:
    """Enter that postings were hung up."""
    from db import postings

    with context.database() as database:
        ids = _ids(database, options, PostingState.MADE)
        on = values.given_day(options.on)
        context.tell(postings.post(database, postings=ids, on=on, spot=options.spot))
    return 0


def down(context: Context, options: Namespace) -> int:
    """Enter that postings were taken down."""
    from db import postings

    with context.database() as database:
        ids = _ids(database, options, PostingState.DUE_DOWN)
        try:
            changes = postings.take_down(database, postings=ids, on=values.given_day(options.on), early=options.early)
        except postings.TooEarly as question:
            raise Refused(f"{question.template}（加 --early）", **question.facts) from question
        context.tell(changes)
    return 0


def _ids(database: Database, options: Namespace, state: PostingState) -> list[int]:
    """Return the postings named, or all of a period in a state that are not made anew since."""
    from db import postinglist

    if bool(options.ids) == bool(options.period):
        raise Refused("請寫公示的編號，或用 --period 選一期的全部。")
    if options.ids:
        return list(options.ids)
    with database.reading() as session:
        found = postinglist.listed(session, period=options.period, states=(state,))
    ids = [line.id for line in found if not line.superseded]
    if not ids:
        raise Refused("{period} 沒有「{state}」的公示。", period=options.period, state=state.label)
    return ids


def photo(context: Context, options: Namespace) -> int:
    """Keep photos of a posting on its board."""
    from db import evidence, postingphotos

    files = [evidence.read_file(path) for path in options.files]
    with context.database() as database:
        context.tell(postingphotos.add(database, posting=options.id, files=files))
    return 0


def objection(context: Context, options: Namespace) -> int:
    """Enter an objection."""
    from db import postings

    with context.database() as database:
        on = values.given_day(options.on)
        context.tell(postings.object_to(database, posting=options.id, text=options.text, on=on, by=options.by))
    return 0


def handled(context: Context, options: Namespace) -> int:
    """Enter how an objection was handled."""
    from db import postings

    with context.database() as database:
        on = values.given_day(options.on)
        context.tell(postings.handle(database, objection=options.id, handling=options.text, on=on))
    return 0


def drop(context: Context, options: Namespace) -> int:
    """Take postings that never hung out of the register."""
    from db import postings

    with context.database() as database:
        context.tell(postings.drop(database, postings=options.ids))
    return 0


_JSON = argument("--json", action="store_true", help="輸出 JSON")
_ON = argument("--on", metavar="DATE", help="按這一天看；默認今天")
_DAY = argument("--on", required=True, metavar="DATE", help="日期，如 2022-09-26")
_ID = argument("id", type=int, metavar="ID", help="公示編號，見 postings list")
_IDS = argument("ids", type=int, nargs="*", metavar="ID", help="公示編號，見 postings list")
_PERIOD = argument("--period", metavar="P", help="這一期的全部")
ABOUT = (
    About(
        "postings",
        "公示登記：製作、張貼、照片、異議、撤下",
        parts=(
            About(
                "list",
                "列出公示",
                list_,
                (
                    argument("--period", metavar="P", help="只列一期"),
                    argument("--state", default="", metavar="WORD", help="只列一種狀態，如 公示中、到期待撤"),
                    _ON,
                    _JSON,
                ),
            ),
            About("due", "列出到期待撤的公示", due, (_ON, _JSON)),
            About("show", "一份公示的照片和異議", show, (_ID, _JSON)),
            About(
                "posted",
                "登記張貼；應撤日期自動算出",
                posted,
                (_IDS, _PERIOD, _DAY, argument("--spot", default="", metavar="WORDS", help="張貼地點")),
            ),
            About(
                "down",
                "登記撤下",
                down,
                (_IDS, _PERIOD, _DAY, argument("--early", action="store_true", help="確認提前撤下")),
            ),
            About(
                "photo",
                "附張貼照片",
                photo,
                (_ID, argument("files", type=Path, nargs="+", metavar="FILE", help="JPG 或 PNG 照片")),
            ),
            About(
                "objection",
                "登記異議",
                objection,
                (
                    _ID,
                    argument("text", metavar="TEXT", help="異議內容"),
                    argument("--by", default="", metavar="NAME", help="提出人"),
                    _DAY,
                ),
            ),
            About(
                "handled",
                "登記異議的處理情況",
                handled,
                (
                    argument("id", type=int, metavar="ID", help="異議編號，見 postings show"),
                    argument("text", metavar="TEXT", help="處理情況"),
                    _DAY,
                ),
            ),
            About("drop", "把沒有張貼過的公示移出登記", drop, (_IDS,)),
        ),
    ),
)
