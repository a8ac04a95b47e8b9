"""Putting values into cells so that text stays text in every office program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from exports.words import printable
from exports.workbook.columns import Column, Kind
from exports.workbook.styles import DAY, TEXT, WHOLE, body_style, text_look

if TYPE_CHECKING:
    from openpyxl.cell import Cell

# A text that begins so would be run as a formula when the cell is edited, or by a program that reads the sheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767
CUT = "……（超出單元格容量，以下從略，全文以臺賬為準）"


def tidy(text: str) -> str:
    """Return ``text`` as a cell can hold it; what one cell cannot hold is cut, and says so."""
    text = printable(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(CUT)] + CUT


def put_text(cell: Cell, text: str) -> None:
    """Put text into a cell, never as a formula, an error value or a number."""
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def put(cell: Cell, value: str | int | date | None, column: Column) -> None:
    """Put one value of a ledger column into its cell, with the look that fits what it is."""
    cell.style = body_style(centred=column.centred, number_format=_format(value, column.kind))
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value


def _format(value: str | int | date | None, kind: Kind) -> str:
    if isinstance(value, str):
        return text_look(value)
    if kind is Kind.DATE:
        return DAY
    return WHOLE if kind in (Kind.INT, Kind.PERCENT) else TEXT


def shown(value: str | int | date | None) -> str:
    """Return what a value takes room for in its cell."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)
