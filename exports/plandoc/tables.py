"""Rows of plan tables to points: section, number, task, units and deadline from their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.drafts import PointDraft, ReviewDraft
from db.terms import UnitRole
from exports.plandoc.clauses import Clause, find_clauses, read_clause, read_value
from exports.plandoc.columns import Column, column_of, guessed_columns, heading_row
from exports.plandoc.deadlines import frequencies
from exports.plandoc.docnumber import CITED
from exports.plandoc.fold import fold_in_place, plain
from exports.plandoc.labels import find_labels
from exports.plandoc.layout import Cell, Layout, Table
from exports.plandoc.mapped import Heading, Settled, settled_heading
from exports.plandoc.numbering import ITEM, mark_at
from exports.plandoc.points import Rules, fill_deadlines, fill_units, point_text
from exports.plandoc.units import same_order

_NOTE = re.compile(r"^(?:备注|注[:：]|注\d|说明[:：]|填表说明|填报说明|合计|总计|制表|审核|填报人|单位负责人)")
_EMPTY = frozenset({"", "无", "-", "--", "/", "\\"})
_SECTION_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十]{1,3}\)")
_PARTICULAR = re.compile(
    r"[\[【]?(?:索引号|发文字号|文号|发布机构|发文机关|主题分类|体裁分类|信息分类|组配分类|成文日期|发文日期|发布日期|公开方式|公开范围|有效性)[:\]】]{0,2}$"
)
PARTICULARS = 8  # rows in which they stand
MAX_CATEGORY = 60  # characters of a row that is a heading for the rows below
MAX_STRAY = 3  # a shorter text alone in a row is a slip, no heading


@dataclass(slots=True)
class Rows:
    """The points of one table, its section headings, what was guessed, and its columns for a table that goes on."""

    points: list[PointDraft] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    review: list[ReviewDraft] = field(default_factory=list)
    columns: list[Column | None] = field(default_factory=list)
    title: str = ""
    known: dict[str, str] = field(default_factory=dict)


def headed(rows: Sequence[Sequence[Cell]], settled: Settled) -> Heading | None:
    """Return a table's heading and what its columns hold: as the clerk settled it, else by its words and the rows."""
    own = settled_heading(rows, settled)
    found = own or heading_row(rows)
    if own is not None or found is None:
        return own
    first, height, columns = found
    return first, height, _with_roles(list(columns), rows[first + height :])


def read_table(
    layout: Layout, table: Table, rules: Rules, before: Sequence[Column | None], settled: Settled
) -> Rows | None:
    """Return the points of a table, None where it is no plan table. ``before``: the columns of the table before."""
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    if sum(bool(_PARTICULAR.match(plain(cell.text))) for row in rows[:PARTICULARS] for cell in row) > 1:
        return None  # what a site tells of a document: its index number, its dates
    found = headed(rows, settled)
    result = Rows()
    if found is not None:
        first, height, columns = found
        result.title = _title_above(rows[:first])
        body, heads = rows[first + height :], rows[first : first + height]
    elif before and rows and max(map(len, rows)) == len(before):
        columns, body, heads = list(before), rows, []
    else:
        guess = guessed_columns(rows)
        if guess is None:
            return None
        columns, body, heads = guess, rows, []
        result.review.append(
            ReviewDraft("表格沒有可認的表頭，各列的含義按內容推定，請核對。", table.start, table.start)
        )
    if table.told:
        result.review.append(
            ReviewDraft("表格的換行和分隔已丟失，各格的界線按文句推定，請逐條核對。", table.start, table.start)
        )
    if found is None:
        columns = _with_roles(list(columns), body)
    if Column.TEXT not in columns:
        return None
    result.columns = columns
    repeated = {_words(row) for row in heads}
    _read_body(layout, result, [row for row in body if _words(row) not in repeated], rules)
    return result if result.points or heads else None


def _words(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in row)


