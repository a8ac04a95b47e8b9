"""The table of units and their counterparts as a workbook that can be corrected and brought in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy.orm import Session

from db import names, units
from db.models import Unit
from db.settings import Office
from db.terms import UnitLevel
from exports.safewrite import named_kind, safe_write_bytes
from exports.words import Words, words_of
from exports.workbook import cells, styles
from exports.workbook.ledger import set_properties
from exports.workbook.page import paper_named, set_page
from exports.workbook.unitfields import (
    COUNTERPART_FIELDS,
    COUNTERPARTS_SHEET,
    ERASE,
    HELP_SHEET,
    UNIT_FIELDS,
    UNITS_SHEET,
    Field,
)
from exports.workbook.unitread import read_units

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["read_units", "write_units"]

_SIZE = 11.0
_HELP = (
    "改好後用「導入」帶回：寫上的添加或更新，沒有寫的保持原樣，什麼都不會刪除。",
    f"空白的單元格表示不改；要清除原有內容，請填「{ERASE}」。",
    f"「{COUNTERPARTS_SHEET}」表裏出現的上級單位，它的縣級對口單位整體按表更新。",
    "欄目可以調換先後，可以刪去不用的欄目；表頭文字請不要改。",
)


def write_units(session: Session, target: Path, *, office: Office) -> Path:
    """Write units, counterparts and directions for filling in as three sheets; return the path.

    Bringing the file in again changes nothing. Units that no longer exist are left out.
    """
    words = words_of(office)
    present = [unit for level in UnitLevel for unit in units.listed(session, level=level)]
    book = styles.new_workbook(size=_SIZE)
    sheet = book.worksheets[0]
    sheet.title = words.fixed(UNITS_SHEET)
    _write(sheet, UNIT_FIELDS, (_unit(unit, words) for unit in present), words)
    _limit_levels(sheet, words)
    lines = _counterparts(session, present)
    _write(book.create_sheet(words.fixed(COUNTERPARTS_SHEET)), COUNTERPART_FIELDS, lines, words)
    _write_help(book.create_sheet(words.fixed(HELP_SHEET)), words)
    set_properties(book, title=words.fixed("單位表"), office=office)
    content = BytesIO()
    book.save(content)
    return safe_write_bytes(named_kind(target, ".xlsx"), content.getvalue())


def _unit(unit: Unit, words: Words) -> list[str | int]:
    return [
        unit.name,
        words.fixed(unit.level.label),
        unit.kind,
        unit.position,
        "、".join(alias.name for alias in unit.aliases),
        unit.leader,
        unit.telephone,
        unit.email,
        unit.note,
    ]


def _counterparts(session: Session, present: list[Unit]) -> Iterable[list[str | int]]:
    known = names.directory(session)
    for superior in present:
        for line in known.of(superior):
            county = known.units[line.county_id].name if line.county_id else ""
            yield [superior.name, county, line.position, line.note]


def _write(sheet: Worksheet, fields: Sequence[Field], lines: Iterable[Sequence[str | int]], words: Words) -> None:
    """Write a heading and lines; whole columns are text, so that a number typed later stays as typed."""
    from openpyxl.utils import get_column_letter

    for place, field in enumerate(fields, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = field.width, styles.TEXT
        cell = cast("Cell", sheet.cell(1, place))
        cell.style = styles.HEAD
        cells.put_text(cell, words.fixed(field.title))
    at = 1
    for at, line in enumerate(lines, start=2):
        for place, value in enumerate(line, start=1):
            cell = cast("Cell", sheet.cell(at, place))
            whole = isinstance(value, int)
            cell.style = styles.body_style(centred=whole, number_format=styles.WHOLE if whole else styles.TEXT)
            if isinstance(value, int):
                cell.value = value
            else:
                cells.put_text(cell, cells.tidy(value))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{at}"
    set_page(sheet, paper_named("A4"), heading_row=1, words=words)


def _limit_levels(sheet: Worksheet, words: Words) -> None:
    """Offer the levels as a list to choose from."""
    from openpyxl.worksheet.datavalidation import DataValidation

    labels = ",".join(words.fixed(level.label) for level in UnitLevel)
    choice = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
    sheet.add_data_validation(choice)
    place = [field.key for field in UNIT_FIELDS].index("level")
    letter = "ABCDEFGHIJ"[place]
    choice.add(f"{letter}2:{letter}5000")


def _write_help(sheet: Worksheet, words: Words) -> None:
    tables = ((UNITS_SHEET, UNIT_FIELDS), (COUNTERPARTS_SHEET, COUNTERPART_FIELDS))
    # The marks keep a line from being taken for a heading when the file comes back.
    lines = [(f"「{table}」表", field.title, field.help) for table, fields in tables for field in fields]
    lines += [("", "", sentence) for sentence in _HELP]
    for letter, width in (("A", 14), ("B", 16), ("C", 90)):
        sheet.column_dimensions[letter].width = width
    for at, line in enumerate((("表", "欄目", "怎樣填寫"), *lines), start=1):
        for place, text in enumerate(line, start=1):
            cell = cast("Cell", sheet.cell(at, place))
            cell.style = styles.HEAD if at == 1 else styles.body_style(centred=False, number_format=styles.TEXT)
            cells.put_text(cell, words.fixed(text))
