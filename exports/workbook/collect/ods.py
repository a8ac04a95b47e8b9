"""OpenDocument sheets (.ods), streamed: values with their types; repeated blank rows and columns take no room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from exports.workbook.collect.cells import Book, Cell, Sheet
from exports.workbook.collect.package import Package, too_large

MOST_CELLS = 400_000
_MOST_REPEATED = 2_000
"""Copies of a filled row or cell that are kept; nobody reports the same a thousand times over."""


def read_ods(package: Package) -> Book:
    """Return the sheets of a document with its own properties."""
    reader = _Reader()
    package.parse("content.xml", reader.start, reader.end, reader.data)
    if reader.room < 0:
        raise too_large(package.name)
    properties, modified = _properties(package)
    return Book(reader.sheets, properties, modified)


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Reader:
    """Takes the events of ``content.xml``."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.room = MOST_CELLS
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._column = 0
        self._filled: list[tuple[int, int, Cell]] = []
        self._spans: list[tuple[int, int, int]] = []
        self._row_copies = 1
        self._attributes: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._in_cell = False
        self._depth = 0
        self._note = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        tag = _bare(tag)
        match tag:
            case "table-cell" | "covered-table-cell":
                self._in_cell, self._paragraphs = True, []
                self._attributes = {_bare(key): value for key, value in attributes.items()}
            case "table-row":
                self._column, self._filled, self._spans = 0, [], []
                self._row_copies = _count(attributes.get("table:number-rows-repeated"))
            case "table":
                hidden = attributes.get("table:style-name", "") in self._hidden_styles
                self.sheets.append(Sheet(attributes.get("table:name", ""), {}, hidden=hidden))
                self._row = 0
            case "style":
                self._style = attributes.get("style:name", "")
            case "table-properties" if attributes.get("table:display") == "false":
                self._hidden_styles.add(self._style)
            case _:
                self._inline(tag, attributes)

    def _inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "annotation":
            self._note += 1
        if not self._in_cell or self._note:
            return
        if tag == "p":
            self._paragraphs.append("")
        elif self._paragraphs and tag in {"s", "tab", "line-break"}:
            self._paragraphs[-1] += {"tab": "\t", "line-break": "\n"}.get(tag, " " * _count(attributes.get("text:c")))

    def data(self, text: str) -> None:
        """Take text between tags."""
        if self._in_cell and not self._note and self._paragraphs:
            self._paragraphs[-1] += text

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        tag = _bare(tag)
        if tag == "annotation":
            self._note -= 1
        elif tag in {"table-cell", "covered-table-cell"}:
            self._in_cell = False
            self._end_cell()
        elif tag == "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        copies = _count(self._attributes.get("number-columns-repeated"))
        cell = _cell(self._attributes, "\n".join(self._paragraphs))
        if cell is not None:
            kept = min(copies, _MOST_REPEATED)
            self._filled += [(self._row, self._column + place, cell) for place in range(kept)]
        down, right = (_count(self._attributes.get(f"number-{way}-spanned")) for way in ("rows", "columns"))
        if down > 1 or right > 1:
            self._spans.append((self._column, down, right))
        self._column += copies

    def _end_row(self) -> None:
        sheet = self.sheets[-1] if self.sheets else Sheet("", {})
        if self._filled:
            for copy in range(min(self._row_copies, _MOST_REPEATED)):
                self.room -= len(self._filled)
                if self.room < 0:
                    break
                sheet.rows[self._row + copy] = {column: cell for _, column, cell in self._filled}
        for column, down, right in self._spans:
            sheet.merged.append(((self._row, column), (self._row + down - 1, column + right - 1)))
        self._row += self._row_copies


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 1


def _cell(attributes: Mapping[str, str], shown: str) -> Cell | None:
    formula = "formula" in attributes
    kind = attributes.get("value-type", "")
    raw = attributes.get("value", "")
    if kind in {"float", "percentage", "currency"}:
        try:
            return Cell(float(raw), percent=kind == "percentage", formula=formula)
        except ValueError:
            return Cell(shown, formula=formula)
    if kind == "date":
        return Cell(_day(attributes.get("date-value", ""), shown), formula=formula)
    if kind == "boolean":
        return Cell(attributes.get("boolean-value") == "true", formula=formula)
    if formula and shown.startswith(("#", "Err:")):
        return Cell(shown, formula=True, error=True)
    text = attributes.get("string-value", shown)
    return Cell(text, formula=formula) if text or formula else None


def _day(raw: str, shown: str) -> date | str:
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return shown
    return moment.date() if "T" not in raw else moment.replace(tzinfo=None)


def _properties(package: Package) -> tuple[dict[str, str], datetime | None]:
    found: dict[str, str] = {}
    inside = [""]
    saved: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        inside[0] = attributes.get("meta:name", "") if _bare(tag) == "user-defined" else f"<{_bare(tag)}>"

    def data(text: str) -> None:
        if inside[0] == "<date>":
            saved.append(text)
        elif inside[0] and not inside[0].startswith("<"):
            found[inside[0]] = found.get(inside[0], "") + text

    def end(_: str) -> None:
        inside[0] = ""

    if "meta.xml" in package:
        package.parse("meta.xml", start, end, data)
    try:
        modified = datetime.fromisoformat("".join(saved)[:26]).replace(tzinfo=None) if saved else None
    except ValueError:
        modified = None
    return found, modified
