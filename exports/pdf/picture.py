"""A picture on paper: the painter of its shapes, and the block that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports.pdf import fonts
from exports.pdf.blocks import Printed
from exports.pdf.fonts import Face
from exports.pdf.press import ASCENT, Press, Style
from exports.pictures.shapes import Box, Dot, Picture, Shape, Stroke, Tone, Words

COLOURS = {
    Tone.INK: "#000000",
    Tone.FAINT: "#555555",
    Tone.LINE: "#a8a8a8",
    Tone.GROUND: "#f2f2f2",
    Tone.PAPER: "#ffffff",
    Tone.ACCENT: "#1f5fa8",
    Tone.GOOD: "#1d7a46",
    Tone.DUE: "#8a5a00",
    Tone.LATE: "#b71c1c",
}
_MIDDLE = ASCENT - 0.5  # from the middle of a sign to its base line, of its size


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as wide as it is, kept whole; one higher than a page has to be made of several."""

    picture: Picture
    role: str = "圖"
    after: float = 6.0

    def texts(self) -> Iterator[Printed]:
        """Yield the words in the picture."""
        for shape in self.picture.shapes:
            if isinstance(shape, Words):
                yield self.role, shape.text, Face.SANS

    def place(self, press: Press) -> None:
        """Paint it."""
        press.need(self.picture.height)
        for shape in self.picture.shapes:
            _paint(press, shape, press.left, press.y)
        press.y -= self.picture.height + self.after


def _paint(press: Press, shape: Shape, left: float, top: float) -> None:
    match shape:
        case Box():
            fill = COLOURS[shape.fill] if shape.fill else ""
            rule = COLOURS[shape.rule] if shape.rule else ""
            press.box(left + shape.x, top - shape.y - shape.height, shape.width, shape.height, fill=fill, rule=rule)
        case Stroke():
            for (x, y), (to_x, to_y) in zip(shape.points, shape.points[1:], strict=False):
                press.rule(left + x, top - y, left + to_x, top - to_y, shape.width / 2, COLOURS[shape.tone])
        case Dot():
            press.dot(left + shape.x, top - shape.y, shape.radius, COLOURS[shape.tone])
        case Words():
            style = Style(shape.size, Face.SANS, colour=COLOURS[shape.tone])
            text = _elided(shape.text, shape.room / shape.size)
            shift = {"left": 0.0, "center": 0.5, "right": 1.0}[shape.align] * style.measure(text)
            press.text(left + shape.x - shift, top - shape.y - _MIDDLE * shape.size, text, style)


def _elided(text: str, room: float) -> str:
    """Return as much of ``text`` as ``room`` ems hold, ended with … where that is not all."""
    if fonts.advance(text, Face.SANS) <= room:
        return text
    while text and fonts.advance(text, Face.SANS) + 1 > room:
        text = text[:-1]
    return text + "…"
