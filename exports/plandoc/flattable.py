"""A table whose tabs and line breaks are gone: found by its run of headings, cut at its running numbers.

What a cell boundary was can only be told where a sentence ends, where two names are glued, or where a date
begins; the rest stays one cell.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from exports.plandoc.columns import Column, column_of
from exports.plandoc.fold import plain
from exports.plandoc.labels import heading_pattern
from exports.plandoc.layout import Cell, Layout, Line, Table
from exports.plandoc.numbering import DIGIT, SECTION, Mark, hidden_marks
from exports.plandoc.units import is_unit, name_cuts, read_names

MAX_CELLS = 200  # characters that the cells behind a task take up where no full stop tells them apart
FEWEST_ROWS = 2  # fewer show no count to go by
BARE = 2  # characters of 責任 or 牽頭, which stand in any sentence
MIN_FLAT = 120  # characters; a shorter line holds no table
_TEXT_WORDS = (
    "序号", "编号", "工作任务", "主要任务", "重点任务", "具体任务", "任务名称", "任务内容", "任务分解", "工作要求",
    "具体要求", "任务要求", "工作内容", "主要内容", "具体内容", "公开内容", "工作措施", "具体措施", "主要措施",
    "重点工作", "工作目标", "目标任务", "任务目标", "工作事项", "公开事项", "事项名称", "项目名称", "重点事项",
    "工作项目", "工作重点", "工作举措", "具体举措", "类别", "领域", "任务", "要求", "内容", "措施", "目标", "项目",
    "事项", "举措", "备注",
    "目标值", "指标值", "分值", "权重", "得分", "计量单位",
    "进展情况", "完成情况", "工作进展", "佐证材料", "成果形式", "考核方式",
)  # fmt: skip
_ANY_TEXT = (
    r"(?!清单|台账|方案)[\u4e00-\u9fff]{2}(?:任务|要求|内容|措施|目标|项目|事项|举措|工作|指标|问题|名称|情况|领导)"
)
_WHOSE = "牵头|责任|分管|包保|包联|包抓|联系|主管|督办|协管|挂点|领办"
_PEOPLE = rf"(?:{_WHOSE})?[省市州县区]?级?领导|(?:责任|负责|联系|牵头|分管)人|联系电话|联系方式"
_WORD = "|".join(
    [_PEOPLE, rf"(?:其他|其它)?(?:{heading_pattern()})", *sorted(_TEXT_WORDS, key=len, reverse=True), _ANY_TEXT]
)
_HEADINGS = re.compile(rf"(?:(?:{_WORD})[ ]?){{3,14}}")
_ONE = re.compile(_WORD)
_RUNS_ON = re.compile(
    r"[:》)、,。;的和及与]|分解|分工|方案|清单|台账|情况|完成|办理|措施|汇总|一览"
)  # no heading ends here
_DEADLINE_TAIL = re.compile(
    r"(?:(?:到|于)?20\d\d年|持续|长期|常态|全年|年底|年内|(?:1[0-2]|[1-9])月|每(?:年|月|季)|[上下]半年|第?[一二三四]季度|立即|即时|随时|按时|适时|已完成)[^。]{0,40}$"
)


_DEADLINE_HEAD = re.compile(
    r"(?:到|于)?(?:(?:20\d\d年)?(?:1[0-2]|[1-9])月(?:\d{1,2}日)?(?:份)?[底末]?|20\d\d年?[底末]?|20\d\d\.\d{1,2}(?:\.\d{1,2})?"
    r"|(?:20\d\d)?年[底末内]|(?:20\d\d年)?(?:上半年|第?[一二三四]季度)[底末]?)(?:之?前)?(?:完成)?"
    r"|(?:持续|长期|常态化?|全年|立行立改)(?:推进|坚持|实施|开展|落实|整改)?"
    r"|每(?:年|月|季度?|半年|周)(?:\d{1,2}[日号])?[底末]?(?:前)?"
)
_NEXT_SECTION = re.compile(r"[\u4e00-\u9fff\"“”]{4,40}$")
_STRONG = r"(?:局|厅|办公室|办事处|委|会|中心|政府|单位|部门|公司|院|部|处|科|队|镇|街道)+(?:\([^()]{1,20}\))?"
_PLACES = r"各[市县区镇乡州]{1,3}(?:\([^()]{1,10}\))?(?:人民政府|政府|管委会)?"
_NAME = (
    rf"[省市区县州各国][^,。;、:()\[\]\d]{{1,14}}?{_STRONG}(?:[^,。;、:()省市区县州各国]{{1,3}}(?:办公室|部|办|室))?"
)
_RUN_OF_NAMES = re.compile(rf"(?:(?:{_PLACES}|{_NAME})[、,和]?)+")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its section heading where one begins here, and the span of number, task and cells behind it."""

    section: tuple[int, int] | None
    mark: Mark
    end: int


