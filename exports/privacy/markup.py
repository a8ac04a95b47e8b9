"""Everything written in a tree of tags: texts joined as they are read, attributes and comments on their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Tags that part nothing: the runs of one text. All others begin a new text.
_RUNS = frozenset((
    "r", "t", "rPr", "span", "b", "i", "u", "s", "em", "strong", "font", "a", "small", "big", "sub", "sup", "mark",
    "ins", "del", "smartTag", "sdt", "sdtContent", "hyperlink", "proofErr", "bookmarkStart", "bookmarkEnd", "wbr",
    "fld", "lang", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak", "code", "abbr", "label",
))  # fmt: skip
_LINES = frozenset(("br", "cr"))
_DESCRIPTIONS = frozenset(("panose", "panose1"))  # of a font's look, in twenty digits
_PROPERTIES = "Pr"  # rPr, pPr, … hold no text; they stand between runs without parting them


@dataclass(slots=True)
class Piece:
    """One text: what it is (``text``, ``attribute``, ``comment``), the tag it stands in, its line, the last ``ref``."""

    text: str
    kind: str
    tag: str
    line: int
    ref: str = ""


def pieces_of(root: Any, *, shortest: int) -> Iterator[Piece]:  # noqa: ANN401 - an element of lxml
    """Yield all texts of at least ``shortest`` signs under an element, itself included, in the document's order."""
    walk = _Walk(shortest)
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            yield from walk.leave(element)
            continue
        yield from walk.enter(element)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from walk.flush()


class _Walk:
    def __init__(self, shortest: int) -> None:
        self.shortest = shortest
        self.texts: list[str] = []
        self.tag, self.line, self.ref = "", 0, ""

    def enter(self, element: Any) -> Iterator[Piece]:  # noqa: ANN401
        line = element.sourceline or 0
        if not isinstance(element.tag, str):  # a comment, a processing instruction
            if element.text and len(element.text) >= self.shortest:
                yield Piece(element.text, "comment", "", line, self.ref)
            return
        tag = local(element.tag)
        ref = element.get("ref") or element.get("sqref") or ""
        if not (tag in _RUNS or tag in _LINES or tag.endswith(_PROPERTIES) or _is_setting(element)):
            yield from self.flush()
            self.tag, self.line, self.ref = tag, line, ref or self.ref
        for key, value in element.attrib.items():
            if len(value) >= self.shortest and not {tag, key} & _DESCRIPTIONS:
                yield Piece(value, "attribute", tag, line, self.ref)
        if tag in _LINES:
            self.texts.append("\n")
        elif element.text:
            self.texts.append(element.text)

    def leave(self, element: Any) -> Iterator[Piece]:  # noqa: ANN401
        if isinstance(element.tag, str):
            tag = local(element.tag)
            if not (tag in _RUNS or tag in _LINES or tag.endswith(_PROPERTIES) or _is_setting(element)):
                yield from self.flush()
        if element.tail:
            self.texts.append(element.tail)

    def flush(self) -> Iterator[Piece]:
        text = "".join(self.texts)
        self.texts = []
        if len(text) >= self.shortest:
            yield Piece(text, "text", self.tag, self.line, self.ref)


def _is_setting(element: Any) -> bool:  # noqa: ANN401
    """Tell whether an element stands among the settings of a run, such as its size: it parts no text."""
    parent = element.getparent()
    return parent is not None and isinstance(parent.tag, str) and local(parent.tag).endswith(_PROPERTIES)


def local(tag: str) -> str:
    """Return a tag's name without its namespace."""
    return tag.rsplit("}", 1)[-1]