def _title_above(rows: Sequence[Sequence[Cell]]) -> str:
    for row in rows:
        texts = list(dict.fromkeys(cell.text for cell in row if cell.text))
        if len(texts) == 1 and len(texts[0]) >= 4 and not re.match("截止|填报|单位|日期|时间", plain(texts[0])):  # noqa: PLR2004
            return re.sub(r"\s+", "", texts[0])
    return ""


def _with_roles(columns: list[Column | None], body: Sequence[Sequence[Cell]]) -> list[Column | None]:
    """Tell section columns from task columns: a section is merged or written once for several rows."""
    texts = [i for i, column in enumerate(columns) if column is Column.TEXT]
    body = [row for row in body if len({plain(cell.text) for cell in row if plain(cell.text) not in _EMPTY}) > 1]
    if not texts:
        unknown = [i for i, column in enumerate(columns) if column is None] or [
            i for i, column in enumerate(columns) if column is Column.SECTION
        ]
        if unknown:
            columns[max(unknown, key=lambda i: sum(len(_at(row, i)) for row in body))] = Column.TEXT
        return columns
    for i in texts[:-1]:
        if _numbered(body, texts[-1]) and not _numbered(body, i):
            columns[i] = Column.SECTION
            continue
        values = [plain(_at(row, i)) for row in body]
        merged = sum(not value or (place > 0 and value == values[place - 1]) for place, value in enumerate(values))
        if merged and (merged * 5 >= len(values) or any(mark_at(value, 0, len(value)) for value in values)):
            columns[i] = Column.SECTION
    numbers = [i for i, column in enumerate(columns) if column is Column.NUMBER]
    for i in numbers:
        values = [plain(_at(row, i)) for row in body if plain(_at(row, i))]
        if len(set(values)) * 10 < len(values) * 9 and Column.SECTION in columns:
            columns[i] = Column.OTHER  # the number of the section, merged like it
    return columns


def _numbered(body: Sequence[Sequence[Cell]], i: int) -> bool:
    """Tell whether the texts of a column carry the numbers of the rows."""
    values = [plain(_at(row, i)) for row in body if _at(row, i)]
    return sum(mark_at(value, 0, len(value)) is not None for value in values) * 10 >= len(values) * 8 > 0


def _at(row: Sequence[Cell], i: int) -> str:
    return row[i].text if i < len(row) else ""


def _read_body(layout: Layout, result: Rows, body: Sequence[Sequence[Cell]], rules: Rules) -> None:
    columns = result.columns
    section = ""
    for row in body:
        filled = [cell for cell in row if plain(cell.text) not in _EMPTY]
        if not filled or _NOTE.match(plain(filled[0].text)) or _is_heading_again(row):
            continue
        category = _category(row, columns)
        if category is not None:
            section = _add_section(result, category)
            continue
        own = [cell.text for i, cell in enumerate(row[: len(columns)]) if columns[i] is Column.SECTION and cell.text]
        if own:
            section = _add_section(result, own[0])
        point = _row_point(layout, row, columns, section, rules, result)
        if point is not None:
            result.points.append(point)


def _is_heading_again(row: Sequence[Cell]) -> bool:
    known = [column_of(cell.text) for cell in row if cell.text]
    roles = {column for column in known if column in (Column.LEAD, Column.CO, Column.DEADLINE)}
    return len(known) >= 3 and len(roles) >= 1 and all(known) and len({plain(cell.text) for cell in row}) >= 3  # noqa: PLR2004


def _category(row: Sequence[Cell], columns: Sequence[Column | None]) -> str | None:
    """Return the heading that a row is: one text over all columns, or a text in the first cell alone."""
    filled = [i for i, cell in enumerate(row) if plain(cell.text) not in _EMPTY]
    kinds = [columns[min(i, len(columns) - 1)] for i in filled]
    first = row[filled[0]].text
    if len({plain(row[i].text) for i in filled}) == 1 and len(columns) > 1:
        if len(filled) == 1 and (kinds[0] in (Column.SECTION, Column.OTHER) or _is_bare_task(first, kinds[0])):
            return None
        return first if len(plain(first)) > MAX_STRAY else None
    if kinds == [Column.NUMBER, Column.TEXT]:
        second = row[filled[1]].text
        if _SECTION_NUMBER.fullmatch(plain(first)) and len(second) < MAX_CATEGORY:
            return first + "、" * (not plain(first).endswith(("、", ")", "."))) + second
    return None


