"""Which column of a returned sheet holds what: headings wherever they stand, in one row or two, renamed or moved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from db.script import fold
from exports.workbook import travel
from exports.workbook.collect.cells import Sheet

LONGEST_HEADING = 20
LEAST_KNOWN = 3
"""Known headings a row must have to be a heading."""
_BY_NAME: dict[str, tuple[str, int]] = {}
for _column in reversed(travel.COLUMNS):
    _BY_NAME |= {fold(name).lower(): (_column.key, 1) for name in _column.synonyms}
_BY_NAME |= {fold(_column.title).lower(): (_column.key, 2) for _column in travel.COLUMNS}
_LAST = re.compile(r"上期|上月|上次|上季|上一期|前期")
_OF_LAST = {"percent": "last_percent", "text": "last_text"}
# Where no whole heading is known: the words that carry the meaning, the most telling first.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"编号|编码|代码|短码")),
    ("last_percent", re.compile(r"(?:上期|上月|上次)\S*(?:进度|比例|%)")),
    ("last_text", re.compile(r"上期|上月|上次")),
    ("finished_on", re.compile(r"(?:实际|办结|销号|完成的?)\S*(?:日期|时间)|完成日")),
    ("deadline", re.compile(r"时限|期限|截止")),
    ("next_step", re.compile(r"下一?步|打算|解决(?:措施|方案)")),
    ("problem", re.compile(r"问题|困难|原因")),
    ("status", re.compile(r"状态|是否(?:办结|完成)")),
    ("percent", re.compile(r"进度|百分比|完成率|比例|%")),
    ("text", re.compile(r"进展|情况|动态|成效")),
    ("measure", re.compile(r"举措|措施")),
    ("lead", re.compile(r"牵头|主办")),
    ("others", re.compile(r"(?:责任|配合|协同)\S{0,2}单位")),
    ("task", re.compile(r"任务|要点|事项|内容")),
)
_EXACT, _GUESSED = 2, 0
NOT_BY_PLACE = ("sequence", "code", "deadline_on")
"""Fields whose contents are not looked at: a column of the unit's own in their place would go unseen."""
TEXTS = frozenset(column.key for column in travel.COLUMNS if column.input and column.kind is travel.Kind.TEXT)
"""Input columns whose contents do not tell them from each other."""


@dataclass(slots=True)
class Heading:
    """A heading: its last row, the column of each field, titles of columns that are none of ours.

    ``placed`` are fields told only by where their column stands; ``doubtful`` those of them that nothing else bears
    out: running texts read alike, and the other columns are not all where they were sent.
    """

    row: int
    columns: dict[str, int]
    unknown: dict[int, str] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()

    @property
    def inputs(self) -> dict[str, int]:
        """Return the columns that the unit fills in."""
        return {key: column for key, column in self.columns.items() if key in travel.INPUTS}

    def add(self, key: str, column: int | None) -> None:
        """Note the column of one more field, unless it is another's already."""
        if column is not None and column not in self.columns.values():
            self.columns[key] = column
            self.unknown.pop(column, None)


@lru_cache(maxsize=20_000)
def field_of(title: str) -> tuple[str, int] | None:
    """Return the field of a whole heading and how sure it is, None where the heading is not known."""
    if not title or len(title) > LONGEST_HEADING * 2:
        return None
    folded = fold(title).lower().strip("*:：")
    known = _BY_NAME.get(folded) or _BY_NAME.get(re.sub(r"\([^()]*\)$", "", folded))
    if known is not None and known[0] == "text" and "%" in folded:
        return "percent", known[1]  # 目前進度 is a text, 目前進度(%) a number
    return known


@lru_cache(maxsize=20_000)
def _guess(title: str) -> str | None:
    folded = fold(title).lower()
    if not folded or len(folded) > LONGEST_HEADING:
        return None
    return next((key for key, words in _WORDS if words.search(folded)), None)


def titles_of(sheet: Sheet, row: int) -> tuple[str, ...]:
    """Return what stands in a row from the first column to the last that holds anything."""
    cells = sheet.rows.get(row, {})
    return tuple(sheet.text(row, column) for column in range(max(cells, default=-1) + 1))


