"""A unit's year: each task with its light and twelve months, reported or not, and the line of its percent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.lights import SHAPES
from db.terms import Light
from db.unityear import MONTHS, Month, TaskYear, UnitYear
from exports.pictures.shapes import Box, Dot, Picture, Region, Shape, Stroke, Tone, Words
from exports.workbook.fit import display_width

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
_ROW = 1.9  # these in sizes of the type
_CHART = 7.0
_NARROW = 34.0
_SMALL, _SMALLEST = 0.9, 0.75


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the months stand between the names and the lights; a narrow picture shows no word beside a light."""

    width: float
    size: float

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW * self.size

    @property
    def left(self) -> float:
        return (7.6 if self.narrow else 9.4) * self.size

    @property
    def light(self) -> float:
        return (1.4 if self.narrow else 4.0) * self.size

    @property
    def head(self) -> float:
        return self.size * (_SMALLEST if self.narrow else _SMALL)

    @property
    def right(self) -> float:
        return self.width - self.light

    @property
    def step(self) -> float:
        return (self.right - self.left) / MONTHS


def tone_of(light: Light) -> Tone:
    """Return the tone of a light."""
    return TONES.get(light, Tone.FAINT)


def grid(tasks: Sequence[TaskYear], asked: Sequence[bool], *, width: float, size: float, say: Say) -> Picture:
    """Return tasks by months: a full field with its percent where it was reported, an empty one where that is owed.

    ``asked`` are the months a report was asked for. A region's key is the id of the assignment.
    """
    frame = _Frame(width, size)
    shapes: list[Shape] = [
        Words(*_middle(frame, 0, month), str(month + 1), frame.head, frame.step, "center", Tone.FAINT)
        for month in range(MONTHS)
    ]
    regions = []
    for place, task in enumerate(tasks, start=1):
        top, row = place * _ROW * size, task.row
        middle = top + _ROW * size / 2
        shapes.append(Words(0, middle, row.code, size * _SMALL, frame.left - size * 0.3))
        for month in range(MONTHS):
            cell = Box(frame.left + month * frame.step + 1, top + 2, frame.step - 2, _ROW * size - 4)
            shapes += _field(task.months[month], cell, size, owed=asked[month] and task.owed(month))
        light = SHAPES[row.light] + ("" if frame.narrow else f" {say(row.light.label)}")
        shapes.append(Words(width, middle, light, size * _SMALL, frame.light, "right", tone_of(row.light)))
        regions.append(Region(row.id, 0, top, width, _ROW * size, _told(task, say)))
    return Picture(width, (len(tasks) + 1) * _ROW * size, shapes, regions)


def _middle(frame: _Frame, place: int, month: int) -> tuple[float, float]:
    return frame.left + (month + 0.5) * frame.step, (place + 0.5) * _ROW * frame.size


def _told(task: TaskYear, say: Say) -> str:
    """Return all that a row shows, in words."""
    said = [(number, month) for number, month in enumerate(task.months, start=1) if month is not None]
    months = "、".join(f"{n}月" + ("" if one.percent is None else f" {one.percent}%") for n, one in said)
    row = task.row
    return "\n".join(filter(None, (f"{row.code}　{say(row.light.label)}", row.measure or row.point_text, months)))


def _field(month: Month | None, cell: Box, size: float, *, owed: bool) -> list[Shape]:
    if month is None:
        return [Box(cell.x, cell.y, cell.width, cell.height, rule=Tone.LINE)] if owed else []
    field: list[Shape] = [Box(cell.x, cell.y, cell.width, cell.height, fill=Tone.ACCENT)]
    told = "" if month.percent is None else str(month.percent)
    if display_width(told) * size * _SMALLEST > cell.width:
        told = SHAPES[Light.DONE] if month.percent == FULL else ""
    middle = (cell.x + cell.width / 2, cell.y + cell.height / 2)
    return [*field, Words(*middle, told, size * _SMALLEST, cell.width, "center", Tone.PAPER)]


def percent_line(year: UnitYear, *, width: float, size: float) -> Picture:
    """Return the mean percent of the led tasks through the year, over how many of them were reported each month."""
    frame = _Frame(width, size)
    left, top, foot = frame.left, size, _CHART * size

    def place(month: int, percent: float) -> tuple[float, float]:
        return left + (month + 0.5) * frame.step, foot - (foot - top) * percent / FULL

    shapes: list[Shape] = []
    for percent in (0, 50, 100):
        y = place(0, percent)[1]
        shapes.append(Stroke(((left, y), (frame.right, y)), Tone.LINE))
        shapes.append(Words(left - size * 0.4, y, f"{percent}%", size * _SMALL, left, "right", Tone.FAINT))
    known = [(month, percent) for month, percent in enumerate(year.percents) if percent is not None]
    shapes.append(Stroke(tuple(place(*one) for one in known), Tone.ACCENT, 2.0))
    shapes += [Dot(*place(*one), size * 0.22) for one in known]
    if known:
        month, percent = known[-1]
        x, y = place(month, percent)
        shapes.append(Words(x + size * 0.5, y, f"{percent}%", size, size * 3, "left", Tone.ACCENT))
    return Picture(width, foot + size * 0.6, shapes)
