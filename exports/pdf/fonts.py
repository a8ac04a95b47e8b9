"""The fonts on paper: embedded TrueType, chosen sign by sign, with a text layer that copies and searches rightly."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from unicodedata import category

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from db.shipped import shipped

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

GETA = "〓"
"""What printers set in the place of a sign they do not have."""
_SERIF, _SANS = "NotoSerifSC_400Regular", "NotoSansSC_400Regular"
_PER_BLOCK = 100
_BEYOND = 0xFFFF


class Face(StrEnum):
    """A kind of letter: 宋 for the body, 黑 for headings."""

    SERIF = "serif"
    SANS = "sans"


_CHAINS = {Face.SERIF: (_SERIF, _SANS), Face.SANS: (_SANS, _SERIF)}


class _Embedded(TTFont):  # type: ignore[misc]  # reportlab has no types
    """reportlab's font with a map back to Unicode that also holds beyond U+FFFF.

    Its own map writes such code points as five hex digits, so that they copy and search as other signs; and as one
    block of up to 256 entries, where the format allows 100.
    """

    def addObjects(self, doc: PDFDocument) -> None:
        """Add the font's objects to a document, then put the map right."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode(name, subset)


def to_unicode(name: str, subset: list[int]) -> str:
    """Return the ToUnicode map of a subset: the code point of each of its codes, in UTF-16."""
    pairs = [f"<{code:02X}> <{_utf16(sign)}>" for code, sign in enumerate(subset) if sign]
    blocks = [pairs[at : at + _PER_BLOCK] for at in range(0, len(pairs), _PER_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def\n/CMapType 2 def",
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        ]
    )


def _utf16(sign: int) -> str:
    return chr(sign).encode("utf-16-be").hex().upper()


@cache
def _font(name: str) -> TTFont:
    """Return a font, registered with reportlab under its file's name. Shaping is off: the text stays as it is."""
    font = _Embedded(name, str(shipped("fonts", f"{name}.ttf")), shapable=False)
    pdfmetrics.registerFont(font)
    return font


def first_font(face: Face) -> str:
    """Return the name of the font a face usually has."""
    return str(_font(_CHAINS[face][0]).fontName)


@lru_cache(maxsize=65536)
def font_of(sign: str, face: Face) -> str | None:
    """Return the name of the first font of the chain that has a sign; None where none has it.

    Signs of the private use area look different on every machine, so they count as missing everywhere.
    """
    if category(sign) == "Co" or sign == "\ufffd":
        return None
    return next((name for name in _CHAINS[face] if ord(sign) in _font(name).face.charToGlyph), None)


@lru_cache(maxsize=65536)
def _silent(sign: str) -> bool:
    """Tell whether a sign shows nothing of itself: marks of direction and width, variation selectors."""
    return category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def missing(text: str, face: Face) -> list[str]:
    """Return the signs of ``text`` that cannot be printed, each once, in their order."""
    found = [one for one in set(text) if not _silent(one) and font_of(_set_as(one), face) is None]
    return sorted(found, key=text.index)


@lru_cache(maxsize=65536)
def _set_as(sign: str) -> str:
    """Return what is printed for a sign: any white space is a space, whatever its width."""
    return " " if sign.isspace() and sign != "\u3000" else sign


@lru_cache(maxsize=65536)
def advance(text: str, face: Face) -> float:
    """Return the width of ``text`` on one line, in ems."""
    return sum(_advance(sign, face) for sign in text)


@lru_cache(maxsize=65536)
def _advance(sign: str, face: Face) -> float:
    if _silent(sign):
        return 0.0
    sign = _set_as(sign)
    name = font_of(sign, face)
    width = _font(name).face.charWidths[ord(sign)] if name else _advance(GETA, face) * 1000
    return float(width) / 1000


def runs(text: str, face: Face) -> Iterator[tuple[str, str]]:
    """Yield ``text`` in parts of one font each, as (font, part); what no font has appears as 〓."""
    for font, group in groupby((_shown(one, face) for one in text if not _silent(one)), key=itemgetter(0)):
        yield font, "".join(one for _, one in group)


@lru_cache(maxsize=65536)
def _shown(sign: str, face: Face) -> tuple[str, str]:
    """Return the font a sign is printed in, and what is printed."""
    sign = _set_as(sign)
    font = font_of(sign, face)
    return (font, sign) if font else (first_font(face), GETA)
