"""The tree of numbered headings, and which of its levels holds the work points.

The level that carries the unit clauses holds the points; where there are none, the level whose count runs
through the sections does, or the one right under the sections.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from exports.plandoc.layout import Layout, Line, Table
from exports.plandoc.numbering import DIGIT, ITEM, SECTION, Mark, hidden_marks, mark_at

MAX_HEADED = 60  # characters of a heading whose clause is for all points below it
FLAT_LINE = 300  # characters; a longer line may hold several paragraphs
SHORTEST_WITH_POINTS = 40  # characters of a paragraph that holds two points
FEW = 3


@dataclass(slots=True, eq=False)
class Node:
    """A numbered heading or point with what stands under it. ``end`` closes its own text, ``last`` the subtree."""

    mark: Mark
    end: int
    last: int
    children: list[Node] = field(default_factory=list)
    clause: bool = False

    def walk(self) -> list[Node]:
        """Return the node and everything under it, in order."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.children))
        return found


@dataclass(slots=True)
class Found:
    """The points of one running count with their section headings."""

    points: list[tuple[Node, Node | None]] = field(default_factory=list)
    sections: list[Node] = field(default_factory=list)
    idle: list[Node] = field(default_factory=list)


def read_marks(layout: Layout, says_who: Callable[[int, int], bool]) -> list[Mark]:
    """Return the number tokens of a document outside its tables, in order.

    ``says_who`` tells whether a span carries a clause: numbers inside a paragraph are points where each has its own.
    """
    at_lines = _line_marks(layout)
    hidden: list[Mark] = []
    inside: list[Mark] = []
    for line in layout.lines:
        if line.end - line.start >= (FLAT_LINE if len(at_lines) >= FEW else SHORTEST_WITH_POINTS):
            hidden.extend(hidden_marks(layout.folded, line.start, line.end))
        if line.end - line.start >= SHORTEST_WITH_POINTS:
            inside.extend(_points_inside(layout, line, inside[-1:], says_who))
    if not hidden and not inside:
        return at_lines
    flat = len(at_lines) < FEW <= len(hidden)
    shown = Counter(mark.level for mark in at_lines)
    found = Counter(mark.level for mark in hidden)
    levels = {
        level for level in found if flat or (level in (SECTION, ITEM) and shown[level] <= 1 and found[level] >= FEW)
    }
    chosen = [*(mark for mark in hidden if mark.level in levels), *inside, *at_lines]
    places = {mark.start: mark for mark in chosen}
    return [places[start] for start in sorted(places)]


def _points_inside(layout: Layout, line: Line, before: list[Mark], says_who: Callable[[int, int], bool]) -> list[Mark]:
    """Return the numbers inside a paragraph that count points with a clause each."""
    marks = hidden_marks(layout.folded, line.start, line.end, before)
    for level in (ITEM, DIGIT):
        own = [mark for mark in marks if mark.level == level]
        ends = [*(mark.start for mark in own[1:]), line.end]
        if len(own) > 1 and all(says_who(mark.end, end) for mark, end in zip(own, ends, strict=True)):
            return own
    return []


_ANNEXES = re.compile(r"附[件表][ ]?:[ ]{0,4}1[.、]")
_FOOT = re.compile(  # what a site puts under a document
    r"分享到|相关(?:阅读|链接|新闻|稿件|解读|附件)|[上下]一[篇条]|版权所有|主办(?:单位)?:|网站地图|扫一扫|【?(?:打印|关闭)(?:本页|窗口|】)"
)
_OVER = re.compile(f"{_ANNEXES.pattern}|{_FOOT.pattern}")


def _line_marks(layout: Layout) -> list[Mark]:
    """Return the numbers at the beginnings of paragraphs that fit into a count."""
    found: list[Mark] = []
    last: dict[int, int] = {}
    closed = True
    annexes = 0  # how many a list of annexes has counted so far
    for line in layout.lines:
        mark = mark_at(layout.folded, line.start, line.end)
        if found and _FOOT.match(layout.folded, line.start, line.end):
            break
        first = _ANNEXES.match(layout.folded, line.start, line.end)
        annexes = 1 if first else annexes + 1 if annexes and mark is not None and mark.value == annexes + 1 else 0
        if annexes:
            continue
        if mark is not None and mark.value and (closed or mark.value in (1, last.get(mark.level, 0) + 1)):
            found.append(mark)
            last[mark.level] = mark.value
        closed = layout.folded[line.end - 1] in "。;:!?)】》、" or line.end - line.start < 40  # noqa: PLR2004 - a heading
    return found


def build(layout: Layout, marks: Sequence[Mark], strength: Callable[[int, int], int]) -> list[Node]:
    """Return the outermost nodes of the tree.

    ``strength`` tells how firmly a span says who does it: where some clauses are set apart, those that are only
    words in a sentence do not tell points from prose.
    """
    roots: list[Node] = []
    stack: list[Node] = []
    strengths: list[tuple[Node, int]] = []
    tables = [
        block.start
        for block in layout.blocks
        if isinstance(block, Table) or _OVER.match(layout.folded, block.start, block.end)
    ]
    for place, mark in enumerate(marks):
        end = marks[place + 1].start if place + 1 < len(marks) else len(layout.text)
        barrier = bisect_left(tables, mark.start)
        if barrier < len(tables):
            end = min(end, tables[barrier])
        node = Node(mark, end, end)
        strengths.append((node, strength(mark.end, end)))
        while stack and stack[-1].mark.level >= mark.level:
            stack.pop()
        for above in stack:
            above.last = end
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    firmest = max((value for _, value in strengths), default=0)
    for node, value in strengths:
        node.clause = 0 < value == firmest
    return roots


