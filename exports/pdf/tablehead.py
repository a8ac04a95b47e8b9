"""The heading of a table: one row of titles, or two where columns stand under a common one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from exports import linebreak
from exports.pdf.fonts import Face
from exports.pdf.press import ASCENT, Press, Style

PAD = 3.0  # points free between a rule and the text
LEADING = 1.36
SHADE = "#d9d9d9"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` in points; ``align`` is left, center or right.

    Neighbours of the same ``group`` stand under that as a common heading (補助標準 over 合計, 中央, 省級).
    """

    title: str
    width: float
    align: str = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    left: float
    width: float
    lines: Sequence[str]
    row: int
    """0 over the whole heading, 1 in its upper row, 2 in its lower one."""


class Head:
    """The heading of one table."""

    def __init__(self, columns: Sequence[Column], size: float) -> None:
        self._style = Style(size, Face.SANS, LEADING)
        self.line = self._style.line
        """The height of a line, of the heading and of the rows under it."""
        self._cells: list[_Cell] = []
        left = 0.0
        for group, members in groupby(columns, key=lambda column: column.group):
            inside = list(members)
            if group:
                self._cells.append(self._cell(group, left, sum(column.width for column in inside), 1))
            for column in inside:
                self._cells.append(self._cell(column.title, left, column.width, 2 if group else 0))
                left += column.width
        self._wide = left
        self._upper, self._lower = self._high(1), self._high(2)
        self.height = max(self._high(0), self._upper + self._lower)
        self._lower = self.height - self._upper

    def _cell(self, title: str, left: float, width: float, row: int) -> _Cell:
        return _Cell(left, width, linebreak.wrap(title, width - 2 * PAD, self._style.measure), row)

    def _high(self, row: int) -> float:
        """Return the height that the cells of a row need; none where it has none."""
        deep = max((len(cell.lines) for cell in self._cells if cell.row == row), default=0)
        return deep * self._style.line + 2 * PAD if deep else 0.0

    def draw(self, press: Press) -> None:
        """Draw the heading at ``press.y``."""
        left, style = press.left, self._style
        press.box(left, press.y - self.height, self._wide, self.height, fill=SHADE)
        rules: list[tuple[float, float, float, float]] = []
        texts: list[tuple[float, float, str]] = []
        for cell in self._cells:
            top = press.y - (self._upper if cell.row == 2 else 0.0)  # noqa: PLR2004 - the lower row
            high = (self.height, self._upper, self._lower)[cell.row]
            start, end = left + cell.left, left + cell.left + cell.width
            rules += [(start, top, end, top), (start, top, start, top - high), (end, top, end, top - high)]
            free = (high - len(cell.lines) * style.line) / 2
            base = top - free - (style.line - style.size) / 2 - ASCENT * style.size
            for number, line in enumerate(cell.lines):
                middle = start + (cell.width - style.measure(line)) / 2
                texts.append((middle, base - number * style.line, line))
        press.y -= self.height
        rules.append((left, press.y, left + self._wide, press.y))
        press.rules(rules)
        press.texts(texts, style)
