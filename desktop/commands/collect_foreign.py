"""What ``taizhang ledger collect`` needs for foreign sheets: the period, the unit, the columns."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused
from desktop.commands import values
from desktop.commands.about import argument
from desktop.commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from exports.workbook.collect.foreign import Proposal
    from exports.workbook.collect.foreignread import Choice


def foreign_choice(session: Session, options: Namespace) -> tuple[Choice | None, list[Proposal]]:
    """Return how foreign sheets are to be read, and the columns the clerk has settled; None where he says nothing."""
    from db.dispatch import check_period
    from db.sentrows import sent
    from exports.workbook.collect.files import read_files
    from exports.workbook.collect.foreignread import Choice, proposed

    if not (options.period or options.unit or options.map or options.save):
        return None, []
    if not options.period:
        raise Refused("讀入外來表要用 --period 指明報送期，如 --period 2022-06。")
    period = check_period(options.period)
    unit = values.unit_id(session, options.unit) if options.unit else None
    mapped: list[Proposal] = []
    if options.map or options.save:
        found = proposed(session, read_files(session, sent(session), options.paths, keep_foreign=True))
        mapped = _corrected(found, [pair(one) for one in options.map])
    return Choice(period, unit, {one.mark: one.fields for one in mapped}), mapped


def pair(given: str) -> tuple[str, str]:
    """Return the name of a column and the heading given for it, empty to leave it out."""
    name, sign, heading = given.replace("＝", "=").partition("=")
    if not sign or not name.strip():
        raise Refused("「{given}」應寫成 進展情況=完成情況 的樣子：前面是欄目，後面是表裏的表頭。", given=given)
    return name.strip(), heading.strip()


def _corrected(found: Sequence[Proposal], given: Sequence[tuple[str, str]]) -> list[Proposal]:
    """Return the sheets that have the headings named, corrected; of several sheets one must have them all."""
    from exports.workbook.collect.foreign import corrected

    made: list[Proposal] = []
    refused: Refused | None = None
    for one in found:
        try:
            made.append(corrected(one, given))
        except Refused as error:
            refused = error
    if not made:
        raise refused or Refused("這些文件裏沒有要用 --map 讀入的外來表。")
    return made


def remember(context: Context, database: Database, options: Namespace, mapped: Sequence[Proposal]) -> None:
    """Keep the columns the clerk has settled: by the name he gives, or on applying by the name of the file."""
    from exports.workbook.collect.foreign import PURPOSE

    if not mapped or not (options.save or options.apply):
        return
    wanted = options.save or Path(options.paths[0]).stem
    for changes in keep(database, PURPOSE, wanted, [(one.headings, one.fields) for one in mapped]):
        if not options.json:
            context.tell(changes)


def keep(
    database: Database, purpose: str, wanted: str, mapped: Sequence[tuple[Sequence[str], Mapping[int, str]]]
) -> list[Changes]:
    """Keep headings with what their columns are, each set of headings once, under the name wanted or one near it."""
    from db import mappings

    made = []
    for headings, fields in {mappings.fingerprint(one[0]): one for one in mapped}.values():
        with database.reading() as session:
            name = mappings.free_name(session, purpose=purpose, wanted=wanted, headings=headings)
        made.append(mappings.remember(database, purpose=purpose, name=name, headings=headings, fields=fields))
    return made


FOREIGN = (
    argument("--period", metavar="2022-06", help="外來表（不是本庫發出的表）報的是哪一期；寫了才讀入"),
    argument("--unit", default="", metavar="NAME", help="外來表是哪個單位報的；不寫則看表裏寫的單位"),
    argument(
        "--map",
        action="append",
        default=[],
        metavar="欄目=表頭",
        help="更正外來表的一列，如 進展情況=完成情況 或 進展情況=F；「進展情況=」表示不讀；套用時記住",
    ),
    argument("--save", default="", metavar="NAME", help="記住這次的列對應，下次同樣的表頭自動使用"),
)
