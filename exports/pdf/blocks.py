"""What stands on the pages of a paper, one block under the other: title, lines, paragraphs, signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from exports import linebreak
from exports.pdf import fonts
from exports.pdf.fonts import Face
from exports.pdf.press import ASCENT, Press, Style

Printed = tuple[str, str, Face]
"""A text that will be printed: where it stands (a part of a sentence of ours), the text, its face."""
TITLE_SIZE, BODY_SIZE, SMALL_SIZE = 22.0, 16.0, 10.5  # 2號, 3號, 五號
BODY_LEADING = 637.7 / 22 / BODY_SIZE  # 22 lines on the 225 mm (637.8 points) of the type area


class Block(Protocol):
    """One block. The whole document is first asked for its texts, so that nothing missing is found too late."""

    def texts(self) -> Iterator[Printed]:
        """Yield every text of the block."""
        ...

    def place(self, press: Press) -> None:
        """Print the block from ``press.y`` downwards."""
        ...


@dataclass(frozen=True, slots=True)
class Title:
    """The title (標題): centred, in lines of about the same length."""

    text: str
    size: float = TITLE_SIZE
    after: float = 10.0

    def texts(self) -> Iterator[Printed]:
        """Yield the title."""
        yield "標題", self.text, Face.TITLE

    def place(self, press: Press) -> None:
        """Print it."""
        face = fonts.fitting(Face.TITLE, self.text)
        bolder = self.size / 55 if fonts.stands_in(face) else 0.0  # 小標宋 is a bold face
        style = Style(self.size, face, 1.4, bolder)
        lines = linebreak.balanced(self.text, press.page.across, style.measure)
        press.need(len(lines) * style.line)
        for line in lines:
            _set(press, line, style, align="center")
        press.y -= self.after


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a few: ``align`` is left, center or right; ``role`` says in the list of missing signs what it is."""

    text: str
    size: float = BODY_SIZE
    align: str = "left"
    face: Face = Face.FANGSONG
    role: str = "文字"
    after: float = 0.0

    def texts(self) -> Iterator[Printed]:
        """Yield the text."""
        yield self.role, self.text, self.face

    def place(self, press: Press) -> None:
        """Print it."""
        style = Style(self.size, fonts.fitting(self.face, self.text))
        for line in linebreak.wrap(self.text, press.page.across, style.measure):
            press.need(style.line)
            _set(press, line, style, align=self.align)
        press.y -= self.after


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on one line, at the left and at the right; under each other where they do not fit."""

    left: str
    right: str
    size: float = SMALL_SIZE
    after: float = 4.0

    def texts(self) -> Iterator[Printed]:
        """Yield both."""
        yield "表頭說明", self.left, Face.FANGSONG
        yield "表頭說明", self.right, Face.FANGSONG

    def place(self, press: Press) -> None:
        """Print them."""
        style = Style(self.size, fonts.fitting(Face.FANGSONG, self.left + self.right))
        across = press.page.across
        if style.measure(self.left) + style.measure(self.right) + style.size <= across:
            press.need(style.line)
            base = _base(press.y, style)
            press.text(press.left, base, self.left, style)
            press.text(press.left + across - style.measure(self.right), base, self.right, style)
            press.y -= style.line + self.after
        else:
            Line(self.left, self.size).place(press)
            Line(self.right, self.size, "right", after=self.after).place(press)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: the first line set in by two signs, lines made equally long, 28 signs in each on A4."""

    text: str
    size: float = BODY_SIZE
    indent: int = 2
    face: Face = Face.FANGSONG
    role: str = "正文"
    after: float = 0.0

    def texts(self) -> Iterator[Printed]:
        """Yield the text."""
        yield self.role, self.text, self.face

    def place(self, press: Press) -> None:
        """Print it."""
        style = Style(self.size, fonts.fitting(self.face, self.text), BODY_LEADING)
        signs = round(press.page.across / self.size)
        pitch = (press.page.across - signs * self.size) / signs  # a hair closer or wider, for whole signs in a line
        for part in self.text.split("\n"):
            lines = linebreak.wrap("　" * self.indent + part, signs * self.size, style.measure)
            for number, line in enumerate(lines, start=1):
                press.need(style.line)
                lacking = press.page.across - style.measure(line)
                last = number == len(lines)
                spread = pitch if last or len(line) < signs / 2 else lacking / max(1, len(line) - 1)
                press.text(press.left, _base(press.y, style), line, style, spread=spread)
                press.y -= style.line
        press.y -= self.after


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date under it with four signs free at its right (落款); room for the seal around them."""

    unit: str
    date: str
    size: float = BODY_SIZE
    seal: str = ""
    """A word in brackets where the seal goes, such as （蓋章）; empty where none is wanted."""

    def texts(self) -> Iterator[Printed]:
        """Yield unit, date and the word for the seal."""
        for text in (self.unit, self.date, self.seal):
            yield "落款", text, Face.FANGSONG

    def place(self, press: Press) -> None:
        """Print it whole, never parted from itself by the end of a page."""
        style = Style(self.size, fonts.fitting(Face.FANGSONG, self.unit + self.date + self.seal), BODY_LEADING)
        press.need(4 * style.line)
        press.y -= 2 * style.line
        right = press.left + press.page.across - 4 * self.size
        middle = right - style.measure(self.date) / 2
        unit = self.unit + self.seal
        wide = style.measure(unit)
        start = min(middle - wide / 2, press.left + press.page.across - wide)
        press.text(max(press.left, start), _base(press.y, style), unit, style)
        press.y -= style.line
        press.text(right - style.measure(self.date), _base(press.y, style), self.date, style)
        press.y -= style.line


@dataclass(frozen=True, slots=True)
class Gap:
    """White space; none at the head of a page."""

    height: float

    def texts(self) -> Iterator[Printed]:
        """Yield nothing."""
        yield from ()

    def place(self, press: Press) -> None:
        """Leave it free."""
        if not press.fresh:
            press.y -= self.height


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""

    def texts(self) -> Iterator[Printed]:
        """Yield nothing."""
        yield from ()

    def place(self, press: Press) -> None:
        """Turn the page."""
        if not press.fresh:
            press.next_page()


def _base(y: float, style: Style) -> float:
    """Return the base line of a line whose upper edge is ``y``."""
    return y - (style.line - style.size) / 2 - ASCENT * style.size


def _set(press: Press, line: str, style: Style, *, align: str) -> None:
    lacking = press.page.across - style.measure(line)
    shift = {"left": 0.0, "center": lacking / 2, "right": lacking}[align]
    press.text(press.left + shift, _base(press.y, style), line, style)
    press.y -= style.line
