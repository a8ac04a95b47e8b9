"""What ``taizhang plan`` needs for an office's own table: what its columns are, as told or as remembered."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.commands.about import argument
from desktop.commands.collect_foreign import keep, pair
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from db.database import Database
    from exports.plandoc.mapped import Proposal

MAP = argument(
    "--map",
    action="append",
    default=[],
    metavar="欄目=表頭",
    help="更正表格的一列，如 任務=工作內容；「牽頭單位=」表示不讀；導入後記住，同樣的表頭不必再寫",
)
COLUMNS = argument("--columns", action="store_true", help="只看表格各列讀作什麼")


def kept(context: Context) -> dict[str, Mapping[int, str]]:
    """Return the columns remembered, by the fingerprint of the headings; none where there is no database yet."""
    from exports.plandoc import mapped

    if not context.path.exists():
        return {}
    with context.database(writable=False) as database, database.reading() as session:
        return mapped.settled(session)


def settled(context: Context, options: Namespace) -> tuple[dict[str, Mapping[int, str]], list[Proposal]]:
    """Return the columns remembered or told with ``--map``, and those told."""
    from exports.plandoc.proposals import proposals, settle

    known = kept(context)
    if not options.map:
        return known, []
    made = settle(proposals(options.file, known), [pair(one) for one in options.map])
    return {**known, **{one.mark: one.fields for one in made}}, made


def show(context: Context, options: Namespace) -> int:
    """Print what the columns of each table are taken for."""
    from exports.plandoc.proposals import proposals

    tables = [found[0] for found in proposals(options.file, settled(context, options)[0])]
    if options.json:
        print_json({"tables": [[{"heading": a, "column": b} for a, b in one.pairs()] for one in tables]})
        return 0
    if not tables:
        context.say("文件裏沒有表格。")
    for number, one in enumerate(tables, 1):
        context.say("表 {n}：", n=number)
        for heading, name in one.pairs():
            context.say("  {heading} → {name}", heading=heading or "（空）", name=context.convert(name or "（不讀）"))
    return 0


def remember(context: Context, database: Database, options: Namespace, mapped: Sequence[Proposal]) -> None:
    """Keep the columns told with ``--map``, by the name of the file."""
    from exports.plandoc.mapped import PURPOSE

    for changes in keep(database, PURPOSE, options.file.stem, [(one.headings, one.fields) for one in mapped]):
        context.tell(changes)
