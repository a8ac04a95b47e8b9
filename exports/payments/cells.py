"""What a cell of a payment sheet may hold: text, number, day, or something that cannot be used."""

from __future__ import annotations

from datetime import date, datetime

PLACES = ".15g"
"""What a spreadsheet itself shows of a number: fifteen digits, without the trace of binary fractions."""


class Broken(str):
    """A cell in error (``#REF!``) or a formula without a value; the text tells which."""

    __slots__ = ()


Value = str | float | bool | date | Broken
Row = dict[int, Value]
"""The filled cells of a row by column, counted from 0."""
FORMULA = Broken("公式沒有計算結果")


def text_of(value: Value | None) -> str:
    """Return a cell as it stood, on one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isalnum() else " ".join(value.split())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return number_text(value)


def number_text(value: float) -> str:
    """Return a number as a spreadsheet shows it, never in powers of ten: ``124.9788302``, ``80``."""
    text = format(value, PLACES)
    return text if "e" not in text else format(value, "f").rstrip("0").rstrip(".")
