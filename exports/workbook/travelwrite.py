"""Writing one unit's travelling workbook (分發表): what ``travel`` declares, in a form every office program keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from db.outgoing import Outgoing, OutgoingRow, OutgoingSheet
from db.settings import Office
from db.terms import TaskState
from exports.words import Words, words_of
from exports.workbook import cells, fit, styles, travel, travelguard
from exports.workbook.ledger import set_properties
from exports.workbook.page import Paper, paper_named, set_page
from exports.workbook.table import text_weight

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

PAPER = "A4"
_SIZE = 9.0
_TALLEST = 409.0
"""Points a row can be high in Excel."""
_ROOM_TO_WRITE = {"text": 70.0, "problem": 26.0, "next_step": 30.0}
"""Characters an input column is given room for."""
_LEAST_HEIGHT = 36.0
_CUT = "……（全文見臺賬）"
NOTES = (
    "只填「{inputs}」各欄；其餘各欄請勿改動，編號請保留，以便核對。",
    "進度填 0 到 100 的數字；狀態從下拉列表中選；完成日期填年月日，如 2022-6-28；狀態為「已完成」的要填完成日期。",
    "空白表示本期不報；要清除以前報過的內容，請填「{erase}」。",
    "需要增加的事項寫在「{new}」下面。請於 {due} 前報回本文件，不要另存為其他格式，不要加密碼。",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the input cells when a sheet goes back to be mended.

    Both map a row's code and a field to what the cell shows, and to the note on it that says what is expected.
    """

    values: Mapping[tuple[str, str], Any]
    notes: Mapping[tuple[str, str], str]


def workbook_bytes(outgoing: Outgoing, sheet: OutgoingSheet, *, office: Office, filled: Filled | None = None) -> bytes:
    """Return the workbook of one unit. ``filled`` puts contents and notes into input cells, which are blank without."""
    words = words_of(office)
    book = styles.new_workbook(size=_SIZE)
    travelguard.add_input_styles(book, size=_SIZE)
    page = book.worksheets[0]
    page.title = words.fixed(travel.SHEET)
    _Writer(page, outgoing, sheet, words, filled or Filled({}, {})).write()
    identity = identity_of(outgoing, sheet)
    travelguard.write_hidden(book, identity, [(row.code, row.role) for row in sheet.rows], words)
    travelguard.set_marks(book, identity)
    set_properties(book, title=_title(outgoing, words), office=office)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def identity_of(outgoing: Outgoing, sheet: OutgoingSheet) -> travel.Identity:
    """Return what a workbook says of itself."""
    return travel.Identity(
        token=sheet.token,
        dispatch=outgoing.code,
        unit=sheet.unit,
        period=outgoing.period,
        year=str(outgoing.year),
        due=outgoing.due_on.isoformat(),
    )


def columns_of(sheet: OutgoingSheet) -> list[travel.TravelColumn]:
    """Return the columns a unit's sheet has: all but the optional ones that nothing stands in."""
    return [
        column
        for column in travel.COLUMNS
        if not column.optional or any(row.sent.get(column.key) for row in sheet.rows)
    ]


def _title(outgoing: Outgoing, words: Words) -> str:
    return words.data(outgoing.title) + words.fixed(travel.SHEET)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


