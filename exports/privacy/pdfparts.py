"""What stands in a PDF file beside its pages' text: properties, notes, bookmarks, forms, links, older versions.

The file is read as it lies on the disk, object by object, without following references: so what no page leads to any
more is found too.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import UnreadableInput
from db.terms import PrivateKind
from exports.privacy.finding import Finding, Place, found
from exports.privacy.pdfstreams import Stream, unpacked
from exports.privacy.pdfstrings import Text, texts_of
from exports.privacy.sought import Sought

Buffer = bytes | mmap.mmap
_STREAM = re.compile(rb"(?<!d)stream\r?\n")  # not the end of ``endstream``
_END = b"endstream"
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_OBJECT = re.compile(rb"(\d+)\s+(\d+)\s+obj\b")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_HEAD = 4_096
_KEYS = {
    "Title": "文件屬性（標題）",
    "Author": "文件屬性（作者）",
    "Subject": "文件屬性（主題）",
    "Keywords": "文件屬性（關鍵詞）",
    "Creator": "文件屬性（創建程序）",
    "Producer": "文件屬性（製作程序）",
    "Contents": "批註",
    "RC": "批註",
    "T": "表單欄位或批註作者",
    "TU": "表單欄位的提示",
    "V": "表單欄位的值",
    "DV": "表單欄位的默認值",
    "Opt": "表單欄位的選項",
    "URI": "鏈接",
    "F": "附件或鏈接的文件名",
    "UF": "附件或鏈接的文件名",
    "JS": "腳本",
    "Alt": "替代文字",
    "ActualText": "替代文字",
    "Lang": "語言標記",
}


@dataclass(slots=True)
class _Leftovers:
    """Streams that are text only if no page leads to them; ``referred`` are the objects that something leads to."""

    streams: list[Stream] = field(default_factory=list)
    referred: set[int] = field(default_factory=set)


def scan_parts(source: Path | bytes, name: str, sought: Sought, *, pictures: bool, seen: set[str]) -> Iterator[Finding]:
    """Search everything but the text of the pages; ``seen`` are values told of the pages already."""
    leftovers = _Leftovers()
    told: set[tuple[str, str]] = set()
    with _bytes_of(source) as data:
        pieces = _pieces(data, name, leftovers)
        for place, _, hit in sought.hits_by_piece((text, place) for text, place in pieces):
            if (str(place), hit.value) not in told:
                told.add((str(place), hit.value))
                yield found(name, place, hit)
        for stream in leftovers.streams:
            if stream.attached:
                yield Finding(name, Place("附件"), PrivateKind.UNREAD)
            elif stream.picture:
                if not pictures:
                    yield Finding(name, Place("圖片"), PrivateKind.UNREAD)
            elif stream.form or stream.number not in leftovers.referred:
                yield from _leftover(stream, data, name, sought, seen)


def _leftover(stream: Stream, data: Buffer, name: str, sought: Sought, seen: set[str]) -> Iterator[Finding]:
    """Search a text that belongs to no page: of an older version, or the look of a note."""
    shown = "".join(text.value + ("\n" if text.ends else "") for text in texts_of(unpacked(stream, data, name)))
    for hit in sought.hits(shown):
        if hit.sure and hit.value not in seen:
            yield found(name, Place("頁面之外的文字（對象 {number}）", {"number": stream.number}), hit)


def _pieces(data: Buffer, name: str, leftovers: _Leftovers) -> Iterator[tuple[str, Place]]:
    """Yield every string and comment of the file's objects, and the texts of its streams that are no pages."""
    at = 0
    while at < len(data):
        match = _STREAM.search(data, at)
        end = match.start() if match else len(data)
        between = bytes(data[at:end])
        yield from _strings(between, name, leftovers)
        if match is None:
            return
        stream = _stream(between, match.end(), data)
        at = stream.end
        if stream.objects:
            yield from _strings(unpacked(stream, data, name), name, leftovers)
        elif stream.metadata:
            yield unpacked(stream, data, name).decode("utf-8", "replace"), Place("文件屬性（XMP）")
        elif not stream.skipped:
            if stream.is_markup(data, name):
                yield unpacked(stream, data, name).decode("utf-8", "replace"), Place("表單數據（XFA）等")
            else:
                leftovers.streams.append(stream)


def _strings(content: bytes, name: str, leftovers: _Leftovers) -> Iterator[tuple[str, Place]]:
    if b"/Encrypt" in content:
        raise UnreadableInput("「{name}」設有密碼或限制，不能檢查。請取得沒有密碼的原件。", name=name)
    leftovers.referred.update(int(number) for number in _REFERENCE.findall(content))
    for text in texts_of(content):
        yield text.value, _place(text)


def _place(text: Text) -> Place:
    if text.comment:
        return Place("文件內的註釋")
    return Place(_KEYS.get(text.key, "對象的 {key}"), {"key": text.key or "文字"})


def _stream(before: bytes, start: int, data: Buffer) -> Stream:
    """Return the stream that begins at ``start``, described by the dictionary right before it."""
    last = 0
    number = 0
    for match in _OBJECT.finditer(before, max(0, len(before) - _HEAD)):
        last, number = match.end(), int(match[1])
    head = before[last:][-_HEAD:]
    length = _LENGTH.search(head)
    end = -1
    if length and start + int(length[1]) <= len(data):
        end = data.find(_END, start + int(length[1]), start + int(length[1]) + 16)
    if end < 0:
        end = data.find(_END, start)
    end = end if end >= 0 else len(data)
    return Stream(head, number, start, end)


@contextmanager
def _bytes_of(source: Path | bytes) -> Iterator[Buffer]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        yield mapped
