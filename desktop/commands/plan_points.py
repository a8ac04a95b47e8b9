"""``taizhang plan points``, ``correct`` and ``check``: the points of a stored plan, corrected and ticked as checked."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from db.errors import Refused
from db.terms import UnitRole
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from db.models import WorkPoint

_YES_NO = {"是": True, "否": False}


def _told(point: WorkPoint) -> dict[str, object]:
    from db.points import doubts
    from db.searchtext import point_code
    from db.terms import MarkKind

    return {
        "code": point_code(point),
        "no": point.number,
        "text": point.text,
        "lead": point.named(UnitRole.LEAD),
        "co": point.named(UnitRole.CO),
        "groups": point.named(UnitRole.GROUP),
        "by_duty": point.by_duty,
        "deadlines": [
            {"text": one.text, "date": one.date.isoformat() if one.date else None, "kind": one.kind.value}
            for one in point.deadlines
        ],
        "cited": [mark.text for mark in point.marks if mark.kind is MarkKind.CITED],
        "review": [one.text for one in doubts(point)],
    }


def points(context: Context, options: Namespace) -> int:
    """List the points of a plan with their codes, or only those with a doubt and what it is."""
    from db import plans

    with context.database(writable=False) as database, database.reading() as session:
        rows = plans.find(session, options.plan).points
        lines = [_told(point) for point in rows if not point.dropped]
    if options.doubts:
        lines = [line for line in lines if line["review"]]
    if options.json:
        print_json({"points": lines})
        return 0
    for line in lines:
        lead, text = line["lead"], str(line["text"])
        assert isinstance(lead, list)
        context.table([(line["code"], line["no"], "、".join(lead), text)])
        review = line["review"]
        assert isinstance(review, list)
        for number, doubt in enumerate(review, start=1):
            context.say("    待核 {number}：{doubt}", number=number, doubt=context.stored(doubt))
    return 0


def correct(context: Context, options: Namespace) -> int:
    """Correct fields of a stored point; deadlines are read from their wording as on the page 要點."""
    from db import points as stored
    from db.drafts import DeadlineDraft
    from desktop.pages.plans_values import read_deadlines, read_names

    said = {UnitRole.LEAD: options.lead, UnitRole.CO: options.co, UnitRole.GROUP: options.group}
    units = {role: read_names(names) for role, names in said.items() if names is not None}
    if not units and all(one is None for one in (options.text, options.by_duty, options.deadline, options.cited)):
        raise Refused("沒有寫要更正什麼。可用：--text、--lead、--co、--group、--deadline、--cited、--by-duty。")
    with context.database() as database:
        with database.reading() as session:
            point = stored.by_code(session, options.code)
            document, number = point.plan.document, point.id
            base = (document.issued_on or document.published_on) if document else None
            known = [DeadlineDraft(one.text, one.date, one.kind) for one in point.deadlines]
        made = stored.Correction(
            text=options.text,
            units=units or None,
            by_duty=None if options.by_duty is None else _YES_NO[options.by_duty],
            deadlines=None if options.deadline is None else read_deadlines(options.deadline, known=known, base=base),
            cited=None if options.cited is None else read_names(options.cited),
        )
        context.tell(stored.correct(database, point=number, correction=made))
    return 0


def check(context: Context, options: Namespace) -> int:
    """Tick doubts of a stored point as checked: those with these numbers, or all."""
    from db import points as stored

    with context.database() as database:
        with database.reading() as session:
            point = stored.by_code(session, options.code)
            number, open_ = point.id, stored.doubts(point)
        if not all(1 <= one <= len(open_) for one in options.numbers):
            raise Refused("{code} 有 {n} 項待核，沒有這個序號。", code=options.code, n=len(open_))
        if not options.numbers and not options.all:
            raise Refused("請寫明哪幾項，或加 --all。序號見 taizhang plan points PLAN --doubts。")
        checked = open_ if options.all else [open_[one - 1] for one in options.numbers]
        context.tell(stored.settle(database, point=number, checked=checked))
    return 0


_CODE = argument("code", metavar="CODE", help="要點編號，如 22-政16-07；任務編號也可以")
PARTS = (
    About(
        "points",
        "列出一個計劃的要點",
        points,
        (
            argument("plan", metavar="PLAN", help="計劃的編號或名稱"),
            argument("--doubts", action="store_true", help="只列有待核事項的"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
    About(
        "correct",
        "更正已存入的要點",
        correct,
        (
            _CODE,
            argument("--text", metavar="TEXT", help="文字"),
            argument("--lead", metavar="NAMES", help="牽頭單位，用頓號分開；空的寫 ''"),
            argument("--co", metavar="NAMES", help="責任單位"),
            argument("--group", metavar="NAMES", help="集合名稱"),
            argument("--deadline", metavar="WORDS", help="時限原文，用分號分開"),
            argument("--cited", metavar="NUMBERS", help="引用文號，用頓號分開"),
            argument("--by-duty", choices=list(_YES_NO), help="按職責分工"),
        ),
    ),
    About(
        "check",
        "把要點的待核事項標為已核",
        check,
        (
            _CODE,
            argument("numbers", nargs="*", type=int, metavar="N", help="plan points --doubts 列出的序號"),
            argument("--all", action="store_true", help="這條要點的全部"),
        ),
    ),
)