def groups_of(roots: list[Node]) -> list[list[Node]]:
    """Part the outermost nodes where their count begins again: a notice may hold several plans."""
    groups: list[list[Node]] = []
    least = 0
    for root in roots:
        begins = root.mark.value == 1 and bool(groups) and groups[-1][-1].mark.value > 0
        if not groups or begins or root.mark.level < least:
            groups.append([])
            least = root.mark.level
        groups[-1].append(root)
        least = min(least, root.mark.level)
    return groups


def told_apart(groups: list[list[Node]], *, with_tables: bool) -> tuple[list[list[Node]], list[list[Node]]]:
    """Part the plans from the numbered sentences of a covering notice: only those that say who does what are plans."""
    told: tuple[list[list[Node]], list[list[Node]]] = ([], [])
    for group in groups:
        says = any(node.clause for root in group for node in root.walk())
        told[not says].append(group)
    return told if told[0] or with_tables else (groups, [])


def choose(roots: list[Node], frames: Callable[[Node], bool]) -> Found:
    """Return the nodes that are work points, each with the heading it stands under.

    ``frames`` tells whether a heading only frames the plan (總體要求, 組織保障): what it holds is no work point,
    unless the running count of the points goes through it.
    """
    nodes = [node for root in roots for node in root.walk()]
    levels = _clause_levels(roots, nodes)
    found = Found()
    if levels:
        for root in roots:
            _collect(root, None, levels, found, frames)
    else:
        level = _plain_level(roots, nodes)
        for root in roots:
            _collect_plain(root, None, level, found, frames)
    return found


def _clause_levels(roots: list[Node], nodes: list[Node]) -> set[int]:
    """Return the levels whose nodes carry clauses of their own, not just the clause of the node above."""
    own: Counter[int] = Counter()
    closed: list[Node] = []  # nodes whose clause stands behind the last of their children
    for parent, siblings in [(None, roots), *((node, node.children) for node in nodes)]:
        carrying = [node for node in siblings if node.clause]
        if parent is not None and len(siblings) > 1 and carrying == [siblings[-1]]:
            closed.append(parent)
        else:
            own.update(node.mark.level for node in carrying)
    closers = set(closed)
    closed = [node for node in closed if closers.isdisjoint(node.children)]
    if not own and len(closed) > 1:
        for node in closed:
            node.clause = True
        return {Counter(node.mark.level for node in closed).most_common(1)[0][0]}
    if not own:
        return {node.mark.level for node in nodes if node.clause and not node.children}
    most = max(own.values())
    return {level for level, count in own.items() if count >= max(2, most * 0.1) or count == most}


def _is_frame(node: Node, frames: Callable[[Node], bool], found: Found) -> bool:
    if any(one.clause for one in node.walk()) or not frames(node):
        return False
    return not (node.children and found.points and node.children[0].mark.value == found.points[-1][0].mark.value + 1)


def _collect(node: Node, above: Node | None, levels: set[int], found: Found, frames: Callable[[Node], bool]) -> None:
    if node.mark.level not in levels and _is_frame(node, frames, found):
        found.idle.append(node)
        return
    inner = [one for child in node.children for one in child.walk()]
    below = any(one.clause and one.mark.level in levels for one in inner)
    expected = any(child.mark.level in levels for child in node.children)
    level = node.mark.level
    if below and not (level in levels and _only_last(node.children)):
        if node.clause and node.end - node.mark.end > MAX_HEADED:
            found.points.append((node, above))
        else:
            found.sections.append(node)
        for child in node.children:
            _collect(child, node, levels, found, frames)
    elif level in levels or node.clause or any(one.clause for one in inner):
        found.points.append((node, above))
    elif expected:
        found.sections.append(node)
        for child in node.children:
            _collect(child, node, levels, found, frames)
    else:
        found.idle.append(node)


def _only_last(children: list[Node]) -> bool:
    return len(children) > 1 and [child for child in children if child.clause] == [children[-1]]


def _plain_level(roots: list[Node], nodes: list[Node]) -> int:
    """Return the level of the points in a document without clauses."""
    levels = sorted(
        {node.mark.level for node in nodes if node.mark.level <= DIGIT} or {node.mark.level for node in nodes}
    )
    if len(levels) == 1:
        return levels[0]
    for level in reversed(levels[1:]):
        values = [node.mark.value for node in nodes if node.mark.level == level]
        parents = sum(any(child.mark.level == level for child in node.children) for node in nodes)
        runs_through = parents > 1 and values.count(1) == 1 and len(values) >= FEW
        if runs_through:
            return level
    under = [child for root in roots for child in root.children]
    if not under:
        return levels[0]
    level = Counter(child.mark.level for child in under).most_common(1)[0][0]
    with_children = [node for node in under if node.children]
    short = [node for node in with_children if node.end - node.mark.end < 40]  # noqa: PLR2004 - a bare heading
    if len(with_children) * 2 > len(under) and len(short) * 4 >= len(with_children) * 3:
        return Counter(child.mark.level for node in short for child in node.children).most_common(1)[0][0]
    return level


def _collect_plain(node: Node, above: Node | None, level: int, found: Found, frames: Callable[[Node], bool]) -> None:
    if node.mark.level < level and _is_frame(node, frames, found):
        found.idle.append(node)
        return
    deeper = [child for child in node.children if any(one.mark.level == level for one in child.walk())]
    if node.mark.level < level and deeper:
        found.sections.append(node)
        for child in node.children:
            _collect_plain(child, node, level, found, frames)
    elif node.mark.level >= level or above is not None:
        found.points.append((node, above))
    else:
        found.idle.append(node)
