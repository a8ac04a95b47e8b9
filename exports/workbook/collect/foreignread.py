"""A foreign sheet (外來表) read as progress, for a period, by columns that were proposed, corrected or remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from db.errors import UnreadableInput
from db.returns import ReadFile
from db.sentrows import Sent, SentRow, SentSheet
from db.terms import ReturnState
from db.unsent import unsent
from exports.workbook import travel
from exports.workbook.collect import foreign, identity
from exports.workbook.collect.cells import Book, Sheet, inherited
from exports.workbook.collect.foreignrows import ForeignRows
from exports.workbook.collect.headings import Heading
from exports.workbook.collect.opening import Source, read_book
from exports.workbook.collect.reading import SheetReader, at

Columns = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """How foreign sheets are to be read: for which period (``2022-06``), as whose report, by which columns.

    ``unit`` None: the unit that the sheet names, else the one that each row names. ``columns`` are the clerk's, by
    the fingerprint of their headings; what he says nothing of is read as remembered, else as proposed.
    """

    period: str
    unit: int | None = None
    columns: Columns = field(default_factory=dict)


def read_foreign(session: Session, files: Sequence[ReadFile], choice: Choice) -> list[ReadFile]:
    """Return the files with the foreign ones read as progress; those that cannot be say why in their detail.

    What only its texts tell to answer a sheet of ours is foreign too: the clerk's word on it counts.
    """
    if not any(_is_foreign(file) for file in files):
        return list(files)
    against = unsent(session, period=choice.period)
    known = foreign.settled(session) | dict(choice.columns)
    return [_read(file, against, choice, known) if _is_foreign(file) else file for file in files]


def _is_foreign(file: ReadFile) -> bool:
    unmarked = file.state is ReturnState.RECOGNISED and not file.marked
    return bool(file.content) and (file.state is ReturnState.FOREIGN or unmarked)


def proposed(session: Session, files: Sequence[ReadFile]) -> list[foreign.Proposal]:
    """Return how each sheet of the foreign files would be read, as remembered or by its headings."""
    known = foreign.settled(session)
    books = [book for file in files if _is_foreign(file) and (book := _book(file)) is not None]
    sheets = [sheet for book in books for sheet in identity.data_sheets(book)]
    return [found for sheet in sheets if (found := foreign.proposal(sheet, known)) is not None]


def _book(file: ReadFile) -> Book | None:
    try:
        return read_book(Source(file.path, file.name, file.content, file.received or datetime.min))
    except UnreadableInput:
        return None  # the file's detail says so already


def _read(file: ReadFile, against: Sent, choice: Choice, known: Columns) -> ReadFile:
    book = _book(file)
    if book is None:
        return file
    made = replace(
        file,
        state=ReturnState.FOREIGN,
        sheet_id=None,
        marked=False,
        detail="",
        cells=[],
        rows_met=set(),
        against=against,
        period=choice.period,
    )
    details: list[str] = []
    for sheet in identity.data_sheets(book):
        proposal = foreign.proposal(sheet, known)
        if proposal is None:
            continue
        if not proposal.useful:
            details.append(f"表「{sheet.name}」要指明任務（或編號）和填報內容各是哪一列")
            continue
        details += _sheet(made, sheet, against, choice, proposal)
    if made.state is not ReturnState.RECOGNISED:
        return replace(made, against=None, detail="；".join(details) or "沒有找到表頭：表頭要在前二十行之內")
    made.detail = "；".join(dict.fromkeys(details))
    return made


def _sheet(made: ReadFile, sheet: Sheet, against: Sent, choice: Choice, proposal: foreign.Proposal) -> list[str]:
    """Read one sheet into the file and return what is to be said of it."""
    unit = choice.unit or _unit_of(sheet, against, made.name, proposal)
    own = next((one for one in against.sheets.values() if one.unit_id == unit), None)
    if unit is not None and own is None:
        return [f"「{against.unit_names[unit]}」沒有任務，沒有讀取"]
    mixed = own is None
    own = own or next(iter(against.sheets.values()), None)
    if own is None:
        return ["臺賬裏還沒有採納的任務，沒有讀取"]
    reader = ForeignReader(sheet, own, ForeignRows(against, own, mixed=mixed), proposal)
    reader.read()
    made.cells += reader.cells
    made.rows_met |= reader.met
    made.state = ReturnState.RECOGNISED
    made.sheet_id = None if mixed else own.id
    return _told(sheet, reader, proposal)


def _told(sheet: Sheet, reader: ForeignReader, proposal: foreign.Proposal) -> list[str]:
    columns = "、".join(f"{travel.BY_KEY[key].title}={title}" for title, key in proposal.pairs())
    told = [f"外來表「{sheet.name}」的列：{columns}"]
    if idle := [title for place, title in enumerate(proposal.titles) if title and place not in proposal.fields]:
        told.append(f"沒有讀取的列：{'、'.join(idle)}")
    if reader.by_text:
        told.append(f"{reader.by_text} 行沒有編號，按文字對上，請核對")
    if reader.notes:
        told.append(f"表「{sheet.name}」外附註：{'、'.join(reader.notes)}")
    return told


def _unit_of(sheet: Sheet, against: Sent, name: str, proposal: foreign.Proposal) -> int | None:
    """Return whose report a sheet is: as it declares, else as its rows name one, else as its name and title do."""
    declared = identity.declared_unit(sheet, against)
    if declared is not None or {"lead", "others"} & set(proposal.fields.values()):
        return declared
    told = identity.told_units(sheet, against, name)
    return told.pop() if len(told) == 1 else None


class ForeignReader(SheetReader):
    """Reads a sheet by its settled columns. What the clerk mapped to nothing is left, what he mapped is read."""

    finder: ForeignRows

    def __init__(self, sheet: Sheet, own: SentSheet, finder: ForeignRows, proposal: foreign.Proposal) -> None:
        super().__init__(sheet, own, finder, {proposal.mark: proposal.fields})

    def _heading_at(self, row: int) -> Heading | None:
        return foreign.settled_heading(self.sheet, row, self.settled)

    def _taken(self, heading: Heading) -> Heading:
        self._from = inherited(self.sheet, heading.columns.values())
        return heading

    def _above(self, rows: list[int]) -> None:
        """Note what stands above the table: a foreign sheet's title says nothing of ours."""
        first = next(row for row in rows if self._heading_at(row) is not None)
        for row in (one for one in rows if one < first):
            self.notes += [f"{at(row, place)}「{c.text[:40]}」" for place, c in self.sheet.rows[row].items() if c.text]

    def _strange(self, sent: SentRow) -> bool:
        return not self.finder.mixed and super()._strange(sent)

    def _locked(self, row: int, heading: Heading, sent: SentRow) -> None:
        """Say nothing: the sheet's own words for a task are not ours."""

    def _beside(self, row: int, heading: Heading, code: str, sent: SentRow | None = None) -> None:
        """Say nothing: columns that are not read are told once, with the file."""
