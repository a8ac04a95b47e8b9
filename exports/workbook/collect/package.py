"""Zip packages from strangers, read within bounds: their number of parts, their size unpacked, their density."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from db.errors import UnreadableInput

MOST_PARTS = 5_000
MOST_UNPACKED = 400_000_000
MOST_TEXT = 50_000_000
"""Bytes of a part that is kept whole in memory: shared texts, styles, properties."""
DENSE_FROM = 20_000_000
DENSEST = 400
"""Unpacked to packed for parts above :data:`DENSE_FROM`; a million blank rows stay below 150."""
_ENCRYPTED = 1


class Passworded(UnreadableInput):
    """A file that asks for a password."""


class Damaged(UnreadableInput):
    """A file that is cut off, broken, or beyond every measure."""


def passworded(name: str) -> Passworded:
    """Return the sentence for a file with a password."""
    return Passworded("「{name}」設有密碼，不能讀取。請去掉密碼，另存後再交。", name=name)


def damaged(name: str) -> Damaged:
    """Return the sentence for a file that is broken."""
    return Damaged("「{name}」已損壞，打不開。請用 WPS 打開後另存為 .xlsx，或請單位重新發送。", name=name)


def too_large(name: str) -> Damaged:
    """Return the sentence for a file that unpacks to more than is sensible."""
    return Damaged("「{name}」展開後大得不正常，為安全起見沒有讀取。請刪去空白行列和無關內容，另存後再交。", name=name)


def with_entities(name: str) -> Damaged:
    """Return the sentence for XML that declares entities, which no office program writes."""
    return Damaged("「{name}」裏有不該有的實體聲明，為安全起見沒有讀取。", name=name)


def bare(tag: str) -> str:
    """Return the name of an XML element without its prefix."""
    return tag.rpartition(":")[2]


class Package:
    """A zip file that was checked before anything in it is unpacked."""

    def __init__(self, content: bytes | Path, name: str, *, most: int = MOST_UNPACKED) -> None:
        """Open the package; raise :class:`UnreadableInput` with a sentence where it cannot or must not be read.

        ``content`` may be the path of a file too large to be kept in memory; ``most`` is what it may unpack to.
        """
        self.name = name
        self._most = most
        try:
            self._zip = ZipFile(content if isinstance(content, Path) else BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise damaged(name) from error
        self.parts: dict[str, ZipInfo] = {part.filename: part for part in self._zip.infolist()}
        self._refuse_excess()

    def _refuse_excess(self) -> None:
        parts = self.parts.values()
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise passworded(self.name)
        dense = any(part.file_size > DENSE_FROM and part.file_size > DENSEST * part.compress_size for part in parts)
        if dense or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > self._most:
            raise too_large(self.name)

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def read(self, part: str, *, most: int = MOST_TEXT) -> bytes:
        """Return a part; no more is ever unpacked than its entry declares, and that is bounded."""
        if self.parts[part].file_size > most:
            raise too_large(self.name)
        try:
            return self._zip.read(self.parts[part])
        except (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(self.name) from error

    def stream(self, part: str, size: int) -> Iterator[bytes]:
        """Yield a part in pieces of ``size`` bytes, no more than its entry declares."""
        try:
            with self._zip.open(self.parts[part]) as file:
                while chunk := file.read(size):
                    yield chunk
        except (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(self.name) from error

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def parse(self, part: str, start: Callable[..., None], end: Callable[..., None], text: Callable[..., None]) -> None:
        """Stream a part through an XML parser that refuses declarations of entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = False
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            with self._zip.open(self.parts[part]) as file:
                parser.ParseFile(file)
        except (expat.ExpatError, BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise damaged(self.name) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise with_entities(self.name)
