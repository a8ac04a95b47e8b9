"""Writing the catalogue and the cards to a file of the kind that its name says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.settings import Office
from exports.catalogue.content import Catalogue
from exports.privacy import write_clean_bytes
from exports.safewrite import named_kind

if TYPE_CHECKING:
    from exports.pdf.document import Missing
    from exports.pdf.press import Tick

Written = tuple[Path, "tuple[Missing, ...]"]
"""The file, and the signs that could not be printed in it."""


def write_catalogue(
    catalogue: Catalogue,
    target: Path,
    *,
    office: Office,
    paper: str = "A3",
    tick: Tick | None = None,
) -> Written:
    """Write the catalogue as PDF, workbook or HTML.

    Raises ``CannotWrite`` for a file of another kind, ``PrivateDataFound`` where something private is in the finished
    one: it never stands under its name then.
    """
    from exports.catalogue import paper as pdf
    from exports.catalogue import sheet, web

    target = named_kind(target, ".pdf", ".xlsx", ".html")
    missing: tuple[Missing, ...] = ()
    match target.suffix.lower():
        case ".pdf":
            printed = pdf.print_catalogue(catalogue, office=office, paper=paper, tick=tick)
            content, missing = printed.content, printed.missing
        case ".xlsx":
            content = sheet.catalogue_bytes(catalogue, office=office, paper=paper)
        case _:
            content = web.page_html(catalogue, lang=office.output_script.replace("_", "-")).encode("utf-8")
    return write_clean_bytes(target, content, allowed=catalogue.public), missing


def write_cards(catalogue: Catalogue, target: Path, *, office: Office) -> Written:
    """Write a card for each policy as PDF or workbook; parameters and errors as for :func:`write_catalogue`."""
    from exports.catalogue import card, sheet

    target = named_kind(target, ".pdf", ".xlsx")
    if target.suffix.lower() == ".xlsx":
        return write_clean_bytes(target, sheet.cards_bytes(catalogue, office=office), allowed=catalogue.public), ()
    printed = card.print_cards(catalogue, office=office)
    return write_clean_bytes(target, printed.content, allowed=catalogue.public), printed.missing
