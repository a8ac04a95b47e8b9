"""Progress as bars, one under the other: name, bar, percent, and a mark where something is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.lights import SHAPES
from db.terms import Light
from exports.pictures.shapes import Box, Picture, Region, Shape, Tone, Words
from exports.workbook.fit import display_width

FULL = 100
_ROW = 1.9  # the height of a row, and the widths below, in sizes of the type
_BAR = 0.9
_PERCENT = 3.2
_LATE = 2.6
_GAP = 0.7
_NAME_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a heading over bars where ``percent`` is None. ``told`` says the whole of it in words."""

    name: str
    percent: int | None
    late: int = 0
    told: str = ""


def bars(rows: Sequence[Bar], *, width: float, size: float) -> Picture:
    """Return the picture of ``rows``, ``width`` wide, in type of ``size``; a region's key is the row's place."""
    names = max((display_width(row.name) for row in rows if row.percent is not None), default=0.0)
    name_width = min(names * size + size, width * _NAME_SHARE)
    late_width = _LATE * size if any(row.late for row in rows) else 0.0
    track = width - name_width - _PERCENT * size - late_width - _GAP * size
    shapes: list[Shape] = []
    regions = []
    for place, row in enumerate(rows):
        top = place * _ROW * size
        if row.percent is None:
            shapes.append(Words(0, top + _ROW * size / 2, row.name, size * 0.9, width, tone=Tone.FAINT))
            continue
        shapes += _bar(row, top, size, name_width, max(track, size))
        if row.late:
            mark = f"{SHAPES[Light.LATE]} {row.late}"
            shapes.append(Words(width, top + _ROW * size / 2, mark, size * 0.9, late_width, "right", Tone.LATE))
        regions.append(Region(place, 0, top, width, _ROW * size, row.told))
    return Picture(width, len(rows) * _ROW * size, shapes, regions)


def _bar(row: Bar, top: float, size: float, name_width: float, track: float) -> list[Shape]:
    middle, high = top + _ROW * size / 2, _BAR * size
    percent = row.percent or 0
    done = track * min(percent, FULL) / FULL
    tone = Tone.GOOD if percent >= FULL else Tone.ACCENT
    return [
        Words(0, middle, row.name, size, name_width - _GAP * size),
        Box(name_width, middle - high / 2, track, high, fill=Tone.GROUND, rule=Tone.LINE),
        Box(name_width, middle - high / 2, done, high, fill=tone),
        Words(name_width + track + _PERCENT * size, middle, f"{percent}%", size, _PERCENT * size, "right"),
    ]
