"""``taizhang settings`` and ``overview``: the office's settings, and the year at a glance."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from db.errors import Refused
from db.script import fold
from desktop.commands import values
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

_YES, _NO = ("是", "true", "1"), ("否", "false", "0")


def show(context: Context, options: Namespace) -> int:
    """List the settings."""
    from db import settings

    with context.database(writable=False) as database, database.reading() as session:
        now = asdict(settings.office(session))
    if options.json:
        print_json({"settings": now})
    else:
        context.table((name, context.convert(settings.LABELS[name]), _told(value)) for name, value in now.items())
    return 0


def set_value(context: Context, options: Namespace) -> int:
    """Change one setting."""
    from db import settings

    key = next((key for key, label in settings.LABELS.items() if fold(options.name) in (key, fold(label))), None)
    if key is None:
        raise Refused("沒有「{name}」這項設置。請用 taizhang settings show 查看。", name=options.name)
    value = _value(getattr(settings.Office(), key), options.value.strip())
    with context.database() as database:
        context.tell(settings.set_office(database, values={key: value}))
    return 0


def _told(value: object) -> str:
    return "、".join(value) if isinstance(value, list) else json.dumps(value) if isinstance(value, bool) else str(value)


def _value(now: object, text: str) -> Any:  # noqa: ANN401 - as the settings keep it
    """Return typed words as a value of the kind that a setting has."""
    if isinstance(now, bool):
        if text.lower() not in (*_YES, *_NO):
            raise Refused("「{text}」應寫成 是 或 否。", text=text)
        return text.lower() in _YES
    if isinstance(now, int):
        if not text.isdecimal():
            raise Refused("「{text}」應是整數。", text=text)
        return int(text)
    if isinstance(now, list):
        return [part.strip() for part in text.replace(",", "、").replace("，", "、").split("、") if part.strip()]
    return text


def overview(context: Context, options: Namespace) -> int:
    """Tell what is due, late and not reported, and how far each unit and section is."""
    from db import overview as year

    with context.database(writable=False) as database, database.reading() as session:
        seen = year.read(session, year=options.year, on=values.day(options.on))
    if options.json:
        print_json(
            {
                "year": seen.year,
                "tasks": seen.tasks,
                "done": seen.done,
                "percent": seen.percent,
                "figures": {figure.name.lower(): count for figure, count in seen.figures.items()},
                "units": [_share(share) for share in seen.units],
                "sections": [_share(share) for share in seen.sections],
            }
        )
        return 0
    context.say(
        "{year} 年度　任務 {tasks} 項，完成 {done} 項，平均進度 {percent}%",
        year=seen.year or "",
        tasks=seen.tasks,
        done=seen.done,
        percent=seen.percent,
    )
    context.table((context.convert(figure.label), count) for figure, count in seen.figures.items())
    context.table(_share(share).values() for share in (*seen.units, *seen.sections))
    return 0


def _share(share: Any) -> dict[str, object]:  # noqa: ANN401 - a share of the overview
    return {"name": share.name, "tasks": share.tasks, "percent": share.percent, "late": share.late}


_JSON = argument("--json", action="store_true", help="輸出 JSON")
ABOUT = (
    About(
        "overview",
        "總覽：到期、逾期、未報，各單位和章節的進度",
        overview,
        (
            argument("--year", type=int, metavar="N", help="年度；默認最近一年"),
            argument("--on", metavar="DATE", help="在哪一天看；默認今天"),
            _JSON,
        ),
    ),
    About(
        "settings",
        "辦公室設置",
        parts=(
            About("show", "列出設置", show, (_JSON,)),
            About(
                "set",
                "改一項設置",
                set_value,
                (
                    argument("name", metavar="NAME", help="設置的名稱，如 縣（市、區）名稱、報送截止日"),
                    argument("value", metavar="VALUE", help="新的值；幾個用頓號分開"),
                ),
            ),
        ),
    ),
)
