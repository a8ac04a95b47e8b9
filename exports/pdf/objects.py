"""The objects of a PDF file, written one after the other as they are finished: none has to be kept."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from functools import lru_cache
from typing import BinaryIO

_LEVEL = 6  # of compression: more costs much time and saves little
_PER_NODE = 64
"""Pages under one node of the tree of pages, so that a reader of a long paper need not read all of it first."""


class PdfFile:
    """A PDF being written to ``out``. The same objects are the same file: its name is the digest of what it holds."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._at = out, 0
        self._places = array("Q", [0])
        self._digest = hashlib.sha256()
        self._nodes: list[int] = []
        self._pages: list[int] = []
        self._page_count = 0
        self._tree = self.reserve()
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._at += len(data)

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, body: str | bytes, number: int = 0) -> int:
        """Write an object and return its number."""
        number = number or self.reserve()
        self._places[number] = self._at
        content = body.encode("latin-1") if isinstance(body, str) else body
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        return number

    def stream(self, data: bytes, entries: str = "", *, sparse: bool = False) -> int:
        """Write ``data`` as a compressed stream with ``entries`` in its dictionary, and return its number.

        ``sparse`` data are nearly all zeros: to look for nothing but runs is quicker by half and packs them better.
        """
        packer = zlib.compressobj(_LEVEL, strategy=zlib.Z_RLE if sparse else zlib.Z_DEFAULT_STRATEGY)
        packed = packer.compress(data) + packer.flush()
        head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>stream\n".encode("latin-1")
        return self.put(b"%b%b\nendstream" % (head, packed))

    def page(self, content: bytes, width: float, height: float, resources: int) -> None:
        """Write a page with what is drawn on it; ``resources`` is the number of an object that may be written later."""
        if self._page_count % _PER_NODE == 0:
            self._end_node()
            self._nodes.append(self.reserve())
        stream = self.stream(content)
        self._pages.append(
            self.put(
                f"<</Type/Page/Parent {self._nodes[-1]} 0 R/MediaBox[0 0 {number(width)} {number(height)}]"
                f"/Resources {resources} 0 R/Contents {stream} 0 R>>"
            )
        )
        self._page_count += 1

    def _end_node(self) -> None:
        if self._pages:
            kids = " ".join(f"{page} 0 R" for page in self._pages)
            count = len(self._pages)
            self.put(f"<</Type/Pages/Parent {self._tree} 0 R/Count {count}/Kids[{kids}]>>", self._nodes[-1])
            self._pages.clear()

    def close(self, properties: str) -> None:
        """Write what holds the objects together; ``properties`` are the entries of the information dictionary."""
        self._end_node()
        kids = " ".join(f"{node} 0 R" for node in self._nodes)
        self.put(f"<</Type/Pages/Count {self._page_count}/Kids[{kids}]>>", self._tree)
        root = self.put(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        info = self.put(f"<<{properties}>>")
        start, count = self._at, len(self._places)
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n".encode("ascii"))
        for first in range(1, count, 1000):
            lines = (b"%010d 00000 n \n" % place for place in self._places[first : first + 1000])
            self._write(b"".join(lines))
        name = self._digest.hexdigest()[:32]
        trailer = f"trailer\n<</Size {count}/Root {root} 0 R/Info {info} 0 R/ID[<{name}><{name}>]>>\n"
        self._write(f"{trailer}startxref\n{start}\n%%EOF\n".encode("ascii"))


@lru_cache(maxsize=4096)
def number(value: float, digits: int = 2) -> str:
    """Return a length as a PDF writes it, to the hundredth of a point."""
    written = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def text(value: str) -> str:
    """Return a text of the properties, in UTF-16."""
    coded = ("\ufeff" + value).encode("utf-16-be", "replace").hex()
    return f"<{coded}>"
