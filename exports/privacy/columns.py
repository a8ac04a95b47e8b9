"""Columns that are headed 賬號 or 社保卡號: what stands below is private whatever its form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from db.private import Hit, heads, under_heading
from db.terms import PrivateKind
from exports.privacy.markup import local
from exports.privacy.sought import Sought
from exports.privacy.strings import SharedStrings


class HeadedColumns:
    """The headings met so far in one sheet; the cells of a sheet come row by row."""

    def __init__(self, strings: SharedStrings, sought: Sought) -> None:
        self._strings = strings
        self._sought = sought
        self._kinds: dict[str, PrivateKind] = {}

    def search(self, root: Any) -> Iterator[tuple[Any, Hit]]:  # noqa: ANN401 - an element of lxml
        """Yield the cells below such headings that hold a number too short to be known by its form."""
        if not (self._kinds or self._strings.headings or len(_perhaps()(root))):
            return
        for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
            letters = (cell.get("r") or "").rstrip("0123456789")
            text, index = self._shown(cell)
            if letters in self._kinds:
                hit = under_heading(self._kinds[letters], text, allowed=self._sought.allowed)
                if hit is not None:
                    yield cell, hit
                    continue
            kind = self._strings.headings.get(index) if index >= 0 else heads(text)
            if kind is not None:
                self._kinds[letters] = kind

    def _shown(self, cell: Any) -> tuple[str, int]:  # noqa: ANN401
        """Return what a cell shows, and the number of its shared string or -1."""
        kind = cell.get("t") or "n"
        texts = ["".join(child.itertext()) for child in cell if isinstance(child.tag, str) and local(child.tag) != "f"]
        text = "".join(texts)
        if kind == "s":
            index = int(text) if text.isdecimal() else -1
            return (self._strings.texts[index] if 0 <= index < len(self._strings.texts) else ""), index
        return text, -1


@cache
def _perhaps() -> Any:  # noqa: ANN401
    """Return a search for cells that may be such headings: most sheets have none."""
    from lxml import etree

    words = " or ".join(f"contains(.,'{sign}')" for sign in "賬帳账帐卡折摺")
    return etree.XPath(f"/*/*[local-name()='sheetData']/*/*[{words}]")
