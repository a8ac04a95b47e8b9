"""Plain texts, tables of commas, and web pages: text, attributes and comments."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from db.digits import COLUMN, LINE_END
from db.errors import UnreadableInput
from db.private import heads, under_heading
from db.terms import PrivateKind
from exports.plandoc.encoding import decode
from exports.privacy.finding import Finding, Place, found
from exports.privacy.markup import pieces_of
from exports.privacy.sought import Sought

_COLUMNS = str.maketrans({"\t": COLUMN, "\n": LINE_END})


def scan_text(content: bytes, name: str, sought: Sought) -> Iterator[Finding]:
    """Search a text line by line; a number broken over two lines is found too."""
    text = _decoded(content, name)
    if name.lower().endswith((".csv", ".tsv")):
        yield from _headed(text, name, sought)
    for hit in sought.hits(text.translate(_COLUMNS)):
        line = text.count("\n", 0, hit.start) + 1
        yield found(name, Place("第 {line} 行", {"line": line}), hit)


def _headed(text: str, name: str, sought: Sought) -> Iterator[Finding]:
    """Search the columns that are headed as accounts for numbers too short to be known by their form."""
    kinds: dict[int, PrivateKind] = {}
    rows = csv.reader(text.splitlines(keepends=True), delimiter="\t" if name.lower().endswith(".tsv") else ",")
    try:
        for cells in rows:
            for column, cell in enumerate(cells):
                hit = under_heading(kinds[column], cell, allowed=sought.allowed) if column in kinds else None
                if hit is not None:
                    yield found(name, Place("第 {line} 行", {"line": rows.line_num}), hit)
                elif kind := heads(cell):
                    kinds[column] = kind
    except csv.Error as error:
        raise UnreadableInput("「{name}」不是完整的逗號分隔表，不能檢查。", name=name) from error


def scan_markup(content: bytes, name: str, sought: Sought) -> Iterator[Finding]:
    """Search a web page or another file of tags: what is shown, and what is not."""
    from lxml import etree, html

    text = _decoded(content, name)
    if not text.strip():
        return
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableInput("「{name}」不是網頁文件，讀不出內容。", name=name) from error
    pieces = ((piece.text, piece) for piece in pieces_of(root, shortest=sought.shortest))
    for piece, _, hit in sought.hits_by_piece(pieces):
        what = {"comment": "註釋", "attribute": "標籤 {tag} 的屬性"}.get(piece.kind, "正文")
        yield found(name, Place("第 {line} 行" + what, {"line": piece.line, "tag": piece.tag}), hit)


def _decoded(content: bytes, name: str) -> str:
    if not content.strip(b" \t\r\n\x00"):
        return ""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return decode(content, name=name)
