"""The catalogue as a landscape table on A4 or A3, the seven items in order."""

from __future__ import annotations

from collections.abc import Sequence

from db.settings import Office
from db.subsidyitems import BY_KEY, PARTS
from exports.catalogue.content import Catalogue
from exports.linebreak import UNIT
from exports.pdf.blocks import Block, Pair, Title
from exports.pdf.document import Document, Print, render
from exports.pdf.page import landscape
from exports.pdf.press import Tick
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column
from exports.workbook import fit

_SIZES = {"A3": 11.0, "A4": 9.5}
_NUMBER_WIDTH = 3.2  # of the column 序號, in signs
_LEAST = 0.5  # of the width an item would like to have
_SHORT, _LONG = 6.0, 160.0  # signs
_WEIGHT = 0.6  # long texts get more width, though not in proportion: short ones would break in every word
_SMALLEST = 7.0
_SHARES = "各級補助標準"  # the common heading of what each level gives
_WIDEST = 9.0  # signs


def print_catalogue(catalogue: Catalogue, *, office: Office, paper: str = "A3", tick: Tick | None = None) -> Print:
    """Print it; raise :class:`Refused` for a paper that is none. ``tick`` is told how far it is."""
    page = landscape(paper)
    size, widths = fitted(catalogue, across=page.across, size=_SIZES[paper.strip().upper()])
    number, *others = widths
    columns = [Column(catalogue.words.fixed("序號"), number, "center")]
    columns += [
        Column(heading.title, width, group=catalogue.words.fixed(_SHARES) if heading.key in PARTS else "")
        for heading, width in zip(catalogue.headings, others, strict=True)
    ]
    rows = [Row([str(number), *texts]) for number, texts in enumerate(catalogue.rows, start=1)]
    left, right = catalogue.particulars
    blocks: list[Block] = [Title(catalogue.title), Pair(left, right, size + 1), Table(columns, rows, size)]
    return render(Document(catalogue.title, blocks, page, author=office.office_name or office.county), tick)


def fitted(catalogue: Catalogue, *, across: float, size: float) -> tuple[float, list[float]]:
    """Return the size of the body, smaller where there are many columns, and the widths that go with it."""
    while True:
        widths = column_widths(catalogue, across=across, size=size)
        over = sum(widths) / across
        if over <= 1 or size <= _SMALLEST:
            return size, [width / max(1.0, over) for width in widths]
        size = max(_SMALLEST, size / over)


def column_widths(catalogue: Catalogue, *, across: float, size: float) -> list[float]:
    """Return the widths in points of 序號 and of each heading, filling ``across``."""
    texts = list(zip(*catalogue.rows, strict=True))
    wanted = [0.0, *(_usual(column) ** _WEIGHT for column in texts)]
    keys = [heading.key for heading in catalogue.headings]
    signs = [max(_LEAST * BY_KEY[key].width, _unbroken(column)) for key, column in zip(keys, texts, strict=True)]
    least = [_NUMBER_WIDTH * size, *(one * size + fit.PADDING for one in signs)]
    return fit.share(least, wanted, across)


def _usual(texts: Sequence[str]) -> float:
    """Return the usual amount of text of a column in signs; a single very long one does not take the whole page."""
    return sum(min(_LONG, max(_SHORT, fit.display_width(text))) for text in texts) / len(texts)


def _unbroken(texts: Sequence[str]) -> float:
    """Return the signs that the longest word takes that no line end should part, such as a telephone number."""
    return min(_WIDEST, max(fit.display_width(unit) for text in texts for unit in UNIT.findall(text) or [""]))
