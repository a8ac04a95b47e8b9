"""Writing single cells into a workbook and nothing else: every other part of the file leaves byte for byte.

Loading and saving with a library would drop charts, pictures, macros, sparklines and extended validations; here
only the sheet's own markup is changed, cell by cell, with the cell's style left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from exports.upward.plan import Fill, UpwardPlan
from exports.workbook import cells
from exports.workbook.collect.package import Package
from exports.workbook.collect.xlsx import sheet_parts, style_kinds, workbook_part
from exports.workbook.grid import address

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PERCENT_TITLE = ("%", "％")


def filled(plan: UpwardPlan) -> bytes:
    """Return the form with its cells written; results of formulas are left to be worked out when it is opened."""
    form = plan.form
    changed = {form.part: _sheet(form.package, form.part, plan.fills, form.titles)}
    formulas = _without_results(form.package, changed, form.part)
    if formulas:
        part = workbook_part(form.package)
        changed[part] = _recalculating(form.package.read(part))
    return _repacked(form.package, changed)


def _parsed(content: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sheet(package: Package, part: str, fills: Sequence[Fill], titles: Sequence[str]) -> bytes:
    root = _parsed(package.read(part))
    space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    data = root.find(f"{space}sheetData")
    assert data is not None
    writer = _Cells(data, space, style_kinds(package), titles)
    for fill in sorted(fills, key=lambda one: (one.row, one.column)):
        writer.put(fill)
    return _bytes(root)


class _Cells:
    """The rows and cells of one sheet's markup, found by their place."""

    def __init__(self, data: _Element, space: str, kinds: Sequence[str], titles: Sequence[str]) -> None:
        self._data, self._space, self._kinds, self._titles = data, space, kinds, titles
        self._rows: dict[int, _Element] = {}
        last = 0
        for row in data.iterfind(f"{space}row"):
            last = int(row.get("r") or last + 1)
            row.set("r", str(last))
            self._rows[last - 1] = row

    def put(self, fill: Fill) -> None:
        """Write one value in its cell's own style."""
        cell = self._cell(fill.row, fill.column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        value = self._fitted(fill, self._kind(cell))
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = self._add(self._add(cell, "is"), "t")
            text.set(_XML_SPACE, "preserve")
            text.text = cells.tidy(value)
        else:
            self._add(cell, "v").text = repr(value)

    def _kind(self, cell: _Element) -> str:
        style = int(cell.get("s") or 0)
        return self._kinds[style] if style < len(self._kinds) else ""

    def _fitted(self, fill: Fill, kind: str) -> str | float:
        """Return a value as its cell shows it: a percent by the cell's format, by the heading, else with its sign."""
        if fill.field != "percent" or isinstance(fill.value, str):
            return fill.value
        if kind == "percent":
            return fill.value / 100
        plain = any(sign in self._titles[fill.column] for sign in _PERCENT_TITLE)
        return fill.value if plain else f"{fill.value}%"

    def _add(self, parent: _Element, tag: str) -> _Element:
        from lxml import etree

        return etree.SubElement(parent, f"{self._space}{tag}")

    def _row(self, at: int) -> _Element:
        """Return a row; the rows of a form that are filled are there, for they were read."""
        return self._rows[at]

    def _cell(self, at: int, column: int) -> _Element:
        row = self._row(at)
        last = -1
        for place, cell in enumerate(row):
            last = _column(cell.get("r") or "") if cell.get("r") else last + 1
            cell.set("r", address(at, last))
            if last == column:
                return cell
            if last > column:
                return self._insert(row, place, at, column)
        return self._insert(row, len(row), at, column)

    def _insert(self, row: _Element, place: int, at: int, column: int) -> _Element:
        from lxml import etree

        cell = etree.Element(f"{self._space}c", {"r": address(at, column)})
        if row.get("s") and row.get("customFormat") in ("1", "true"):
            cell.set("s", str(row.get("s")))
        row.insert(place, cell)
        return cell


def _column(reference: str) -> int:
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


def _without_results(package: Package, changed: dict[str, bytes], filled_part: str) -> bool:
    """Take the kept results of formulas out of every sheet, for they may be wrong now; tell whether there are any."""
    found = False
    for part in sheet_parts(package).values():
        content = changed.get(part) or package.read(part)
        if b"<f" not in content and b":f" not in content:
            continue
        root = _parsed(content)
        stale = list(_results(root))
        if not stale:
            continue
        found = True
        for cell, result in stale:
            cell.remove(result)
            cell.attrib.pop("t", "")
        changed[part] = _bytes(root)
    return found and filled_part in changed


def _results(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    for cell in root.iter(f"{space}c"):
        result = cell.find(f"{space}v")
        if cell.find(f"{space}f") is not None and result is not None:
            yield cell, result


def _recalculating(content: bytes) -> bytes:
    """Return ``workbook.xml`` asking for all formulas to be worked out when the file is opened."""
    from lxml import etree

    root = _parsed(content)
    space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    settings = root.find(f"{space}calcPr")
    if settings is None:
        settings = etree.Element(f"{space}calcPr")
        before = [f"{space}{tag}" for tag in _AFTER_CALC]
        place = next((at for at, child in enumerate(root) if child.tag in before), len(root))
        root.insert(place, settings)
    settings.set("fullCalcOnLoad", "1")
    return _bytes(root)


# What may stand behind calcPr in workbook.xml, by the standard's order.
_AFTER_CALC = (
    *("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"),
    *("fileRecoveryPr", "webPublishObjects", "extLst"),
)


def _repacked(package: Package, changed: dict[str, bytes]) -> bytes:
    """Return the package with some parts replaced, in the order they were in."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as target:
        for name, info in package.parts.items():
            target.writestr(copy(info), changed[name] if name in changed else package.read(name, most=info.file_size))
    return content.getvalue()
