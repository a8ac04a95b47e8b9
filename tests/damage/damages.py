"""What people and programs do to a sheet before it comes back. Each damage keeps the truth about the values."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from db.codes import tidy
from db.script import simplified
from tests.damage.paper import Mark, Page, Row, Square, Work

Damage = Callable[[Work, Random], None]
_RENAMED = {
    "code": ("編碼", "任務編號", "編 號"),
    "task": ("工作任務", "任務名稱", "工 作 要 求", "工作內容"),
    "lead": ("主辦單位", "牽頭責任單位"),
    "others": ("配合單位", "協同責任單位", "配合/責任單位"),
    "deadline": ("完成時間", "時限要求", "截止日期"),
    "percent": ("完成進度", "進度", "工作進度(%)", "目前進度（%）"),
    "status": ("辦理狀態", "是否辦結", "任務狀態"),
    "text": ("工作進展", "辦理情況", "推進落實情況", "目前進展"),
    "problem": ("問題", "具體問題", "未完成原因"),
    "next_step": ("下一步工作", "下一步打算", "下一步工作措施"),
    "finished_on": ("辦結時間", "實際完成日期"),
}


def _heading_free(page: Page) -> None:
    page.merged = [one for one in page.merged if one[1] == 0 and one[0] == one[2]]


def move_columns(work: Work, chance: Random) -> None:
    """Columns are put into another order."""
    for page in work.tables:
        _heading_free(page)
        width = max(len(row) for row in page.rows)
        order = list(range(width))
        for _ in range(chance.randint(1, 4)):
            order.insert(chance.randrange(width), order.pop(chance.randrange(width)))
        table = {place for place in range(max(0, page.heading - 1), len(page.rows)) if _in_table(page, place)}
        for place in table:
            row = page.rows[place] + [Square() for _ in range(width - len(page.rows[place]))]
            page.rows[place] = [row[one] for one in order]


def _in_table(page: Page, place: int) -> bool:
    row = page.rows[place]
    return sum(one.value is not None for one in row) > 1 or any(one.mark for one in row)


def rename_headings(work: Work, chance: Random) -> None:
    """Headings are written in the office's own words."""
    for page in work.tables:
        for key, column in page.columns().items():
            if key in _RENAMED and chance.random() < 0.5:
                page.rows[page.heading][column].value = chance.choice(_RENAMED[key])


def insert_column(work: Work, chance: Random) -> None:
    """A column of the unit's own stands between the others; what it holds must at least be reported."""
    for page in work.tables:
        _heading_free(page)
        at = chance.randrange(1, len(page.rows[page.heading]))
        title, filled = chance.choice((("股室", "辦公室"), ("經辦人", "甲某"), ("", None)))
        rows = set(page.task_rows())
        for place, row in enumerate(page.rows):
            square = Square(title or None if place == page.heading else None)
            if filled and place in rows:
                mark = Mark("", "", filled, None)
                work.marks.append(mark)
                square = Square(filled, mark=mark)
            row.insert(min(at, len(row)), square)


def delete_columns(work: Work, chance: Random) -> None:
    """Columns that are not the unit's to fill in are deleted."""
    for page in work.tables:
        _heading_free(page)
        idle = ("sequence", "others", "last_percent", "last_text", "lead", "deadline_on", "measure")
        chosen = [at for key in idle if (at := page.column(key)) is not None and chance.random() < 0.4]
        for row in page.rows:
            for at in sorted(chosen, reverse=True):
                if at < len(row):
                    del row[at]


def blank_rows(work: Work, chance: Random) -> None:
    """Blank rows are put between the others."""
    for page in work.tables:
        for _ in range(chance.randint(1, 3)):
            insert_row(page, chance.randrange(page.heading + 1, len(page.rows)), [])


def insert_row(page: Page, at: int, row: Row) -> None:
    page.rows.insert(at, row)
    page.merged = [
        (top + (top >= at), left, bottom + (bottom >= at), right) for top, left, bottom, right in page.merged
    ]
    if at <= page.heading:
        page.heading += 1


