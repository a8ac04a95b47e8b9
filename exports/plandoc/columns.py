"""Which column of a plan table holds what: headings matched by the words that carry the meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from exports.plandoc.deadlines import is_wording
from exports.plandoc.fold import plain
from exports.plandoc.labels import Role, role_of
from exports.plandoc.layout import Cell
from exports.plandoc.units import is_unit, read_names

MAX_HEADING = 24  # characters


class Column(Enum):
    """What a column holds."""

    NUMBER = "number"
    SECTION = "section"
    TEXT = "text"
    LEAD = "lead"
    CO = "co"
    DEADLINE = "deadline"
    OTHER = "other"


_BY_ROLE = {Role.LEAD: Column.LEAD, Role.CO: Column.CO, Role.DEADLINE: Column.DEADLINE}
_NOT_OURS = (
    r"领导|责任人|负责人|联系人|联络|电话|启动时间|开始时间|起始|备注|说明|进展|进度|状态|动态|办理情况|落实情况|完成情况"
    r"|考核责任|考核单位|考核部门|督办|督查|督导|监督|验收|投资|分值|扣分|评分|评价|效果|成果|是否|存在|未完成|解决方案|下一步|起止"
)
_OTHER_UNITS = (
    r"(?:责任|配合|实施|承办|协办|主体|办理|落实|参与|参加|协同|协助|完成|执行|整改|承担)\S{0,6}"
    r"(?:单位|部门|科室|处室|股室|机构|主体)|责任主体|责任分工|^责任者?$|^单位$|^co$|任务分工"
)
_BY_WHEN = r"时限|期限|截止|完成时间|时间节点|完成日期|时间要求|时间安排|推进时间|计划时间|^time$|^时间$|^deadline$"
_UNDER_WHICH = r"类别|分类|领域|板块|方面|一级指标|专项|^category$|^group$|任务类型|整改类型|所属|章节|大项"
_WHAT = r"任务|要求|内容|措施|目标|事项|举措|项目|要点|工作|指标|问题|清单|名称|标准|做法|重点|^task$"
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, re.compile(r"^(?:序号|编号|序|号|项次|系统内编号|任务编号|no\.?|id|序列)$", re.IGNORECASE)),
    (Column.OTHER, re.compile(_NOT_OURS)),
    (Column.LEAD, re.compile(r"牵头|主办|主要责任单位|主责|^owner$|^lead$")),
    (Column.CO, re.compile(_OTHER_UNITS)),
    (Column.DEADLINE, re.compile(_BY_WHEN)),
    (Column.CO, re.compile(r"(?<!计量)(?<!填报)(?<!报送)(?:单位|部门|科室)$")),
    (Column.SECTION, re.compile(_UNDER_WHICH)),
    (Column.TEXT, re.compile(_WHAT)),
)


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column | None:
    """Return what a column under this heading holds, None where the heading is not known."""
    words = plain(heading)
    if not words or len(words) > MAX_HEADING:
        return None
    short = re.sub(r"\([^()]*\)", "", words) or words
    role = role_of(short)
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    for column, pattern in _WORDS:
        if pattern.search(short):
            return column
    return None


def heading_row(rows: Sequence[Sequence[Cell]]) -> tuple[int, int, list[Column | None]] | None:
    """Return where the heading is (row, number of rows) and what its columns hold; None where there is none."""
    for place, row in enumerate(rows[:8]):
        columns = [column_of(cell.text) for cell in row]
        if not _is_heading([cell.text for cell in row], columns):
            continue
        second = rows[place + 1] if place + 1 < len(rows) else []
        if _is_second(row, second):
            under = [cell.text for cell in second] + [""] * (len(row) - len(second))
            leaves = [_leaf(over.text, text) for over, text in zip(row, under, strict=True)]
            return place, 2, leaves
        return place, 1, columns
    return None


def _is_heading(texts: Sequence[str], columns: Sequence[Column | None]) -> bool:
    distinct = {plain(text) for text in texts if text.strip()}
    known = {column for column in columns if column is not None}
    useful = known & {Column.LEAD, Column.CO, Column.DEADLINE}
    names = sum(column is not None for column in columns)
    filled = sum(bool(text.strip()) for text in texts)
    return (
        len(distinct) > 1
        and (bool(useful and (known - useful)) or {Column.NUMBER, Column.TEXT} <= known)
        and names * 3 >= filled * 2
    )


def _is_second(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    """Tell whether the row under a heading row belongs to it: the headings above span columns or rows."""
    if not second or len(second) > len(first):
        return False
    above = [plain(cell.text) for cell in first]
    below = [plain(cell.text) for cell in second] + [""] * (len(first) - len(second))
    spans = any(a and a == b for a, b in pairwise(above)) or "" in above
    if any(len(text) > MAX_HEADING for text in below) or not spans:
        return False
    fresh = [text for text, over in zip(below, above, strict=True) if text and text != over]
    return bool(fresh) and all(column_of(text) is not None for text in fresh)


def _leaf(over: str, under: str) -> Column | None:
    own = column_of(under) if under.strip() else None
    return own or column_of(over)


def guessed_columns(rows: Sequence[Sequence[Cell]]) -> list[Column | None] | None:
    """Tell columns by what stands in them: units, deadlines, numbers, and the longest text."""
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 3 or width < 2:  # noqa: PLR2004 - no rhythm to see
        return None
    columns: list[Column | None] = []
    lengths: list[float] = []
    for i in range(width):
        values = [row[i].text for row in rows if i < len(row) and row[i].text.strip()]
        columns.append(_by_content(values))
        lengths.append(sum(map(len, values)) / max(1, len(values)))
    texts = [i for i, column in enumerate(columns) if column is Column.TEXT]
    if not texts or not {Column.CO, Column.LEAD} & set(columns):
        return None
    return columns


def _by_content(values: Sequence[str]) -> Column | None:
    if not values:
        return None
    folded = [plain(value) for value in values]
    most = len(folded) * 0.7
    if (
        sum(bool(re.fullmatch(r"\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\)?[.、]?", value)) for value in folded)
        >= most
    ):
        return Column.NUMBER
    if sum(is_wording(value) for value in folded) >= most:
        return Column.DEADLINE
    if sum(_all_units(value) for value in folded) >= most:
        return Column.CO
    return Column.TEXT


def _all_units(value: str) -> bool:
    names = read_names(value)
    return bool(names) and len(value) < 200 and all(is_unit(plain(name.text)) or name.group for name in names)  # noqa: PLR2004
