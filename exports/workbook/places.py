"""The list of towns and villages as a workbook, and back: a town column, or towns as headings between the villages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy.orm import Session

from db import placetree
from db.errors import UnreadableInput
from db.places import PlaceRow
from db.private import find_private
from db.script import fold
from db.settings import Office
from db.telephones import masked_mobile
from db.terms import PrivateKind
from exports.problems import Problem
from exports.safewrite import named_kind, safe_write_bytes
from exports.words import words_of
from exports.workbook import cells, styles
from exports.workbook.grid import Grid, address, read_grids
from exports.workbook.ledger import set_properties
from exports.workbook.page import paper_named, set_page
from exports.workbook.placefields import PLACE_FIELDS, PLACES_SHEET

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_SIZE = 11.0
_TOWN = re.compile(r".{1,12}(?:镇|乡|街道|街道办事处|办事处|苏木|农场|林场|管理区|开发区)")
_CODE = re.compile(r"\d{9}(?:\d{3})?")
_OF_TOWN = re.compile(r"\d{9}000")
_TOTAL = re.compile(r"(?:合计|小计|总计|共计)")


def write_places(session: Session, target: Path, *, office: Office) -> Path:
    """Write towns and villages as a sheet that can be corrected and brought in again; return the path."""
    from openpyxl.utils import get_column_letter

    words = words_of(office)
    book = styles.new_workbook(size=_SIZE)
    sheet = book.worksheets[0]
    sheet.title = words.fixed(PLACES_SHEET)
    for place, one in enumerate(PLACE_FIELDS, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = one.width, styles.TEXT
        cell = cast("Cell", sheet.cell(1, place))
        cell.style = styles.HEAD
        cells.put_text(cell, words.fixed(one.title))
    for at, line in enumerate(_lines(session), start=2):
        for place, text in enumerate(line, start=1):
            cell = cast("Cell", sheet.cell(at, place))
            cell.style = styles.body_style(centred=False, number_format=styles.TEXT)
            cells.put_text(cell, text)
    sheet.freeze_panes = "C2"
    set_page(sheet, paper_named("A4"), heading_row=1, words=words)
    set_properties(book, title=words.fixed(PLACES_SHEET), office=office)
    content = BytesIO()
    book.save(content)
    return safe_write_bytes(named_kind(target, ".xlsx"), content.getvalue())


def _lines(session: Session) -> Iterator[tuple[str, ...]]:
    for town in placetree.tree(session):
        yield town.name, "", town.code, town.committee, town.telephone
        for village in town.villages:
            yield town.name, village.name, village.code, village.committee, village.telephone


def read_places(path: Path) -> tuple[list[PlaceRow], list[Problem]]:
    """Return the towns and villages of a workbook, and what could not be taken.

    Raises :class:`UnreadableInput` where the file is no workbook or holds no such list.
    """
    rows: list[PlaceRow] = []
    problems: list[Problem] = []
    recognised = False
    for grid in read_grids(path):
        heading = grid.heading({one.key: one.names for one in PLACE_FIELDS}, ("village",))
        heading = heading or grid.heading({one.key: one.names for one in PLACE_FIELDS}, ("town", "code"))
        if heading is not None:
            recognised = True
            rows += _Reader(path.name, grid, *heading, problems).rows()
    if not recognised:
        raise UnreadableInput(
            "「{name}」裏沒有找到區劃表：前 20 行應有「鄉鎮」「村」這樣的表頭。可先導出區劃作樣子。", name=path.name
        )
    return rows, problems


@dataclass(slots=True)
class _Reader:
    file: str
    grid: Grid
    top: int
    columns: dict[str, int]
    problems: list[Problem]
    town: str = ""
    met: set[tuple[str, str]] = field(default_factory=set)

    def rows(self) -> Iterator[PlaceRow]:
        """Yield the lines of the list."""
        for at in range(self.top + 1, len(self.grid.rows)):
            row = self._row(at)
            if row is None:
                continue
            key = fold(row.town), fold(row.village)
            if key in self.met and row.village:
                self._wrong(at, "village", "在表中重複，沒有採用")
            elif key not in self.met or row.code or row.committee or row.telephone:
                yield row
            self.met.add(key)

    def _text(self, at: int, key: str) -> str:
        column, row = self.columns.get(key), self.grid.rows[at]
        return row[column] if column is not None and column < len(row) else ""

    def _wrong(self, at: int, key: str, expected: str) -> None:
        place = address(at, self.columns.get(key, 0))
        found = masked_mobile(self._text(at, key))
        self.problems.append(Problem(self.file, self.grid.sheet, place, found, expected))

    def _row(self, at: int) -> PlaceRow | None:
        town, village = self._text(at, "town"), self._text(at, "village")
        if not (town or village) or _TOTAL.match(fold(town or village)):
            town = self._lone_town(at)
            village = ""
        if self._is_town(at, town, village):
            town, village = village, ""
        self.town = town or self.town
        if not (town or village):
            return None
        if not self.town:
            self._wrong(at, "village", "看不出屬於哪個鄉鎮，沒有採用")
            return None
        return PlaceRow(self.town, village, self._code(at), self._text(at, "committee") or None, self._telephone(at))

    def _lone_town(self, at: int) -> str:
        """Return the town that a row between villages names alone, wherever it stands."""
        filled = [text for text in self.grid.rows[at] if text]
        return filled[0] if len(set(filled)) == 1 and _TOWN.fullmatch(fold(filled[0])) else ""

    def _is_town(self, at: int, town: str, village: str) -> bool:
        """Tell whether the village's column names a town that heads the villages below."""
        if not village or (town and fold(town) != fold(village)):
            return False
        if "town" in self.columns and not town:
            return False
        return bool(_OF_TOWN.fullmatch(self._text(at, "code")) or _TOWN.fullmatch(fold(village)))

    def _code(self, at: int) -> str | None:
        code = re.sub(r"\s", "", self._text(at, "code"))
        if code and not _CODE.fullmatch(code):
            self._wrong(at, "code", "區劃代碼應是 9 位或 12 位數字，這一格沒有採用")
            return None
        return code or None

    def _telephone(self, at: int) -> str | None:
        telephone = self._text(at, "telephone")
        if any(hit.kind is PrivateKind.MOBILE for hit in find_private(telephone)):
            self._wrong(at, "telephone", "公示上印的是公開電話，不能是個人手機，這一格沒有採用")
            return None
        return telephone or None
