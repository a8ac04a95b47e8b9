"""``taizhang ledger upward`` and ``mapping``: the superior's own form, and how its columns are read."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Refused
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.upward.plan import UpwardPlan

_SHOWN = 30


def upward(context: Context, options: Namespace) -> int:
    """Fill a superior's form from the ledger; without OUT only show what would be filled."""
    from db import mappings, plans
    from exports.upward.fill import PURPOSE, fields_for, prepare, write_upward
    from exports.upward.form import read_form

    form = read_form(options.form)
    if options.out is not None and options.out.absolute() == options.form.absolute():
        raise Refused("請另取一個文件名，原表保持不動。")
    with context.database(writable=bool(options.save)) as database:
        with database.reading() as session:
            plan_id = plans.find(session, options.plan).id if options.plan else None
            fields, settled = fields_for(session, form, mapping=options.mapping or "")
            fields = _corrected(fields, options.map, len(form.titles))
            made = prepare(session, form, fields, plan_id=plan_id)
        written = write_upward(made, options.out) if options.out is not None else None
        if options.save:
            changes = mappings.remember(
                database, purpose=PURPOSE, name=options.save, headings=form.titles, fields=fields
            )
            context.tell(changes)
    if options.json:
        print_json(_told(made, settled.name if settled else None, written))
    else:
        _tell(context, made, settled.name if settled else None, written)
    return 1 if made.lost else 0


def _corrected(fields: dict[int, str], given: Sequence[str], count: int) -> dict[int, str]:
    """Return the fields with the clerk's corrections, such as ``F=進展情況``; ``F=`` leaves the column alone."""
    from exports.upward.fields import FIELDS
    from exports.workbook.columns import chosen

    letters = {_letter(place): place for place in range(count)}
    for one in given:
        letter, sign, name = one.replace("＝", "=").partition("=")
        place = letters.get(letter.strip().upper())
        if not sign or place is None:
            raise Refused("「{given}」應寫成 F=進展情況 的樣子，F 是表裏的列。", given=one)
        fields = {at: key for at, key in fields.items() if at != place}
        if name.strip():
            key = chosen([name.strip()])[0].key
            if key not in FIELDS:
                raise Refused("欄目「{name}」不能用於上報表。", name=name)
            fields = {at: old for at, old in fields.items() if old != key} | {place: key}
    return dict(sorted(fields.items()))


def _letter(place: int) -> str:
    from exports.workbook.grid import address

    return address(0, place).rstrip("0123456789")


def _tell(context: Context, made: UpwardPlan, settled: str | None, written: Path | None) -> None:
    from exports.upward.fields import FIELDS

    form = made.form
    context.say("表「{sheet}」，表頭在第 {row} 行：", sheet=form.sheet.name, row=form.heading + 1)
    if settled:
        context.say("列的對應：{name}", name=settled)
    context.table(
        (_letter(place), title, context.convert(FIELDS[made.fields[place]].title) if place in made.fields else "")
        for place, title in enumerate(form.titles)
    )
    for one in [one for one in made.matches if not one.sure][:_SHOWN]:
        codes = "、".join(row.code for row in one.rows)
        context.say(
            "第 {row} 行按{how}認作 {codes}，請核對", row=one.row.at + 1, how=context.convert(one.how), codes=codes
        )
    for row in made.lost[:_SHOWN]:
        context.say("第 {row} 行沒有找到對應的任務：{text}", row=row.at + 1, text=max(row.texts.values(), key=len)[:30])
    if made.kept:
        context.say("已有內容、沒有改動的格：{cells}", cells="、".join(made.kept[:_SHOWN]))
    told = "認出 {rows} 行，沒有找到 {lost} 行，可填 {cells} 格"
    context.say(told, rows=len(made.matches), lost=len(made.lost), cells=len(made.fills))
    if written is not None:
        context.say("上報表已寫入：{path}", path=written)


def _told(made: UpwardPlan, settled: str | None, written: Path | None) -> dict[str, object]:
    return {
        "sheet": made.form.sheet.name,
        "heading": made.form.heading + 1,
        "mapping": settled,
        "columns": [
            {"column": _letter(place), "title": title, "field": made.fields.get(place)}
            for place, title in enumerate(made.form.titles)
        ],
        "rows": [
            {
                "row": one.row.at + 1,
                "codes": [row.code for row in one.rows],
                "how": one.how.name.lower(),
                "likeness": round(one.likeness, 1),
                "sure": one.sure,
            }
            for one in made.matches
        ],
        "cells": [{"cell": one.address, "field": one.field, "value": one.value} for one in made.fills],
        "kept": list(made.kept),
        "lost": [row.at + 1 for row in made.lost],
        "path": str(written) if written else None,
    }


def mapping_list(context: Context, _options: Namespace) -> int:
    """List the remembered mappings."""
    from db import mappings

    with context.database(writable=False) as database, database.reading() as session:
        known = mappings.listed(session)
    context.table(
        (context.convert(mappings.PURPOSES[one.purpose]), one.name, "　".join(filter(None, one.headings)))
        for one in known
    )
    return 0


def mapping_export(context: Context, options: Namespace) -> int:
    """Write the remembered mappings to a file."""
    from db import mappings
    from exports.safewrite import safe_write_bytes

    with context.database(writable=False) as database, database.reading() as session:
        text = mappings.to_json(session)
    context.say("列的對應已寫入：{path}", path=safe_write_bytes(options.file, text.encode("utf-8")))
    return 0


def mapping_import(context: Context, options: Namespace) -> int:
    """Bring in mappings from a file."""
    from db import mappings
    from db.errors import UnreadableInput

    try:
        text = options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput("「{name}」不能讀取。請檢查路徑，以及是不是列對應的文件。", name=options.file) from error
    with context.database() as database:
        context.tell(mappings.bring_in(database, text=text, source=options.file.name))
    return 0


UPWARD = About(
    "upward",
    "按臺賬填寫上級發來的表，格式和公式保持不動",
    upward,
    (
        argument("form", type=Path, metavar="FORM.xlsx"),
        argument("out", type=Path, nargs="?", metavar="OUT.xlsx", help="不寫則只顯示將怎樣填"),
        argument("--mapping", metavar="NAME", help="用記住的列對應；不寫則按表頭找，找不到就擬一個"),
        argument(
            "--map", action="append", default=[], metavar="F=欄目", help="更正一列，如 F=進展情況；F= 表示這一列不填"
        ),
        argument("--save", metavar="NAME", help="記住這次的列對應"),
        argument("--plan", metavar="N", help="只要這一個計劃：編號或名稱"),
        argument("--json", action="store_true", help="輸出 JSON"),
    ),
)
ABOUT = (
    About(
        "mapping",
        "外來表、上報表的列對應",
        parts=(
            About("list", "列出記住的列對應", mapping_list),
            About("export", "導出", mapping_export, (argument("file", type=Path, metavar="FILE"),)),
            About("import", "導入", mapping_import, (argument("file", type=Path, metavar="FILE"),)),
        ),
    ),
)
