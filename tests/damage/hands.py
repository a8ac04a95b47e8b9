"""What people do to the real file by hand, and what programs do to its XML; the truth of each value goes along."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from itertools import pairwise
from random import Random

from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from db.codes import check_sign
from db.script import simplified
from exports.workbook import travel
from tests.damage.inplace import RealBook, cell_xml, codes_of, real
from tests.damage.paper import Mark

Hand = Callable[[RealBook, Random], None]
LONGEST = 32_767
LOCKED = "locked"
"""The field of a mark on a cell that is not the unit's: with its code left, a change in it must be told."""
_LAST_YEAR = "21"


def shift_right(work: RealBook, chance: Random) -> None:
    """The whole table is shifted to the right."""
    work.insert(column=1, count=chance.randint(1, 3))


def shift_down(work: RealBook, chance: Random) -> None:
    """The whole sheet is shifted down."""
    work.insert(row=1, count=chance.randint(1, 30))


def paste_row_again(work: RealBook, chance: Random) -> None:
    """A row is copied and pasted below with another answer: which one counts, only the unit can say."""
    marked = {row: work.marked(row, "text") for row in _single(work)}
    rows = [row for row, mark in marked.items() if mark is not None and mark.expected is not None]
    if not rows:
        return
    row = chance.choice(rows)
    _copied(work, row)
    old = work.marked(row, "text")
    assert old is not None
    old.expected = None
    text = f"更正：{str(old.raw)[:200]}"
    work.put(row + 1, "text", text, Mark(old.code, "text", text, None))


def _copied(work: RealBook, row: int) -> None:
    """Insert a copy of a row below it."""
    work.insert(row=row + 1)
    for column in range(1, work.page.max_column + 1):
        above, here = work.cell(row, column), work.cell(row + 1, column)
        here.value, here.data_type = above.value, above.data_type
        here._style = copy(above._style)  # type: ignore[attr-defined]
        work.marks += [(mark, here) for mark, cell in work.marks if cell is above]


def rows_of_another(work: RealBook, chance: Random) -> None:
    """One file holds rows of two units: those of another were copied under its own."""
    own = set(work.rows().values())
    path = chance.choice(work.others)
    strange = {code for code in codes_of(path) if sum(code in codes_of(other) for other in work.others) == 1} - own
    theirs = real(path, [])
    at, last = work.columns(), max(work.rows(), default=0)
    for row, code in theirs.rows().items():
        if code not in strange or not last:
            continue
        work.insert(row=last + 1)
        last += 1
        for key, column in theirs.columns().items():
            if key in at and key not in travel.INPUTS:
                work.cell(last, at[key]).value = theirs.cell(row, column).value
        text = f"代填：{chance.randint(10, 99)}項已辦結。"
        work.put(last, "text", text, Mark(code, "text", text, text))


def rows_of_last_year(work: RealBook, chance: Random) -> None:
    """Rows were pasted from last year's file: nothing in them can be placed."""
    rows = [row for row in work.rows() if work.marked(row, "text")]
    for row in chance.sample(rows, k=min(len(rows), 2)):
        column = work.columns()["code"]
        body = _LAST_YEAR + str(work.cell(row, column).value)[2:-1]
        code = body + check_sign(body)
        work.cell(row, column).value = code
        work.marks.append((Mark("", "code", code, None), work.cell(row, column)))
        work.marks = [(mark, cell) for mark, cell in work.marks if cell.row != row or mark.field != LOCKED]
        for mark, cell in work.marks:
            if cell.row == row:
                mark.expected = None


def swap_two_answers(work: RealBook, chance: Random) -> None:
    """Number and text stand in each other's columns, the headings as they were."""
    columns = work.columns()
    for row in [one for one in _single(work) if chance.random() < 0.5]:
        percent, text = work.marked(row, "percent"), work.marked(row, "text")
        if percent is None or text is None or not isinstance(percent.expected, int):
            continue
        work.cell(row, columns["percent"]).number_format = "General"
        work.put(row, "percent", text.raw, Mark(percent.code, "percent", text.raw, None))
        work.put(row, "text", percent.expected, Mark(percent.code, "text", percent.expected, None))


