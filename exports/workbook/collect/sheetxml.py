"""The XML of one sheet of an .xlsx to its cells: what is written plainly at once, the rest streamed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from html import unescape

from lxml import etree

from exports.workbook.collect.cells import Cell, Place, Sheet
from exports.workbook.collect.numbers import LAST_DAY, day_of_serial, whole
from exports.workbook.collect.package import bare

MOST_MERGED = 400_000
QUICK_UP_TO = 20_000_000
"""Bytes of a sheet that is read at once; longer ones are streamed."""
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BLANK = frozenset({b"", b"<v/>", b"<v />", b"<v></v>"})
_ATTRIBUTE = re.compile(rb'([a-z]+)="([^"]*)"')
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_NEEDS_CARE = (b"<!", b"<rPh", b"<c>")


def is_plain(xml: bytes) -> bool:
    """Tell whether a sheet is written so that :meth:`SheetReader.quick` misses nothing of it."""
    plain = xml.count(b"<c ") == xml.count(b'<c r="') > 0 and not any(mark in xml for mark in _NEEDS_CARE)
    return plain and xml[-40:].rstrip().endswith(b"</worksheet>")


def place_of(address: str) -> Place | None:
    """Return row and column of an address such as ``B7``, both from 0."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def unescaped(text: str) -> str:
    """Return a text with its escaped control characters (``_x000D_``) as themselves."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class SheetReader:
    """Takes the events of one sheet's XML and keeps the cells that hold something."""

    def __init__(self, sheet: Sheet, formats: tuple[str, ...], texts: list[Cell | None], room: list[int]) -> None:
        self.sheet = sheet
        self.too_many = False
        self._formats, self._texts, self._room = formats, texts, room
        self._row = self._column = -1
        self._attributes: Mapping[str, str] = {}
        self._value: list[str] = []
        self._inside = ""
        self._formula = False
        self._phonetic = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag of a streamed sheet."""
        if ":" in tag:
            tag = bare(tag)
        if tag == "c":
            self._attributes, self._formula = attributes, False
            self._column += 1
            if self._value:
                self._value.clear()
        elif tag in {"v", "t"}:
            self._inside = "" if self._phonetic else tag
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self._row + 1
            self._column = -1
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        """Take text between tags."""
        if self._inside:
            self._value.append(text)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if ":" in tag:
            tag = bare(tag)
        if tag in {"v", "t"}:
            self._inside = ""
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c" and (self._value or self._formula) and not self.too_many:
            self._keep()

    def _keep(self) -> None:
        cell = self._cell("".join(self._value))
        if cell is None:
            return
        place = place_of(self._attributes["r"]) if "r" in self._attributes else None
        if place is not None:
            self._row, self._column = place
        self._room[0] -= 1
        self.too_many = self._room[0] < 0
        self.sheet.rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, raw: str) -> Cell | None:
        kind = self._attributes.get("t", "n")
        if kind == "s":
            place = whole(raw)
            return self._texts[place] if place < len(self._texts) else None
        if kind in {"str", "inlineStr"}:
            return Cell(unescaped(raw), formula=self._formula) if raw or self._formula else None
        if kind == "e":
            return Cell(raw, formula=True, error=True)
        if kind == "b":
            return Cell(raw == "1", formula=self._formula)
        if kind == "d":
            return Cell(_iso(raw), formula=self._formula)
        return self._number(raw)

    def _number(self, raw: str) -> Cell:
        try:
            number = float(raw)
        except ValueError:
            return Cell(raw, formula=self._formula)
        style = whole(self._attributes.get("s"))
        kind = self._formats[style] if style < len(self._formats) else ""
        if kind == "date" and 0 < number <= LAST_DAY:
            return Cell(day_of_serial(number, mac=self.sheet.mac_dates), formula=self._formula)
        return Cell(number, percent=kind == "percent", formula=self._formula)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last)
        if top and bottom and len(self.sheet.merged) < MOST_MERGED:
            self.sheet.merged.append((top, bottom))

    def quick(self, xml: bytes) -> None:
        """Read a plain sheet (see :func:`is_plain`) at once."""
        shown: list[tuple[int, int, bytes]] = []
        for piece in xml.split(b"</c>")[:-1]:
            head, _, body = piece.rpartition(b'<c r="')[2].partition(b">")
            if body in _BLANK:
                continue
            address, _, rest = head.partition(b'"')
            kind, style = _attributes(rest)
            self._row, self._column = _place(address)
            if kind == "inlineStr" and body[:7] == b"<is><t>" and body.count(b"<") == 4:  # noqa: PLR2004
                shown.append((self._row, self._column, body[7:-9]))
                continue
            self._attributes = {"t": kind, "s": style}
            if body[:3] == b"<v>" and body.count(b"<") == 2:  # noqa: PLR2004 - the value and nothing else
                self._formula, self._value = False, [body[3:-4].decode("utf-8")]
            else:
                self._formula, self._value = b"<f" in body, [_text_in(body)]
            if self._value[0] or self._formula:
                self._keep()
            if self.too_many:
                return
        self._room[0] -= len(shown)
        self.too_many = self._room[0] < 0
        for (row, column, _), text in zip(shown, _decoded([raw for _, _, raw in shown]), strict=True):
            if text:
                self.sheet.rows.setdefault(row, {})[column] = Cell(unescaped(text))
        for reference in _MERGED.findall(xml):
            self._merge(reference.decode("ascii"))


@lru_cache(maxsize=2_000)
def _attributes(raw: bytes) -> tuple[str, str]:
    """Return type and style of a cell; few combinations occur in a workbook."""
    found = {key.decode("ascii"): value.decode("utf-8") for key, value in _ATTRIBUTE.findall(raw)}
    return found.get("t", "n"), found.get("s", "")


@lru_cache(maxsize=100_000)
def _place(address: bytes) -> Place:
    return place_of(address.decode("ascii")) or (0, 0)


def _text_in(body: bytes) -> str:
    """Return what a cell with more than a bare value holds."""
    cell = etree.fromstring(b"<c>" + body + b"</c>", etree.XMLParser(resolve_entities=False, no_network=True))
    value = cell.find("v")
    if value is not None:
        return value.text or ""
    return "".join(text.text or "" for text in cell.iter("t"))


_BETWEEN = "\ue000"


def _decoded(raws: list[bytes]) -> list[str]:
    """Return texts with their character references resolved: all at once, for some writers write nothing else."""
    if not any(b"&" in raw for raw in raws):
        return [raw.decode("utf-8") for raw in raws]
    whole = _BETWEEN.encode("utf-8").join(raws)
    text = etree.fromstring(b"<t>" + whole + b"</t>", etree.XMLParser(resolve_entities=False, huge_tree=True)).text
    texts = (text or "").split(_BETWEEN)
    if len(texts) == len(raws):
        return texts
    return [unescape(raw.decode("utf-8")) for raw in raws]


def _iso(raw: str) -> str | date:
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return raw
    return moment.date() if "T" not in raw else moment.replace(tzinfo=None)
