"""What stands where: paragraphs and grids of a document as one text with offsets."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exports.plandoc.fold import fold_in_place
from exports.plandoc.numbering import mark_at
from exports.plandoc.wrapping import unwrapped

MAX_COLUMNS = 40
MAX_HEADING = 60


@dataclass(slots=True)
class Grid:
    """A table as rows of cell texts; merged cells are repeated in every place they cover."""

    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table inside the text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Line:
    """A paragraph: its span without surrounding white space."""

    start: int
    end: int


@dataclass(slots=True)
class Table:
    """A table inside the text, with its rows of cells; ``told`` where its cells were told apart by what they say."""

    rows: list[list[Cell]]
    start: int
    end: int
    told: bool = False


@dataclass(slots=True)
class Layout:
    """A whole document: ``text`` as shown, ``folded`` of the same length for matching, and its blocks in order.

    ``read`` keeps what was read in a span: the tree of headings asks first, the points again.
    """

    text: str
    folded: str = ""
    blocks: list[Line | Table] = field(default_factory=list)
    lines: list[Line] = field(init=False)
    read: dict[tuple[int, int], object] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the paragraphs outside tables at hand: they are looked up for every point."""
        self.lines = [block for block in self.blocks if isinstance(block, Line)]

    def lines_between(self, start: int, end: int) -> list[Line]:
        """Return the paragraphs that share a character with a span."""
        first = bisect_right(self.lines, start, key=lambda line: line.end)
        last = bisect_left(self.lines, end, key=lambda line: line.start)
        return self.lines[first:last]

    def folded_line(self, line: Line) -> str:
        """Return a paragraph's folded text."""
        return self.folded[line.start : line.end]


def from_parts(parts: Iterable[str | Grid]) -> Layout:
    """Lay out paragraphs and grids that a file format has already told apart."""
    parts = list(parts)
    if not any(isinstance(part, Grid) for part in parts):
        return from_text("\n".join(part for part in parts if isinstance(part, str)))
    pieces: list[str] = []
    blocks: list[Line | Table] = []
    at = 0
    for part in parts:
        if isinstance(part, Grid):
            table, text = _laid_out(part, at)
            blocks.append(table)
        else:
            text = part.replace("\n", " ").strip()
            if not text:
                continue
            blocks.append(Line(at, at + len(text)))
        pieces.append(text)
        at += len(text) + 1
    whole = "\n".join(pieces)
    return Layout(whole, fold_in_place(whole), blocks)


def _laid_out(grid: Grid, at: int) -> tuple[Table, str]:
    start, rows, lines = at, [], []
    for row in grid.rows:
        cells, texts = [], []
        for raw in row[:MAX_COLUMNS]:
            text = re.sub(r"[ \t]*[\r\n\t]+[ \t]*", " ", raw).strip()
            cells.append(Cell(text, at, at + len(text)))
            texts.append(text)
            at += len(text) + 1
        rows.append(cells)
        lines.append("\t".join(texts))
        if not row:
            at += 1
    text = "\n".join(lines)
    return Table(rows, start, start + len(text)), text


_PAGE_NUMBER = re.compile(
    r"^[ \t\u3000]{0,40}(?:[-—–―─－]{1,2}[ \u3000]{0,3}[0-9０-９]{1,4}[ \u3000]{0,3}[-—–―─－]{1,2}"
    r"|第[ ]?\d{1,4}[ ]?页(?:[ ,，]{0,3}共[ ]?\d{1,4}[ ]?页)?)[ \t\u3000]{0,40}(?:\n|\Z)",
    re.MULTILINE,
)


MAX_QUOTED = 4000  # characters of a cell that a spreadsheet puts into quotes
MAX_QUOTES = 20
FEWEST_SPACED = 8  # lines


def _single_spaced(text: str) -> str:
    """Take out the blank lines of a text that has one behind every line: so pages are often copied."""
    lines = text.split("\n")
    blank = sum(not line.strip() for line in lines)
    if len(lines) < FEWEST_SPACED or blank * 10 < 9 * (len(lines) - blank):
        return text
    return "\n".join(line for line in lines if line.strip())