def merge_percents(work: RealBook, chance: Random) -> None:
    """Neighbouring tasks share one merged percentage."""
    columns, rows = work.columns(), work.rows()
    pairs = [
        (upper, lower)
        for upper, lower in pairwise(rows)
        if lower == upper + 1 and work.marked(upper, "percent") is not None
    ]
    if not pairs:
        return
    upper, lower = chance.choice(pairs)
    mark = work.marked(upper, "percent")
    assert mark is not None
    last = work.cell(lower, columns["last_percent"]).value if "last_percent" in columns else None
    below = isinstance(last, int | float) and isinstance(mark.expected, int) and mark.expected < last
    work.drop(lower, "percent")
    work.page.merge_cells(
        start_row=upper, end_row=lower, start_column=columns["percent"], end_column=columns["percent"]
    )
    shared = Mark(rows[lower], "percent", mark.raw, None if below else mark.expected)  # a lower one is asked about
    work.marks += [(shared, work.cell(row, columns["percent"])) for row in (upper, lower)]


def percents_as_text(work: RealBook, _: Random) -> None:
    """The column of percentages is formatted as text."""
    for mark, cell in work.marks:
        if mark.field == "percent" and isinstance(mark.expected, int):
            cell.value, cell.number_format, mark.raw = str(mark.expected), "@", str(mark.expected)


def formulas(work: RealBook, chance: Random) -> None:
    """Numbers were worked out on the spot: the cell holds a formula with its result."""
    for mark, cell in work.marks:
        if mark.field == "percent" and isinstance(cell.value, int) and chance.random() < 0.5:
            work.edits.append(cell_xml(cell, _with_formula))


def _with_formula(found: re.Match[bytes]) -> bytes:
    value = re.search(rb"<v>[^<]*</v>", found[2])
    head = found[0][: found[0].index(b">") + 1]
    return head + b"<f>SUM(1,2)</f>" + (value[0] if value else b"") + b"</c>"


def long_numbers(work: RealBook, chance: Random) -> None:
    """A number of more than fifteen digits has lost the last ones."""
    rows = _single(work)
    if rows:
        row = chance.choice(list(rows))
        number = chance.choice((12345678901234567, 4301221980010100000))
        work.put(row, "text", number, Mark(rows[row], "text", number, None))


def _single(work: RealBook) -> dict[int, str]:
    """Return the rows whose code stands on no other one and can be placed."""
    codes = list(work.rows().values())
    return {
        row: code for row, code in work.rows().items() if codes.count(code) == 1 and not code.startswith(_LAST_YEAR)
    }


def from_1904(work: RealBook, _: Random) -> None:
    """Days are counted from 1904."""
    work.book.epoch = CALENDAR_MAC_1904


def false_dimension(work: RealBook, chance: Random) -> None:
    """The sheet lies about how far it goes."""
    size = chance.choice((b'<dimension ref="A1:A1"/>', b'<dimension ref="A1:XFD1048576"/>', b""))
    work.edits.append(lambda xml: re.sub(rb"<dimension [^>]*/>", size, xml, count=1))