def _is_bare_task(text: str, kind: Column | None) -> bool:
    """Tell whether a text alone in its row is a task whose other cells are empty: long, or numbered like one."""
    if kind is not Column.TEXT:
        return False
    words = plain(text)
    mark = mark_at(words, 0, len(words))
    return len(words) > MAX_CATEGORY or (mark is not None and mark.level >= ITEM)


def _add_section(result: Rows, text: str) -> str:
    words = re.sub(r"\s+", "", text)
    known = result.known.setdefault(fold_in_place(words), words)
    if known is words:
        result.sections.append(words)
    return known


def _row_point(
    layout: Layout, row: Sequence[Cell], columns: Sequence[Column | None], section: str, rules: Rules, result: Rows
) -> PointDraft | None:
    cells = {
        column: [c for i, c in enumerate(row[: len(columns)]) if columns[i] is column and c.text] for column in Column
    }
    tasks = list({cell.text: cell for cell in cells[Column.TEXT]}.values())
    if not tasks:
        tasks = cells[Column.SECTION][-1:] if cells[Column.LEAD] or cells[Column.CO] else []
    if not tasks:
        return None
    number = next((cell.text for cell in cells[Column.NUMBER]), "")
    first = tasks[0]
    mark = mark_at(layout.folded, first.start, first.end)
    text_start = first.start
    if mark is not None and not number:
        number, text_start = layout.text[mark.start : mark.end].strip(), mark.end
    inside = [clause for cell in tasks for clause in find_clauses(layout.text, layout.folded, cell.start, cell.end)]
    parts = [point_text(layout, text_start if cell is first else cell.start, cell.end, inside) for cell in tasks]
    point = PointDraft(re.sub(r"\s+", "", number), "\n".join(part for part in parts if part), section=section)
    point.start, point.end = _row_span(row)
    clauses = [*inside, *_cell_clauses(cells)]
    fill_units(point, clauses, rules, point.start)
    point.clauses = [clause.text for clause in inside]
    fill_deadlines(point, clauses, layout, (first.start, tasks[-1].end), rules)
    for cell in tasks:
        point.cited.extend(
            re.sub(r"\s", "", layout.text[m.start() : m.end()])
            for m in CITED.finditer(layout.folded, cell.start, cell.end)
        )
        point.duties.extend(layout.text[a:b] for a, b in frequencies(layout.folded, cell.start, cell.end))
    result.standing.extend(name.text for clause in clauses for name in clause.standing)
    point.cited = same_order(point.cited)
    return point


def _row_span(row: Sequence[Cell]) -> tuple[int, int]:
    filled = [cell for cell in row if cell.end > cell.start]
    return min(cell.start for cell in filled), max(cell.end for cell in filled)


def _cell_clauses(cells: dict[Column, list[Cell]]) -> list[Clause]:
    found: list[Clause] = []
    for column, role in ((Column.LEAD, UnitRole.LEAD), (Column.CO, UnitRole.CO)):
        for cell in dict.fromkeys(cells[column]):
            folded = fold_in_place(cell.text)
            labelled = read_clause(cell.text) if find_labels(folded, 0, len(folded)) else None
            if labelled is not None:
                found.append(labelled)
                continue
            clause = Clause(0, 0, cell.text)
            read_value(clause, cell.text, role)
            found.append(clause)
    found.extend(
        Clause(0, 0, "", deadlines=[cell.text] if plain(cell.text) not in _EMPTY else [])
        for cell in cells[Column.DEADLINE]
    )
    return found
