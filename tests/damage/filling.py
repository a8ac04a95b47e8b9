"""How a unit fills in its sheet: values in the writings that people use, each with what it means."""

from __future__ import annotations

from datetime import date
from random import Random

from db.terms import TaskState
from tests.damage.paper import Mark, Page, Raw, Square, Work

_NUMERALS = "零一二三四五六七八九十"
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_PLACES = ("街道", "鄉鎮", "窗口", "平臺", "園區", "大廳", "站點", "系統")
_DEEDS = ("已建成", "已上線", "已培訓", "已核查", "已整改", "已辦結", "已發布", "已對接")
_STATES: dict[TaskState, tuple[str, ...]] = {
    TaskState.IN_PROGRESS: ("進行中", "进行中", "正在推進", "辦理中"),
    TaskState.DONE: ("已完成", "已办结", "完成", "已完成 "),
    TaskState.NOT_STARTED: ("未開始", "未开始", "尚未啟動"),
}


def fill(work: Work, chance: Random, *, spoilt: float = 0.02) -> None:
    """Enter reports in most rows; a few values are wrong and must be reported, never taken."""
    page = work.pages[0]
    columns = page.columns()
    for place in page.task_rows():
        if chance.random() < 0.1:
            continue
        row = page.rows[place]
        code = str(row[columns["code"]].value)
        for key, value, style, expected in report(row, columns, chance, spoilt):
            mark = Mark(code, key, value, expected)
            row[columns[key]] = Square(value, style, mark)
            work.marks.append(mark)


Entered = tuple[str, Raw, str, str | int | None]


def report(row: list[Square], columns: dict[str, int], chance: Random, spoilt: float) -> list[Entered]:
    entered: list[Entered] = [("text", *_text(chance))]
    last = row[columns["last_percent"]].value if "last_percent" in columns else None
    if chance.random() < 0.9:
        entered.append(("percent", *_percent(chance, int(last) if isinstance(last, int | float) else 0, spoilt)))
    if chance.random() < 0.7:
        state = chance.choice((TaskState.IN_PROGRESS, TaskState.IN_PROGRESS, TaskState.DONE))
        entered.append(("status", chance.choice(_STATES[state]), "General", state.value))
        if state is TaskState.DONE:
            entered.append(("finished_on", *_day(chance, spoilt)))
    if chance.random() < 0.4:
        entered.append(("problem", *_text(chance)))
    if chance.random() < 0.4:
        entered.append(("next_step", *_text(chance)))
    return entered


def _text(chance: Random) -> tuple[Raw, str, str]:
    words = "，".join(
        f"{chance.choice(_DEEDS)}{chance.choice(_PLACES)}{chance.randint(2, 9999)}個"
        for _ in range(chance.randint(1, 4))
    )
    start = chance.choice(("", "", "", "", "=", "-", "+", "@", "1."))
    return start + words + "。", "General", start + words + "。"


def _percent(chance: Random, last: int, spoilt: float) -> tuple[Raw, str, int | None]:
    if chance.random() < spoilt:
        return chance.choice((120, 1, "很高", -5)), "General", None
    value = chance.randint(max(last, 2), 100)
    if chance.random() < 0.2 and (tens := [n for n in range(10, 100, 10) if n >= last]):
        value = chance.choice(tens)
        return f"{_NUMERALS[value // 10]}成", "General", value
    writings: tuple[tuple[Raw, str], ...] = (
        (value, "General"),
        (value, "0"),
        (str(value), "@"),
        (f"{value}%", "General"),
        (f"{value}％", "General"),
        (str(value).translate(_FULL_WIDTH), "General"),
        (value / 100, "0%"),
        (float(value), "0.0"),
        (f" {value} ", "General"),
    )
    return (*chance.choice(writings), value)


def _day(chance: Random, spoilt: float) -> tuple[Raw, str, str | None]:
    if chance.random() < spoilt:
        return chance.choice(("2022.4.31", "2022-13-01", "年後", "202204")), "General", None
    day = date(2022, chance.randint(1, 12), chance.randint(1, 28))
    writings: tuple[tuple[Raw, str], ...] = (
        (day, "yyyy-mm-dd"),
        (day, "m月d日"),
        (f"{day.year}.{day.month}.{day.day}", "General"),
        (f"{day.year}年{day.month}月{day.day}日", "General"),
        (f"{day.year}/{day.month}/{day.day}", "@"),
        (f"{day.month}月{day.day}日", "General"),
        (day.strftime("%Y%m%d"), "General"),
        (day.isoformat().translate(_FULL_WIDTH), "General"),
    )
    return (*chance.choice(writings), day.isoformat())


def page_text(page: Page) -> str:
    """Return all of a page's text, for looking at a case that went wrong."""
    return "\n".join("\t".join(str(one.value or "") for one in row) for row in page.rows)
