"""Tables with strange headings (外來表): what their columns would be taken for, for the clerk to correct and keep.

What is kept by ``db.mappings`` under :data:`PURPOSE` is found again by the headings when files are collected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db import mappings
from exports.workbook import travel
from exports.workbook.collect.cells import Sheet
from exports.workbook.collect.headings import Heading, heading_at, titles_of
from exports.workbook.collect.identity import data_sheets
from exports.workbook.collect.opening import Source, read_book

PURPOSE = "progress"
HEADING_WITHIN = 20
"""Rows from the top in which a heading is looked for."""
_LEAST_TITLES = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sheet's heading row (from 0), its titles by place, and the field each is taken for; see ``travel.COLUMNS``."""

    sheet: str
    row: int
    headings: tuple[str, ...]
    fields: Mapping[int, str]


def proposals(source: Source) -> list[Proposal]:
    """Return for each sheet of a workbook the row that looks most like its heading.

    Raises :class:`UnreadableInput` where the file is no workbook.
    """
    return [found for sheet in data_sheets(read_book(source)) if (found := _proposal(sheet)) is not None]


def _proposal(sheet: Sheet) -> Proposal | None:
    best: Heading | None = None
    for row in sorted(sheet.rows)[:HEADING_WITHIN]:
        if sum(bool(title) for title in titles_of(sheet, row)) < _LEAST_TITLES:
            continue
        heading = heading_at(sheet, row, [column.key for column in travel.COLUMNS])
        if best is None or len(heading.columns) > len(best.columns):
            best = heading
    if best is None:
        return None
    fields = {column: key for key, column in best.columns.items() if key not in best.placed}
    return Proposal(sheet.name, best.row, titles_of(sheet, best.row), fields)


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