class _Writer:
    """Writes the visible sheet row under row; ``at`` is the last row written, from 1."""

    def __init__(self, page: Worksheet, outgoing: Outgoing, sheet: OutgoingSheet, words: Words, filled: Filled) -> None:
        self.page, self.outgoing, self.sheet, self.words, self.filled = page, outgoing, sheet, words, filled
        self.columns = columns_of(sheet)
        self.shown = [column for column in self.columns if not column.hidden]
        self.paper = paper_named(PAPER)
        self.widths = _widths(self.shown, sheet.rows, words, self.paper)
        self.at = 0

    def write(self) -> None:
        """Write everything and guard it."""
        self._columns()
        self._across(_title(self.outgoing, self.words), styles.TITLE, styles.title_size(_SIZE))
        self._across(self._particulars(), styles.INFO, _SIZE + 1)
        heading = self._heading()
        sequence = 0
        for role, band in travel.BANDS.items():
            rows = [row for row in self.sheet.rows if row.role is role]
            if rows:
                self._band(self.words.fixed(f"{band}（{len(rows)} 項）"))
            for row in rows:
                sequence += 1
                self._line(row, sequence)
        self._new_rows()
        last = self.at
        self._notes()
        travelguard.guard(self.page, self.columns, first=heading + 1, last=last, words=self.words)
        set_page(self.page, self.paper, heading_row=heading, words=self.words)
        self.page.print_title_rows = f"{heading - 1}:{heading}"
        self.page.print_area = f"A1:{_letter(len(self.shown))}{self.at}"
        self.page.freeze_panes = f"C{heading + 1}"

    def _columns(self) -> None:
        for place, column in enumerate(self.columns, start=1):
            dimension = self.page.column_dimensions[_letter(place)]
            dimension.number_format = styles.DAY if column.kind is travel.Kind.DATE else styles.TEXT
            if column.hidden:
                dimension.hidden = True
            else:
                dimension.width = styles.column_characters(self.widths[place - 1])

    def _particulars(self) -> str:
        period = self.outgoing.period
        parts = (
            ("填報單位：", self.words.data(self.sheet.unit)),
            ("報送期：", f"{period[:4]}年{int(period[5:])}月"),
            ("報送截止：", _day(self.outgoing.due_on)),
            ("分發號：", self.outgoing.code),
            ("識別碼：", self.sheet.token),
        )
        return "　".join(self.words.fixed(name) + value for name, value in parts)

    def _heading(self) -> int:
        """Write the two rows of the heading and return the lower one."""
        self.at += 1
        for group in travel.Group:
            places = [place for place, column in enumerate(self.shown, start=1) if column.group is group]
            self._merged(places[0], places[-1], self.words.fixed(group.value), styles.HEAD)
        self._height(20)
        self.at += 1
        tallest = 0.0
        for place, column in enumerate(self.columns, start=1):
            title = self.words.fixed(column.title)
            self._put(place, title, styles.HEAD)
            if not column.hidden:
                tallest = max(tallest, fit.height(title, width=self.widths[place - 1], size=_SIZE))
        self._height(tallest + 4)
        return self.at

    def _band(self, text: str) -> None:
        self.at += 1
        self._merged(1, len(self.shown), text, styles.BAND_SECTION)
        self._height(fit.height(text, width=self.paper.width, size=_SIZE) + 4)

    def _line(self, row: OutgoingRow, sequence: int) -> None:
        self.at += 1
        tallest = _LEAST_HEIGHT
        for place, column in enumerate(self.columns, start=1):
            value = self._value(row, column, sequence)
            text = cells.shown(value)
            if not column.hidden:
                width = self.widths[place - 1]
                if isinstance(value, str):
                    value = text = self._cut(value, width)
                tallest = max(tallest, fit.height(text, width=width, size=_SIZE))
            self._cell(place, column, value)
            note = self.filled.notes.get((row.code, column.key))
            if note:
                travelguard.annotate(self._at(place), self.words.fixed(note))
        self._height(tallest)

    def _value(self, row: OutgoingRow, column: travel.TravelColumn, sequence: int) -> str | int | date | None:
        if column.input:
            value = self.filled.values.get((row.code, column.key))
            if isinstance(value, TaskState):
                return self.words.fixed(value.label)
            return cells.tidy(value) if isinstance(value, str) else cast("int | date | None", value)
        if column.key == "sequence":
            return sequence
        sent = row.sent.get(column.key)
        if column.kind is travel.Kind.DATE:
            return date.fromisoformat(sent) if sent else None
        if isinstance(sent, str):
            return cells.tidy(sent if column.kind is travel.Kind.CODE else self.words.data(sent))
        return cast("int | None", sent)

    def _cut(self, text: str, width: float) -> str:
        """Return a text as far as one row can show it; the row is never split, for it must stay one when it returns."""
        if fit.height(text, width=width, size=_SIZE) <= _TALLEST:
            return text
        low, high = 0, len(text)
        mark = self.words.fixed(_CUT)
        while low < high:
            middle = (low + high + 1) // 2
            fits = fit.height(text[:middle] + mark, width=width, size=_SIZE) <= _TALLEST
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low] + mark

    def _new_rows(self) -> None:
        self._band(self.words.fixed(f"{travel.NEW_BAND}（如有，請填在下面各行）"))
        for _ in range(travel.NEW_ROWS):
            self.at += 1
            for place, column in enumerate(self.columns, start=1):
                free = column.input or column.key in ("task", "measure", "deadline")
                self._cell(place, column, None, free=free)
            self._height(_LEAST_HEIGHT / 2)

    def _notes(self) -> None:
        inputs = "、".join(column.title for column in self.columns if column.input)
        facts = {
            "inputs": inputs,
            "erase": travel.ERASE,
            "new": travel.NEW_BAND,
            "due": _day(self.outgoing.due_on),
        }
        for number, note in enumerate(NOTES, start=1):
            start = f"{travel.NOTE_START}：" if number == 1 else "　　　　　"
            text = self.words.fixed(f"{start}{number}．{note.format(**facts)}")
            self._across(text, styles.INFO, _SIZE + 1)

    def _across(self, text: str, style: str, size: float) -> None:
        self.at += 1
        self._merged(1, len(self.shown), text, style)
        self._height(fit.height(text, width=sum(self.widths), size=size) + 4)

    def _merged(self, first: int, last: int, text: str, style: str) -> None:
        for place in range(first, last + 1):
            self._at(place).style = style
        self._put(first, text, style)
        if last > first:
            self.page.merge_cells(start_row=self.at, end_row=self.at, start_column=first, end_column=last)

    def _cell(
        self, place: int, column: travel.TravelColumn, value: str | int | date | None, *, free: bool = False
    ) -> None:
        cell = self._at(place)
        if column.input or free:
            cell.style = travelguard.input_style(column)
        else:
            cell.style = styles.body_style(centred=column.centred, number_format=travelguard.number_format(column))
        if isinstance(value, str):
            cells.put_text(cell, value)
        elif value is not None:
            cell.value = value

    def _put(self, place: int, text: str, style: str) -> None:
        cell = self._at(place)
        cell.style = style
        cells.put_text(cell, cells.tidy(text))

    def _at(self, place: int) -> Cell:
        return cast("Cell", self.page.cell(self.at, place))  # what is merged is written before it is merged

    def _height(self, points: float) -> None:
        self.page.row_dimensions[self.at].height = min(_TALLEST, ceil(points * 4) / 4)


def _widths(
    columns: Sequence[travel.TravelColumn], rows: Sequence[OutgoingRow], words: Words, paper: Paper
) -> list[float]:
    """Return the widths of columns in points, the page's together."""
    least = [column.width * _SIZE / 2 + fit.PADDING for column in columns]
    wanted = [0.0] * len(columns)
    for place, column in enumerate(columns):
        if column.grows:
            texts = [words.data(str(row.sent.get(column.key) or "")) for row in rows]
            wanted[place] = max(text_weight(texts), _ROOM_TO_WRITE.get(column.key, 0.0), 1.0)
    return fit.share(least, wanted, paper.width)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)