def unfold_flat_table(layout: Layout) -> Layout:
    """Return the layout with a flattened table put back into rows, unchanged where there is none."""
    if any(isinstance(block, Table) for block in layout.blocks):
        return layout
    for place, line in enumerate(layout.blocks):
        if not isinstance(line, Line) or line.end - line.start < MIN_FLAT:
            continue
        heading = _heading(layout.folded, line)
        if heading is None:
            continue
        table = _table(layout, line, heading)
        if table is not None:
            before = [Line(line.start, heading[0][0])] if heading[0][0] > line.start else []
            blocks = [*layout.blocks[:place], *before, table, *layout.blocks[place + 1 :]]
            return Layout(layout.text, layout.folded, blocks)
    return layout


def _heading(folded: str, line: Line) -> list[tuple[int, int]] | None:
    for match in _HEADINGS.finditer(folded, line.start, line.end):
        spans = [one.span() for one in _ONE.finditer(folded, match.start(), match.end())]
        columns = [column_of(folded[a:b]) for a, b in spans]
        if _RUNS_ON.match(folded, match.end()):
            continue
        named = any(
            column in (Column.LEAD, Column.CO) and b - a > BARE for column, (a, b) in zip(columns, spans, strict=True)
        )
        if not named and Column.NUMBER not in columns:
            continue
        if {Column.LEAD, Column.CO} & set(columns) and Column.TEXT in columns and len(set(columns)) >= 2:  # noqa: PLR2004
            return spans
    return None


def _table(layout: Layout, line: Line, heading: list[tuple[int, int]]) -> Table | None:
    columns = [column_of(layout.folded[a:b]) or Column.OTHER for a, b in heading]
    rows = _rows(layout.folded, heading[-1][1], line.end, numbered=Column.NUMBER in columns)
    if len(rows) < FEWEST_ROWS:
        return None
    texts = [i for i, column in enumerate(columns) if column in (Column.TEXT, Column.SECTION)]
    cells = [[_cell(layout, a, b) for a, b in heading]]
    middle = _units_in_the_middle(columns, texts)
    who = _after_people(layout.folded, rows) if _has_people(layout.folded, heading, columns) else ""
    carried: tuple[int, int] | None = None  # a section's heading that ran into the deadline before it
    for found in rows:
        row = replace(found, section=found.section or carried)
        if row.section and (len(texts) == 1 or middle):
            cells.append([_cell(layout, *row.section), *[_blank(row.mark.start)] * (len(columns) - 1)])
        spans = _middle_spans(layout.folded, row) if middle else _spans(layout.folded, row, columns, who)
        carried = spans.rest
        cells.append(_row_cells(layout, row, columns, texts, spans))
    return Table(cells, heading[0][0], line.end, told=True)


def _cell(layout: Layout, start: int, end: int) -> Cell:
    piece = layout.text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Cell(piece.strip(), start, start + len(piece.strip()))


def _blank(at: int) -> Cell:
    return Cell("", at, at)


def _rows(folded: str, start: int, end: int, *, numbered: bool) -> list[_Row]:
    marks = hidden_marks(folded, start, end)
    level = max((mark.level for mark in marks), default=SECTION)
    if sum(mark.level == DIGIT for mark in marks) >= FEWEST_ROWS:
        level = DIGIT
    plain_marks = _plain_numbers(folded, start, end) if numbered else []
    if len(plain_marks) > sum(mark.level == level for mark in marks):
        level = DIGIT
        marks = sorted([*(m for m in marks if m.level < DIGIT), *plain_marks], key=lambda mark: mark.start)
    rows: list[_Row] = []
    section: tuple[int, int] | None = None
    for mark, after in pairwise([*marks, Mark(0, 0, end, end)]):
        if mark.level < level:
            section = (mark.start, after.start)
        elif mark.level == level:
            rows.append(_Row(section, mark, after.start))
            section = None
        elif rows:
            rows[-1] = _Row(rows[-1].section, rows[-1].mark, after.start)
    return rows


_PLAIN = re.compile(r"(?<![\d.年第月至/-])(\d{1,3})(?=[\u4e00-\u9fff\"《])(?![年月日个项条号次天家万亿度元])")


