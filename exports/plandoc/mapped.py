"""How a table's columns are taken (列的對應): what the reader proposes, the clerk corrects, and headings find again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from db import mappings
from db.errors import Refused
from db.script import fold
from exports.plandoc.columns import Column, column_of
from exports.plandoc.layout import Cell

PURPOSE = "plan"
HEADING_WITHIN = 8
"""Rows from the top in which a heading is looked for."""
NAMES = {
    Column.NUMBER: "序號",
    Column.SECTION: "類別",
    Column.TEXT: "任務",
    Column.LEAD: "牽頭單位",
    Column.CO: "責任單位",
    Column.DEADLINE: "完成時限",
}
"""The columns a point is made of, as the clerk calls them."""

Settled = Mapping[str, Mapping[int, str]]
"""The value of the :class:`Column` by its place from 0, by the fingerprint of the headings."""
Heading = tuple[int, int, list[Column | None]]
"""Where a heading is (row, number of rows) and what its columns hold."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The headings of a table in their order, and the value of the :class:`Column` each is taken for, by place."""

    headings: tuple[str, ...]
    fields: Mapping[int, str]

    @property
    def mark(self) -> str:
        """Return what the headings are found again by."""
        return mappings.fingerprint(self.headings)

    def pairs(self) -> list[tuple[str, str]]:
        """Return each heading with the name of what it is taken for; no name where the column is not read."""
        named = {place: NAMES[Column(value)] for place, value in self.fields.items()}
        return [(heading, named.get(place, "")) for place, heading in enumerate(self.headings)]


def titles_of(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return the headings in these rows, one a column: the words of two rows one behind the other, said once."""
    width = max((len(row) for row in rows), default=0)
    titles = [
        " ".join(dict.fromkeys(row[i].text for row in rows if i < len(row) and row[i].text)) for i in range(width)
    ]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def proposed(heads: Sequence[Sequence[Cell]], columns: Sequence[Column | None]) -> Proposal:
    """Return the proposal that columns as they were read make."""
    titles = titles_of(heads)
    places = enumerate(columns[: len(titles)])
    return Proposal(titles, {place: column.value for place, column in places if column and column in NAMES})


def settled_heading(rows: Sequence[Sequence[Cell]], settled: Settled) -> Heading | None:
    """Return the heading that the clerk has settled, None where the table has none of his."""
    for place in range(min(len(rows), HEADING_WITHIN) if settled else 0):
        for height in (2, 1):
            heads = rows[place : place + height]
            fields = settled.get(mappings.fingerprint(titles_of(heads)))
            if fields is not None:
                known = {column.value: column for column in NAMES}
                width = max(map(len, rows))
                return place, len(heads), [known.get(fields.get(i, ""), Column.OTHER) for i in range(width)]
    return None


def corrected(found: Proposal, given: Sequence[tuple[str, str]]) -> Proposal:
    """Return a proposal with the clerk's corrections: pairs of a column's name and a heading.

    An empty heading takes the column out; a name told twice has both headings. Raises :class:`Refused` for a name
    or a heading that is not known.
    """
    fields = dict(found.fields)
    wanted = [(_column(name).value, heading) for name, heading in given]
    for value in dict.fromkeys(value for value, _ in wanted):
        fields = {place: old for place, old in fields.items() if old != value}
    for value, heading in wanted:
        if heading:
            fields[_place(found, heading)] = value
    if Column.TEXT.value not in fields.values():
        raise Refused("表裏沒有一列作為任務。請用 --map 任務=表頭 指明。")
    return replace(found, fields=dict(sorted(fields.items())))


def _column(name: str) -> Column:
    column = column_of(name)
    if column is None or column not in NAMES:
        raise Refused("計劃沒有「{name}」這個欄目。可用：{known}。", name=name, known="、".join(NAMES.values()))
    return column


def _place(found: Proposal, heading: str) -> int:
    for place, title in enumerate(found.headings):
        if title and fold(title) == fold(heading):
            return place
    titles = "、".join(title for title in found.headings if title)
    raise Refused("表裏沒有「{name}」這一列。表頭是：{titles}。", name=heading, titles=titles)


def settled(session: Session) -> dict[str, Mapping[int, str]]:
    """Return the columns that the clerk has settled, by the fingerprint of the headings."""
    return {mappings.fingerprint(one.headings): one.fields for one in mappings.listed(session, purpose=PURPOSE)}