def is_heading(sheet: Sheet, row: int) -> bool:
    """Tell whether a row names columns: enough known headings, and nothing long beside them."""
    known = set()
    for cell in sheet.rows[row].values():
        if isinstance(cell.value, str) and len(cell.value) <= LONGEST_HEADING * 2:
            found = field_of(cell.value)
            if found is not None:
                known.add(found[0])
    return len(known) >= LEAST_KNOWN


def heading_at(sheet: Sheet, row: int, order: Sequence[str]) -> Heading:
    """Return the heading that a row is; the row above may group its columns, the row below complete it.

    ``order`` are the fields in the order the sheet was sent with; a column whose title says nothing is told by
    its neighbours.
    """
    titles = _titles(sheet, row)
    below = row + 1
    if below in sheet.rows and _completes(sheet, below):
        titles |= _titles(sheet, below)
        row = below
    sure: dict[str, tuple[int, int]] = {}
    unknown: dict[int, str] = {}
    for column, title in sorted(titles.items()):
        found = field_of(title)
        key, rank = found or (_guess(title), _GUESSED)
        if key in _OF_LAST and rank != _EXACT and _LAST.search(fold(_above(sheet, row, column))):
            key = _OF_LAST[key]
        if key is None:
            unknown[column] = title
        elif key not in sure or sure[key][1] < rank:
            if key in sure:
                unknown[sure[key][0]] = titles[sure[key][0]]
            sure[key] = (column, rank)
        else:
            unknown[column] = title
    heading = Heading(row, {key: column for key, (column, _) in sure.items()}, unknown)
    _place_unknown(heading, order)
    return heading


def _titles(sheet: Sheet, row: int) -> dict[int, str]:
    return {column: cell.text for column, cell in sheet.rows[row].items() if cell.text}


def _completes(sheet: Sheet, below: int) -> bool:
    """Tell whether the row below is the lower half of a heading of two rows."""
    cells = sheet.rows[below]
    if any(len(cell.text) > LONGEST_HEADING for cell in cells.values()):
        return False
    known = [column for column, cell in cells.items() if field_of(cell.text) is not None]
    return len(known) >= 2 and len(known) * 3 >= len(cells) * 2  # noqa: PLR2004 - most of what stands there


def _above(sheet: Sheet, row: int, column: int) -> str:
    """Return the title over a column, also where it is merged over several."""
    for (top, left), (bottom, right) in sheet.merged:
        if top < row and bottom < row and top >= row - 2 and left <= column <= right:
            return sheet.text(top, left)
    return sheet.text(row - 1, column) if row else ""


def _place_unknown(heading: Heading, order: Sequence[str]) -> None:
    """Tell columns of unknown titles by their neighbours, where these stand as they were sent."""
    at = {key: place for place, key in enumerate(order)}
    by_column = {column: key for key, column in heading.columns.items() if key in at}
    placed: set[str] = set()
    for column in sorted(heading.unknown):
        left = max((one for one in by_column if one < column), default=None)
        right = min((one for one in by_column if one > column), default=None)
        wanted = {at[by_column[one]] + column - one for one in (left, right) if one is not None}
        if left is None or len(wanted) != 1 or (right is None and column - left > 1):
            continue
        place = wanted.pop()
        if 0 <= place < len(order) and order[place] not in heading.columns and order[place] not in NOT_BY_PLACE:
            heading.columns[order[place]] = column
            placed.add(order[place])
    for key in placed:
        heading.unknown.pop(heading.columns[key])
    heading.placed = frozenset(placed)
    if len({heading.columns[key] - place if key in heading.columns else None for key, place in at.items()}) > 1:
        heading.doubtful = heading.placed & TEXTS


def by_place(columns: Mapping[str, int], row: int) -> Heading:
    """Return a heading for a sheet that has lost its own, from columns told by their contents."""
    return Heading(row, dict(columns), {}, frozenset(columns))
