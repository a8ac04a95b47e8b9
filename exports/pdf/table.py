"""A ruled table: headings repeated on every page, bands across it, rows that go on overleaf where they must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import chain, pairwise

from exports import linebreak
from exports.bands import Band
from exports.pdf import fonts
from exports.pdf.blocks import Printed
from exports.pdf.fonts import Face
from exports.pdf.press import ASCENT, Press, Style
from exports.pdf.tablehead import LEADING, PAD, Column, Head

_PARTED = 0.5  # of a page: higher rows may go on overleaf
_TOLD = 10  # rows between two tellings of how far it is
_BAND_SHADE, _PLAN_SHADE = "#f2f2f2", "#ddebf7"
_PARTS = {"left": 0.0, "center": 0.5, "right": 1.0}  # of the room that a line leaves, how much is before it
_REMEMBERED = 1000  # texts of a column kept in lines: what a column says often it says among its first


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts, one for each column; a row of totals is in ``Face.SANS``."""

    cells: Sequence[str]
    face: Face = Face.SERIF


Rows = Iterable[Row | Band]


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` fill the type area or less; ``name`` says in the list of missing signs which table it is.

    ``rows`` are gone through twice: to look for missing signs, and to print. What gives them anew each time, such as
    an object that reads them from the database, need not hold them all.
    """

    columns: Sequence[Column]
    rows: Rows
    size: float = 10.5
    name: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.rows, Iterator):
            raise TypeError("the rows of a table are gone through twice")

    def texts(self) -> Iterator[Printed]:
        """Yield headings, bands and cells with their places; a row that surely has no missing sign is passed over."""
        for column in self.columns:
            yield f"{self.name}表頭", column.group, Face.SANS
            yield f"{self.name}表頭", column.title, Face.SANS
        number = 0
        for row in self.rows:
            if isinstance(row, Band):
                yield f"{self.name}分欄標題", row.text, Face.SANS
                continue
            number += 1
            if not fonts.chain(row.face).is_plain("".join(row.cells)):
                for column, text in zip(self.columns, row.cells, strict=True):
                    yield f"{self.name}第 {number} 行「{column.title}」", text, row.face

    def place(self, press: Press) -> None:
        """Print the table."""
        _Setter(self, press).place()


_Lines = tuple[tuple[float, str], ...]
"""The lines of a cell, each with how far from the table's left edge it begins, in points."""


@dataclass(slots=True)
class _Measured:
    """A row with its cells in lines; ``deep`` is how many the deepest has."""

    cells: Sequence[_Lines]
    style: Style
    deep: int
    height: float
    shade: str = ""

    def cut(self, lines: int) -> tuple[_Measured, _Measured]:
        """Return the first ``lines`` lines of every cell, and the rest."""
        first, rest = [cell[:lines] for cell in self.cells], [cell[lines:] for cell in self.cells]
        high = lines * self.style.line
        upper = _Measured(first, self.style, lines, high + 2 * PAD, self.shade)
        return upper, _Measured(rest, self.style, self.deep - lines, self.height - high, self.shade)


class _Setter:
    """Sets one table; rows are measured one ahead, so that a band is not left alone at the foot of a page."""

    def __init__(self, table: Table, press: Press) -> None:
        self.table, self.press = table, press
        self._styles = {face: Style(table.size, face, LEADING) for face in Face}
        self._head = Head(table.columns, table.size)
        self._edges = [0.0]
        for column in table.columns:
            self._edges.append(self._edges[-1] + column.width)
        self._known: dict[Face, list[dict[str, _Lines]]] = {face: [{} for _ in table.columns] for face in Face}
        self._rules = _Rules(press)
        self._line = self._head.line
        self._rise = (self._line - table.size) / 2 + ASCENT * table.size
        self._tall = _PARTED * (press.page.down - self._head.height)

    def place(self) -> None:
        """Print all rows."""
        rows = map(self._measure, self.table.rows)
        first = next(rows, None)
        self.press.need(self._head.height + (self._least(first) if first else 0.0))
        self._head.draw(self.press)
        total = len(self.table.rows) if isinstance(self.table.rows, Sized) else 0
        for number, (row, following) in enumerate(pairwise(chain([first], rows, [None]))):
            if number % _TOLD == 0:
                self.press.tick(number, total)
            if row is not None:
                self._set(row, row.height + self._least(following) if row.shade and following else 0.0)
        self._rules.draw()

    def _least(self, row: _Measured) -> float:
        """Return what of a row must be on the page where it begins."""
        return row.height if row.height <= self._tall else 2 * self._line + 2 * PAD

    def _set(self, row: _Measured, together: float) -> None:
        if max(together, self._least(row)) > self.press.room:
            self._overleaf()
        parted = False
        while row.height > self.press.room and (parted or row.height > self._tall):
            lines = max(1, int((self.press.room - 2 * PAD) / self._line))
            first, row = row.cut(lines)
            self._draw(first, top=True)
            self._overleaf()
            parted = True
        self._draw(row, top=parted)

    def _overleaf(self) -> None:
        self._rules.draw()
        self.press.next_page()
        self._head.draw(self.press)

    def _measure(self, row: Row | Band) -> _Measured:
        if isinstance(row, Band):
            style = self._styles[Face.SANS]
            lines = linebreak.wrap(row.text, self._edges[-1] - 2 * PAD, style.measure)
            cell = tuple((PAD, line) for line in lines)
            shade = _PLAN_SHADE if row.of_plan else _BAND_SHADE
            return _Measured([cell], style, len(lines), len(lines) * self._line + 2 * PAD, shade)
        style, known = self._styles[row.face], self._known[row.face]
        cells = [
            seen.get(text) or self._lines(place, text, style, seen)
            for place, (text, seen) in enumerate(zip(row.cells, known, strict=True))
        ]
        deep = max(map(len, cells), default=1)
        return _Measured(cells, style, deep, deep * self._line + 2 * PAD)

    def _lines(self, place: int, text: str, style: Style, seen: dict[str, _Lines]) -> _Lines:
        """Return a cell of a column in lines, and keep them for when it says the same again."""
        column, left = self.table.columns[place], self._edges[place] + PAD
        room, measure = column.width - 2 * PAD, style.measure
        part = _PARTS[column.align]
        lines = tuple(
            (left + part * (room - measure(line)) if part else left, line)
            for line in linebreak.wrap(text, room, measure)
        )
        if len(seen) < _REMEMBERED:
            seen[text] = lines
        return lines

    def _draw(self, row: _Measured, *, top: bool = False) -> None:
        """Draw one row; its texts stand in the middle, at the top where it goes on overleaf."""
        press, high, left, line = self.press, row.height, self.press.left, self._line
        if row.shade:
            press.box(left, press.y - high, self._edges[-1], high, fill=row.shade)
        self._rules.row(high, (0.0, self._edges[-1]) if row.shade else self._edges)
        base = press.y - PAD - self._rise
        if row.deep == 1:
            press.texts([(left + cell[0][0], base, cell[0][1]) for cell in row.cells if cell[0][1]], row.style)
        else:
            lines = [
                (left + shift, base - (number + (0.0 if top else (row.deep - len(cell)) / 2)) * line, text)
                for cell in row.cells
                for number, (shift, text) in enumerate(cell)
                if text
            ]
            press.texts(lines, row.style)
        press.y -= high


class _Rules:
    """The rules of the rows on a page: those between columns are drawn once down all rows that have the same."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._lines: list[tuple[float, float, float, float]] = []
        self._edges: Sequence[float] = ()
        self._from = 0.0

    def row(self, height: float, edges: Sequence[float]) -> None:
        """Note a row that begins at ``press.y`` and is parted at ``edges`` from the table's left one."""
        left, y = self._press.left, self._press.y
        if edges is not self._edges:
            self._end(y)
            self._edges, self._from = edges, y
            self._lines.append((left, y, left + edges[-1], y))
        self._lines.append((left, y - height, left + edges[-1], y - height))

    def _end(self, y: float) -> None:
        left = self._press.left
        self._lines += [(left + edge, self._from, left + edge, y) for edge in self._edges]
        self._edges = ()

    def draw(self) -> None:
        """Draw what was noted, down to ``press.y``."""
        self._end(self._press.y)
        if self._lines:
            self._press.rules(self._lines)
            self._lines = []
