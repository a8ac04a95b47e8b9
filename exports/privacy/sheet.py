"""One sheet of a workbook: every cell with its address, seen or hidden, and all that stands beside the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zipfile import ZipInfo

from db.private import Hit
from exports.privacy.columns import HeadedColumns
from exports.privacy.finding import Finding, Place, found
from exports.privacy.markup import local, pieces_of
from exports.privacy.package import Package
from exports.privacy.sought import Sought
from exports.privacy.strings import SharedStrings
from exports.privacy.workbook import Sheet

_BESIDE = {
    "headerFooter": "頁眉頁腳",
    "dataValidations": "數據驗證",
    "conditionalFormatting": "條件格式",
    "hyperlinks": "超鏈接",
    "protectedRanges": "保護區域",
    "extLst": "擴展信息",
}
_FEW = 30  # digits; no number that anybody has is longer


def scan_sheet(
    package: Package, part: ZipInfo, sheet: Sheet, strings: SharedStrings, sought: Sought
) -> Iterator[Finding]:
    """Search one sheet; the strings it shows are marked as used."""
    told = _Told(package.name, sheet)
    headed = HeadedColumns(strings, sought)
    for root in package.trees(part, "worksheet", "sheetData", each="row"):
        told.learn(root)
        yield from _cells(root, told, strings, sought)
        for cell, hit in headed.search(root):
            yield told.finding(cell, hit)
        for element in root:
            if not isinstance(element.tag, str) or local(element.tag) != "sheetData":
                pieces = ((piece.text, piece.ref) for piece in pieces_of(element, shortest=sought.shortest))
                for ref, _, hit in sought.hits_by_piece(pieces):
                    yield told.beside(element, ref, hit)


def _cells(root: Any, told: _Told, strings: SharedStrings, sought: Sought) -> Iterator[Finding]:  # noqa: ANN401
    worth, shared = _queries(root.nsmap.get(root.prefix) or "", sought.shortest)
    for element in shared(root) if strings.hits else ():
        at = _index(element.text)
        strings.used.add(at)
        for hit in strings.hits.get(at, ()):
            yield told.finding(element, hit)
    for node, _, hit in sought.hits_by_piece((_text(node), node) for node in worth(root)):
        yield told.finding(node if hasattr(node, "tag") else node.getparent(), hit)


@cache
def _queries(namespace: str, shortest: int) -> tuple[Any, Any]:
    """Return searches for the texts worth looking at, and for cells that show a shared string.

    A sheet's many cells with short numbers are passed over without Python seeing them. Numbers in powers of ten are
    short however many digits they have.
    """
    from lxml import etree

    names, m = ({"m": namespace}, "m:") if namespace else (None, "")
    cells, enough = f"/*/{m}sheetData", f"[string-length(.)>={shortest}]"
    power = "contains(.,'E') or contains(.,'e')"
    worth = (
        f"{cells}//text()[string-length(.)>={shortest} or {power}][not(ancestor::{m}is)]|{cells}//{m}is{enough}"
        f"|{cells}//@*{enough}[name()!='t']|{cells}//comment(){enough}|{cells}//processing-instruction(){enough}"
    )
    shared = f"{cells}/{m}row/{m}c[@t='s']/{m}v"
    return etree.XPath(worth, namespaces=names), etree.XPath(shared, namespaces=names)


def _text(node: Any) -> str:  # noqa: ANN401 - an element or a string of lxml
    if hasattr(node, "tag"):
        return "".join(node.itertext()) if isinstance(node.tag, str) else node.text or ""
    parent = node.getparent()
    cell = parent.getparent()
    if node.is_text and local(parent.tag) == "v" and cell is not None and cell.get("t", "n") == "n":
        return _digits(str(node))
    return str(node)


def _digits(written: str) -> str:
    """Return the digits of a whole number, which a sheet may hold as 4.30124198001011E+17; a fraction has none."""
    if "e" not in written and "E" not in written and "." not in written:
        return written
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written  # no number, whatever the cell says
    if not number.is_finite() or abs(number.adjusted()) > _FEW or number != number.to_integral_value():
        return ""
    return str(int(number))


def _index(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


@dataclass(slots=True)
class _Told:
    """Says where in a sheet something stands, and that nobody sees it there."""

    file: str
    sheet: Sheet
    _hidden: list[tuple[int, int]] = field(default_factory=list)

    def learn(self, root: Any) -> None:  # noqa: ANN401
        """Note which columns are hidden; they stand before the cells."""
        self._hidden += [
            (_index(column.get("min")), _index(column.get("max")))
            for column in root.iterfind("{*}cols/{*}col")
            if column.get("hidden") in ("1", "true") or column.get("width") in ("0", "0.0")
        ]

    def finding(self, element: Any, hit: Hit) -> Finding:  # noqa: ANN401
        """Return a finding at the cell that an element belongs to."""
        formula = local(element.tag) == "f" if isinstance(element.tag, str) else False
        cell = element
        while cell.getparent() is not None and not (isinstance(cell.tag, str) and local(cell.tag) in ("c", "row")):
            cell = cell.getparent()
        row = cell.getparent() if local(cell.tag) == "c" else cell
        if local(cell.tag) == "c":
            template = "單元格 {cell}" + ("的公式" if formula else "")
            facts = {"cell": cell.get("r") or "?"}
            if self._is_hidden_column(cell.get("r") or ""):
                template += "（隱藏列）"
        else:
            template, facts = "第 {row} 行", {"row": row.get("r") or "?"}
        if row is not None and row.get("hidden") in ("1", "true"):
            template += "（隱藏行）"
        return self._found(template, facts, hit)

    def beside(self, element: Any, ref: str, hit: Hit) -> Finding:  # noqa: ANN401
        """Return a finding in one of the lists that stand before and after the cells."""
        tag = local(element.tag) if isinstance(element.tag, str) else "註釋"
        words = _BESIDE.get(tag, "{tag}")
        return self._found(words + (" {ref}" if ref else ""), {"tag": tag, "ref": ref}, hit)

    def _found(self, template: str, facts: dict[str, str], hit: Hit) -> Finding:
        words = "表「{sheet}」" + self.sheet.hidden + template
        return found(self.file, Place(words, {"sheet": self.sheet.name, **facts}), hit)

    def _is_hidden_column(self, cell: str) -> bool:
        number = 0
        for letter in cell.rstrip("0123456789"):
            number = number * 26 + ord(letter) - ord("A") + 1
        return any(first <= number <= last for first, last in self._hidden)
