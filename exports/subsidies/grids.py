"""Files to sheets of texts with places: workbooks with the addresses of cells, documents and pages by tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import UnreadableInput
from exports.plandoc.container import FileKind, kind_of
from exports.plandoc.docx import parts_of_docx
from exports.plandoc.encoding import decode
from exports.plandoc.html import parts_of_html
from exports.plandoc.layout import Grid
from exports.plandoc.readers import is_markup
from exports.workbook.collect.cells import Sheet
from exports.workbook.collect.opening import Source, read_book, sources
from exports.workbook.grid import address

MOST_ROWS = 20_000
MOST_COLUMNS = 60


@dataclass(slots=True)
class Part:
    """A sheet or table as texts, merged cells repeated in every place they cover; or running text in ``paragraphs``.

    ``numbers`` are the numbers of the rows in the file, from 1; ``addressed`` tells that cells have addresses.
    ``broken`` are the cells that hold an error instead of a value.
    """

    name: str
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    addressed: bool = False
    broken: frozenset[tuple[int, int]] = frozenset()
    paragraphs: list[str] = field(default_factory=list)

    def cell(self, place: int, column: int) -> str:
        """Return how a cell is told: ``B7`` in a sheet, the number of the row elsewhere."""
        return address(self.numbers[place] - 1, column) if self.addressed else str(self.numbers[place])


def parts_of(path: Path) -> Iterator[tuple[str, list[Part]]]:
    """Yield the name and the parts of a file, or of each file in an archive.

    Raises :class:`UnreadableInput` with a sentence for what cannot be read.
    """
    for source in sources([path]):
        if source.trouble is not None:
            raise source.trouble
        yield source.name, list(_parts(source))


def _parts(source: Source) -> Iterator[Part]:
    kind = kind_of(source.content, name=source.name)
    if kind is FileKind.SHEET:
        yield from (_of_sheet(sheet) for sheet in read_book(source).sheets if not sheet.hidden)
        return
    if kind is FileKind.DOCX:
        yield from _of_document(parts_of_docx(source.content, name=source.name))
        return
    text = decode(source.content, name=source.name)
    if is_markup(text):
        yield from _of_document(parts_of_html(text))
    else:
        yield Part("", paragraphs=[line.strip() for line in text.split("\n") if line.strip()])


def _of_sheet(sheet: Sheet) -> Part:
    numbers = sorted(sheet.rows)[:MOST_ROWS]
    if len(sheet.rows) > MOST_ROWS:
        raise UnreadableInput(
            "表「{sheet}」有 {rows} 行，不像補貼政策表，沒有讀取。", sheet=sheet.name, rows=len(sheet.rows)
        )
    width = min(MOST_COLUMNS, 1 + max((max(sheet.rows[row], default=0) for row in numbers), default=0))
    rows = [[sheet.text(row, column) for column in range(width)] for row in numbers]
    for (top, left), (bottom, right) in sheet.merged:
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        value = sheet.text(top, left)
        for row in rows[first:last]:
            for column in range(left, min(right, width - 1) + 1):
                row[column] = value
    broken = {
        (place, column)
        for place, row in enumerate(numbers)
        for column, cell in sheet.rows[row].items()
        if cell.error and column < width
    }
    return Part(sheet.name, rows, [row + 1 for row in numbers], addressed=True, broken=frozenset(broken))


def _of_document(parts: Iterable[str | Grid]) -> Iterator[Part]:
    paragraphs: list[str] = []
    count = 0
    for part in parts:
        if isinstance(part, Grid):
            count += 1
            yield Part(str(count), part.rows, list(range(1, len(part.rows) + 1)))
        else:
            paragraphs += [line.strip() for line in part.split("\n") if line.strip()]
    if paragraphs:
        yield Part("", paragraphs=paragraphs)
