"""``taizhang payments post``: the postings of a village, of a policy, or of the whole county in one run."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused
from db.terms import PostingProfile
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.database import Database
    from exports.posting.options import Options
    from exports.posting.run import Result
    from exports.posting.wanted import Tick, Wanted


def post(context: Context, options: Namespace) -> int:
    """Make postings, or only tell what would be wrong with them."""
    from exports.posting.options import Unconfirmed
    from exports.posting.run import run
    from exports.posting.secrets import secrets_of

    looks = _looks(options)
    if options.check:
        return check(context, options, looks)
    with context.database(private=True) as database:
        wanted = _wanted(database, options)
        try:
            result = run(
                database,
                wanted=wanted,
                options=looks,
                folder=options.folder,
                confirmed=options.confirm_strict,
                secrets=secrets_of(database),
                tick=_tick(context),
            )
        except Unconfirmed as question:
            raise Refused(f"{question.template}（加 --confirm-strict）", **question.facts) from question
    if options.json:
        print_json(_told(result, wanted.period))
    else:
        _tell(context, result)
    return 0 if result.whole else 1


def check(context: Context, options: Namespace, looks: Options) -> int:
    """Tell what is wrong with postings before any is made."""
    from db import settings
    from exports.posting.wanted import question, survey

    with context.database(writable=False) as database:
        wanted = _wanted(database, options)
        with database.reading() as session:
            reports = survey(session, wanted, options=looks, office=settings.office(session))
            asked = None if options.confirm_strict else question(session, wanted, options=looks)
    for report in reports:
        for finding in report.private:
            context.say("不能製作「{title}」：{finding}", title=report.title, finding=finding.told(context.convert))
        for one in report.missing:
            context.say("「{title}」{missing}", title=report.title, missing=one.told(context.convert))
        for warning in report.warnings:
            context.say("請留意「{title}」：{warning}", title=report.title, warning=context.stored(warning))
    if asked is not None:
        print(asked.told(context.convert))
    context.say(
        "預檢公示 {count} 份，{rows} 筆；不能製作 {stopped} 份。",
        count=len(reports),
        rows=sum(report.rows for report in reports),
        stopped=sum(bool(report.private) for report in reports),
    )
    return 1 if asked is not None or any(report.private or report.missing for report in reports) else 0


def _looks(options: Namespace) -> Options:
    from exports.posting.options import KINDS, Options

    return Options(
        days=options.days,
        working_days=options.working,
        profile=values.term(PostingProfile, options.profile),
        paper=options.paper,
        kinds=(f".{options.only}",) if options.only else KINDS,
        with_notes=options.notes,
        with_groups=not options.no_groups,
    )


def _wanted(database: Database, options: Namespace) -> Wanted:
    from db import paymentlist, postingfacts, subsidies
    from db.paymentperiods import settled
    from exports.posting.wanted import Wanted

    with database.reading() as session:
        period = settled(options.period) if options.period else next(iter(paymentlist.periods(session)), "")
        if not period:
            raise Refused("還沒有發放記錄，不能製作公示。請先導入發放表。")
        policies = tuple(subsidies.named(session, name).id for name in options.policy)
        if not policies and not options.together:
            policies = tuple(one.id for one in postingfacts.paid_policies(session, period=period))
        return Wanted(period, () if options.together else policies, _places(session, options.village, period))


def _places(session: Session, names: list[str], period: str) -> tuple[int, ...] | None:
    """Return the villages with these names, all where none is named; raise :class:`Refused` for a doubtful name."""
    from db import placetree, postingfacts

    if not names:
        return None
    known = placetree.gazetteer(session, with_ended=True)
    paid = {one.place for one in postingfacts.villages(session, period=period)}
    chosen = []
    for name in names:
        found = known.find(name)
        if found.village is None and found.candidates:
            towns = "、".join(one.called for one in found.candidates)
            raise Refused("名為「{name}」的村不止一個：{towns}。請連鄉鎮一起寫。", name=name, towns=towns)
        if found.village is None or found.village.id not in paid:
            raise Refused("「{name}」在 {period} 沒有發放記錄。請核對村名。", name=name, period=period)
        chosen.append(found.village.id)
    return tuple(chosen)


def _tick(context: Context) -> Tick | None:
    """Return what tells at a terminal how far the run is; nothing is told where the output is kept in a file."""
    if not sys.stderr.isatty():
        return None
    template = context.convert("公示 {done}/{total}")

    def tell(done: int, total: int) -> None:
        end = "\n" if done == total else "\r"
        print(template.format(done=done, total=total), end=end, file=sys.stderr, flush=True)

    return tell


def _tell(context: Context, result: Result) -> None:
    for title, reason in result.failures:
        context.say("沒有製作「{title}」：{reason}", title=title, reason=context.stored(reason))
    for warning in result.warnings:
        print(context.stored(warning))
    context.tell_missing(result.missing)
    context.say(
        "公示製作 {made} 份，沿用 {kept} 份，未製作 {failed} 份：{folder}",
        made=len(result.made),
        kept=result.kept,
        failed=len(result.failures),
        folder=result.folder,
    )
    if result.index is not None:
        context.say("目錄：{path}", path=result.index)
    if result.changes is not None:
        context.tell(result.changes)


def _told(result: Result, period: str) -> dict[str, object]:
    return {
        "period": period,
        "folder": str(result.folder),
        "index": str(result.index or ""),
        "made": [
            {"title": one.title, "rows": one.rows, "amount_fen": one.amount_fen, "files": dict(one.files)}
            for one in result.made
        ],
        "kept": result.kept,
        "failures": [{"title": title, "reason": reason} for title, reason in result.failures],
        "missing": [str(one) for one in result.missing],
        "warnings": result.warnings,
        "batch": result.changes.batch if result.changes else None,
    }


POST = About(
    "post",
    "製作村級公示：PDF 和 xlsx，按鄉鎮分文件夾，附目錄；中斷後再運行同一命令接着做",
    post,
    (
        argument("folder", type=Path, metavar="DIR", help="公示放在這個文件夾"),
        argument("--village", action="append", default=[], metavar="V", help="只要這個村，可寫多次；默認全部"),
        argument("--policy", action="append", default=[], metavar="P", help="只要這項補貼，可寫多次；默認每項一份"),
        argument("--together", action="store_true", help="一個村的各項補貼合成一份"),
        argument("--period", default="", metavar="P", help="發放期，如 2022 或 2022-06；默認最近一期"),
        argument("--days", type=int, default=7, metavar="N", help="公示期，自張貼次日起；默認 7 天"),
        argument("--working", action="store_true", help="公示期按工作日計算"),
        argument("--profile", default="", metavar="一般|從嚴", help="公示方式；默認按各項補貼的設置"),
        argument("--confirm-strict", action="store_true", help="確認公示低保、殘疾、兒童等敏感補貼"),
        argument("--paper", choices=("A4", "A3"), default="A4", help="紙張，豎向；默認 A4"),
        argument("--only", choices=("pdf", "xlsx"), help="只要一種文件；默認兩種"),
        argument("--notes", action="store_true", help="印出備註；默認不印"),
        argument("--no-groups", action="store_true", help="不印組別"),
        argument("--check", action="store_true", help="只預檢，不寫文件"),
        argument("--json", action="store_true", help="輸出 JSON"),
    ),
)
