"""A posting as a workbook: a new file of one sheet with nothing hidden in it, and of its maker only the office."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from exports.posting.content import AMOUNT, Content, Heading, Section
from exports.words import Words
from exports.workbook import cells, fit, styles

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_SIZE = 12.0
_MM = 72 / 25.4
_WIDTH = 166 * _MM  # points: A4 portrait between its margins
_INCH = 25.4
_MARGIN = 22  # mm
_MONEY = "公示金額"
_PARTED = "#,##0.00"
_ROOM = 4  # points free over and under the text of a row


def posting_bytes(content: Content, *, words: Words, paper: str = "A4") -> bytes:
    """Return the workbook of a posting."""
    book = styles.new_workbook(size=_SIZE)
    book.add_named_style(_money())
    sheet = book.worksheets[0]
    sheet.title = words.fixed("公示")
    _Writer(sheet, content).write()
    _set_page(sheet, paper, words)
    book.properties.title = content.title
    book.properties.creator = book.properties.lastModifiedBy = content.author
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _money() -> Any:  # noqa: ANN401 - openpyxl's style
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    line = Side(style="thin", color="FF000000")
    style = NamedStyle(name=_MONEY, font=Font(name=styles.BODY_FONT, size=_SIZE), number_format=_PARTED)
    style.border = Border(left=line, right=line, top=line, bottom=line)
    style.alignment = Alignment(horizontal="right", vertical="center")
    return style


class _Writer:
    """Writes row under row; ``at`` is the last row written, from 1. Tables of several policies share the columns."""

    def __init__(self, sheet: Worksheet, content: Content) -> None:
        self.sheet, self.content = sheet, content
        self.count = max(len(one.headings) for one in content.sections)
        self.at = 0

    def write(self) -> None:
        from openpyxl.utils import get_column_letter

        content = self.content
        widest = max(content.sections, key=lambda one: len(one.headings))
        whole = sum(heading.share for heading in widest.headings)
        for place, heading in enumerate(widest.headings, start=1):
            width = styles.column_characters(_WIDTH * heading.share / whole)
            self.sheet.column_dimensions[get_column_letter(place)].width = width
        self._across(content.title, styles.TITLE, styles.title_size(_SIZE))
        self._across("　　" + content.lead, styles.INFO, _SIZE + 1)
        self._across(content.span, styles.INFO, _SIZE + 1)
        for number, section in enumerate(content.sections, start=1):
            self._section(section, number if len(content.sections) > 1 else 0)
        for text in (content.capitals, *content.remarks, *content.closing):
            self._across(text, styles.INFO, _SIZE + 1)
        self._across(
            "　　".join(f"{title}：＿＿＿＿＿＿" for title in content.signers), styles.INFO, _SIZE + 1, more=14
        )
        for text in (content.committee + content.seal, content.day):
            self._across(text, styles.INFO_RIGHT, _SIZE + 1, more=14)
        self._across("　　".join(f"{title}：＿＿＿＿" for title in content.photo), styles.INFO, _SIZE + 1)

    def _section(self, section: Section, number: int) -> None:
        if number:
            self._across(f"{number}. {section.name}", styles.INFO, _SIZE + 1)
        if section.about:
            self._across(section.about, styles.INFO, _SIZE + 1)
        self.at += 1
        for place, heading in enumerate(section.headings, start=1):
            cell = self._cell(place)
            cell.style = styles.HEAD
            cells.put_text(cell, cells.tidy(heading.title))
        if not number:
            self.sheet.print_title_rows = f"{self.at}:{self.at}"
        for row, fen in zip(section.rows, section.sums, strict=True):
            self._row(section.headings, row, fen)
        self._row(section.headings, section.total, section.amount_fen)
        for text in section.remarks:
            self._across(text, styles.INFO, _SIZE + 1)

    def _row(self, headings: tuple[Heading, ...], row: tuple[str, ...], fen: int) -> None:
        self.at += 1
        for place, (heading, text) in enumerate(zip(headings, row, strict=True), start=1):
            cell = self._cell(place)
            if heading.key == AMOUNT:
                cell.style = _MONEY
                cell.value = fen / 100
            else:
                cell.style = styles.body_style(centred=heading.align != "left", number_format=styles.TEXT)
                cells.put_text(cell, cells.tidy(text))

    def _across(self, text: str, style: str, size: float, *, more: float = 0) -> None:
        self.at += 1
        for place in range(1, self.count + 1):
            self._cell(place).style = style
        cells.put_text(self._cell(1), cells.tidy(text))
        if self.count > 1:
            self.sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=1, end_column=self.count)
        height = fit.height(text, width=_WIDTH, size=size) + _ROOM + more
        self.sheet.row_dimensions[self.at].height = ceil(height)

    def _cell(self, place: int) -> Cell:
        return cast("Cell", self.sheet.cell(self.at, place))  # what is merged is written before it is merged


def _set_page(sheet: Worksheet, paper: str, words: Words) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    setup = sheet.page_setup
    setup.paperSize = {"A4": 9, "A3": 8}[paper.strip().upper()]
    setup.orientation = "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN / _INCH
    margins.header = margins.footer = 8 / _INCH
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    footer.center.text, footer.center.size = words.fixed("第 &P 頁　共 &N 頁"), 10
