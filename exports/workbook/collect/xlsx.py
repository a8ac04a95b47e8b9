"""Workbooks of the new kind (.xlsx, .xlsm, .et saved so), streamed: values with the format that explains them.

The sheet's own dimension is never believed, blank cells take no room, formulas are never run, and nothing that a
workbook points to outside itself is looked at.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from xml.parsers import expat

from exports.workbook.collect.cells import Book, Cell, Place, Sheet
from exports.workbook.collect.package import Package, damaged, too_large

MOST_CELLS = 400_000
MOST_SHEETS = 100
_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENT_IDS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_EPOCH, _MAC_EPOCH = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465


def read_xlsx(package: Package) -> Book:
    """Return the sheets of a workbook with the document's properties."""
    workbook = _Workbook.of(package)
    formats = style_kinds(package)
    texts = _shared_texts(package)
    room = [MOST_CELLS]
    sheets = []
    for name, part, hidden in workbook.sheets[:MOST_SHEETS]:
        reader = _SheetReader(Sheet(name, {}, hidden=hidden, mac_dates=workbook.mac_dates), formats, texts, room)
        package.parse(part, reader.start, reader.end, reader.data)
        if reader.too_many:
            raise too_large(package.name)
        sheets.append(reader.sheet)
    properties, modified = _properties(package)
    macros = any(part.endswith("vbaProject.bin") for part in package.parts)
    return Book(sheets, properties, modified, ["文件帶有宏，沒有運行"] if macros else [])


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2]


@dataclass(slots=True)
class _Workbook:
    """What ``workbook.xml`` says: sheets as name, part, hidden."""

    sheets: list[tuple[str, str, bool]]
    mac_dates: bool

    @classmethod
    def of(cls, package: Package) -> _Workbook:
        part = workbook_part(package)
        folder, name = posixpath.split(part)
        targets = _relations(package, f"{folder}/_rels/{name}.rels", folder)
        found: list[tuple[str, str, bool]] = []
        mac_dates = False

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal mac_dates
            if _bare(tag) == "workbookPr":
                mac_dates = attributes.get("date1904") in {"1", "true"}
            if _bare(tag) == "sheet":
                plain = {_bare(key): value for key, value in attributes.items()}
                target = targets.get(next((v for k, v in attributes.items() if k.endswith(":id")), ""), "")
                if target in package:
                    found.append((plain.get("name", ""), target, plain.get("state", "visible") != "visible"))

        _scan(package, part, start)
        return cls(found, mac_dates)


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of the package that each sheet is, by its name."""
    return {name: part for name, part, _ in _Workbook.of(package).sheets}


def style_kinds(package: Package) -> tuple[str, ...]:
    """Return for each style of a cell what it makes of a number: ``percent``, ``date`` or nothing."""
    return _formats(package.read("xl/styles.xml")) if "xl/styles.xml" in package else ()


def workbook_part(package: Package) -> str:
    """Return the part that lists the sheets."""
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    part = next((one for one in package.parts if one.endswith("workbook.xml")), None)
    if part is None:
        raise damaged(package.name)
    return part


def _scan(package: Package, part: str, start: Callable[[str, Mapping[str, str]], None]) -> None:
    package.parse(part, start, _ignore, _ignore)


def _ignore(*_: object) -> None:
    return None


def _relations(package: Package, part: str, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if part not in package:
        return found

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if _bare(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[attributes.get("Id", "")] = path

    _scan(package, part, start)
    return found


@lru_cache(maxsize=16)
def _formats(styles: bytes) -> tuple[str, ...]:
    """Return for each style of a cell what its number format makes of a number: ``percent``, ``date`` or nothing.

    Sixty workbooks of one dispatch share their styles, so the answer is kept.
    """
    custom: dict[int, str] = {}
    kinds: list[str] = []
    inside: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        tag = _bare(tag)
        if tag == "numFmt":
            custom[_whole(attributes.get("numFmtId"))] = format_kind(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            number = _whole(attributes.get("numFmtId"))
            kinds.append(custom.get(number) or builtin_kind(number))

    def end(tag: str) -> None:
        if _bare(tag) == "cellXfs":
            inside.clear()

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(styles, True)
    except expat.ExpatError:
        return tuple(kinds)  # numbers then read as bare numbers, which are asked where they are in doubt
    return tuple(kinds)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def builtin_kind(number: int) -> str:
    """Return what one of the built-in number formats makes of a number."""
    return "percent" if number in _PERCENT_IDS else "date" if number in _DATE_IDS else ""


def format_kind(code: str) -> str:
    """Return what a custom number format makes of a number."""
    plain = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "%" in plain:
        return "percent"
    if "general" in plain:
        return ""
    return "date" if re.search(r"[ymdhs年月日]", plain) else ""


def _shared_texts(package: Package) -> list[Cell | None]:
    """Return the texts that cells refer to, each as one cell for all of them."""
    part = "xl/sharedStrings.xml"
    if part not in package:
        return []
    if package.parts[part].file_size > 50_000_000:  # noqa: PLR2004 - see package.MOST_TEXT
        raise too_large(package.name)
    reader = _TextReader()
    package.parse(part, reader.start, reader.end, reader.data)
    return reader.texts


@dataclass(slots=True)
class _TextReader:
    texts: list[Cell | None] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _in_text: bool = False
    _phonetic: bool = False

    def start(self, tag: str, _: object) -> None:
        tag = _bare(tag)
        if tag == "t":
            self._in_text = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def data(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        tag = _bare(tag)
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            text = _unescaped("".join(self._parts))
            self.texts.append(Cell(text) if text else None)
            self._parts.clear()


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def place_of(address: str) -> Place | None:
    """Return row and column of an address such as ``B7``, both from 0."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


