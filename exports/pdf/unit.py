"""A unit's page: its whole year on paper, for the unit's own leader or for a talk with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.lights import SHAPES
from db.settings import Office
from db.unityear import TaskYear, UnitYear
from exports.pdf.blocks import Block, Gap, Line, Pair, Title
from exports.pdf.document import Document, Print, render
from exports.pdf.fonts import Face
from exports.pdf.page import Page, portrait
from exports.pdf.picture import Drawing
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column
from exports.pictures.year import grid, percent_line
from exports.words import Words, printable, words_of

_SIZE, _GRID_SIZE, _HEAD_SIZE = 9.0, 8.5, 12.0
_ROWS_A_PICTURE = 24  # so that a long list of tasks goes on overleaf
_NARROW = {"編號": 84.0, "完成時限": 62.0, "進度": 34.0, "燈": 46.0}


def print_unit(year: UnitYear, *, office: Office, on: date | None = None) -> Print:
    """Print a unit's year on A4: what it leads month by month, what it takes part in, the last reports."""
    words, page = words_of(office), portrait()
    day = on or date.today()
    title = words.data(year.name) + words.fixed(f"{year.year}年任務完成情況")
    blocks: list[Block] = [
        Title(printable(title), 18.0),
        Pair(printable(_particulars(year, words)), words.fixed(f"截至 {day.year}年{day.month}月{day.day}日")),
    ]
    if year.lead:
        say = words.fixed
        blocks += [_head(words, f"一、逐月報送（牽頭 {len(year.lead)} 項）"), _legend(words)]
        blocks.append(Drawing(percent_line(year, width=page.across, size=_GRID_SIZE)))
        for start in range(0, len(year.lead), _ROWS_A_PICTURE):
            some = year.lead[start : start + _ROWS_A_PICTURE]
            blocks.append(Drawing(grid(some, year.asked, width=page.across, size=_GRID_SIZE, say=say)))
    for number, (name, tasks) in enumerate((("牽頭任務", year.lead), ("配合任務", year.others)), start=2):
        if tasks:
            blocks += [
                Gap(6.0),
                _head(words, f"{'一二三'[number - 1]}、{name}（{len(tasks)} 項）"),
                _table(tasks, words, page),
            ]
    if not year.lead and not year.others:
        blocks.append(Line(words.fixed("這一年沒有任務。"), 12.0))
    return render(Document(title, blocks, page, author=office.office_name or office.county))


def _particulars(year: UnitYear, words: Words) -> str:
    parts = [f"{words.fixed(name)}：{words.data(value)}" for name, value in (("分管領導", year.leader),) if value]
    return "　".join([*parts, words.fixed(f"牽頭 {len(year.lead)} 項，配合 {len(year.others)} 項")])


def _head(words: Words, text: str) -> Line:
    return Line(words.fixed(text), _HEAD_SIZE, face=Face.SANS, role="小標題", after=2.0)


def _legend(words: Words) -> Line:
    return Line(words.fixed("實心格為已報，格內是當月報的進度；空心格為未報。折線是牽頭任務進度的平均數。"), _SIZE)


def _table(tasks: Sequence[TaskYear], words: Words, page: Page) -> Table:
    rest = page.across - sum(_NARROW.values())
    widths = {"編號": _NARROW["編號"], "任務": 0.62 * rest, "完成時限": _NARROW["完成時限"], "進度": _NARROW["進度"]}
    widths |= {"最近進展": 0.38 * rest, "燈": _NARROW["燈"]}
    columns = [
        Column(words.fixed(title), width, "center" if title in _NARROW else "left") for title, width in widths.items()
    ]
    return Table(columns, [Row(_cells(task, words)) for task in tasks], _SIZE)


def _cells(task: TaskYear, words: Words) -> list[str]:
    row = task.row
    cells = (
        row.code,
        words.data(row.measure or row.point_text),
        words.data(row.deadline),
        "" if row.percent is None else f"{row.percent}%",
        words.data(row.progress),
        f"{SHAPES[row.light]} {words.fixed(row.light.label)}",
    )
    return [printable(cell) for cell in cells]
