"""A ruled table: headings repeated on every page, bands across it, rows that go on overleaf where they must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from exports import linebreak
from exports.bands import Band
from exports.pdf.blocks import Printed
from exports.pdf.fonts import Face
from exports.pdf.press import ASCENT, Press, Style

_PAD = 3.0  # points free between a rule and the text
_LEADING = 1.36
_TOLD = 10  # rows between two tellings of how far it is
_SHADE, _BAND_SHADE, _PLAN_SHADE = "#d9d9d9", "#f2f2f2", "#ddebf7"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` in points; ``align`` is left, center or right."""

    title: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts, one for each column."""

    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Measured:
    """A row with its texts in lines, each from ``left`` over ``width`` points."""

    cells: Sequence[tuple[float, float, str, Sequence[str]]]  # left, width, align, lines
    style: Style
    shade: str = ""

    @property
    def deep(self) -> int:
        return max((len(lines) for *_, lines in self.cells), default=1)

    @property
    def height(self) -> float:
        return self.deep * self.style.line + 2 * _PAD

    def cut(self, lines: int) -> tuple[_Measured, _Measured]:
        """Return the first ``lines`` lines of every cell, and the rest."""
        first = [(left, width, align, text[:lines]) for left, width, align, text in self.cells]
        rest = [(left, width, align, text[lines:]) for left, width, align, text in self.cells]
        return _Measured(first, self.style, self.shade), _Measured(rest, self.style, self.shade)


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` fill the type area or less; ``name`` says in the list of missing signs which table it is."""

    columns: Sequence[Column]
    rows: Sequence[Row | Band]
    size: float = 10.5
    name: str = ""

    def texts(self) -> Iterator[Printed]:
        """Yield headings, bands and cells with their places."""
        for column in self.columns:
            yield f"{self.name}表頭", column.title, Face.SANS
        number = 0
        for row in self.rows:
            if isinstance(row, Band):
                yield f"{self.name}分欄標題", row.text, Face.SANS
            else:
                number += 1
                for column, text in zip(self.columns, row.cells, strict=True):
                    yield f"{self.name}第 {number} 行「{column.title}」", text, Face.SERIF

    def place(self, press: Press) -> None:
        """Print the table."""
        _Setter(self, press).place()


class _Setter:
    """Sets one table; rows are measured one ahead, so that a band is not left alone at the foot of a page."""

    def __init__(self, table: Table, press: Press) -> None:
        self.table, self.press = table, press
        body = Style(table.size, leading=_LEADING)
        self._styles = {Face.SERIF: body, Face.SANS: Style(table.size, Face.SANS, _LEADING)}
        self._lefts = [sum(column.width for column in table.columns[:place]) for place in range(len(table.columns))]
        self._wide = sum(column.width for column in table.columns)
        self._head = self._measure(Row([column.title for column in table.columns]), head=True)

    def place(self) -> None:
        """Print all rows."""
        rows = map(self._measure, self.table.rows)
        first = next(rows, None)
        self.press.need(self._head.height + (self._least(first) if first else 0.0))
        self._draw(self._head)
        total = len(self.table.rows)
        for number, (row, following) in enumerate(pairwise(chain([first], rows, [None]))):
            if number % _TOLD == 0:
                self.press.tick(number, total)
            if row is not None:
                self._set(row, row.height + self._least(following) if row.shade and following else 0.0)

    def _least(self, row: _Measured) -> float:
        """Return what of a row must be on the page where it begins."""
        whole = self.press.page.down - self._head.height
        return row.height if row.height <= whole else 2 * row.style.line + 2 * _PAD

    def _set(self, row: _Measured, together: float) -> None:
        whole = self.press.page.down - self._head.height
        if max(together, min(row.height, self._least(row))) > self.press.room:
            self._overleaf()
        split = row.height > whole
        while row.height > self.press.room and split:
            lines = max(1, int((self.press.room - 2 * _PAD) / row.style.line))
            first, row = row.cut(lines)
            self._draw(first, top=True)
            self._overleaf()
        self._draw(row, top=split)

    def _overleaf(self) -> None:
        self.press.next_page()
        self._draw(self._head)

    def _measure(self, row: Row | Band, *, head: bool = False) -> _Measured:
        style = self._styles[Face.SANS if head or isinstance(row, Band) else Face.SERIF]
        if isinstance(row, Band):
            lines = linebreak.wrap(row.text, self._wide - 2 * _PAD, style.measure)
            return _Measured([(0.0, self._wide, "left", lines)], style, _PLAN_SHADE if row.of_plan else _BAND_SHADE)
        cells = [
            (
                left,
                column.width,
                "center" if head else column.align,
                linebreak.wrap(text, column.width - 2 * _PAD, style.measure),
            )
            for left, column, text in zip(self._lefts, self.table.columns, row.cells, strict=True)
        ]
        return _Measured(cells, style, _SHADE if head else "")

    def _draw(self, row: _Measured, *, top: bool = False) -> None:
        """Draw one row; its texts stand in the middle, at the top where it goes on overleaf."""
        press, style, high = self.press, row.style, row.height
        foot = press.y - high
        if row.shade:
            press.box(press.left, foot, self._wide, high, fill=row.shade)
        edges = [press.left + left for left, *_ in row.cells] + [press.left + self._wide]
        across = [(edges[0], y, edges[-1], y) for y in (press.y, foot)]
        press.rules([*across, *((x, press.y, x, foot) for x in edges)])
        press.texts(self._lines(row, top=top), style)
        press.y -= high

    def _lines(self, row: _Measured, *, top: bool) -> Iterator[tuple[float, float, str]]:
        """Yield the lines of a row with their places."""
        press, style = self.press, row.style
        for left, width, align, lines in row.cells:
            free = 0.0 if top else (row.height - 2 * _PAD - len(lines) * style.line) / 2
            base = press.y - _PAD - free - (style.line - style.size) / 2 - ASCENT * style.size
            for number, line in enumerate(lines):
                if line:
                    lacking = 0.0 if align == "left" else width - 2 * _PAD - style.measure(line)
                    shift = lacking / 2 if align == "center" else lacking
                    yield press.left + left + _PAD + shift, base - number * style.line, line
