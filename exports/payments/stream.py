"""The rows of a sheet of an .xlsx one after the other, in little memory however long it is.

Only sheets that are written plainly (every cell with its address, no prefixes, no declarations) are read so; which
those are is told before the first row. Nothing is run and no reference followed.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from exports.payments.cells import FORMULA, Broken, Row, Value
from exports.payments.kept import Kept
from exports.workbook.collect.numbers import LAST_DAY, day_of_serial
from exports.workbook.collect.package import Damaged, Package, damaged
from exports.workbook.collect.sheetxml import unescaped

CHUNK = 1 << 20
LONGEST_ROW = 8 * CHUNK
"""Bytes of a row's XML; no form is a thousandth as wide."""
MOST_ROWS = 1_100_000
MOST_TEXTS = 400_000_000
"""Bytes of shared texts, unpacked."""
_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ROW = re.compile(rb'<row[^>]*? r="([0-9]{1,7})"')
_TYPE, _STYLE = re.compile(rb' t="([a-zA-Z]+)"'), re.compile(rb' s="([0-9]{1,6})"')
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)
_TEXT = re.compile(rb"<t(?: [^>]*)?>(.*?)</t>", re.DOTALL)
_SPOKEN = re.compile(rb"<rPh.*?</rPh>", re.DOTALL)


def is_plain(package: Package, part: str) -> bool:
    """Tell from its beginning whether a sheet is written so that this room misses nothing of it."""
    head = next(package.stream(part, CHUNK), b"")
    data = head.find(b"<sheetData")
    plain = data >= 0 and b"<!" not in head
    return plain and head.count(b"<c ") + head.count(b"<c>") == head.count(b'<c r="') and b"<row>" not in head


class SharedTexts:
    """The texts that cells refer to, kept as bytes: a million names as objects would fill the memory."""

    def __init__(self, package: Package, part: str) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        if part not in package:
            return
        if package.parts[part].file_size > MOST_TEXTS:
            raise Damaged("「{name}」裏的文字多得不正常，沒有讀取。請分成幾個文件再導入。", name=package.name)
        for piece in _pieces(package, part, b"</si>"):
            for item in piece.split(b"</si>")[:-1]:
                self._add(item)

    def _add(self, item: bytes) -> None:
        if b"<!" in item:
            raise Damaged("「{name}」裏有不該有的聲明，為安全起見沒有讀取。", name="sharedStrings.xml")
        if b"<rPh" in item:
            item = _SPOKEN.sub(b"", item)
        texts = _TEXT.findall(item)
        self._bytes += texts[0] if len(texts) == 1 else b"".join(texts)
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._ends) - 1

    def raw(self, place: int) -> bytes:
        """Return a text as it is written in the file."""
        return bytes(self._bytes[self._ends[place] : self._ends[place + 1]]) if 0 <= place < len(self) else b""


def _pieces(package: Package, part: str, mark: bytes) -> Iterator[bytes]:
    """Yield a part in pieces that end behind a mark; the rest at its end has none."""
    kept = b""
    for chunk in package.stream(part, CHUNK):
        data = kept + chunk if kept else chunk
        cut = data.rfind(mark)
        if cut < 0:
            kept = data
            if len(kept) > LONGEST_ROW:
                raise damaged(package.name)
            continue
        cut += len(mark)
        yield data[:cut]
        kept = data[cut:]


@dataclass(slots=True)
class StreamedSheet:
    """One sheet of a package: its rows with their numbers, counted from 1."""

    package: Package
    part: str
    formats: tuple[str, ...]
    texts: SharedTexts
    mac_dates: bool = False
    done: int = 0
    _kinds: dict[bytes, tuple[bytes, bool]] = field(default_factory=dict)
    _columns: dict[bytes, int] = field(default_factory=dict)
    _decoded: Kept[bytes, str] = field(default_factory=Kept)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows that hold anything; raise ``UnreadableInput`` where the file is broken or endless."""
        at = count = self.done = 0
        try:
            for piece in _pieces(self.package, self.part, b"</row>"):
                self.done += len(piece)
                for xml in piece.split(b"</row>")[:-1]:
                    start = xml.rfind(b"<row")
                    found = _ROW.match(xml, start)
                    at = int(found[1]) if found else at + 1
                    row = self._row(xml)
                    if row:
                        count += 1
                        if count > MOST_ROWS:
                            raise damaged(self.package.name)
                        yield at, row
        except UnicodeDecodeError as error:
            raise damaged(self.package.name) from error

    def _row(self, xml: bytes) -> Row:
        row: Row = {}
        columns, kinds = self._columns, self._kinds
        for letters, attributes, body in _CELL.findall(xml):
            if not body:
                continue
            kind = kinds.get(attributes)
            if kind is None:
                kind = kinds[attributes] = self._kind(attributes)
            value = self._value(kind, body)
            if value is None:
                continue
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = _column(letters)
            row[column] = value
        return row

    def _kind(self, attributes: bytes) -> tuple[bytes, bool]:
        """Return type and whether a number is a day, for the attributes of a cell."""
        kind, style = _TYPE.search(attributes), _STYLE.search(attributes)
        place = int(style[1]) if style else 0
        is_day = place < len(self.formats) and self.formats[place] == "date"
        return (kind[1] if kind else b"n"), is_day

    def _value(self, kind: tuple[bytes, bool], body: bytes) -> Value | None:
        name, is_day = kind
        if name == b"inlineStr":
            raw = body[7:-9] if body.startswith(b"<is><t>") and body.count(b"<") == 4 else _rich(body)  # noqa: PLR2004
            return self._text(raw)
        if body.startswith(b"<v>") and body.endswith(b"</v>"):
            raw = body[3:-4]
        else:
            found = _VALUE.search(body)
            if found is None:
                return FORMULA if b"<f" in body else None
            raw = found[1]
        if name == b"s":
            return self._text(self.texts.raw(int(raw))) if raw.isdigit() else None
        if name == b"n":
            return self._number(raw, is_day=is_day) if raw else FORMULA if b"<f" in body else None
        return self._other(name, raw)

    def _other(self, name: bytes, raw: bytes) -> Value | None:
        text = self._text(raw)
        if name == b"e":
            return Broken(text or "#N/A")
        if name == b"b":
            return raw == b"1"
        if name == b"d" and text:
            try:
                return datetime.fromisoformat(text).date()
            except ValueError:
                return text
        return text

    def _number(self, raw: bytes, *, is_day: bool) -> Value | None:
        try:
            number = float(raw)
        except ValueError:
            return self._text(raw)
        if is_day and 0 < number <= LAST_DAY:
            return day_of_serial(number, mac=self.mac_dates)
        return number

    def _text(self, raw: bytes) -> str | None:
        """Return a text with its references resolved; those that many cells share are decoded once."""
        text = self._decoded.get(raw)
        if text is None:
            text = raw.decode("utf-8")
            if "&" in text:
                text = unescape(text)
            if "_x" in text:
                text = unescaped(text)
            text = text.strip()
            self._decoded[raw] = text
        return text or None


def _rich(body: bytes) -> bytes:
    return b"".join(_TEXT.findall(_SPOKEN.sub(b"", body)))


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