class _SheetReader:
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
        if ":" in tag:
            tag = _bare(tag)
        if tag == "c":
            self._attributes, self._formula = attributes, False
            self._value.clear()
            place = place_of(attributes["r"]) if "r" in attributes else None
            self._row, self._column = place or (self._row, self._column + 1)
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
        if self._inside:
            self._value.append(text)

    def end(self, tag: str) -> None:
        if ":" in tag:
            tag = _bare(tag)
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
        self._room[0] -= 1
        self.too_many = self._room[0] < 0
        self.sheet.rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, raw: str) -> Cell | None:
        kind = self._attributes.get("t", "n")
        if kind == "s":
            place = _whole(raw)
            return self._texts[place] if place < len(self._texts) else None
        if kind in {"str", "inlineStr"}:
            return Cell(_unescaped(raw), formula=self._formula) if raw or self._formula else None
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
        style = _whole(self._attributes.get("s"))
        kind = self._formats[style] if style < len(self._formats) else ""
        if kind == "date" and 0 < number <= _LAST_DAY:
            return Cell(day_of_serial(number, mac=self.sheet.mac_dates), formula=self._formula)
        return Cell(number, percent=kind == "percent", formula=self._formula)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last)
        if top and bottom and len(self.sheet.merged) < MOST_CELLS:
            self.sheet.merged.append((top, bottom))


def day_of_serial(number: float, *, mac: bool) -> datetime | date:
    """Return the moment a serial number stands for; whole days as days."""
    moment = (_MAC_EPOCH if mac else _EPOCH) + timedelta(days=number)
    return moment.date() if number == int(number) else moment


def _iso(raw: str) -> str | date:
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return raw
    return moment.date() if "T" not in raw else moment.replace(tzinfo=None)


def _properties(package: Package) -> tuple[dict[str, str], datetime | None]:
    found: dict[str, str] = {}
    saved: list[str] = []
    name = [""]
    inside = [""]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        tag = _bare(tag)
        inside[0] = tag
        if tag == "property":
            name[0] = attributes.get("name", "")

    def data(text: str) -> None:
        if inside[0] == "modified":
            saved.append(text)
        elif name[0] and text.strip():
            found[name[0]] = found.get(name[0], "") + text

    def end(_: str) -> None:
        inside[0] = ""

    for part in ("docProps/custom.xml", "docProps/core.xml"):
        if part in package:
            name[0] = ""
            package.parse(part, start, end, data)
    return found, _moment("".join(saved))


def _moment(text: str) -> datetime | None:
    """Return a moment in local time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment
