"""The sheet of paper: its size, and the margins that GB/T 9704-2012 leaves on it."""

from __future__ import annotations

from dataclasses import dataclass

from db.errors import Refused

MM = 72 / 25.4
"""Points in a millimetre."""
_SIDES = {"A4": (210, 297), "A3": (297, 420)}  # mm
_TOP, _BINDING, _CUT, _BOTTOM = 37, 28, 26, 35  # mm, 5.2.1 of the standard: 天頭, 訂口, 切口, 地腳
NUMBER_BELOW = 7 * MM
"""How far under the type area the page number stands."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; all lengths in points. ``binding`` is the margin at the spine, ``cut`` the one opposite."""

    width: float
    height: float
    top: float
    bottom: float
    binding: float
    cut: float

    def left(self, number: int) -> float:
        """Return the left margin of a page: paper is printed on both sides, so the spine of even ones is right."""
        return self.binding if number % 2 else self.cut

    @property
    def across(self) -> float:
        """Return the width of the type area (版心)."""
        return self.width - self.binding - self.cut

    @property
    def down(self) -> float:
        """Return the height of the type area."""
        return self.height - self.top - self.bottom


def portrait(paper: str = "A4") -> Page:
    """Return a page of an official paper: on A4 the type area is 156 × 225 mm."""
    width, height = _sides(paper)
    return Page(width * MM, height * MM, _TOP * MM, _BOTTOM * MM, _BINDING * MM, _CUT * MM)


def landscape(paper: str = "A4") -> Page:
    """Return a page for wide tables, bound at its left: the spine keeps its 28 mm.

    Head and foot get what the sides have, so that on A4 the type area is still 156 mm the short way.
    """
    height, width = _sides(paper)
    return Page(width * MM, height * MM, _BINDING * MM, _CUT * MM, _BINDING * MM, _CUT * MM)


def _sides(paper: str) -> tuple[int, int]:
    found = _SIDES.get(paper.strip().upper())
    if found is None:
        raise Refused("紙張「{name}」不能用。請選 {known}。", name=paper, known="、".join(_SIDES))
    return found
