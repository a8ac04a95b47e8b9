"""``taizhang subsidy``: the policies listed, brought in, taken out; changes and papers are in rooms of their own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import Refused
from db.script import fold
from desktop.commands import catalogue, subsidy_changes, values
from desktop.commands.about import About, argument
from desktop.commands.collect_foreign import pair
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.database import Database
    from db.policyimport import Line, Plan
    from db.subsidylist import PolicyLine
    from exports.subsidies.found import Found, Headed


def list_(context: Context, options: Namespace) -> int:
    """List the policies that hold on a day, with what they lack."""
    from db import subsidylist

    on = values.day(options.on) or date.today()
    with context.database(writable=False) as database, database.reading() as session:
        lines = subsidylist.catalogue(session, on=on)
    if options.json:
        print_json({"on": on.isoformat(), "policies": [_policy(line) for line in lines]})
        return 0
    from db.subsidyitems import BY_KEY

    for line in lines:
        lacking = "、".join(BY_KEY[key].label for key in line.missing)
        told = context.convert(f"缺{lacking}" if lacking else "齊全")
        context.table([(line.policy, line.values["name"], line.values["department"], told)])
    return 0


def _policy(line: PolicyLine) -> dict[str, Any]:
    return {
        "id": line.policy,
        "version": line.version,
        "valid_from": line.valid_from.isoformat() if line.valid_from else None,
        "valid_to": line.valid_to.isoformat() if line.valid_to else None,
        "profile": line.profile.value,
        "items": dict(line.values),
        "missing": list(line.missing),
    }


def export(context: Context, options: Namespace) -> int:
    """Write the policies as a workbook that can be corrected and brought in again."""
    from db import settings
    from exports.subsidies.writing import write_policies

    on = values.day(options.on)
    with context.database(writable=False) as database, database.reading() as session:
        path = write_policies(session, options.out, office=settings.office(session), on=on)
    context.say("補貼政策表已寫入：{path}", path=path.absolute())
    return 0


# bringing in


def import_(context: Context, options: Namespace) -> int:
    """Bring in a list of policies, or only show what it would do."""
    from db import policyimport

    since = values.day(options.since)
    with context.database() as database:
        found, told = _read(database, options)
        with database.reading() as session:
            plan = _plan(session, found, options.file.name, split=options.split_phones)
            choices = _choices(session, plan, options)
        batch, open_ = None, [place for place, line in _asked(plan) if place not in choices]
        if not options.preview:
            changes = policyimport.apply(database, plan=plan, choices=choices, valid_from=since)
            batch = changes.batch
            if not options.json:
                context.tell(changes)
            if told:
                from exports.subsidies import settling

                settling.keep(database, name=options.file.stem, told=told)
    if options.json:
        print_json(_told(found, plan, batch))
    else:
        _say(context, found, plan)
    return 1 if open_ or any(one.problems for one in found) else 0


def _read(database: Database, options: Namespace) -> tuple[list[Found], list[Headed]]:
    from exports.subsidies import settling
    from exports.subsidies.reading import read_policies

    with database.reading() as session:
        found = read_policies(options.file, settling.recall_from(session))
        if not options.map:
            return found, []
        tables = [table for one in found for table in one.tables]
        told = settling.settle(tables, [pair(one) for one in options.map])
        return read_policies(options.file, settling.recall_from(session, told)), told


def _plan(session: Session, found: Sequence[Found], source: str, *, split: bool) -> Plan:
    from db import policyimport

    incoming = [one for some in found for one in some.policies]
    if split:
        incoming = [policyimport.with_split_phones(one) for one in incoming]
    return policyimport.plan(session, incoming, source=source)


def _asked(plan: Plan) -> list[tuple[int, Line]]:
    from db.terms import PolicyVerdict

    return [(place, line) for place, line in enumerate(plan.lines) if line.verdict is PolicyVerdict.ASKED]


def _choices(session: Session, plan: Plan, options: Namespace) -> dict[int, int]:
    """Return what the asked lines are taken for, as told with ``--same`` and ``--new``."""
    from db import subsidies
    from db.policyimport import NEW

    named = [pair(one) for one in options.same]
    chosen = {}
    for place, line in _asked(plan):
        same = next((policy for name, policy in named if fold(name) == fold(line.name)), None)
        if same is not None:
            chosen[place] = subsidies.named(session, same).id
        elif options.new:
            chosen[place] = NEW
    unknown = [name for name, _policy in named if not any(fold(name) == fold(one.name) for _at, one in _asked(plan))]
    if unknown:
        raise Refused("表裏沒有重名待定的「{name}」。", name=unknown[0])
    return chosen


def _say(context: Context, found: Sequence[Found], plan: Plan) -> None:
    from db.subsidyitems import label_of

    for line in plan.lines:
        name, place = line.name, context.stored(line.incoming.place)
        context.say("{verdict}　{name}（{place}）", verdict=context.convert(line.verdict.label), name=name, place=place)
        for key, (old, new) in line.differs.items():
            shown = old or context.convert("空"), new
            context.say("  {item}：{old} → {new}", item=context.convert(label_of(key)), old=shown[0], new=shown[1])
        if line.alike:
            names = "、".join(f"{one}（{number}）" for number, one in line.alike)
            context.say("  可能是：{names}。用 --same 名稱=政策 指明，或用 --new 作新政策。", names=names)
        for key, told in line.doubts:
            print(f"  {context.convert(label_of(key))}：{context.stored(told)}")
    for one in found:
        for problem in one.problems:
            print(problem.told(context.convert))
        for column in one.unknown():
            context.say("沒有讀取的列：{heading}（{sheet}）", heading=column.title, sheet=column.sheet)
        for place, text in one.passed:
            context.say("略過：{place}　{text}", place=context.stored(place), text=text[:40])


def _told(found: Sequence[Found], plan: Plan, batch: int | None) -> dict[str, Any]:
    return {
        "file": plan.source,
        "policies": [
            {
                "place": line.incoming.place,
                "name": line.name,
                "verdict": line.verdict.value,
                "policy": line.policy,
                "items": dict(line.incoming.values),
                "changes": {key: list(pair_) for key, pair_ in line.differs.items()},
                "alike": [{"id": number, "name": name} for number, name in line.alike],
                "doubts": [{"item": key, "text": told} for key, told in line.doubts],
            }
            for line in plan.lines
        ],
        "problems": [
            {"file": one.file, "sheet": one.sheet, "cell": one.cell, "found": one.found, "expected": one.expected}
            for some in found
            for one in some.problems
        ],
        "unknown": [{"sheet": one.sheet, "heading": one.title} for some in found for one in some.unknown()],
        "passed": [{"place": place, "text": text} for some in found for place, text in some.passed],
        "batch": batch,
    }


_ON = argument("--on", metavar="DATE", help="按這一天有效的政策，如 2024-06-30")
ABOUT = (
    About(
        "subsidy",
        "補貼政策和七公開目錄",
        parts=(
            About("list", "列出有效的補貼政策和所缺的項", list_, (_ON, argument("--json", action="store_true"))),
            About(
                "import",
                "導入補貼政策表：xlsx、xls、ods、docx、網頁或文本",
                import_,
                (
                    argument("file", type=Path, metavar="FILE"),
                    argument("--preview", action="store_true", help="只看會有什麼改動，不寫入"),
                    argument("--from", dest="since", metavar="DATE", help="有改動的作為從這一天起的新版本；默認為更正"),
                    argument("--same", action="append", default=[], metavar="名稱=政策", help="重名待定的是哪一項政策"),
                    argument("--new", action="store_true", help="其餘重名待定的都作新政策"),
                    argument("--split-phones", action="store_true", help="連在一起的電話號碼按提議拆開"),
                    argument(
                        "--map", action="append", default=[], metavar="欄目=表頭", help="指明一列的含義，導入後記住"
                    ),
                    argument("--json", action="store_true"),
                ),
            ),
            About(
                "export", "導出為 xlsx，改好後可再導入", export, (argument("out", type=Path, metavar="OUT.xlsx"), _ON)
            ),
            *subsidy_changes.PARTS,
            *catalogue.PARTS,
        ),
    ),
)
