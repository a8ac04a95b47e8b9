"""The streams of a PDF file: what each is for, by its dictionary, and its content unpacked within bounds."""

from __future__ import annotations

import base64
import binascii
import mmap
import re
import zlib
from dataclasses import dataclass

from db.errors import UnreadableInput

_MOST = 100_000_000  # bytes of one stream
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
_MARKUP = (b"<?xml", b"<x", b"<svg", b"<html", b"<body")
_SKIPPED = re.compile(
    rb"/Type\s*/(?:XRef|Sig|CMap)\b|/FontFile|/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType|TrueType)\b"
    rb"|/CMapName|/FunctionType|/ShadingType|/PatternType"
)


@dataclass(slots=True)
class Stream:
    """A stream between ``start`` and ``end`` of the file; ``head`` is its dictionary, ``number`` its object's."""

    head: bytes
    number: int
    start: int
    end: int

    def _is(self, key: bytes, value: bytes) -> bool:
        return re.search(rb"/" + key + rb"\s*/" + value + rb"\b", self.head) is not None

    @property
    def objects(self) -> bool:
        """Tell whether it is a heap of other objects."""
        return self._is(b"Type", b"ObjStm")

    @property
    def metadata(self) -> bool:
        """Tell whether it is XMP."""
        return self._is(b"Type", b"Metadata") or self._is(b"Subtype", b"XML")

    @property
    def attached(self) -> bool:
        """Tell whether it is a file inside the file."""
        return self._is(b"Type", b"EmbeddedFile")

    @property
    def picture(self) -> bool:
        """Tell whether it is a picture of its own right, not the transparency of another."""
        return self._is(b"Subtype", b"Image")

    @property
    def form(self) -> bool:
        """Tell whether it is something drawn on pages or notes."""
        return self._is(b"Subtype", b"Form")

    @property
    def skipped(self) -> bool:
        """Tell whether it holds no text: fonts, colours, tables of places."""
        return _SKIPPED.search(self.head) is not None

    def is_markup(self, data: bytes | mmap.mmap, name: str) -> bool:
        """Tell whether it begins as a text of tags does."""
        if self.picture or self.attached:
            return False
        return unpacked(self, data, name, most=64).lstrip().startswith(_MARKUP)


def unpacked(stream: Stream, data: bytes | mmap.mmap, name: str, *, most: int | None = None) -> bytes:
    """Return a stream's content, at most ``most`` bytes; empty where it is packed as only pictures are.

    Raises :class:`UnreadableInput` where it unpacks beyond every measure.
    """
    beginning = most is not None
    most = _MOST if most is None else most
    content = bytes(data[stream.start : min(stream.end, stream.start + 20 * most) if beginning else stream.end])
    filters = _FILTERS.search(stream.head)
    for one in _NAME.findall(filters[1]) if filters else ():
        if one in (b"FlateDecode", b"Fl"):
            content, whole = _inflated(content, most)
            if not whole and not beginning:
                raise UnreadableInput("「{name}」解開後大得不正常，為安全起見沒有檢查。", name=name)
        elif one in (b"ASCII85Decode", b"A85"):
            content = _ascii85(content)
        elif one in (b"ASCIIHexDecode", b"AHx"):
            content = _hexadecimal(content)
        else:
            return b""
    return content


def _inflated(content: bytes, most: int) -> tuple[bytes, bool]:
    """Return the unpacked content as far as it goes, and whether that is all."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(content, most)
    except zlib.error:
        return b"", True
    return found, not unpacker.unconsumed_tail


def _ascii85(content: bytes) -> bytes:
    body = content.split(b"~", 1)[0]
    for cut in range(5):
        try:
            return base64.a85decode(body[: len(body) - cut])
        except ValueError:
            continue
    return b""


def _hexadecimal(content: bytes) -> bytes:
    body = re.sub(rb"[^0-9A-Fa-f]", b"", content.split(b">", 1)[0])
    try:
        return binascii.unhexlify(body + b"0" * (len(body) % 2))
    except binascii.Error:
        return b""
