"""A plain list: what stands on it, and its writing to a file of the kind its name says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.settings import Office
from exports.pdf.document import Missing
from exports.safewrite import named_kind, safe_write_bytes
from exports.words import Words

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title in the program's words, its share of the page's width, whether its cells are centred."""

    title: str
    share: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands on the sheet. All texts but those of the headings are as printed, in the office's script.

    ``above`` are particulars under the title; ``below`` stands after the last row. ``size`` is the body's, in points.
    """

    sheet: str
    title: str
    above: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Value]]
    below: str = ""
    size: float = 11.0


def day(one: date) -> str:
    """Return a day as printed."""
    return f"{one.year}年{one.month}月{one.day}日"


def write_listing(listing: Listing, target: Path, *, office: Office, words: Words) -> tuple[Path, tuple[Missing, ...]]:
    """Write a list as a PDF where the file is called so, else as a workbook; A4 landscape.

    Returns the path and the signs that could not be printed. Raises ``CannotWrite`` for a file of another kind.
    """
    target = named_kind(target, ".xlsx", ".pdf")
    if target.suffix.lower() == ".pdf":
        from exports.lists.paper import print_listing

        printed = print_listing(listing, office=office, words=words)
        return safe_write_bytes(target, printed.content), printed.missing
    from exports.lists.workbook import listing_bytes

    return safe_write_bytes(target, listing_bytes(listing, office=office, words=words)), ()
