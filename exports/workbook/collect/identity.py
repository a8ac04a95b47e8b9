"""Which sending and unit a returned workbook answers: told by any of its marks that is left, else by its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.codes import find_tokens, is_valid
from db.sentrows import Sent, SentSheet
from exports.workbook import travel
from exports.workbook.collect.cells import Book, Sheet
from exports.workbook.collect.rows import count_codes, folded, row_text

TOP_ROWS = 12
"""Rows from the top in which the line under the title is looked for."""
_SHORT = 60
_RECENT = 6
"""Sendings, newest first, whose texts a sheet without any mark is compared with."""


def data_sheets(book: Book) -> list[Sheet]:
    """Return the sheets a unit may have written on."""
    return [sheet for sheet in book.sheets if sheet.name not in (travel.IDENTITY_SHEET, travel.LISTS_SHEET)]


@dataclass(frozen=True, slots=True)
class Marks:
    """The tokens a workbook shows: in its hidden sheet, its properties, its name."""

    hidden: str = ""
    properties: str = ""
    name: str = ""

    @property
    def best(self) -> str:
        """Return the most trusted one."""
        return self.hidden or self.properties or self.name


def marks_of(book: Book, name: str) -> Marks:
    """Return the marks of a workbook as a whole."""
    hidden = next((sheet for sheet in book.sheets if sheet.name == travel.IDENTITY_SHEET), None)
    properties = (value for key, value in book.properties.items() if key.startswith(travel.PROPERTY))
    return Marks(_first(_texts(hidden)) if hidden else "", _first(properties), _first([name]))


def _texts(sheet: Sheet, rows: int | None = None) -> Iterable[str]:
    for row in sorted(sheet.rows)[:rows]:
        for cell in sheet.rows[row].values():
            if isinstance(cell.value, str):
                yield cell.value


def _first(texts: Iterable[str]) -> str:
    for text in texts:
        tokens = find_tokens(text)
        if tokens:
            return tokens[0]
    return ""


def visible_token(sheet: Sheet) -> str:
    """Return the token in the line under the title."""
    return _first(text for text in _texts(sheet, TOP_ROWS) if "T" in text.upper())


def by_rows(sheet: Sheet, sent: Sent, name: str) -> SentSheet | None:
    """Return the dispatched sheet that the codes, else the texts of a sheet belong to; None where it cannot be told."""
    codes = count_codes(text for text in _texts(sheet) if len(text) <= _SHORT)
    known = sent.sheets_with(codes)
    if known:
        return _likeliest(sent, known, told_units(sheet, sent, name))
    counted: dict[int, int] = {}
    lines = {folded(text) for text in _texts(sheet) if len(text) >= 6}  # noqa: PLR2004 - shorter ones say nothing
    for dispatch in sent.dispatches()[:_RECENT]:
        for row in sent.rows_of_dispatch(dispatch):
            if folded(row.sent.get("task") or "") in lines:
                counted[row.sheet_id] = counted.get(row.sheet_id, 0) + 1
        if counted:
            return _likeliest(sent, counted, told_units(sheet, sent, name))
    return _by_likeness(sheet, sent, name)


def _by_likeness(sheet: Sheet, sent: Sent, name: str) -> SentSheet | None:
    """Compare texts that were changed with those of the newest sending."""
    from rapidfuzz import fuzz, process

    newest = sent.dispatches()[:1]
    rows = sent.rows_of_dispatch(newest[0]) if newest else []
    texts = [row_text(row.sent.get("task") or "", "") for row in rows]
    counted: dict[int, int] = {}
    for line in {folded(text) for text in _texts(sheet) if len(text) >= 10}:  # noqa: PLR2004
        for _, _, place in process.extract(line, texts, scorer=fuzz.ratio, limit=None, score_cutoff=84):
            counted[rows[place].sheet_id] = counted.get(rows[place].sheet_id, 0) + 1
    return _likeliest(sent, counted, told_units(sheet, sent, name)) if counted else None


def told_units(sheet: Sheet, sent: Sent, name: str) -> set[int]:
    """Return the units named by the file or above the table."""
    texts = [folded(name), *(folded(text) for text in _texts(sheet, 4))]
    return {unit for known, unit in sent.units.items() if any(known in text for text in texts if len(known) > 2)}  # noqa: PLR2004


def _likeliest(sent: Sent, counted: dict[int, int], told: set[int]) -> SentSheet | None:
    """Return the newest sheet that has most of the rows; a unit that is named goes first, a tie is not settled."""

    def rank(sheet: int) -> tuple[bool, int, str, int, int]:
        one = sent.sheets[sheet]
        return (one.unit_id in told, counted[sheet], one.period, one.number, -len(sent.rows(sheet)))

    ranked = sorted(counted, key=rank, reverse=True)
    if len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1]):
        return None
    return sent.sheets[ranked[0]]


def declared_unit(sheet: Sheet, sent: Sent) -> int | None:
    """Return the unit that the line 填報單位 names, where it names a known one."""
    for text in _texts(sheet, TOP_ROWS):
        _, found, rest = folded(text).partition("填报单位:")
        if found:
            for end in ("报送期", "报送截止", "分发号", "识别码"):
                rest = rest.partition(end)[0]
            return sent.units.get(rest)
    return None


def other_year(sheets: Sequence[Sheet], sent: Sent) -> int | None:
    """Return the year that unknown but right codes of a workbook speak of, where it is not the running one."""
    codes = [code for sheet in sheets for code in count_codes(text for text in _texts(sheet) if len(text) <= _SHORT)]
    years = {2000 + int(code[:2]) for code in codes if is_valid(code)}
    return years.pop() if len(years) == 1 and sent.year not in years else None
