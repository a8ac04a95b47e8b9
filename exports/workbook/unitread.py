"""Reading a table of units that comes back: good rows beside what was wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.dictionary import CounterpartRow, UnitRow
from db.errors import UnreadableInput
from db.script import fold
from db.telephones import masked_mobile
from db.terms import UnitLevel
from exports.problems import Problem
from exports.workbook.grid import Grid, address, read_grids
from exports.workbook.unitfields import COUNTERPART_FIELDS, ERASE, UNIT_FIELDS, Field

_LEVELS = {fold(name): level for level in UnitLevel for name in (level.value, level.label, f"{level.label}級")}
_LEVELS |= {fold("市"): UnitLevel.CITY, fold("市級"): UnitLevel.CITY, fold("鄉鎮街道"): UnitLevel.TOWN}
# A list is parted at these signs, but not inside brackets: 縣委辦（檔案局、機要局） is one name.
_PARTED = re.compile(r"[、;；,，|\n](?![^（(]*[）)])")
_LEVEL_NAMES = "、".join(level.label for level in UnitLevel)


@dataclass(slots=True)
class _Sheet:
    """A sheet being read: its cells by field, and where to say what is wrong."""

    file: str
    grid: Grid
    top: int
    columns: dict[str, int]
    problems: list[Problem]

    def lines(self) -> Iterator[int]:
        """Yield the rows that hold anything, but not a heading repeated at a page break."""
        heading = [fold(text) for text in self.grid.rows[self.top]]
        for at in range(self.top + 1, len(self.grid.rows)):
            row = self.grid.rows[at]
            if any(self.text(at, key) for key in self.columns) and [fold(text) for text in row] != heading:
                yield at

    def text(self, at: int, key: str) -> str:
        """Return the text of a field in a row, empty where the sheet has no such column."""
        column = self.columns.get(key)
        row = self.grid.rows[at]
        return row[column] if column is not None and column < len(row) else ""

    def given(self, at: int, key: str) -> str | None:
        """Return the text of a field that may be left as it is (None, a blank) or erased (the word for it)."""
        text = self.text(at, key)
        return "" if fold(text) == fold(ERASE) else text or None

    def wrong(self, at: int, key: str, expected: str) -> None:
        """Note that a cell could not be taken."""
        place = address(at, self.columns[key]) if key in self.columns else address(at, 0)
        self.problems.append(Problem(self.file, self.grid.sheet, place, self.text(at, key), expected))

    def whole(self, at: int, key: str) -> int | None:
        """Return a whole number, None where there is none or what stands there is not one."""
        text = self.text(at, key)
        if text and not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            self.wrong(at, key, "這一格應是整數，沒有採用")
            return None
        return int(text) if text else None


_MOST_DIGITS = 6


@dataclass(slots=True)
class _Taken:
    """Names met so far, by their comparison form, so that none stands for two units."""

    names: dict[str, str] = field(default_factory=dict)


def read_units(path: Path) -> tuple[list[UnitRow], list[CounterpartRow], list[Problem]]:
    """Return the units and counterparts of a workbook, and what could not be taken.

    Sheets and columns are known by their headings, in either script and any order. Raises
    :class:`UnreadableInput` where the file is no workbook or holds neither table.
    """
    problems: list[Problem] = []
    units: list[UnitRow] = []
    counterparts: list[CounterpartRow] = []
    recognised = False
    taken = _Taken()
    for grid in read_grids(path):
        upper = _found(path, grid, COUNTERPART_FIELDS, ("superior", "county"), problems)
        own = None if upper else _found(path, grid, UNIT_FIELDS, ("name", "level"), problems)
        recognised = recognised or bool(upper or own)
        if upper:
            counterparts += _counterparts(upper)
        elif own:
            units += [unit for at in own.lines() if (unit := _unit(own, at, taken))]
    if not recognised:
        raise UnreadableInput(
            "「{name}」裏沒有找到單位表：前 20 行應有「單位名稱」「層級」，或「上級單位」「縣級對口單位」這樣的表頭。"
            "可先導出單位表作樣子。",
            name=path.name,
        )
    return units, counterparts, problems


def _found(
    path: Path, grid: Grid, fields: Sequence[Field], required: Sequence[str], problems: list[Problem]
) -> _Sheet | None:
    heading = grid.heading({one.key: one.names for one in fields}, required)
    return _Sheet(path.name, grid, heading[0], heading[1], problems) if heading else None


def _unit(sheet: _Sheet, at: int, taken: _Taken) -> UnitRow | None:
    name = sheet.text(at, "name")
    if not name:
        sheet.wrong(at, "name", "這一行缺單位名稱，沒有採用")
        return None
    level = _LEVELS.get(fold(sheet.text(at, "level")))
    if level is None:
        sheet.wrong(at, "level", f"層級應是{_LEVEL_NAMES}之一，這一行沒有採用")
        return None
    holder = taken.names.setdefault(fold(name), name)
    if holder is not name:
        sheet.wrong(at, "name", f"前面已有「{holder}」用了這個名稱，這一行沒有採用")
        return None
    return UnitRow(
        name=name,
        level=level,
        kind=sheet.text(at, "kind"),
        position=sheet.whole(at, "position"),
        aliases=list(_aliases(sheet, at, name, taken)),
        leader=sheet.given(at, "leader"),
        telephone=_telephone(sheet, at),
        email=_email(sheet, at),
        note=sheet.given(at, "note"),
    )


def _aliases(sheet: _Sheet, at: int, name: str, taken: _Taken) -> Iterator[str]:
    for part in _PARTED.split(sheet.text(at, "aliases")):
        alias = part.strip()
        if not alias:
            continue
        holder = taken.names.setdefault(fold(alias), name)
        if holder == name:
            yield alias
        else:
            sheet.wrong(at, "aliases", f"「{alias}」已是「{holder}」的名稱或別名，這個別名沒有採用")


def _telephone(sheet: _Sheet, at: int) -> str | None:
    given = sheet.given(at, "telephone")
    masked = masked_mobile(given) if given else given
    if masked != given:
        column = sheet.columns["telephone"]
        sheet.grid.rows[at][column] = masked or ""  # the problem must not tell the number either
        sheet.wrong(at, "telephone", "手機號碼屬於個人信息，只保存掩碼；請填辦公電話")
    return masked


def _email(sheet: _Sheet, at: int) -> str | None:
    given = sheet.given(at, "email")
    if given and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given):
        sheet.wrong(at, "email", "這一格應是電子郵箱，沒有採用")
        return None
    return given


def _counterparts(sheet: _Sheet) -> list[CounterpartRow]:
    """Return the lines, those of one superior together in their order."""
    lines: dict[str, list[CounterpartRow]] = {}
    for at in sheet.lines():
        superior, county, note = (sheet.text(at, key) for key in ("superior", "county", "note"))
        if not superior:
            sheet.wrong(at, "superior", "這一行缺上級單位，沒有採用")
        elif not county and not note:
            sheet.wrong(at, "county", "應填縣級單位；確實沒有的，請在備註寫明原因")
        else:
            some = lines.setdefault(fold(superior), [])
            position = sheet.whole(at, "position")
            some.append(CounterpartRow(superior, county, len(some) + 1 if position is None else position, note))
    return [line for some in lines.values() for line in sorted(some, key=lambda one: one.position)]
