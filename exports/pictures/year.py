"""A unit's year: each task with its light and twelve months, reported or not, and the line of its percent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.lights import SHAPES
from db.terms import Light
from db.unityear import MONTHS, Month, TaskYear, UnitYear
from exports.pictures.shapes import Box, Dot, Picture, Region, Shape, Stroke, Tone, Words

Say = Callable[[str], str]
TONES = {
    Light.LATE: Tone.LATE,
    Light.DUE: Tone.DUE,
    Light.OPEN: Tone.GOOD,
    Light.DONE: Tone.GOOD,
    Light.NO_LEAD: Tone.ACCENT,
}
"""The tone of each light; the others are faint."""
FULL = 100
_ROW, _NAME, _LIGHT = 1.9, 9.4, 4.0  # in sizes of the type
_CHART = 7.0


def tone_of(light: Light) -> Tone:
    """Return the tone of a light."""
    return TONES.get(light, Tone.FAINT)


def grid(tasks: Sequence[TaskYear], asked: Sequence[bool], *, width: float, size: float, say: Say) -> Picture:
    """Return tasks by months: a full field with its percent where it was reported, an empty one where that is owed.

    ``asked`` are the months a report was asked for. A region's key is the id of the assignment.
    """
    left, right = _NAME * size, width - _LIGHT * size
    step = (right - left) / MONTHS
    shapes: list[Shape] = [
        Words(left + (month + 0.5) * step, _ROW * size / 2, str(month + 1), size * 0.85, step, "center", Tone.FAINT)
        for month in range(MONTHS)
    ]
    regions = []
    for place, task in enumerate(tasks, start=1):
        top = place * _ROW * size
        middle = top + _ROW * size / 2
        row = task.row
        shapes.append(Words(0, middle, row.code, size * 0.9, left - size * 0.4))
        for month in range(MONTHS):
            cell = Box(left + month * step + 1, top + 2, step - 2, _ROW * size - 4)
            shapes += _field(task.months[month], cell, size, owed=asked[month] and task.owed(month))
        light = f"{SHAPES[row.light]} {say(row.light.label)}"
        shapes.append(Words(width, middle, light, size * 0.9, _LIGHT * size, "right", tone_of(row.light)))
        regions.append(Region(row.id, 0, top, width, _ROW * size, row.measure or row.point_text))
    return Picture(width, (len(tasks) + 1) * _ROW * size, shapes, regions)


def _field(month: Month | None, cell: Box, size: float, *, owed: bool) -> list[Shape]:
    if month is None:
        return [Box(cell.x, cell.y, cell.width, cell.height, rule=Tone.LINE)] if owed else []
    filled = Box(cell.x, cell.y, cell.width, cell.height, fill=Tone.ACCENT)
    told = "" if month.percent is None else str(month.percent)
    middle = (cell.x + cell.width / 2, cell.y + cell.height / 2)
    return [filled, Words(*middle, told, size * 0.75, cell.width, "center", Tone.PAPER)]


def percent_line(year: UnitYear, *, width: float, size: float) -> Picture:
    """Return the mean percent of the led tasks through the year, over how many of them were reported each month."""
    left, right, top, foot = _NAME * size, width - _LIGHT * size, size, _CHART * size
    step = (right - left) / MONTHS

    def place(month: int, percent: float) -> tuple[float, float]:
        return left + (month + 0.5) * step, foot - (foot - top) * percent / FULL

    shapes: list[Shape] = []
    for percent in (0, 50, 100):
        y = place(0, percent)[1]
        shapes.append(Stroke(((left, y), (right, y)), Tone.LINE))
        shapes.append(Words(left - size * 0.4, y, f"{percent}%", size * 0.85, _NAME * size, "right", Tone.FAINT))
    known = [(month, percent) for month, percent in enumerate(year.percents) if percent is not None]
    shapes.append(Stroke(tuple(place(*one) for one in known), Tone.ACCENT, 2.0))
    shapes += [Dot(*place(*one), size * 0.22) for one in known]
    if known:
        month, percent = known[-1]
        x, y = place(month, percent)
        shapes.append(Words(x + size * 0.5, y, f"{percent}%", size, _LIGHT * size + step, "left", Tone.ACCENT))
    return Picture(width, foot + size * 0.6, shapes)
