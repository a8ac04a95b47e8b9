"""Points without numbers: a paragraph with the lines of its labels under it, and the next one."""

from __future__ import annotations

from dataclasses import dataclass

from exports.plandoc.labels import Role, find_labels
from exports.plandoc.layout import Layout, Line

FEWEST = 2  # blocks that show the author's way


@dataclass(frozen=True, slots=True)
class Block:
    """The span of a paragraph with its label lines; ``above`` counts the paragraphs between the block before and it."""

    start: int
    end: int
    above: int


def label_blocks(layout: Layout, start: int, end: int) -> list[Block]:
    """Return the blocks in a span; those whose labels name no unit are none."""
    found: list[Block] = []
    texts: list[Line] = []
    last: Line | None = None
    names = False
    for line in [*layout.lines_between(start, end), None]:
        roles = _roles(layout, line) if line is not None else frozenset[Role]()
        if line is not None and roles:
            last, names = line, names or bool(roles & {Role.LEAD, Role.CO})
            continue
        if last is not None and texts and names:
            found.append(Block(max(start, texts[-1].start), min(end, last.end), len(texts) - 1))
        if last is not None:
            texts, last, names = [], None, False
        if line is not None:
            texts.append(line)
    return found


def _roles(layout: Layout, line: Line) -> frozenset[Role]:
    """Return what the labels of a line say, if it begins with one."""
    labels = find_labels(layout.folded, line.start, line.end)
    begins = bool(labels) and not layout.folded[line.start : labels[0].start].strip("([【 ")
    return frozenset(label.role for label in labels) if begins else frozenset()
