"""Workbooks of the new kind (.xlsx, .xlsm, .et saved so), streamed: values with the format that explains them.

The sheet's own dimension is never believed, blank cells take no room, formulas are never run, and nothing that a
workbook points to outside itself is looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from exports.workbook.collect.cells import Book, Cell, Sheet
from exports.workbook.collect.numbers import number_kinds
from exports.workbook.collect.package import Package, bare, damaged, too_large
from exports.workbook.collect.sheetxml import QUICK_UP_TO, SheetReader, is_plain, unescaped

MOST_CELLS = 400_000
MOST_SHEETS = 100


def read_xlsx(package: Package) -> Book:
    """Return the sheets of a workbook with the document's properties."""
    workbook = _Workbook.of(package)
    formats = style_kinds(package)
    texts = _shared_texts(package)
    room = [MOST_CELLS]
    sheets = []
    for name, part, hidden in workbook.sheets[:MOST_SHEETS]:
        reader = SheetReader(Sheet(name, {}, hidden=hidden, mac_dates=workbook.mac_dates), formats, texts, room)
        _read_sheet(package, part, reader)
        if reader.too_many:
            raise too_large(package.name)
        sheets.append(reader.sheet)
    properties, modified = _properties(package)
    macros = any(part.endswith("vbaProject.bin") for part in package.parts)
    return Book(sheets, properties, modified, ["文件帶有宏，沒有運行"] if macros else [])


def _read_sheet(package: Package, part: str, reader: SheetReader) -> None:
    if package.parts[part].file_size <= QUICK_UP_TO:
        xml = package.read(part)
        if is_plain(xml):
            try:
                reader.quick(xml)
            except (SyntaxError, UnicodeDecodeError) as error:  # what lxml says of broken XML
                raise damaged(package.name) from error
            return
    package.parse(part, reader.start, reader.end, reader.data)


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
            if bare(tag) == "workbookPr":
                mac_dates = attributes.get("date1904") in {"1", "true"}
            if bare(tag) == "sheet":
                plain = {bare(key): value for key, value in attributes.items()}
                target = targets.get(next((v for k, v in attributes.items() if k.endswith(":id")), ""), "")
                if target in package:
                    found.append((plain.get("name", ""), target, plain.get("state", "visible") != "visible"))

        _scan(package, part, start)
        return cls(found, mac_dates)


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of the package that each sheet is, by its name."""
    return {name: part for name, part, _ in _Workbook.of(package).sheets}


def sheets_of(package: Package) -> tuple[list[tuple[str, str, bool]], bool]:
    """Return the sheets as name, part and whether hidden, and whether days are counted from 1904."""
    workbook = _Workbook.of(package)
    return workbook.sheets[:MOST_SHEETS], workbook.mac_dates


def style_kinds(package: Package) -> tuple[str, ...]:
    """Return for each style of a cell what it makes of a number: ``percent``, ``date`` or nothing."""
    return number_kinds(package.read("xl/styles.xml")) if "xl/styles.xml" in package else ()


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
        if bare(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[attributes.get("Id", "")] = path

    _scan(package, part, start)
    return found


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
        tag = bare(tag)
        if tag == "t":
            self._in_text = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def data(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        tag = bare(tag)
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            text = unescaped("".join(self._parts))
            self.texts.append(Cell(text) if text else None)
            self._parts.clear()


def _properties(package: Package) -> tuple[dict[str, str], datetime | None]:
    found: dict[str, str] = {}
    saved: list[str] = []
    name = [""]
    inside = [""]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        tag = bare(tag)
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
