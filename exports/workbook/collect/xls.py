"""Workbooks of the old kind (.xls, .et): values through calamine, the formats of numbers from the records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from db.errors import UnreadableInput
from exports.workbook.collect.cells import Book, Cell, Place, Sheet
from exports.workbook.collect.numbers import builtin_kind, format_kind
from exports.workbook.collect.package import damaged, passworded, too_large

MOST_AREA = 4_000_000
_BOUNDSHEET, _BOF, _EOF, _FORMAT, _XF, _FILEPASS, _DATEMODE = 0x85, 0x809, 0x0A, 0x41E, 0xE0, 0x2F, 0x22
_NUMBER, _RK, _MULRK, _FORMULA, _LABELS = 0x203, 0x27E, 0xBD, 0x06, frozenset({0xFD, 0x204, 0xD6})
_WIDE = 1


@dataclass(slots=True)
class _SheetRecords:
    """What the records of one sheet tell: cells in a percent format, formulas, and how far cells reach."""

    percents: set[Place] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    rows: int = 0
    columns: int = 0

    def met(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def read_xls(content: bytes, name: str) -> Book:
    """Return the sheets of a workbook in a compound file; raise :class:`UnreadableInput` where it cannot be read."""
    records = _Records(_stream(content, name), name)
    if any(sheet.rows * sheet.columns > MOST_AREA for sheet in records.sheets):
        raise too_large(name)
    return Book(_sheets(content, name, records))


def _stream(content: bytes, name: str) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            streams = {"/".join(path).lower(): path for path in ole.listdir()}
            if "encryptedpackage" in streams or "encryptioninfo" in streams:
                raise passworded(name)
            path = streams.get("workbook") or streams.get("book")
            if path is None:
                raise UnreadableInput("「{name}」不是電子表格。請用 WPS 打開，另存為 .xlsx 後再交。", name=name)
            return bytes(ole.openstream(path).read())
    except (OSError, ValueError, IndexError, TypeError, struct.error) as error:
        raise damaged(name) from error


class _Records:
    """One pass over the records of a workbook."""

    def __init__(self, stream: bytes, name: str) -> None:
        self.sheets: list[_SheetRecords] = []
        self.mac_dates = False
        self._custom: dict[int, str] = {}
        self._kinds: list[str] = []
        depth = 0
        for kind, data in _each(stream):
            if kind == _FILEPASS:
                raise passworded(name)
            if kind == _BOF:
                depth += 1
                if len(data) >= 4 and data[2:4] == b"\x10\x00" and depth == 1:  # noqa: PLR2004 - a worksheet begins
                    self.sheets.append(_SheetRecords())
            elif kind == _EOF:
                depth -= 1
            else:
                self._take(kind, data)

    def _take(self, kind: int, data: bytes) -> None:
        try:
            if kind == _FORMAT:
                self._format(data)
            elif kind == _XF:
                number = struct.unpack_from("<H", data, 2)[0]
                self._kinds.append(self._custom.get(number) or builtin_kind(number))
            elif kind == _DATEMODE:
                self.mac_dates = data[:1] == b"\x01"
            elif self.sheets:
                self._cell(kind, data, self.sheets[-1])
        except struct.error:
            return  # a record cut short says nothing about formats; calamine judges the file as a whole

    def _format(self, data: bytes) -> None:
        number, length, wide = struct.unpack_from("<HHB", data)
        raw = data[5 : 5 + length * (2 if wide & _WIDE else 1)]
        code = raw.decode("utf-16-le" if wide & _WIDE else "latin-1", errors="replace")
        self._custom[number] = format_kind(code)

    def _cell(self, kind: int, data: bytes, sheet: _SheetRecords) -> None:
        if kind in _LABELS or kind in {_NUMBER, _RK, _FORMULA}:
            row, column, style = struct.unpack_from("<HHH", data)
            sheet.met(row, column)
            if kind == _FORMULA:
                sheet.formulas.add((row, column))
            if self._percent(style):
                sheet.percents.add((row, column))
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            for place in range((len(data) - 6) // 6):
                sheet.met(row, first + place)
                if self._percent(struct.unpack_from("<H", data, 4 + 6 * place)[0]):
                    sheet.percents.add((row, first + place))

    def _percent(self, style: int) -> bool:
        return style < len(self._kinds) and self._kinds[style] == "percent"


def _each(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _sheets(content: bytes, name: str, records: _Records) -> list[Sheet]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        visible = {one.name: one.visible == calamine.SheetVisibleEnum.Visible for one in book.sheets_metadata}
        loaded = [book.get_sheet_by_name(one) for one in book.sheet_names]
    except calamine.PasswordError as error:
        raise passworded(name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged(name) from error
    sheets = []
    for place, one in enumerate(loaded):
        known = records.sheets[place] if len(records.sheets) == len(loaded) else _SheetRecords()
        sheet = Sheet(one.name, {}, hidden=not visible.get(one.name, True), mac_dates=records.mac_dates)
        sheet.merged = list(one.merged_cell_ranges or [])
        for row, values in enumerate(one.to_python(skip_empty_area=False)):
            cells = {column: _cell(value, (row, column), known) for column, value in enumerate(values) if value != ""}
            if cells:
                sheet.rows[row] = cells
        sheets.append(sheet)
    return sheets


def _cell(value: object, place: Place, records: _SheetRecords) -> Cell:
    from datetime import date

    formula = place in records.formulas
    if isinstance(value, str | bool | date):
        error = isinstance(value, str) and formula and value.startswith("#")
        return Cell(value, formula=formula, error=error)
    if isinstance(value, int | float):
        return Cell(float(value), percent=place in records.percents, formula=formula)
    return Cell(str(value), formula=formula)
