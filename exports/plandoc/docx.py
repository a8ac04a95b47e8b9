"""Word documents (.docx) to paragraphs and grids, in the order of the document.

Read from the package's own XML, because what matters here is not in the paragraphs' text: numbers that Word
counts, text boxes, cells merged over rows, deleted text of tracked changes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.errors import UnreadableInput
from exports.plandoc.autonumber import Numbering
from exports.plandoc.layout import MAX_COLUMNS, Grid

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {W + "del", W + "moveFrom", W + "instrText", W + "pPr", W + "rPr", W + "footnoteReference", _FALLBACK}
)
MAX_DEPTH = 60  # elements; a document of an office stays far below


def parts_of_docx(content: bytes, *, name: str) -> list[str | Grid]:
    """Return the paragraphs and tables of a .docx; raise :class:`UnreadableInput` where the package is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            body = parse_xml(package.read("word/document.xml"))
            numbering = parse_xml(package.read("word/numbering.xml")) if "word/numbering.xml" in names else None
            styles = parse_xml(package.read("word/styles.xml")) if "word/styles.xml" in names else None
    except (
        zipfile.BadZipFile,
        KeyError,
        SyntaxError,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        zlib_error(),
    ) as error:
        raise UnreadableInput(
            "「{name}」已損壞，打不開。請用 WPS 打開後另存為 .docx，或重新取得原件。", name=name
        ) from error
    return list(_blocks(body, Numbering(numbering, styles)))


def zlib_error() -> type[Exception]:
    """Return the error that a broken deflate stream raises."""
    import zlib

    return zlib.error


def parse_xml(content: bytes) -> _Element:
    """Parse XML without entities, network or unlimited trees; a broken one raises ``SyntaxError``."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _blocks(body: _Element, numbering: Numbering) -> Iterator[str | Grid]:
    for node in body.iter(W + "p", W + "tbl"):
        if _inside(node, body):
            continue
        if node.tag == W + "tbl":
            yield _grid(node, numbering)
        else:
            yield from _paragraph(node, numbering)


def _inside(node: _Element, body: _Element) -> bool:
    """Tell whether a node lies in a table or paragraph that is read as a whole, or in deleted text."""
    at = node.getparent()
    while at is not None and at is not body:
        if at.tag in (W + "p", W + "tbl") or at.tag in _SKIPPED:
            return True
        at = at.getparent()
    return False


def _paragraph(node: _Element, numbering: Numbering) -> Iterator[str | Grid]:
    """Yield a paragraph with its number, then what its text boxes hold."""
    text = "".join(_runs(node))
    if text.strip():
        for place, line in enumerate(text.split("\n")):
            yield (numbering.token(node) if place == 0 else "") + line
    for box in node.iter(W + "txbxContent"):
        if not any(up.tag == _FALLBACK for up in box.iterancestors()):
            for inner in box:
                if inner.tag == W + "p":
                    yield from _paragraph(inner, numbering)
                elif inner.tag == W + "tbl":
                    yield _grid(inner, numbering)


def _runs(node: _Element) -> Iterator[str]:
    waiting = list(reversed(node))
    while waiting:
        one = waiting.pop()
        if one.tag in _SKIPPED or one.tag == W + "txbxContent" or not isinstance(one.tag, str):
            continue
        if one.tag == W + "t":
            yield one.text or ""
        elif one.tag == W + "tab":
            yield " "
        elif one.tag in (W + "br", W + "cr"):
            yield "\n"
        elif one.tag == W + "noBreakHyphen":
            yield "-"
        else:
            waiting.extend(reversed(one))


def _grid(table: _Element, numbering: Numbering) -> Grid:
    above: list[str] = []
    rows: list[list[str]] = []
    for row in _own(table, W + "tr", W + "tbl"):
        cells: list[str] = [""] * min(MAX_COLUMNS, _value(row, "gridBefore", 0))
        for cell in _own(row, W + "tc", W + "tr"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
            column = len(cells)
            text = above[column] if goes_on and column < len(above) else _cell_text(cell, numbering)
            cells.extend([text] * max(1, min(MAX_COLUMNS, _value(cell, "gridSpan", 1))))
            if len(cells) >= MAX_COLUMNS:
                break
        rows.append(cells[:MAX_COLUMNS])
        above = cells
    return Grid(rows)


def _own(node: _Element, tag: str, owner: str) -> list[_Element]:
    """Return the rows or cells of this table, also inside content controls, but not those of a table within."""
    found = []
    for one in node.iter(tag):
        at = one.getparent()
        while at is not None and at is not node and at.tag != owner:
            at = at.getparent()
        if at is node:
            found.append(one)
    return found


def _cell_text(cell: _Element, numbering: Numbering) -> str:
    lines = []
    for paragraph in cell.iter(W + "p"):
        text = "".join(_runs(paragraph)).strip()
        if text:
            lines.append(numbering.token(paragraph) + text)
        elif not any(up.tag == W + "tc" and up is not cell for up in paragraph.iterancestors()):
            token = numbering.token(paragraph).strip()
            lines.extend([token] if token else [])
    return "\n".join(lines)


def _value(node: _Element, name: str, default: int) -> int:
    found = node.find(f"{W}{'tcPr' if name == 'gridSpan' else 'trPr'}/{W}{name}")
    value = re.sub(r"\D", "", found.get(W + "val", "")) if found is not None else ""
    return int(value) if value and len(value) < 4 else default  # noqa: PLR2004
