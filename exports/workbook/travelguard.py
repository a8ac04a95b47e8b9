"""What keeps a travelling workbook usable and known: unlocked inputs, checks, colours, hidden marks of identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from db.terms import TaskState, UnitRole
from exports.words import Words
from exports.workbook import cells, styles, travel

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

_INPUT_SHADE = "FFFFFBE6"
_WRONG_SHADE = "FFF8CBAD"
_OVERDUE_SHADE = "FFFCE4D6"
_EARLIEST = date(2000, 1, 1)
_FULL = 100


def number_format(column: travel.TravelColumn) -> str:
    """Return the number format of a column's cells, blank ones included."""
    if column.kind is travel.Kind.DATE:
        return styles.DAY
    return styles.WHOLE if column.kind in (travel.Kind.WHOLE, travel.Kind.PERCENT) else styles.TEXT


def input_style(column: travel.TravelColumn) -> str:
    """Return the name of the style of unlocked cells of a column."""
    look = number_format(column)
    kind = {styles.TEXT: "文本", styles.WHOLE: "數字", styles.DAY: "日期"}[look]
    return f"填報{kind}{'居中' if column.centred else ''}"


def add_input_styles(book: Workbook, *, size: float) -> None:
    """Add the styles of unlocked cells: those of the body on a shade that says where to write."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    line = Side(style="thin", color="FF000000")
    made = {input_style(column): column for column in travel.COLUMNS}
    for name, column in made.items():
        style = NamedStyle(name=name, font=Font(name=styles.BODY_FONT, size=size))
        horizontal = "center" if column.centred else "left"
        style.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        style.border = Border(left=line, right=line, top=line, bottom=line)
        style.fill = PatternFill("solid", start_color=_INPUT_SHADE, end_color=_INPUT_SHADE)
        style.number_format = number_format(column)
        style.protection = Protection(locked=False)
        book.add_named_style(style)


def annotate(cell: Cell, note: str) -> None:
    """Mark a wrong cell with a note that says what is expected."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", start_color=_WRONG_SHADE, end_color=_WRONG_SHADE)
    cell.comment = Comment(note, "政務臺賬", width=260, height=90)


def guard(page: Worksheet, columns: Sequence[travel.TravelColumn], *, first: int, last: int, words: Words) -> None:
    """Check what is entered in rows ``first`` to ``last``, colour what is overdue, lock the rest, offer the filter."""
    from openpyxl.utils import get_column_letter

    letters = {column.key: get_column_letter(place) for place, column in enumerate(columns, start=1)}
    for column in columns:
        check = _check(column, words)
        if check is not None:
            page.add_data_validation(check)
            check.add(f"{letters[column.key]}{first}:{letters[column.key]}{last}")
    if "deadline_on" in letters:
        _colour_overdue(page, letters, first=first, last=last, words=words)
    shown = [column for column in columns if not column.hidden]
    page.auto_filter.ref = f"A{first - 1}:{get_column_letter(len(shown))}{last}"
    protection = page.protection
    protection.sheet = True
    # Each of these names what is locked: a filter, a sort, and the look of cells, columns and rows stay free.
    protection.autoFilter = protection.sort = False
    protection.formatCells = protection.formatColumns = protection.formatRows = False


def _check(column: travel.TravelColumn, words: Words) -> DataValidation | None:
    """Return what a column's cells are checked for; without a mark of erasing, for a program that checks refuses it."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not column.input or column.kind is travel.Kind.TEXT:
        return None
    if column.kind is travel.Kind.STATUS:
        check = DataValidation(type="list", formula1=f"{travel.LISTS_SHEET}!$A$1:$A${len(travel.STATES) + 1}")
        hint = "請從下拉列表中選一個。"
    elif column.kind is travel.Kind.PERCENT:
        check = DataValidation(type="whole", operator="between", formula1="0", formula2=str(_FULL))
        hint = "請填 0 到 100 的整數，不帶百分號。"
    else:
        serial = (_EARLIEST - date(1899, 12, 30)).days
        check = DataValidation(type="date", operator="greaterThanOrEqual", formula1=str(serial))
        hint = "請填日期，如 2022-6-28。"
    check.allow_blank = True
    # A warning, not a wall: the unit may still enter 清空, and the reader checks everything again.
    check.errorStyle = "warning"
    check.errorTitle = check.promptTitle = words.fixed(column.title)
    check.error = check.prompt = words.fixed(hint)
    check.showErrorMessage = check.showInputMessage = True
    return check


def _colour_overdue(page: Worksheet, letters: dict[str, str], *, first: int, last: int, words: Words) -> None:
    """Shade rows whose day is past today and that are neither complete before nor reported so now."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    due, percent, status, before = (letters[key] for key in ("deadline_on", "percent", "status", "last_percent"))
    done = words.fixed(TaskState.DONE.label)
    formula = (
        f"AND(ISNUMBER(${due}{first}),${due}{first}<TODAY(),${percent}{first}<>{_FULL},${before}{first}<>{_FULL},"
        f'${status}{first}<>"{done}")'
    )
    look = DifferentialStyle(fill=PatternFill(bgColor=_OVERDUE_SHADE, fill_type="solid"))
    rule = Rule(type="expression", dxf=look, formula=[formula])
    page.conditional_formatting.add(f"A{first}:{letters['deadline']}{last}", rule)


def write_hidden(book: Workbook, identity: travel.Identity, rows: Sequence[tuple[str, UnitRole]], words: Words) -> None:
    """Write the hidden sheets: what the workbook is with its rows' codes, and the list of states to choose from."""
    marks = book.create_sheet(travel.IDENTITY_SHEET)
    lists = book.create_sheet(travel.LISTS_SHEET)
    lines = [*identity.pairs(), *(("row", code, role.value) for code, role in rows)]
    choices = [(words.fixed(one),) for one in (*(state.label for state in travel.STATES), travel.ERASE)]
    for sheet, table in ((marks, lines), (lists, choices)):
        for at, line in enumerate(table, start=1):
            for place, text in enumerate(line, start=1):
                cell = cast("Cell", sheet.cell(at, place))
                cell.number_format = styles.TEXT
                cells.put_text(cell, cells.tidy(text))
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True


def set_marks(book: Workbook, identity: travel.Identity) -> None:
    """Say in the document's own properties what it is."""
    from openpyxl.packaging.custom import StringProperty

    inside: Any = book  # the stubs do not know the properties yet
    for name, value in identity.pairs():
        inside.custom_doc_props.append(StringProperty(name=travel.PROPERTY + name, value=value))
