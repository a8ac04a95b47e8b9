"""What an import could not take, named so that the clerk finds the cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that was not taken: where it stands, what was found there, what was expected.

    ``cell`` is an address such as ``B7``, empty where the trouble is the sheet as a whole. ``found`` quotes the
    file; ``expected`` is a sentence part of ours in traditional characters.
    """

    file: str
    sheet: str
    cell: str
    found: str
    expected: str

    def __str__(self) -> str:
        return self.told(str)

    def told(self, convert: Callable[[str], str]) -> str:
        """Return the problem as a sentence with our own words passed through ``convert``."""
        place = convert("「{file}」表「{sheet}」").format(file=self.file, sheet=self.sheet)
        if self.cell:
            place += convert("單元格 {cell}").format(cell=self.cell)
        found = convert("是「{found}」").format(found=self.found) if self.found else convert("是空的")
        return f"{place}{found}，{convert(self.expected)}。"