def delete_rows(work: Work, chance: Random) -> None:
    """Rows are deleted, with what was entered in them."""
    for page in work.tables:
        rows = page.task_rows()
        for place in sorted(chance.sample(rows, k=min(len(rows) // 3, 2)), reverse=True):
            del page.rows[place]
            page.merged = [
                (top - (top > place), left, bottom - (bottom > place), right)
                for top, left, bottom, right in page.merged
                if top != place
            ]


def sort_rows(work: Work, chance: Random) -> None:
    """The tasks are sorted by another column."""
    for page in work.tables:
        places = page.task_rows()
        rows = [page.rows[place] for place in places]
        chance.shuffle(rows)
        for place, row in zip(places, rows, strict=True):
            page.rows[place] = row


def repeat_heading(work: Work, chance: Random) -> None:
    """The heading stands again further down, as at a page break."""
    for page in work.tables:
        rows = page.task_rows()
        if rows:
            insert_row(page, chance.choice(rows), [Square(one.value) for one in page.rows[page.heading]])


def lose_upper_heading(work: Work, _: Random) -> None:
    """The upper row of the heading is gone."""
    for page in work.tables:
        if page.heading > 0 and sum(one.value is not None for one in page.rows[page.heading - 1]) > 1:
            del page.rows[page.heading - 1]
            page.merged = []
            page.heading -= 1


def more_title_rows(work: Work, chance: Random) -> None:
    """The unit puts lines of its own above."""
    for page in work.tables:
        for words in chance.sample(("附件2", "（加蓋公章）", "填報人：甲某　審核人：乙某", ""), k=2):
            insert_row(page, 0, [Square(words or None)])


def notes_at_end(work: Work, chance: Random) -> None:
    """Notes are written under the table."""
    work.tables[0].rows.append([Square(chance.choice(("備註：本表一式兩份。", "填表說明：以上情況屬實。")))])


def to_other_sheet(work: Work, _: Random) -> None:
    """The table is copied to a sheet of another name behind an empty one."""
    work.tables[0].name = "Sheet2"
    work.pages.insert(0, Page("Sheet1", [], -1))


def split_sheets(work: Work, chance: Random) -> None:
    """Half of the tasks are moved to a second sheet with the same heading."""
    page = work.tables[-1]
    rows = page.task_rows()
    if len(rows) < 2:
        return
    moved = rows[chance.randrange(1, len(rows)) :]
    heading = [Square(one.value) for one in page.rows[page.heading]]
    work.pages.append(Page("續表", [heading, *(page.rows[place] for place in moved)], 0))
    page.rows = [row for place, row in enumerate(page.rows) if place not in set(moved)]
    page.merged = []


def lose_hidden(work: Work, _: Random) -> None:
    """A program drops hidden sheets, properties, checks."""
    work.hidden, work.properties = [], {}


def rename_file(work: Work, chance: Random) -> None:
    """The file has another name."""
    name = chance.choice(("副本(2)最終版2", "更正", "12月報表（改）", "新建 Microsoft Excel 工作表", "匯總"))
    work.file_name = f"{name}.xlsx"


def simplify(work: Work, _: Random) -> None:
    """The whole sheet is turned to simplified characters."""
    for page in work.tables:
        for row in page.rows:
            for square in row:
                if isinstance(square.value, str) and square.mark is None:
                    square.value = simplified(square.value)


def spoil_codes(work: Work, chance: Random) -> None:
    """Codes are retyped: full-width, lower case, with blanks and other dashes."""
    for page in work.tables:
        column = page.column("code")
        for place in page.task_rows():
            if column is not None and chance.random() < 0.4:
                square = page.rows[place][column]
                text = str(square.value)
                square.value = chance.choice(
                    (text.lower(), text.replace("-", "－"), f" {text} ", text.replace("-", "—"))
                )


def lose_codes(work: Work, _: Random) -> None:
    """The column of codes is deleted: only the text of the tasks is left to tell the rows."""
    work.has_codes = False
    for page in work.tables:
        column = page.column("code")
        _heading_free(page)
        if column is not None:
            for row in page.rows:
                if column < len(row):
                    del row[column]


def merge_answers(work: Work, chance: Random) -> None:
    """Two neighbouring tasks share one merged answer."""
    page = work.tables[0]
    rows = page.task_rows()
    column = page.column("text")
    pairs = [(upper, lower) for upper, lower in pairwise(rows) if lower == upper + 1]
    if not pairs or column is None:
        return
    upper, lower = chance.choice(pairs)
    above, below = page.rows[upper][column], page.rows[lower][column]
    if above.mark is None:
        return
    if below.mark is not None:
        work.marks.remove(below.mark)
    code = tidy(str(page.rows[lower][page.columns()["code"]].value))
    shared = Mark(code, "text", above.mark.raw, above.mark.expected)
    page.rows[lower][column] = Square(mark=shared)
    work.marks.append(shared)
    page.merged.append((upper, column, lower, column))


def other_epoch(work: Work, _: Random) -> None:
    """A program for the Mac saves it: days are counted from 1904."""
    work.epoch_1904 = True


def lose_headings(work: Work, chance: Random) -> None:
    """Rows of the heading are deleted, as where only the body was copied; often a column was moved before."""
    if chance.random() < 0.7:
        move_columns(work, chance)
    for page in work.tables:
        above = page.heading > 0 and sum(one.value is not None for one in page.rows[page.heading - 1]) > 1
        first = page.heading - above
        del page.rows[first : page.heading + 1]
        page.merged, page.heading = [], first


DAMAGES: tuple[Damage, ...] = (
    move_columns,
    rename_headings,
    insert_column,
    delete_columns,
    blank_rows,
    delete_rows,
    sort_rows,
    repeat_heading,
    lose_upper_heading,
    more_title_rows,
    notes_at_end,
    to_other_sheet,
    split_sheets,
    lose_hidden,
    rename_file,
    simplify,
    spoil_codes,
    merge_answers,
    other_epoch,
)


def damage(work: Work, chance: Random, *, without_codes: bool) -> list[str]:
    """Do some damages to a workbook and return their names. What hides columns from the others comes last."""
    chosen = chance.sample(DAMAGES, k=chance.randint(1, 5))
    if without_codes and merge_answers in chosen:
        chosen.remove(merge_answers)  # it reads the codes, and a deleted column would part what it merged
    late = [one for one in (merge_answers, rename_headings, simplify) if one in chosen]
    order = [one for one in chosen if one not in late] + [lose_codes] * without_codes + late
    for one in order:
        one(work, chance)
    return [one.__name__ for one in order]
