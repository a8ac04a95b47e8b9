"""TrueType fonts: what signs a file has and how wide they are, and a font of a few of its glyphs for a document."""

from __future__ import annotations

import mmap
import re
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

_COLLECTION = b"ttcf"
_OUTLINES = (b"\0\1\0\0", b"true")  # the first bytes of a font with ``glyf`` outlines
_PACKED = b"wOFF"
_HEADER = struct.Struct(">4s4H")
_ENTRY = struct.Struct(">4s3L")
_PACKED_ENTRY = struct.Struct(">4s4L")
_PACKED_HEAD = 44  # bytes before the list of a packed font's tables
_RESTRICTED, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # fsType of OS/2
_KEPT = ("cvt ", "fpgm", "prep")  # the program of the outlines, where a font has one
_MAGIC = 0xB1B0AFBA  # the sum of a whole font file and its adjustment


class NotUsableError(Exception):
    """A file is no TrueType font with outlines, or is damaged."""


class Font:
    """One font of a file (.ttf, .ttc, .woff); lengths are in thousandths of an em. The file is mapped, not read."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._places = _directory(self._data, index)
            self._read_heads()
        except (struct.error, KeyError, IndexError, ValueError, zlib.error) as error:
            raise NotUsableError(str(path)) from error

    def _read_heads(self) -> None:
        head, hhea = self.table("head"), self.table("hhea")
        self.em = int(struct.unpack_from(">H", head, 18)[0])
        self._long_places = struct.unpack_from(">h", head, 50)[0] == 1
        self._metrics = struct.unpack_from(">H", hhea, 34)[0]
        self.glyph_count = struct.unpack_from(">H", self.table("maxp"), 4)[0]
        self.box = tuple(self._mille(one) for one in struct.unpack_from(">4h", head, 36))
        self.ascent, self.descent = (self._mille(one) for one in struct.unpack_from(">2h", hhea, 4))
        self.embeddable = not self._permission() & (_RESTRICTED | _NO_SUBSET | _BITMAPS_ONLY)
        known = _names(self.table("name")).get(6, self.path.stem)
        self.name = re.sub(r"[^A-Za-z0-9_.-]", "", known) or "Font"

    def _permission(self) -> int:
        return int(struct.unpack_from(">H", self.table("OS/2"), 8)[0]) if "OS/2" in self._places else 0

    def _mille(self, length: int) -> int:
        return round(length * 1000 / self.em)

    def table(self, tag: str) -> bytes:
        """Return a table of the file."""
        start, length, whole = self._places[tag]
        if length == whole:
            return self._data[start : start + length]
        with memoryview(self._data) as data:
            return zlib.decompress(data[start : start + length], bufsize=whole)

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """Return the glyph of each code point the font has."""
        try:
            return _glyphs(self.table("cmap"))
        except (struct.error, IndexError) as error:
            raise NotUsableError(str(self.path)) from error

    @cached_property
    def _advances(self) -> array[int]:
        table = self.table("hmtx")
        return _numbers("H", b"".join(table[4 * at : 4 * at + 2] for at in range(self._metrics)))

    @property
    def sound(self) -> bool:
        """Tell whether the file has an outline for every sign it says it has."""
        try:
            places, (_, _, whole) = self._outline_places, self._places["glyf"]
            return bool(self.glyphs) and max(self.glyphs.values()) < len(places) - 1 and max(places) <= whole
        except (NotUsableError, KeyError):
            return False

    def width(self, glyph: int) -> int:
        """Return how far a glyph moves the pen."""
        return self._mille(self._advances[min(glyph, self._metrics - 1)])

    @cached_property
    def _outline_places(self) -> array[int]:
        table = self.table("loca")
        return _numbers("L", table) if self._long_places else array("L", (2 * at for at in _numbers("H", table)))

    def outline(self, glyph: int) -> bytes:
        """Return a glyph's outline as the file has it; empty for one that shows nothing."""
        places, (outlines, start) = self._outline_places, self._outlines
        return bytes(outlines[start + places[glyph] : start + places[glyph + 1]])

    @cached_property
    def _outlines(self) -> tuple[bytes | mmap.mmap, int]:
        """Return what holds the outlines, and where in it they begin."""
        start, length, whole = self._places["glyf"]
        return (self._data, start) if length == whole else (self.table("glyf"), 0)

    def subset(self, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
        """Return a font of these glyphs and of what they are composed of, and each one's number in it."""
        order = dict.fromkeys((0, *glyphs))
        outlines: list[bytes] = []
        waiting = list(order)
        for glyph in waiting:  # grows while parts of composed glyphs are found
            outlines.append(self.outline(glyph))
            for _, part in _parts(outlines[-1]):
                if part not in order:
                    order[part] = None
                    waiting.append(part)
        numbers = {glyph: number for number, glyph in enumerate(order)}
        outlines = [_renumbered(outline, numbers) for outline in outlines]
        return assemble(self._tables(outlines, [self._advances[min(g, self._metrics - 1)] for g in order])), numbers

    def _tables(self, outlines: Sequence[bytes], advances: Sequence[int]) -> dict[str, bytes]:
        places, glyf = array("I", [0]), bytearray()
        metrics = bytearray()
        for outline, advance in zip(outlines, advances, strict=True):
            glyf += outline + bytes(-len(outline) % 4)
            places.append(len(glyf))
            side = struct.unpack_from(">h", outline, 2)[0] if outline else 0
            metrics += struct.pack(">Hh", advance, side)
        head, hhea, maxp = (bytearray(self.table(tag)) for tag in ("head", "hhea", "maxp"))
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">H", hhea, 34, len(advances))
        struct.pack_into(">H", maxp, 4, len(advances))
        if sys.byteorder == "little":
            places.byteswap()
        tables = {"glyf": glyf, "head": head, "hhea": hhea, "hmtx": metrics, "loca": places.tobytes(), "maxp": maxp}
        tables |= {tag: self.table(tag) for tag in _KEPT if tag in self._places}
        return {tag: bytes(content) for tag, content in tables.items()}


