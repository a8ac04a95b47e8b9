"""What a picture is made of. Lengths are in one unit of the painter's: pixels on screen, points on paper.

The origin is the upper left corner, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means; each painter has its own colour for it."""

    INK = "ink"
    FAINT = "faint"
    LINE = "line"
    GROUND = "ground"
    PAPER = "paper"
    ACCENT = "accent"
    GOOD = "good"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled, outlined, or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Tone | None = None
    rule: Tone | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text whose middle is at height ``y``; ``align`` says what of it is at ``x``.

    Where it is wider than ``room`` the painter cuts it and ends it with ….
    """

    x: float
    y: float
    text: str
    size: float
    room: float
    align: str = "left"
    tone: Tone = Tone.INK


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, as (x, y)."""

    points: tuple[tuple[float, float], ...]
    tone: Tone = Tone.LINE
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle around (x, y)."""

    x: float
    y: float
    radius: float
    tone: Tone = Tone.ACCENT


Shape = Box | Words | Stroke | Dot


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture that stands for something: ``key`` is what, ``told`` says it in words."""

    key: int
    x: float
    y: float
    width: float
    height: float
    told: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes from the lowest to the uppermost, and the regions that can be chosen on screen."""

    width: float
    height: float
    shapes: Sequence[Shape]
    regions: Sequence[Region] = ()
