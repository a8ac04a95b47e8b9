"""The letters of one document: which signs it uses of which fonts, and the fonts of just these in its file."""

from __future__ import annotations

import hashlib
import struct

from exports.pdf.fonts import Chain
from exports.pdf.objects import PdfFile
from exports.pdf.truetype import Font

_PER_BLOCK = 100  # entries the format allows in one block of a map
_SPARE = "".join(map(chr, range(0xE000, 0xF900)))
"""Codes that no printed sign has; signs beyond U+FFFF get them in the order in which they appear."""
_SYMBOLIC = 4  # a flag: the signs are not those of the Latin alphabet alone


class Embedded:
    """A font in a document. A sign's code is its code point; so two signs of one glyph copy as what they were."""

    def __init__(self, font: Font, name: str) -> None:
        self.font, self.name = font, name
        self.used: set[str] = set()
        self.noted: list[str] = []
        """Texts of the page in work whose signs are still to be added to those used."""
        self._beyond: dict[str, str] = {}

    def has_room(self, text: str) -> bool:
        """Tell whether there are codes for all of ``text``."""
        return len(self._beyond) + len(text) <= len(_SPARE)

    def code(self, text: str) -> str:
        """Return ``text`` as the codes of its signs, in hexadecimal digits."""
        self.used.update(text)
        coded = text if text.isascii() or max(text) <= "\uffff" else "".join(map(self._coded, text))
        return coded.encode("utf-16-be").hex()

    def _coded(self, sign: str) -> str:
        return self._beyond.setdefault(sign, _SPARE[len(self._beyond)]) if sign > "\uffff" else sign

    def write(self, file: PdfFile) -> int:
        """Write the font and return the number of its object."""
        signs = {ord(self._coded(sign)): sign for sign in self.used}
        signs = dict(sorted(signs.items()))
        glyphs = {code: self.font.glyphs[ord(sign)] for code, sign in signs.items()}
        content, numbers = self.font.subset(list(glyphs.values()))
        name = f"{_tag(signs)}+{self.font.name}"
        program = file.stream(content, f"/Length1 {len(content)}")
        box = " ".join(map(str, self.font.box))
        descriptor = file.put(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/FontBBox[{box}]/ItalicAngle 0"
            f"/Ascent {self.font.ascent}/Descent {self.font.descent}/CapHeight {self.font.ascent}/StemV 80"
            f"/FontFile2 {program} 0 R>>"
        )
        places = bytearray(2 * (max(glyphs) + 1))
        for code, glyph in glyphs.items():
            struct.pack_into(">H", places, 2 * code, numbers[glyph])
        widths = "".join(
            f"{code}[{width}]"
            for code, glyph in glyphs.items()
            if (width := self.font.width(glyph)) != 1000  # noqa: PLR2004 - the usual one
        )
        descendant = file.put(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 1000/W[{widths}]"
            f"/CIDToGIDMap {file.stream(bytes(places), sparse=True)} 0 R>>"
        )
        back = file.stream(to_unicode(name, signs).encode("ascii"))
        return file.put(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
            f"/ToUnicode {back} 0 R>>"
        )


class Lettering:
    """The fonts of one document, named F1, F2 … on its pages."""

    def __init__(self) -> None:
        self._all: list[Embedded] = []
        self._open: dict[Font, Embedded] = {}
        self._set: tuple[Embedded | None, str] = (None, "")

    def shown(self, text: str, chain: Chain, size: str) -> str:
        """Return the operators that show ``text`` at the current place, in ``size`` points."""
        if text and chain.plain.issuperset(text):  # nearly every text: worth a way of its own
            one = self._open.get(chain.fonts[0]) or self.of(chain.fonts[0])
            one.noted.append(text)
            codes = text.encode("utf-16-be").hex()
            return f"<{codes}>Tj" if self._set == (one, size) else f"{self._change(one, size)}<{codes}>Tj"
        parts = ((self.of(font, part), part) for font, part in chain.runs(text))
        return "\n".join(f"{self._change(one, size)}<{one.code(part)}>Tj" for one, part in parts)

    def _change(self, one: Embedded, size: str) -> str:
        """Return the operator that sets a font, nothing where it is set already."""
        if self._set == (one, size):
            return ""
        self._set = (one, size)
        return f"/{one.name} {size} Tf\n"

    def turn(self) -> None:
        """End a page: what is set on one does not hold for the next."""
        self._set = (None, "")
        for one in self._all:
            one.used.update(*one.noted)
            one.noted.clear()

    def of(self, font: Font, text: str = "") -> Embedded:
        """Return the font as the document has it, with room for ``text``."""
        found = self._open.get(font)
        if found is None or not found.has_room(text):
            found = self._open[font] = Embedded(font, f"F{len(self._all) + 1}")
            self._all.append(found)
        return found

    def write(self, file: PdfFile, resources: int) -> None:
        """Write all fonts and the list of them that the pages refer to."""
        named = "".join(f"/{one.name} {one.write(file)} 0 R" for one in self._all)
        file.put(f"<</Font<<{named}>>>>", resources)


def to_unicode(name: str, signs: dict[int, str]) -> str:
    """Return the map of a font's codes back to the signs they stand for, in UTF-16."""
    pairs = [f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for code, sign in signs.items()]
    blocks = [pairs[at : at + _PER_BLOCK] for at in range(0, len(pairs), _PER_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def\n/CMapType 2 def",
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        ]
    )


def _tag(signs: dict[int, str]) -> str:
    """Return the six letters that tell this choice of signs from others."""
    number = int.from_bytes(hashlib.sha256("".join(signs.values()).encode("utf-8")).digest()[:8], "big")
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))
