"""The press: puts signs, rules and page numbers on pages, one page after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from exports.pdf import fonts, objects
from exports.pdf.fonts import Face
from exports.pdf.lettering import Lettering
from exports.pdf.objects import PdfFile, number
from exports.pdf.page import NUMBER_BELOW, Page

NUMBER_SIZE = 14.0  # 4號
_DASH_HEIGHT = 0.38  # of a sign's size: how far over its base line a dash stands
ASCENT = 0.86
"""How far a sign reaches over its base line, of its size; ``1 - ASCENT`` under it."""
INK = "#000000"


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set. ``leading`` is the distance of lines in sizes; ``stroke`` thickens signs, in points."""

    size: float
    face: Face = Face.SERIF
    leading: float = 1.5
    stroke: float = 0.0
    colour: str = INK

    def measure(self, text: str) -> float:
        """Return the width of ``text`` in points."""
        return fonts.advance(text, self.face) * self.size

    @property
    def line(self) -> float:
        """Return the height of a line in points."""
        return self.size * self.leading


@cache
def _ink(colour: str) -> str:
    """Return a colour as ``#rrggbb`` in the three numbers of a page's operators."""
    return " ".join(number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))


Tick = Callable[[int, int], None]
"""Told how much of how much is done; may raise to stop the work."""


def _no_tick(_done: int, _total: int) -> None:
    """Tell nobody."""


_ROUND = 0.5523  # of the radius: how far the handles of four curves stand off that make a circle


class Press:
    """One document being printed. ``y`` is where the next thing begins, from the foot of the sheet, in points.

    A page is written to ``out`` as soon as it is full; only the signs that were used are kept to the end.
    """

    def __init__(
        self,
        page: Page,
        out: BinaryIO,
        *,
        title: str,
        author: str = "",
        numbered: bool = True,
        tick: Tick | None = None,
    ) -> None:
        self.page = page
        self.tick = tick or _no_tick
        self.number = 1
        self._numbered = numbered
        self._properties = {"Title": title, "Author": author, "Creator": "政務臺賬", "Producer": "政務臺賬"}
        self._file = PdfFile(out)
        self._resources = self._file.reserve()
        self._letters = Lettering()
        self._out: list[str] = []
        self._set: dict[str, str] = {}  # what the operators of this page have set so far
        self._worn: tuple[Style, float] | None = None  # the style that was set last, unless something else was since
        self._in_text = False
        self.y = self.top

    @property
    def left(self) -> float:
        """Return where the type area of this page begins."""
        return self.page.left(self.number)

    @property
    def top(self) -> float:
        """Return the upper edge of the type area."""
        return self.page.height - self.page.top

    @property
    def room(self) -> float:
        """Return the height that is left on this page."""
        return self.y - self.page.bottom

    @property
    def fresh(self) -> bool:
        """Tell whether nothing stands on this page yet."""
        return self.y >= self.top

    def need(self, height: float) -> None:
        """Go on to the next page where ``height`` is not left on this one."""
        if height > self.room and not self.fresh:
            self.next_page()

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._finish_page()
        self.number += 1
        self.y = self.top

    def text(self, x: float, base: float, text: str, style: Style, *, spread: float = 0.0) -> None:
        """Set one line with its base line at ``base``; ``spread`` is added after each sign, in points."""
        self.texts([(x, base, text)], style, spread=spread)

    def texts(self, lines: Iterable[tuple[float, float, str]], style: Style, *, spread: float = 0.0) -> None:
        """Set several lines of one style, each as (x, base, text): quicker than one after the other."""
        self._switch(text=True)
        if self._worn != (style, spread):
            self._wear(style, spread)
        out, shown = self._out.append, self._letters.shown
        chain, size = fonts.chain(style.face), number(style.size)
        last_x = last_base = -1.0
        for x, base, text in lines:
            out(f"{x - last_x:.2f} 0 Td" if base == last_base else f"1 0 0 1 {x:.2f} {base:.2f} Tm")
            out(shown(text, chain, size))
            last_x, last_base = x, base

    def _wear(self, style: Style, spread: float) -> None:
        """Set colour, thickness and distance of what is written next."""
        ink = _ink(style.colour)
        self._need("rg", ink)
        self._need("Tc", number(spread, 3))
        self._need("Tr", "2" if style.stroke else "0")
        if style.stroke:
            self._need("w", number(style.stroke))
            self._need("RG", ink)
        self._worn = (style, spread)

    def _switch(self, *, text: bool) -> None:
        """Begin or end the part of a page where text may be set."""
        if text != self._in_text:
            self._out.append("BT" if text else "ET")
            self._in_text = text

    def _need(self, operator: str, operands: str) -> None:
        """Set what an operator sets, unless that is so already."""
        if self._set.get(operator) != operands:
            self._set[operator] = operands
            self._worn = None
            self._out.append(f"{operands} {operator}")

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.5, colour: str = INK) -> None:
        """Draw a straight line."""
        self.rules([(x, y, to_x, to_y)], width, colour)

    def rules(self, lines: list[tuple[float, float, float, float]], width: float = 0.5, colour: str = INK) -> None:
        """Draw straight lines, each from (x, y) to (x, y)."""
        self._switch(text=False)
        self._need("RG", _ink(colour))
        self._need("w", number(width))
        self._out += [f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l" for x, y, to_x, to_y in lines]
        self._out.append("S")

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", rule: str = "") -> None:
        """Draw a rectangle with its lower left corner at (x, y)."""
        self._switch(text=False)
        if fill:
            self._need("rg", _ink(fill))
        if rule:
            self._need("RG", _ink(rule))
            self._need("w", "0.5")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}[bool(fill), bool(rule)]
        self._out.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint}")

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a filled circle around (x, y)."""
        self._switch(text=False)
        self._need("rg", _ink(colour))
        r, k = radius, radius * _ROUND
        curves = [
            ((r, k), (k, r), (0, r)),
            ((-k, r), (-r, k), (-r, 0)),
            ((-r, -k), (-k, -r), (0, -r)),
            ((k, -r), (r, -k), (r, 0)),
        ]
        self._out.append(f"{x + r:.2f} {y:.2f} m")
        self._out += [" ".join(f"{x + dx:.2f} {y + dy:.2f}" for dx, dy in curve) + " c" for curve in curves]
        self._out.append("f")

    def finish(self) -> None:
        """End the last page and the file."""
        self._finish_page()
        self._letters.write(self._file, self._resources)
        self._file.close("".join(f"/{name}{objects.text(value)}" for name, value in self._properties.items() if value))

    def _finish_page(self) -> None:
        if self._numbered:
            self._number_page()
        self._switch(text=False)
        content = "\n".join(self._out).encode("ascii")
        self._file.page(content, self.page.width, self.page.height, self._resources)
        self._out.clear()
        self._set.clear()
        self._worn = None
        self._letters.turn()

    def _number_page(self) -> None:
        """Set the number on the outer side, one sign in (7.5 of the standard: 單頁碼居右空一字，雙頁碼居左空一字)."""
        style = Style(NUMBER_SIZE)
        text = f"— {self.number} —"
        base = self.page.bottom - NUMBER_BELOW - _DASH_HEIGHT * NUMBER_SIZE
        right = self.left + self.page.across - NUMBER_SIZE - style.measure(text)
        self.text(right if self.number % 2 else self.left + NUMBER_SIZE, base, text, style)
