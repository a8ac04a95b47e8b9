"""Tables with strange headings (外來表): what their columns would be taken for, for the clerk to correct and keep.

What is kept by ``db.mappings`` under :data:`PURPOSE` is found again by the headings when files are collected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from db import mappings
from db.errors import Refused
from db.script import fold
from exports.workbook import travel
from exports.workbook.collect.cells import Sheet
from exports.workbook.collect.headings import Heading, field_of, heading_at, titles_of
from exports.workbook.collect.identity import data_sheets
from exports.workbook.collect.opening import Source, read_book
from exports.workbook.grid import address

PURPOSE = "progress"
HEADING_WITHIN = 20
"""Rows from the top in which a heading is looked for."""
_LEAST_TITLES = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sheet's heading row (from 0), its titles by place, and the field each is taken for; see ``travel.COLUMNS``.

    ``titles`` are the headings as people see them: a cell merged over two rows tells the lower one too.
    """

    sheet: str
    row: int
    headings: tuple[str, ...]
    fields: Mapping[int, str]
    titles: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Return what the headings are found again by."""
        return mappings.fingerprint(self.headings)

    @property
    def useful(self) -> bool:
        """Tell whether rows can be told and anything in them be taken."""
        keys = set(self.fields.values())
        return bool(keys & {"code", "task", "measure"}) and bool(keys & set(travel.INPUTS))

    def pairs(self) -> list[tuple[str, str]]:
        """Return the title and the field of each column that is read, in their order; a letter where no title is."""
        return [(self.titles[place] or _letter(place), key) for place, key in sorted(self.fields.items())]


def proposals(source: Source) -> list[Proposal]:
    """Return for each sheet of a workbook the row that looks most like its heading.

    Raises :class:`UnreadableInput` where the file is no workbook.
    """
    return [found for sheet in data_sheets(read_book(source)) if (found := proposal(sheet)) is not None]


def proposal(sheet: Sheet, known: Mapping[str, Mapping[int, str]] | None = None) -> Proposal | None:
    """Return how a sheet's columns would be read: as ``known`` by the fingerprint of its headings, else by these."""
    best: Heading | None = None
    for row in sorted(sheet.rows)[:HEADING_WITHIN]:
        settled = settled_heading(sheet, row, known or {})
        if settled is not None:
            return _proposed(sheet, row, {column: key for key, column in settled.columns.items()})
        if sum(bool(title) for title in titles_of(sheet, row)) < _LEAST_TITLES:
            continue
        heading = heading_at(sheet, row, [column.key for column in travel.COLUMNS])
        if best is None or len(heading.columns) > len(best.columns):
            best = heading
    if best is None:
        return None
    fields = {column: key for key, column in best.columns.items() if key not in best.placed}
    return _proposed(sheet, best.row, fields)


def _proposed(sheet: Sheet, row: int, fields: Mapping[int, str]) -> Proposal:
    headings = titles_of(sheet, row)
    titles = list(headings)
    for (top, left), (bottom, _) in sheet.merged:
        if top < row <= bottom and left < len(titles) and not titles[left]:
            titles[left] = sheet.text(top, left)
    fields = {place: key for place, key in fields.items() if place < len(titles)}
    return Proposal(sheet.name, row, headings, fields, tuple(titles))


def _letter(place: int) -> str:
    return address(0, place).rstrip("0123456789")


def corrected(found: Proposal, given: Sequence[tuple[str, str]]) -> Proposal:
    """Return a proposal with the clerk's corrections: pairs of a field's name and a heading or a column's letter.

    An empty heading takes the field out. Raises :class:`Refused` for a name that is neither.
    """
    fields = dict(found.fields)
    for name, heading in given:
        key = _field(name)
        fields = {place: old for place, old in fields.items() if old != key}
        if heading.strip():
            fields[_place(found, heading)] = key
    return replace(found, fields=dict(sorted(fields.items())))


def _field(name: str) -> str:
    known = field_of(name)
    if name.strip() in travel.BY_KEY or known is not None:
        return name.strip() if name.strip() in travel.BY_KEY else (known or ("",))[0]
    titles = "、".join(column.title for column in travel.COLUMNS if not column.hidden)
    raise Refused("填報表沒有「{name}」這個欄目。可用：{known}。", name=name, known=titles)


def _place(found: Proposal, heading: str) -> int:
    for place, title in enumerate(found.titles):
        if title and fold(title) == fold(heading):
            return place
    letters = {_letter(place): place for place in range(len(found.titles))}
    if heading.strip().upper() in letters:
        return letters[heading.strip().upper()]
    titles = "、".join(title for title in found.titles if title)
    raise Refused(
        "表「{sheet}」沒有「{name}」這一列。表頭是：{titles}。", sheet=found.sheet, name=heading, titles=titles
    )


def settled(session: Session) -> dict[str, Mapping[int, str]]:
    """Return the columns that the clerk has settled, by the fingerprint of the headings."""
    return {mappings.fingerprint(one.headings): one.fields for one in mappings.listed(session, purpose=PURPOSE)}


def settled_heading(sheet: Sheet, row: int, known: Mapping[str, Mapping[int, str]]) -> Heading | None:
    """Return the heading that a row is by what the clerk settled, None where he has not."""
    titles = titles_of(sheet, row) if known else ()
    fields = known.get(mappings.fingerprint(titles)) if len(titles) >= _LEAST_TITLES else None
    if fields is None:
        return None
    columns = {key: column for column, key in fields.items() if key in travel.BY_KEY}
    unknown = {place: title for place, title in enumerate(titles) if title and place not in columns.values()}
    return Heading(row, columns, unknown)
