"""The plain card of one policy (明白卡): a page to hang up or hand out, its items one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from db.settings import Office
from exports.catalogue.content import Catalogue
from exports.lists.listing import day
from exports.pdf.blocks import Block, Line, NewPage, Signature, Title
from exports.pdf.document import Document, Print, pages, render
from exports.pdf.fonts import Face
from exports.pdf.page import portrait
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column

CARD_TITLE = "惠民惠農補貼政策明白卡"
_SIZES, _NAME_SIZE = (14.0, 12.0, 10.5), 18.0
_LABEL_WIDTH = 7.6  # signs


def card_rows(catalogue: Catalogue, texts: Sequence[str]) -> list[tuple[str, str]]:
    """Return item and text of one policy, without its name and without further items that it leaves empty."""
    return [
        (heading.title, text)
        for heading, text in zip(catalogue.headings, texts, strict=True)
        if text and heading.key != "name"
    ]


def name_of(catalogue: Catalogue, texts: Sequence[str]) -> str:
    """Return the name of the policy in a row of the catalogue."""
    return texts[[heading.key for heading in catalogue.headings].index("name")]


def print_cards(catalogue: Catalogue, *, office: Office) -> Print:
    """Print a card for each policy of the catalogue, each beginning on a page of its own."""
    blocks: list[Block] = []
    for number, texts in enumerate(catalogue.rows):
        if number:
            blocks.append(NewPage())
        blocks += _fitted(catalogue, texts)
    return render(_paper(catalogue, blocks, author=office.office_name or office.county))


def _fitted(catalogue: Catalogue, texts: Sequence[str]) -> list[Block]:
    """Return one card, set as large as leaves it on one page; at the smallest size it goes on overleaf."""
    for size in _SIZES:
        blocks = _card(catalogue, texts, size)
        if pages(_paper(catalogue, blocks)) == 1:
            return blocks
    return blocks


def _paper(catalogue: Catalogue, blocks: Sequence[Block], *, author: str = "") -> Document:
    return Document(catalogue.words.fixed(CARD_TITLE), blocks, portrait(), author=author, numbered=False)


def _card(catalogue: Catalogue, texts: Sequence[str], size: float) -> list[Block]:
    fixed, name, label = catalogue.words.fixed, name_of(catalogue, texts), _LABEL_WIDTH * size
    columns = [Column(fixed("項目"), label, "center"), Column(fixed("內容"), portrait().across - label)]
    rows = [Row(pair) for pair in card_rows(catalogue, texts)]
    return [
        Title(fixed(CARD_TITLE)),
        Line(name, _NAME_SIZE, "center", Face.SANS, role="政策名稱", after=10),
        Table(columns, rows, size, name=name),
        Signature(catalogue.issuer, fixed(day(catalogue.on)), size),
    ]
