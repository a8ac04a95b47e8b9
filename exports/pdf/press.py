"""The press: puts signs, rules and page numbers on pages, one page after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from exports.pdf import fonts
from exports.pdf.fonts import Face
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
def _ink(colour: str) -> Color:
    return HexColor(colour)


Tick = Callable[[int, int], None]
"""Told how much of how much is done; may raise to stop the work."""


def _no_tick(_done: int, _total: int) -> None:
    """Tell nobody."""


class Press:
    """One document being printed. ``y`` is where the next thing begins, from the foot of the sheet, in points."""

    def __init__(
        self, page: Page, *, title: str, author: str = "", numbered: bool = True, tick: Tick | None = None
    ) -> None:
        self.page = page
        self.tick = tick or _no_tick
        self.number = 1
        self._numbered = numbered
        self._content = BytesIO()
        # invariant: the same document is the same file; without a first font of ours an unembedded one is named
        self.canvas = Canvas(
            self._content,
            pagesize=(page.width, page.height),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.first_font(Face.SERIF),
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("政務臺賬")
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
        """Set several lines of one style, each as (x, base, text): much quicker than one after the other."""
        canvas = self.canvas
        special = bool(style.stroke or spread)
        if special:
            canvas.saveState()  # what is set for these lines holds for no other
        laid = canvas.beginText()
        laid.setFillColor(_ink(style.colour))
        if spread:
            laid.setCharSpace(spread)
        if style.stroke:
            canvas.setLineWidth(style.stroke)
            laid.setStrokeColor(_ink(style.colour))
            laid.setTextRenderMode(2)
        for x, base, text in lines:
            laid.setTextOrigin(x, base)
            for font, part in fonts.runs(text, style.face):
                laid.setFont(font, style.size)
                laid.textOut(part)
        canvas.drawText(laid)
        if special:
            canvas.restoreState()

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.5, colour: str = INK) -> None:
        """Draw a straight line."""
        self.rules([(x, y, to_x, to_y)], width, colour)

    def rules(self, lines: list[tuple[float, float, float, float]], width: float = 0.5, colour: str = INK) -> None:
        """Draw straight lines, each from (x, y) to (x, y)."""
        self.canvas.setStrokeColor(_ink(colour))
        self.canvas.setLineWidth(width)
        self.canvas.lines(lines)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", rule: str = "") -> None:
        """Draw a rectangle with its lower left corner at (x, y)."""
        if fill:
            self.canvas.setFillColor(_ink(fill))
        if rule:
            self.canvas.setStrokeColor(_ink(rule))
            self.canvas.setLineWidth(0.5)
        self.canvas.rect(x, y, width, height, stroke=int(bool(rule)), fill=int(bool(fill)))

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a filled circle around (x, y)."""
        self.canvas.setFillColor(_ink(colour))
        self.canvas.circle(x, y, radius, stroke=0, fill=1)

    def finish(self) -> bytes:
        """End the last page and return the file."""
        self._finish_page()
        self.canvas.save()
        return self._content.getvalue()

    def _finish_page(self) -> None:
        if self._numbered:
            self._number_page()
        self.canvas.showPage()

    def _number_page(self) -> None:
        """Set the number on the outer side, one sign in (7.5 of the standard: 單頁碼居右空一字，雙頁碼居左空一字)."""
        style = Style(NUMBER_SIZE)
        text = f"— {self.number} —"
        base = self.page.bottom - NUMBER_BELOW - _DASH_HEIGHT * NUMBER_SIZE
        right = self.left + self.page.across - NUMBER_SIZE - style.measure(text)
        self.text(right if self.number % 2 else self.left + NUMBER_SIZE, base, text, style)
