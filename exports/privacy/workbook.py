"""A workbook's sheets: their names, whether they are hidden, and which parts belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from exports.privacy.markup import local
from exports.privacy.package import Package

_BOOK = "xl/workbook.xml"
_HIDDEN = {"hidden": "（隱藏）", "veryHidden": "（深度隱藏）"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name, and the words for how it is hidden, empty where it is seen."""

    name: str
    hidden: str = ""


@dataclass(slots=True)
class Workbook:
    """``sheets`` by part; ``owners`` tells of comments, drawings and the like which sheet they belong to."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    strings: str = ""


def read_workbook(package: Package) -> Workbook | None:
    """Return the plan of a workbook, None for another kind of package. Sheets that no name leads to are told too."""
    if _BOOK not in package.archive.NameToInfo:
        return None
    book = Workbook()
    targets = package.relations(_BOOK)
    for element in package.tree(_BOOK).iter("{*}sheet"):
        place = targets.get(_relation(element), "")
        book.sheets[place] = Sheet(element.get("name") or place, _HIDDEN.get(element.get("state") or "", ""))
    for part in package.parts:
        name = part.filename
        if name.startswith(("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/")) and name.endswith(".xml"):
            book.sheets.setdefault(name, Sheet(name.rsplit("/", 1)[-1], "（不在目錄中）"))
    for place, sheet in book.sheets.items():
        for target in package.relations(place).values():
            book.owners.setdefault(target, sheet.name)
    return book


def _relation(element: Any) -> str:  # noqa: ANN401 - an element of lxml
    return next((value for key, value in element.attrib.items() if local(key) == "id" and key != "id"), "")
