"""An office package: its parts one by one, bounded, so that no file from outside can fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from db.errors import UnreadableInput

_MOST_UNPACKED = 1_500_000_000  # bytes of all parts together: a sheet of a million rows, and room
_MOST_PART = 800_000_000
_MOST_PARTS = 20_000
_DENSE = 300  # unpacked to packed, of parts that are large at all
_LARGE = 20_000_000
_CHUNK = 4_000_000  # bytes of XML held as a tree at a time
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, ValueError, RuntimeError)
_REFUSAL = "「{name}」解開後大得不正常，為安全起見沒有檢查。請用 WPS 打開後另存一份再查。"
_DAMAGED = "「{name}」的「{part}」已損壞，不能檢查。請用 WPS 打開後另存一份再查。"


@dataclass(slots=True)
class Package:
    """An open package; ``name`` is the file's, for sentences."""

    archive: zipfile.ZipFile
    name: str

    @property
    def parts(self) -> list[zipfile.ZipInfo]:
        """Return all parts, also two of the same name."""
        return [part for part in self.archive.infolist() if not part.is_dir()]

    def read(self, part: zipfile.ZipInfo | str) -> bytes:
        """Return the content of a part."""
        with self._told(part), self.archive.open(part) as file:
            return file.read()

    def tree(self, part: zipfile.ZipInfo | str) -> Any:  # noqa: ANN401 - an element of lxml
        """Return the root of a part's XML."""
        return self._parsed(self.read(part), part)

    def trees(self, part: zipfile.ZipInfo, *holders: str, each: str) -> Iterator[Any]:
        """Yield the roots of a part; a large one is cut behind an element such as ``row``, so that memory stays flat.

        ``holders`` are the elements around these, from the root on. What stands before the first ``each`` is in the
        first piece, what stands behind the last in the last.
        """
        if part.file_size <= _CHUNK:
            yield self.tree(part)
            return
        closing = re.compile(rb"</(?:\w+:)?" + each.encode() + rb">")
        opening = [re.compile(rb"<((?:\w+:)?" + holder.encode() + rb")(?=[\s>])[^>]*>") for holder in holders]
        opened = closed = kept = b""
        with self._told(part), self.archive.open(part) as file:
            while read := file.read(_CHUNK):
                kept += read
                cut = max((match.end() for match in closing.finditer(kept)), default=0)
                if not cut:
                    continue
                if not opened:
                    tags = [tag for tag in (one.search(kept, 0, cut) for one in opening) if tag]
                    head, opened = b"", b"".join(tag.group() for tag in tags)
                    closed = b"".join(b"</" + tag[1] + b">" for tag in reversed(tags))
                else:
                    head = opened
                yield self._parsed(head + kept[:cut] + closed, part)
                kept = kept[cut:]
        yield self._parsed(opened + kept, part)

    def _parsed(self, content: bytes, part: zipfile.ZipInfo | str) -> Any:  # noqa: ANN401
        """Return the root of some XML; entities of its own, which no office program writes, are refused."""
        from lxml import etree

        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise self._damaged(part) from error
        if getattr(root.getroottree().docinfo, "doctype", ""):
            raise self._damaged(part)
        return root

    def relations(self, part: str) -> dict[str, str]:
        """Return the targets of a part's relationships by their ids, as names of parts."""
        place = join(dirname(part), "_rels", part.rsplit("/", 1)[-1] + ".rels")
        if place not in self.archive.NameToInfo:
            return {}
        targets = {}
        for one in self.tree(place):
            if isinstance(one.tag, str) and one.get("TargetMode") != "External":
                target = one.get("Target") or ""
                inside = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
                targets[one.get("Id") or ""] = inside
        return targets

    @contextmanager
    def _told(self, part: zipfile.ZipInfo | str) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            raise self._damaged(part) from error

    def _damaged(self, part: zipfile.ZipInfo | str) -> UnreadableInput:
        named = part if isinstance(part, str) else part.filename
        return UnreadableInput(_DAMAGED, name=self.name, part=named)


@contextmanager
def opened(source: Path | bytes, name: str) -> Iterator[Package]:
    """Open a package; raise :class:`UnreadableInput` for one that is broken, has a password or unpacks too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except _BROKEN as error:
        raise UnreadableInput("「{name}」不完整，打不開，不能檢查。請重新取得原件。", name=name) from error
    with archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableInput("「{name}」設有密碼，不能檢查。請取消密碼後另存一份再查。", name=name)
        dense = any(part.file_size > _LARGE and part.file_size > _DENSE * max(1, part.compress_size) for part in parts)
        total = sum(part.file_size for part in parts)
        if len(parts) > _MOST_PARTS or total > _MOST_UNPACKED or dense or any(p.file_size > _MOST_PART for p in parts):
            raise UnreadableInput(_REFUSAL, name=name)
        yield Package(archive, name)