def _one_line_cells(text: str) -> str:
    """Take the quotes off cells that hold line breaks: so a spreadsheet copies them."""
    if '\t"' not in text and not ("\t" in text and '"' in text):
        return text
    pieces, done, at = [], 0, 0
    while (at := text.find('"', at)) != -1:
        stop = _closing_quote(text, at) if at == 0 or text[at - 1] in "\t\n" else -1
        if stop != -1 and "\n" in text[at:stop]:
            inner = re.sub(r"[ \t]*\n[ \t]*", " ", text[at + 1 : stop])
            pieces.append(text[done:at] + inner.replace('""', '"'))
            done = stop + 1
        at = max(at, stop) + 1
    return "".join(pieces) + text[done:] if pieces else text


def _closing_quote(text: str, at: int) -> int:
    """Return where a quoted cell closes: before a tab or the end of its line; -1 where it does not."""
    stop = at
    for _ in range(MAX_QUOTES):
        stop = text.find('"', stop + 1, at + MAX_QUOTED)
        if stop == -1 or "\t" in text[at:stop]:
            return -1
        if text[stop + 1 : stop + 2] in ("\t", "\n", ""):
            return stop
        if text[stop + 1] == '"':
            stop += 1
    return -1


def from_text(text: str) -> Layout:
    """Lay out plain text: paragraphs, and tables whose cells are parted by tabs or bars."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = unwrapped(_single_spaced(_one_line_cells(_PAGE_NUMBER.sub("", text))))
    folded = fold_in_place(text)
    spans = _line_spans(text)
    blocks: list[Line | Table] = []
    if _on_one_line(text):
        spans = [(a, b) for start, end in spans for a, b in _between_bars(text, folded, start, end)]
    bars = _bar_stream(text, folded, spans)
    if bars is not None:
        first, table = bars
        blocks = [_trimmed(text, start, min(end, first)) for start, end in spans if start < first]
        return Layout(text, folded, [*(line for line in blocks if line.end > line.start), table])
    run: list[tuple[int, int]] = []
    spans.append((len(text), len(text)))
    for place, span in enumerate(spans):
        if _is_row(text, span) or (run and _is_row_heading(text, folded, spans, place)):
            run.append(span)
            continue
        if run and not text[span[0] : span[1]].strip(" |\t\u3000") and _row_follows(text, spans, place):
            continue
        if run:
            blocks.extend(_rows_or_lines(text, run))
            run = []
        line = _without_bar(text, _trimmed(text, *span))
        if line.end > line.start:
            blocks.append(line)
    return Layout(text, folded, blocks)


def _without_bar(text: str, line: Line) -> Line:
    """Take off the bar behind a cell that stands on a line of its own; a line of bars holds nothing."""
    return _trimmed(text, line.start, line.start + len(text[line.start : line.end].rstrip(" |\u3000")))


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _trimmed(text: str, start: int, end: int) -> Line:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Line(start + left, start + len(piece.rstrip())) if piece.strip() else Line(start, start)


def _is_row(text: str, span: tuple[int, int]) -> bool:
    line = text[span[0] : span[1]]
    if not line.strip(" |"):
        return line.endswith("\t")
    return "\t" in line.strip() or line.rstrip(" ").endswith("\t") or line.count("|") >= 2  # noqa: PLR2004 - two bars part a cell


def _is_row_heading(text: str, folded: str, spans: list[tuple[int, int]], place: int) -> bool:
    """Tell whether a line is a numbered heading between two rows: a merged cell loses its separators when pasted."""
    line = _trimmed(text, *spans[place])
    after = place + 1 < len(spans) and _is_row(text, spans[place + 1])
    return after and 0 < line.end - line.start <= MAX_HEADING and mark_at(folded, line.start, line.end) is not None


def _row_follows(text: str, spans: list[tuple[int, int]], place: int) -> bool:
    """Tell whether the next line that holds anything, at most two on, is a row: blank lines may part rows."""
    for span in spans[place + 1 : place + 3]:
        if text[span[0] : span[1]].strip(" |\t\u3000"):
            return _is_row(text, span)
    return False


def _rows_or_lines(text: str, spans: list[tuple[int, int]]) -> list[Line | Table]:
    """Return a run of lines with separators as a table, a single such line as a paragraph."""
    if len(spans) == 1:
        line = _trimmed(text, *spans[0])
        return [line] if line.end > line.start else []
    rows = [_cells(text, span) for span in spans]
    if _numbered_paragraphs(rows):
        return [_trimmed(text, *span) for span in spans if text[span[0] : span[1]].strip()]
    rows = [row for row in rows if not all(set(cell.text) <= set("-: ") for cell in row)]
    return [Table(rows, spans[0][0], spans[-1][1])]


def _numbered_paragraphs(rows: list[list[Cell]]) -> bool:
    """Tell whether the tabs only stand behind numbers and before clauses in brackets: then there is no table."""

    def is_one(row: list[Cell]) -> bool:
        filled = [fold_in_place(cell.text) for cell in row if cell.text]
        mark = mark_at(filled[0], 0, len(filled[0])) if len(filled) > 1 else None
        alone = mark is not None and mark.end == len(filled[0])
        return alone and (len(filled) == 2 or filled[-1].startswith(("(", "[", "【")))  # noqa: PLR2004 - number and text

    return bool(rows) and is_one(rows[0]) and sum(map(is_one, rows)) * 10 >= 7 * len(rows)


def _cells(text: str, span: tuple[int, int]) -> list[Cell]:
    line = text[span[0] : span[1]]
    bar = "|" if "\t" not in line and line.count("|") >= 2 else "\t"  # noqa: PLR2004
    cells, at = [], span[0]
    for piece in line.split(bar)[: MAX_COLUMNS + 2]:
        trimmed = _trimmed(text, at, at + len(piece))
        cells.append(Cell(text[trimmed.start : trimmed.end], trimmed.start, trimmed.end))
        at += len(piece) + 1
    if bar == "|" and line.strip().startswith("|"):
        cells = cells[1:]
    if bar == "|" and line.strip().endswith("|"):
        cells = cells[:-1]
    return cells


def _on_one_line(text: str) -> bool:
    return text.count("|") >= 8 and text.count("\n") <= 3  # noqa: PLR2004 - a whole table on one line


def _between_bars(text: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between the bars of a line; the first heading of a table runs into the words before it."""
    for piece in re.finditer(r"[^|]+", text[start:end]):
        a, b = start + piece.start(), start + piece.end()
        if b - a > 2 and folded[:b].rstrip().endswith("序号"):  # noqa: PLR2004 - the word itself
            cut = folded.rindex("序号", a, b)
            yield a, cut
            a = cut
        yield a, b