def _plain_numbers(folded: str, start: int, end: int) -> list[Mark]:
    found: list[Mark] = []
    for match in _PLAIN.finditer(folded, start, end):
        value = int(match[1])
        if value == len(found) + 1:
            found.append(Mark(DIGIT, value, match.start(), match.end()))
    return found


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where the cells of a row stand; ``detail`` is a second text behind the units, ``rest`` no cell of this row."""

    task: tuple[int, int]
    lead: tuple[int, int]
    co: tuple[int, int]
    deadline: tuple[int, int]
    detail: tuple[int, int] | None = None
    rest: tuple[int, int] | None = None


def _units_in_the_middle(columns: list[Column], texts: list[int]) -> bool:
    units = [i for i, column in enumerate(columns) if column in (Column.LEAD, Column.CO)]
    return len(texts) > 1 and texts[0] < units[0] and units[-1] < texts[-1]


def _middle_spans(folded: str, row: _Row) -> _Spans:
    """Part task, units and requirement: the units are the first run of names behind the task."""
    run = _RUN_OF_NAMES.search(folded, row.mark.end + 2, row.end)
    if run is None:
        return _Spans((row.mark.end, row.end), (0, 0), (0, 0), (0, 0))
    start, stop = run.span()
    cut = _lead_end(folded, start, stop)
    return _Spans((row.mark.end, start), (start, cut), (cut, stop), (0, 0), detail=(stop, row.end))


def _has_people(folded: str, heading: list[tuple[int, int]], columns: list[Column]) -> bool:
    """Tell whether a column of persons stands right before the units."""
    units = next(i for i, column in enumerate(columns) if column in (Column.LEAD, Column.CO))
    return units > 0 and bool(re.search("领导|人$", folded[slice(*heading[units - 1])]))


def _after_people(folded: str, rows: list[_Row]) -> str:
    """Return the character with which the units of most rows begin behind a person's name (縣 of 縣發改局)."""
    found: Counter[str] = Counter()
    for row in rows:
        begin = _task_end(folded, row.mark.end, row.end)
        found.update(
            {folded[at] for at in range(begin + 2, min(begin + 5, row.end)) if folded[at] in "省市区县州盟旗镇乡"}
        )
    most = found.most_common(1)
    return most[0][0] if most and most[0][1] * 5 >= len(rows) * 4 else ""


def _spans(folded: str, row: _Row, columns: list[Column], who: str) -> _Spans:
    task_end = _task_end(folded, row.mark.end, row.end)
    stop, deadline, rest = row.end, (0, 0), None
    person = folded.find(who, task_end + 2, task_end + 5) if who else -1
    tail = _DEADLINE_TAIL.search(folded, task_end, stop) if Column.DEADLINE in columns else None
    if tail:
        deadline, stop = (tail.start(), stop), tail.start()
        head = _DEADLINE_HEAD.match(folded, *deadline)
        if head and columns[-1] is Column.OTHER:
            deadline = deadline[0], head.end()  # what follows is a note
        if head and _NEXT_SECTION.match(folded[head.end() : deadline[1]]):
            deadline, rest = (deadline[0], head.end()), (head.end(), deadline[1])
    units = cut = person if task_end < person < stop else task_end
    if Column.CO not in columns:
        cut = stop
    elif Column.LEAD in columns:
        cut = _lead_end(folded, units, stop)
    return _Spans((row.mark.end, task_end), (units, cut), (cut, stop), deadline, rest=rest)


def _row_cells(layout: Layout, row: _Row, columns: list[Column], texts: list[int], spans: _Spans) -> list[Cell]:
    own_number = Column.NUMBER in columns
    task = _cell(layout, spans.task[0] if own_number else row.mark.start, spans.task[1])
    parts = {Column.LEAD: spans.lead, Column.CO: spans.co, Column.DEADLINE: spans.deadline}
    of_task = texts[0] if spans.detail else texts[min(1, len(texts) - 1)]
    cells: list[Cell] = []
    for i, column in enumerate(columns):
        if column is Column.NUMBER:
            cells.append(_cell(layout, row.mark.start, row.mark.end))
        elif i == of_task:
            cells.append(task)
        elif i in texts and spans.detail:
            cells.append(_cell(layout, *spans.detail) if i == texts[-1] else _blank(row.mark.start))
        elif i in texts:
            cells.append(_cell(layout, *row.section) if row.section and i == texts[0] else _blank(row.mark.start))
        else:
            cells.append(_cell(layout, *parts.get(column, (0, 0))))
    return cells


def _task_end(folded: str, start: int, end: int) -> int:
    """A task ends with its last full stop; without one, where nothing but names and a date follow."""
    stop = max(folded.rfind(char, start, end) for char in "。!;")
    if stop > start and folded[stop + 1 : end].strip():
        return stop + 1
    if stop > start:
        return end
    for match in re.compile(r"[省市区县州各国相有全]|办公室|政务").finditer(
        folded, max(start + 4, end - MAX_CELLS), end
    ):
        piece = folded[match.start() : end]
        date = _DEADLINE_TAIL.search(piece)
        names = read_names(piece[: date.start()] if date else piece)
        if names and all(len(plain(n.text)) <= 16 and (n.group or is_unit(plain(n.text))) for n in names):  # noqa: PLR2004
            return match.start()
    return end


def _lead_end(folded: str, start: int, end: int) -> int:
    """The lead's cell ends where a name is followed by another with nothing between; a collective never leads."""
    names = read_names(folded[start:end])
    if not names or names[0].group:
        return start
    cuts = name_cuts(folded[start:end])
    for cut in cuts:
        rest = read_names(folded[start + cut : end])
        if rest and rest[0].group:
            return start + cut
    return start + cuts[-1] if cuts else end
