"""HTML to paragraphs and grids: spans of cells repeated, scripts and styles left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exports.plandoc.layout import MAX_COLUMNS, Grid

if TYPE_CHECKING:
    from bs4 import Tag

FEWEST_CELLS = 4  # rows and columns of a table of data: two by two, or one row of three
MAX_SPAN = 2000  # rows one cell may cover; browsers stop at a like number
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "title", "select", "option", "button", "nav"})
_BLOCKS = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article", "body", "html",
        "blockquote", "center", "dl", "dt", "dd", "header", "footer", "main", "form", "hr", "pre", "address",
        "figure", "fieldset", "tr", "td", "th",
    }
)  # fmt: skip


def parts_of_html(markup: str) -> Iterator[str | Grid]:
    """Yield the paragraphs and tables of a page in their order."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markup, "lxml")
    buffer: list[str] = []
    yield from _walk(soup, buffer)
    yield from _flushed(buffer)


def _flushed(buffer: list[str]) -> Iterator[str]:
    text = "".join(buffer)
    buffer.clear()
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()


def _walk(root: Tag, buffer: list[str]) -> Iterator[str | Grid]:
    """Go through the tree without recursion: a page may be nested without limit."""
    from bs4.element import Comment, NavigableString, PreformattedString, Tag

    holders = _holders(root)
    waiting: list[object] = [root]
    while waiting:
        node = waiting.pop()
        if node == "\n":
            buffer.append("\n")
        elif isinstance(node, (Comment, PreformattedString)):
            continue
        elif isinstance(node, NavigableString):
            buffer.append(" ".join(str(node).split("\n")))
        elif isinstance(node, Tag):
            if node.name in _SKIPPED:
                continue
            if node.name == "br":
                buffer.append("\n")
            elif node.name == "table" and id(node) not in holders and _is_data(node):
                yield from _flushed(buffer)
                yield from (_text(caption) for caption in node.find_all("caption", limit=1))
                yield _grid(node)
            else:
                block = node.name in _BLOCKS
                if block:
                    buffer.append("\n")
                    waiting.append("\n")
                waiting.extend(reversed(list(node.children)))


def _holders(root: Tag) -> set[int]:
    """Return the ids of the tables that hold tables: they lay out the page. Every element is passed once."""
    nearest: dict[int, int | None] = {}
    found: set[int] = set()
    for table in root.find_all("table"):
        path: list[int] = []
        above = table.parent
        while above is not None and above.name != "table" and id(above) not in nearest:
            path.append(id(above))
            above = above.parent
        owner = None if above is None else id(above) if above.name == "table" else nearest[id(above)]
        nearest.update(dict.fromkeys(path, owner))
        if owner is not None:
            found.add(owner)
    return found


def _is_data(table: Tag) -> bool:
    """Tell a table of data from one that only lays out the page: it has several cells."""
    rows = table.find_all("tr", limit=3)
    widest = max((len(row.find_all(["td", "th"], limit=3)) for row in rows), default=0)
    return widest + len(rows) >= FEWEST_CELLS and widest > 1


def _grid(table: Tag) -> Grid:
    held: dict[int, tuple[int, str]] = {}  # column -> rows still covered from above, and the text
    rows: list[list[str]] = []
    for row in table.find_all("tr"):
        cells: list[str] = []
        waiting = list(row.find_all(["td", "th"], recursive=False))
        while (waiting or any(column >= len(cells) for column in held)) and len(cells) < MAX_COLUMNS:
            column = len(cells)
            if column in held:
                left, text = held.pop(column)
                cells.append(text)
                if left > 1:
                    held[column] = (left - 1, text)
                continue
            if not waiting:
                cells.append("")
                continue
            cell = waiting.pop(0)
            text = _text(cell)
            width, height = _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_SPAN)
            for _ in range(width):
                if height > 1:
                    held[len(cells)] = (height - 1, text)
                cells.append(text)
        rows.append(cells[:MAX_COLUMNS])
    return Grid(rows)


def _text(cell: Tag) -> str:
    for one in cell.find_all(["script", "style"]):
        one.decompose()
    for one in cell.find_all(["br", "p", "div", "li"]):
        one.append("\n")
    return "\n".join(" ".join(line.split()) for line in cell.get_text().split("\n") if line.strip())


def _span(cell: Tag, name: str, limit: int) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), limit) if value.isascii() and value.isdigit() else 1
