"""The fonts on paper, chosen sign by sign: a face is a chain of fonts, and the first that has a sign prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import groupby
from operator import itemgetter
from unicodedata import category

from db.shipped import shipped
from exports.pdf import machine
from exports.pdf.truetype import Font

GETA = "〓"
"""What printers set in the place of a sign they do not have."""
_SERIF, _SANS, _RARE = "NotoSerifSC_400Regular.ttf", "NotoSansSC_400Regular.ttf", "RareMing.woff"


class Face(StrEnum):
    """A kind of letter. 小標宋, 仿宋 and 楷 are the machine's, where it has one that may be embedded; else 宋."""

    SERIF = "serif"
    SANS = "sans"
    TITLE = "title"
    FANGSONG = "fangsong"
    KAI = "kai"


_BUNDLED = {
    Face.SERIF: (_SERIF, _SANS, _RARE),
    Face.SANS: (_SANS, _SERIF, _RARE),
    Face.TITLE: (_SERIF, _SANS, _RARE),
    Face.FANGSONG: (_SERIF, _SANS, _RARE),
    Face.KAI: (_SERIF, _SANS, _RARE),
}
_OF_MACHINE = {Face.TITLE: machine.TITLE, Face.FANGSONG: machine.FANGSONG, Face.KAI: machine.KAI}


class Chain:
    """The fonts of a face in the order in which they are asked for a sign."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        self.fonts = fonts
        self.plain: set[str] = set()
        """Signs already seen that the first font prints as themselves, none beyond U+FFFF."""
        self._widths = _Widths(self)

    def font_of(self, sign: str) -> Font | None:
        """Return the first font that has a sign; None where none has it.

        Signs of the private use area look different on every machine, so they count as missing everywhere.
        """
        if category(sign) == "Co" or sign == "\ufffd":
            return None
        return next((font for font in self.fonts if ord(sign) in font.glyphs), None)

    def is_plain(self, text: str) -> bool:
        """Tell whether the first font prints all of ``text`` as it is, with two bytes a sign."""
        if self.plain.issuperset(text):
            return True
        for sign in set(text) - self.plain:
            if sign > "\uffff" or _silent(sign) or _set_as(sign) != sign or self.font_of(sign) is not self.fonts[0]:
                return False
            self.plain.add(sign)
        return True

    def measure(self, text: str) -> float:
        """Return the width of ``text`` on one line, in ems."""
        return sum(map(self._widths.__getitem__, text))

    def missing(self, text: str) -> list[str]:
        """Return the signs of ``text`` that cannot be printed, each once, in their order."""
        if self.is_plain(text):
            return []
        found = [one for one in set(text) if not _silent(one) and self.font_of(_set_as(one)) is None]
        return sorted(found, key=text.index)

    def runs(self, text: str) -> Iterator[tuple[Font, str]]:
        """Yield ``text`` in parts of one font each, as (font, part); what no font has appears as 〓."""
        if self.is_plain(text):
            if text:
                yield self.fonts[0], text
            return
        for font, group in groupby((self._shown(one) for one in text if not _silent(one)), key=itemgetter(0)):
            yield font, "".join(one for _, one in group)

    def _shown(self, sign: str) -> tuple[Font, str]:
        """Return the font a sign is printed in, and what is printed."""
        sign = _set_as(sign)
        font = self.font_of(sign)
        return (font, sign) if font else (self._geta, GETA)

    @property
    def _geta(self) -> Font:
        font = self.font_of(GETA)
        assert font is not None, "the last font of a chain is one of ours"
        return font

    def width(self, sign: str) -> float:
        """Return the width of one sign in ems."""
        if _silent(sign):
            return 0.0
        font, shown = self._shown(sign)
        return font.width(font.glyphs[ord(shown)]) / 1000


class _Widths(dict[str, float]):
    """The widths of the signs met so far."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, sign: str) -> float:
        self[sign] = width = self._chain.width(sign)
        return width


@cache
def _font(name: str) -> Font:
    return Font(shipped("fonts", name))


@cache
def chain(face: Face) -> Chain:
    """Return the fonts of a face."""
    own = machine.font(_OF_MACHINE[face]) if face in _OF_MACHINE else None
    return Chain([*([own] if own else []), *map(_font, _BUNDLED[face])])


def stands_in(face: Face) -> bool:
    """Tell whether a face is printed in one of our own fonts because the machine has none for it."""
    return chain(face).fonts[0] is _font(_BUNDLED[face][0])


def fitting(face: Face, text: str) -> Face:
    """Return the face to set a text in: 宋 where the machine's own font lacks more than a third of its signs.

    A font of simplified signs alone would speckle a traditional text with two kinds of letters.
    """
    if stands_in(face):
        return face
    signs, own = set(text), chain(face).fonts[0].glyphs
    return face if 3 * sum(ord(sign) not in own for sign in signs) <= len(signs) else Face.SERIF


def missing(text: str, face: Face) -> list[str]:
    """Return the signs of ``text`` that cannot be printed, each once, in their order."""
    return chain(face).missing(text)


def advance(text: str, face: Face) -> float:
    """Return the width of ``text`` on one line, in ems."""
    return chain(face).measure(text)


@cache
def _silent(sign: str) -> bool:
    """Tell whether a sign shows nothing of itself: marks of direction and width, variation selectors."""
    return category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _set_as(sign: str) -> str:
    """Return what is printed for a sign: any white space is a space, whatever its width."""
    return " " if sign.isspace() and sign != "\u3000" else sign
