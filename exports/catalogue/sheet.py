"""The catalogue and its cards as workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.settings import Office
from exports.catalogue.card import CARD_TITLE, card_rows, name_of
from exports.catalogue.content import Catalogue
from exports.catalogue.paper import fitted
from exports.lists.listing import Heading, Listing, Value, day
from exports.lists.workbook import listings_bytes
from exports.workbook.page import PORTRAIT, paper_named

_SIZE, _CARD_SIZE = 10.5, 14.0
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]'\x00-\x1f]")
_LONGEST_NAME = 31  # of a sheet, in UTF-16 units


def catalogue_bytes(catalogue: Catalogue, *, office: Office, paper: str = "A3") -> bytes:
    """Return a workbook with the catalogue on one sheet, set up for print on A3 or A4 landscape."""
    page = paper_named(paper)
    size, widths = fitted(catalogue, across=page.width, size=_SIZE)
    titles = ["序號", *(heading.title for heading in catalogue.headings)]
    listing = Listing(
        sheet=catalogue.words.fixed("七公開目錄"),
        title=catalogue.title,
        above="　".join(catalogue.particulars),
        headings=[
            Heading(title, round(width), centred=place == 0)
            for place, (title, width) in enumerate(zip(titles, widths, strict=True))
        ],
        rows=[(number, *texts) for number, texts in enumerate(catalogue.rows, start=1)],
        size=round(size, 1),
    )
    return listings_bytes([listing], office=office, words=catalogue.words, paper=page)


def cards_bytes(catalogue: Catalogue, *, office: Office) -> bytes:
    """Return a workbook with a sheet for each policy: its card, on A4 portrait."""
    names = sheet_names(name_of(catalogue, texts) for texts in catalogue.rows)
    foot = f"{catalogue.issuer}　{catalogue.words.fixed(day(catalogue.on))}".strip()
    cards = [
        Listing(
            sheet=name,
            title=name_of(catalogue, texts),
            above=catalogue.words.fixed(CARD_TITLE),
            headings=(Heading("項目", 8, centred=True), Heading("內容", 34)),
            rows=list[tuple[Value, ...]](card_rows(catalogue, texts)),
            below=foot,
            size=_CARD_SIZE,
        )
        for name, texts in zip(names, catalogue.rows, strict=True)
    ]
    return listings_bytes(cards, office=office, words=catalogue.words, paper=PORTRAIT)


def sheet_names(names: Iterable[str]) -> list[str]:
    """Return a name for each sheet that Excel takes: short, without its signs, and none twice."""
    given: list[str] = []
    for name in names:
        plain = _NOT_IN_NAMES.sub(" ", name).strip() or "政策"
        made, number = _short(plain, _LONGEST_NAME), 1
        while made.casefold() in {one.casefold() for one in given}:
            number += 1
            tail = f"（{number}）"
            made = _short(plain, _LONGEST_NAME - len(tail)) + tail
        given.append(made)
    return given


def _short(text: str, units: int) -> str:
    """Return as much of a text as ``units`` of UTF-16 hold, never half a sign."""
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text