def _bar_stream(text: str, folded: str, spans: list[tuple[int, int]]) -> tuple[int, Table] | None:
    """Read a table pasted as one cell a line with bars between, or all on one line: only its cells are known."""
    alone = sum(text[start:end].strip() == "|" for start, end in spans)
    if alone < 6 and not _on_one_line(text):  # noqa: PLR2004 - fewer than two rows of three cells
        return None
    first = text.index("|")
    cells, at = [], first + 1
    for piece in re.split(r"\|", text[first + 1 :]):
        trimmed = _trimmed(text, at, at + len(piece))
        if trimmed.end > trimmed.start:
            cells.append(Cell(text[trimmed.start : trimmed.end], trimmed.start, trimmed.end))
        at += len(piece) + 1
    rows = _rows_of_stream(cells, folded)
    return (first, Table(rows, first, len(text))) if rows else None


_NUMBERED = re.compile(r"\(?\d{1,3}[.、)]")


def _rows_of_stream(cells: list[Cell], folded: str) -> list[list[Cell]]:
    """Find the rows in a stream of cells: each has one numbered cell, always in the same column."""
    numbered = [i for i, cell in enumerate(cells) if _NUMBERED.match(folded[cell.start : cell.end])]
    if len(numbered) < 2:  # noqa: PLR2004 - one numbered cell shows no rhythm
        return []
    steps = [b - a for a, b in itertools.pairwise(numbered)]
    width = max(steps)
    tail = min([*steps, len(cells) - numbered[-1]]) - 1
    column = max(0, width - 1 - tail)
    head = cells[: max(0, numbered[0] - column)]
    rows = [head[-width:]] if head else []
    for place, here in enumerate(numbered):
        start = numbered[place - 1] + tail + 1 if place else here - column
        before = cells[max(start, 0) : here]
        blank = Cell("", here and cells[here].start, here and cells[here].start)
        rows.append([*[blank] * (column - len(before)), *before, *cells[here : here + tail + 1]])
    return rows