def blank_rows_below(work: RealBook, _: Random) -> None:
    """Thousands of styled blank rows follow."""
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (row, row) for row in range(5_000, 9_000))
    work.edits.append(lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>"))


def shared_texts(work: RealBook, _: Random) -> None:
    """Texts stand in a table of their own, as most programs write them."""
    work.shared = True


def hide_and_filter(work: RealBook, chance: Random) -> None:
    """Rows and columns are hidden, one answer is filtered for; what is hidden counts as well."""
    work.page.protection.sheet = False
    for row in work.rows():
        work.page.row_dimensions[row].hidden = chance.random() < 0.4
    work.page.column_dimensions["C"].hidden = True
    heading = work.heading
    work.page.auto_filter.ref = f"A{heading}:{work.page.cell(work.page.max_row, work.page.max_column).coordinate}"
    work.page.auto_filter.add_filter_column(2, ["進行中"])


def comments(work: RealBook, chance: Random) -> None:
    """Remarks hang on cells."""
    for _, cell in work.marks:
        if chance.random() < 0.3:
            cell.comment = Comment("已核實 80%", "甲某")


_ODD: tuple[tuple[str, str], ...] = (
    ("第一行\r\n第二行", "第一行\n第二行"),
    ("第一行\n\n第三行", "第一行\n\n第三行"),
    ("甲\t乙\t丙", "甲\t乙\t丙"),
    ("'=1+1", "'=1+1"),
    ("'00123", "'00123"),
    ("已完成　　", "已完成"),
    ("已\u00a0完\u00a0成三項", "已\u00a0完\u00a0成三項"),
    ("\u00a0已完成\u00a0", "已完成"),
    ("零\u200b寬\ufeff字", "零\u200b寬\ufeff字"),
    ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ("+86 辦理", "+86 辦理"),
    ("-", "-"),
    ("𠮷𡈽𠀋", "𠮷𡈽𠀋"),
    ("<b>&amp;\"'</b>", "<b>&amp;\"'</b>"),
    ("_x005F_x0041_字", "_x0041_字"),
    ("長" * LONGEST, "長" * LONGEST),
)


def odd_texts(work: RealBook, chance: Random) -> None:
    """Answers with line breaks, tabs, blanks of other kinds, the longest text there can be."""
    rows = _single(work)
    for row in chance.sample(list(rows), k=min(len(rows), 3)):
        raw, expected = chance.choice(_ODD)
        work.put(row, "text", raw, Mark(rows[row], "text", raw, expected))


def simple_script(work: RealBook, _: Random) -> None:
    """A unit that writes in the other script."""
    for mark, cell in work.marks:
        if isinstance(mark.raw, str) and isinstance(mark.expected, str) and mark.field in ("text", "problem"):
            mark.raw = cell.value = simplified(mark.raw)
            mark.expected = simplified(mark.expected)
            cell.data_type = "s"


def edit_a_task(work: RealBook, chance: Random) -> None:
    """A unit mends the wording of a task or of a measure, which is not its to change."""
    rows = _single(work)
    if rows:
        row, columns = chance.choice(list(rows)), work.columns()
        cell = work.cell(row, columns["measure" if "measure" in columns and chance.random() < 0.5 else "task"])
        text = str(cell.value or "")
        if len(text) > 30:
            at = chance.randrange(len(text) - 3)
            cell.value = text[:at] + "和" + text[at + 2 :]
            cell.data_type = "s"
            work.marks.append((Mark("", LOCKED, cell.value, None), cell))


def lose_heading(work: RealBook, _: Random) -> None:
    """The rows of the heading are deleted."""
    heading = work.heading
    work.remove(row=heading)
    work.remove(row=heading - 1)


def other_group_titles(work: RealBook, _: Random) -> None:
    """The titles over the groups of columns are exchanged."""
    above = work.heading - 1
    titled = [cell for cell in work.page[above] if cell.value]
    if len(titled) > 1:
        titled[0].value, titled[-1].value = titled[-1].value, titled[0].value


def delete_codes(work: RealBook, _: Random) -> None:
    """The column of codes is deleted."""
    column = work.columns().get("code")
    if column is not None:
        task = work.columns()["task"]
        work.anchors = [(work.cell(row, task), code) for row, code in work.rows().items()]
        work.remove(column=column)


BY_HAND: tuple[Hand, ...] = (
    shift_right,
    shift_down,
    paste_row_again,
    rows_of_another,
    rows_of_last_year,
    swap_two_answers,
    merge_percents,
    percents_as_text,
    formulas,
    long_numbers,
    from_1904,
    false_dimension,
    blank_rows_below,
    shared_texts,
    hide_and_filter,
    comments,
    odd_texts,
    simple_script,
    edit_a_task,
    other_group_titles,
)
_LATE = (odd_texts, simple_script, percents_as_text, swap_two_answers, long_numbers, paste_row_again)
_LAST = (merge_percents, formulas, shared_texts)
_NEED_CODES = (paste_row_again, rows_of_another, rows_of_last_year)


def handle(work: RealBook, chance: Random, *, without_codes: bool) -> list[str]:
    """Do some of it to a real workbook and return the names; what reads answers comes after what moves rows."""
    some = chance.sample(BY_HAND, k=chance.randint(1, 5))
    if without_codes:
        some = [one for one in some if one not in _NEED_CODES]
    if swap_two_answers in some and percents_as_text in some:
        some.remove(percents_as_text)
    order = [one for one in some if one not in _LATE + _LAST] + [delete_codes] * without_codes
    order += [one for one in _LATE if one in some] + [one for one in _LAST if one in some]
    if not without_codes and chance.random() < 0.05:
        order = [one for one in order if one is not merge_percents] + [lose_heading]
    for one in order:
        one(work, chance)
    if without_codes:
        work.marks = [(mark, cell) for mark, cell in work.marks if mark.field != LOCKED]
    return [one.__name__ for one in order]
