"""Where the signs of a PDF page stand: whether digits belong together is seen on the paper, not in the text."""

from __future__ import annotations

from ctypes import c_double
from dataclasses import dataclass
from functools import cache
from typing import Any

_EVERY = 8
_MOST_NAMELESS = 0.1  # of the letters of a page
_ROOM = 0.9  # of a digit's height (about 0.6 of the size): what stands further apart is two numbers
_LEADING = 2.3  # of a digit's height: lines further apart are not of one cell


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """Return the height of the digit, also of one that lies on its side."""
        return max(abs(self.top - self.bottom), abs(self.right - self.left))


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A page of pdfium's (``page``) and its text; where the two do not agree, nothing is said to be apart."""

    page: Any
    text: str

    def are_nameless(self) -> bool:
        """Tell whether the page shows letters by numbers alone, so that its text is a guess; some are looked at."""
        raw, _sides = _pdfium()
        sample = range(0, raw.FPDFText_CountChars(self.page), _EVERY)
        nameless = sum(raw.FPDFText_HasUnicodeMapError(self.page, index) == 1 for index in sample)
        return bool(nameless > _MOST_NAMELESS * len(sample))

    def is_wide(self, left: int, right: int) -> bool:
        """Tell whether more room is between two signs than a space takes, in any direction of writing."""
        one, other = self._box(left), self._box(right)
        if one is None or other is None:
            return False
        across = max(other.left - one.right, one.left - other.right)
        upright = max(other.bottom - one.top, one.bottom - other.top)
        return max(across, upright) > _ROOM * max(one.size, other.size)

    def wraps(self, left: int, right: int) -> bool:
        """Tell whether the digits up to ``left`` go on right below, from ``right``, as they do in a narrow cell."""
        one, other = self._box(left), self._box(right)
        if one is None or other is None or not 0 < one.bottom - other.bottom <= _LEADING * max(one.size, other.size):
            return False
        begin, end = self._box(self._edge(left, -1)), self._box(self._edge(right, 1))
        return begin is not None and end is not None and begin.left <= end.right and other.left <= one.right

    def _edge(self, at: int, step: int) -> int:
        """Return the last of the digits that touch each other, going from ``at``."""
        while 0 <= at + step < len(self.text) and self.text[at + step].isdigit():
            at += step
        return at

    def _box(self, at: int) -> _Box | None:
        raw, sides = _pdfium()
        index = raw.FPDFText_GetCharIndexFromTextIndex(self.page, at)
        if raw.FPDFText_GetUnicode(self.page, index) != ord(self.text[at]):
            return None
        left, right, bottom, top = sides
        if not raw.FPDFText_GetCharBox(self.page, index, left, right, bottom, top):
            return None
        return _Box(left.value, bottom.value, right.value, top.value)


@cache
def _pdfium() -> tuple[Any, tuple[c_double, ...]]:
    """Return the library, and room for the four sides of a box."""
    from pypdfium2 import raw

    return raw, (c_double(), c_double(), c_double(), c_double())
