"""The public items of a payment row beside name and sum: group, quantity, standard, day, note."""

from __future__ import annotations

import re
from datetime import date

from db.script import fold
from exports.payments.cells import Broken, Row, Value, text_of
from exports.payments.findings import Findings, without_private
from exports.payments.heading import Heading, day_told
from exports.payments.kept import Kept
from exports.payments.values import day_of, decimal_text

_NUMBER_UNIT = re.compile(r"(-?\d+(?:\.\d+)?)(\D{1,4})")
_LONGEST = 9
"""Digits before the point of the greatest quantity."""
_SHORTEST = 7
"""Digits of the shortest private number, a telephone."""


class Items:
    """Reads them from the rows of one sheet."""

    def __init__(self, heading: Heading, findings: Findings) -> None:
        self._columns, self._findings = dict(heading.places), findings
        self._quantity_unit, self._standard_unit = heading.unit_of("quantity"), heading.unit_of("standard")
        told = day_told(heading.titles)
        self._day = told.isoformat() if told is not None else None
        self._days: Kept[Value, str | None] = Kept()
        self._quantities: Kept[Value, tuple[str, str | None]] = Kept()
        self._standards: Kept[Value, str] = Kept()

    def text(self, at: int, row: Row, key: str) -> str:
        """Return a text; private numbers in it are masked and told."""
        column = self._columns.get(key)
        value = row.get(column) if column is not None else None
        if value is None:
            return ""
        if isinstance(value, Broken):
            self._findings.add("broken", at, column, value)
            return ""
        text = text_of(value)
        if text.isalpha() or sum(map(str.isdigit, text)) < _SHORTEST:
            return text
        masked, found = without_private(text)
        if found:
            self._findings.add("private_text", at, column, masked)
        return masked

    def quantity(self, at: int, row: Row) -> tuple[str, str]:
        """Return the quantity as a decimal number in text, and its unit."""
        column = self._columns.get("quantity")
        value = row.get(column) if column is not None else None
        if value is None:
            return "", ""
        found = self._quantities.get(value)
        if found is None:
            found = self._quantities[value] = _quantity(value)
        number, own = found
        if not number:
            self._findings.add("bad_quantity", at, column, text_of(value))
        return number, own or self.text(at, row, "unit") or self._quantity_unit

    def standard(self, at: int, row: Row) -> str:
        """Return the standard as it is printed: the figure as it stands, with the unit of its heading behind it."""
        column = self._columns.get("standard")
        value = row.get(column) if column is not None else None
        if value is None or isinstance(value, Broken):
            return ""
        found = self._standards.get(value)
        if found is None:
            figure = _figure(value)
            found = figure + self._standard_unit if figure else self.text(at, row, "standard")
            self._standards[value] = found
        return found

    def paid_on(self, at: int, row: Row) -> str | None:
        """Return the day of paying as it is stored, the title's where the row has none."""
        column = self._columns.get("paid_on")
        value = row.get(column) if column is not None else None
        if value is None:
            return self._day
        if value not in self._days:
            day: date | None = day_of(value)
            self._days[value] = day.isoformat() if day is not None else None
        found = self._days[value]
        if found is None:
            self._findings.add("bad_day", at, column, text_of(value))
        return found


def _figure(value: Value) -> str:
    """Return a number in text; what is longer than any quantity is a number of another kind, and not told."""
    text = decimal_text(value)
    return text if len(text.partition(".")[0]) <= _LONGEST else ""


def _quantity(value: Value) -> tuple[str, str | None]:
    """Return the number in a cell and the unit behind it: 5.2畝."""
    text = _figure(value)
    if text or decimal_text(value):
        return text, None
    written = text_of(value)
    found = _NUMBER_UNIT.fullmatch(fold(written))
    return (found[1], written[-len(found[2]) :]) if found is not None else ("", None)