def assemble(tables: Mapping[str, bytes]) -> bytes:
    """Return a font file of these tables, with its sums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = bytearray(_HEADER.pack(_OUTLINES[0], count, power * 16, power.bit_length() - 1, (count - power) * 16))
    body, start = bytearray(), len(head) + count * _ENTRY.size
    adjusted = 0
    for tag in sorted(tables):
        content = tables[tag]
        if tag == "head":
            adjusted = start + len(body) + 8
            content = content[:8] + bytes(4) + content[12:]
        head += _ENTRY.pack(tag.encode("ascii"), _sum(content), start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    whole = head + body
    struct.pack_into(">L", whole, adjusted, (_MAGIC - _sum(whole)) & 0xFFFFFFFF)
    return bytes(whole)


def packed(font: bytes) -> bytes:
    """Return a font file as a ``.woff`` of the same tables, each compressed."""
    _, count, *_ = _HEADER.unpack_from(font)
    entries, body = b"", b""
    start = _PACKED_HEAD + count * _PACKED_ENTRY.size
    for tag, total, place, length in _ENTRY.iter_unpack(font[_HEADER.size : _HEADER.size + count * _ENTRY.size]):
        content = font[place : place + length]
        small = min(content, zlib.compress(content, 9), key=len)
        entries += _PACKED_ENTRY.pack(tag, start + len(body), len(small), length, total)
        body += small + bytes(-len(small) % 4)
    head = _PACKED + struct.pack(">4sLHHLHH5L", font[:4], start + len(body), count, 0, len(font), 1, 0, *[0] * 5)
    return head + entries + body


def families(path: Path) -> list[tuple[int, set[str]]]:
    """Return the fonts with outlines in a file, each as its number and all the names it goes by.

    Reads only the heads of the file. Raises :class:`NotUsableError` where it is none.
    """
    found = []
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for index in range(_count(data)):
                places = _directory(data, index)
                if "glyf" in places:
                    start, length, _ = places["name"]
                    found.append((index, set(_all_names(data[start : start + length]))))
    except (OSError, struct.error, KeyError, IndexError, ValueError) as error:
        raise NotUsableError(str(path)) from error
    return found


def _count(data: mmap.mmap) -> int:
    return int(struct.unpack_from(">L", data, 8)[0]) if data[:4] == _COLLECTION else 1


def _directory(data: mmap.mmap, index: int) -> dict[str, tuple[int, int, int]]:
    """Return of every table of a font where it starts, how long it is there, and how long it is unpacked."""
    if data[:4] == _PACKED:
        count = struct.unpack_from(">H", data, 12)[0]
        packed = _PACKED_ENTRY.iter_unpack(data[_PACKED_HEAD : _PACKED_HEAD + count * _PACKED_ENTRY.size])
        return {tag.decode("latin-1"): (start, length, whole) for tag, start, length, whole, _ in packed}
    start = struct.unpack_from(">L", data, 12 + 4 * index)[0] if data[:4] == _COLLECTION else 0
    kind, count, *_ = _HEADER.unpack_from(data, start)
    if kind not in _OUTLINES:
        raise ValueError(kind)
    first = start + _HEADER.size
    entries = _ENTRY.iter_unpack(data[first : first + count * _ENTRY.size])
    return {tag.decode("latin-1"): (place, length, length) for tag, _, place, length in entries}


def _numbers(kind: str, data: bytes) -> array[int]:
    """Return big-endian numbers of 2 (``H``) or 4 (``L``) bytes."""
    size = {"H": 2, "L": 4}[kind]
    code = kind if kind == "H" else "I"
    found = array(code, data[: len(data) // size * size])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _sum(data: bytes | bytearray) -> int:
    return sum(_numbers("L", bytes(data) + bytes(-len(data) % 4))) & 0xFFFFFFFF


def _all_names(table: bytes) -> Iterable[str]:
    _, count, texts = struct.unpack_from(">3H", table)
    for at in range(count):
        platform, *_, length, start = struct.unpack_from(">6H", table, 6 + 12 * at)
        coding = "latin-1" if platform == 1 else "utf-16-be"
        yield table[texts + start : texts + start + length].decode(coding, "replace")


def _names(table: bytes) -> dict[int, str]:
    """Return the names of a font by their kind; 6 is the one PostScript knows it by."""
    kinds = [struct.unpack_from(">6H", table, 6 + 12 * at)[3] for at in range(struct.unpack_from(">3H", table)[1])]
    return dict(zip(kinds, _all_names(table), strict=True))


def _glyphs(table: bytes) -> dict[int, int]:
    """Return the glyph of each code point of a ``cmap``, from the largest of its Unicode tables."""
    count = struct.unpack_from(">2H", table)[1]
    subtables = [struct.unpack_from(">2HL", table, 4 + 8 * at) for at in range(count)]
    starts = [start for platform, coding, start in subtables if platform == 0 or (platform, coding) in _UNICODE]
    by_format = {struct.unpack_from(">H", table, start)[0]: start for start in starts}
    if 12 in by_format:  # noqa: PLR2004 - the number of a format
        return _segmented(table, by_format[12])
    if 4 in by_format:  # noqa: PLR2004
        return _deltas(table, by_format[4])
    raise IndexError(sorted(by_format))


_UNICODE = {(3, 1), (3, 10)}


def _segmented(table: bytes, start: int) -> dict[int, int]:
    groups = struct.unpack_from(">L", table, start + 12)[0]
    found: dict[int, int] = {}
    for first, last, glyph in struct.iter_unpack(">3L", table[start + 16 : start + 16 + 12 * groups]):
        found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _deltas(table: bytes, start: int) -> dict[int, int]:
    count = struct.unpack_from(">H", table, start + 6)[0] // 2
    at = start + 14
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, at + 2 * count * part + (2 if part else 0)) for part in range(4)
    )
    found = {}
    for number, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = at + 2 + 6 * count + 2 * number + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", table, place)[0]
            glyph = (glyph + delta) & 0xFFFF if glyph or not offset else 0
            if glyph:
                found[code] = glyph
    return found


def _parts(outline: bytes) -> Iterable[tuple[int, int]]:
    """Yield the parts of a composed glyph, each as the place of its number in ``outline`` and that number."""
    if not outline or outline[0] < 0x80:  # noqa: PLR2004 - a count of contours below zero
        return
    at, flags = 10, 0x20
    while flags & 0x20:
        flags, glyph = struct.unpack_from(">2H", outline, at)
        yield at + 2, glyph
        at += 8 if flags & 1 else 6
        at += 8 if flags & 0x80 else 4 if flags & 0x40 else 2 if flags & 8 else 0


def _renumbered(outline: bytes, numbers: Mapping[int, int]) -> bytes:
    parts = list(_parts(outline))
    if not parts:
        return outline
    changed = bytearray(outline)
    for place, glyph in parts:
        struct.pack_into(">H", changed, place, numbers[glyph])
    return bytes(changed)
