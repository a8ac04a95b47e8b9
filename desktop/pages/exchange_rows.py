"""What the page 收發 shows of dispatches, read on the worker as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db import register
from db.register import DispatchLine, RegisterRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from exports.mail.letter import Letter


@dataclass(frozen=True, slots=True)
class Sending:
    """The dispatch that is shown: its line in the list, its sheets, the mail of each by the sheet's id.

    ``drafts`` are the mail drafts still there, by the sheet's id; ``complete`` says that every workbook still lies
    where it was written. ``trouble`` says why there are no mails, such as a template with an unknown place.
    """

    line: DispatchLine
    rows: tuple[RegisterRow, ...]
    drafts: Mapping[int, Path]
    complete: bool
    letters: Mapping[int, Letter]
    trouble: Exception | None = None

    @property
    def paths(self) -> list[Path]:
        """Return where the workbooks were written."""
        return [Path(self.line.folder) / row.file_name for row in self.rows]


@dataclass(frozen=True, slots=True)
class Book:
    """All dispatches, newest first, the one shown, and what a new one begins with.

    That is the plans it may be of, id and title, and the day the office's rule makes it due.
    """

    lines: tuple[DispatchLine, ...] = ()
    shown: Sending | None = None
    plans: tuple[tuple[int, str], ...] = ()
    due_on: date | None = None


def load(session: Session, chosen: int | None) -> Book:
    """Read the dispatches; show ``chosen`` where it still exists, else the newest."""
    from db import periods, plans, settings

    lines = tuple(register.dispatches(session))
    line = next((one for one in lines if one.id == chosen), lines[0] if lines else None)
    known = tuple((plan.id, plan.title) for plan in plans.listed(session))
    due_on = periods.next_due(settings.office(session), date.today())
    return Book(lines, _sending(session, line) if line else None, known, due_on)


def _sending(session: Session, line: DispatchLine) -> Sending:
    from db import dispatch, settings
    from db.errors import Trouble
    from exports.mail.letter import letter

    rows = tuple(register.rows(session, dispatch=line.id))
    outgoing = dispatch.stored(session, dispatch=line.id)
    office = settings.office(session)
    by_token = {row.token: row.id for row in rows}
    there, drafts = _files(Path(line.folder), rows)
    try:
        letters = {
            by_token[sheet.token]: letter(outgoing, sheet, office=office, on=date.today()) for sheet in outgoing.sheets
        }
    except Trouble as trouble:
        return Sending(line, rows, drafts, there, {}, trouble)
    return Sending(line, rows, drafts, there, letters)


def _files(folder: Path, rows: Sequence[RegisterRow]) -> tuple[bool, dict[int, Path]]:
    """Tell whether every workbook is in the folder, and which drafts are; asked here, for a folder may be slow."""
    if not folder.is_dir():
        return False, {}
    names = {path.name for path in folder.iterdir()}
    drafts = {path.stem: path for path in folder.glob("*/*.eml")}
    found = {row.id: drafts[stem] for row in rows if (stem := Path(row.file_name).stem) in drafts}
    return all(row.file_name in names for row in rows), found
