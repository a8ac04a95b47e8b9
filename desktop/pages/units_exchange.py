"""The table of units out to a workbook and back in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLabel, QWidget

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from db.dictionary import CounterpartRow, UnitRow
    from desktop.words import Words
    from exports.pdf import Print
    from exports.pdf.press import Tick
    from exports.problems import Problem


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was read from a workbook, and what of it could not be taken."""

    source: str
    units: list[UnitRow]
    counterparts: list[CounterpartRow]
    problems: list[Problem]

    def bring_in(self, database: Database) -> Changes:
        """Perform the import."""
        from db import dictionary

        return dictionary.bring_in(database, units=self.units, counterparts=self.counterparts, source=self.source)


def read(path: Path) -> Incoming:
    """Read a workbook; raise ``UnreadableInput`` where it is none."""
    from exports.workbook.units import read_units

    return Incoming(path.name, *read_units(path))


def write(session: Session, path: Path) -> Path:
    """Write all units and counterparts; return the path."""
    from db import settings
    from exports.workbook.units import write_units

    target = path if path.suffix else path.with_suffix(".xlsx")
    return write_units(session, target, office=settings.office(session))


def contacts(session: Session, _tick: Tick) -> Print:
    """Print the list of contacts; raise ``Refused`` where none is known."""
    from exports.lists.contacts import print_contacts

    return print_contacts(session)


def agreed(parent: QWidget, words: Words, incoming: Incoming) -> bool:
    """Tell whether to go on: at once without problems, else after they were shown."""
    from desktop.dialogs.problems import ProblemsDialog

    if not incoming.problems:
        return True

    def tell(head: QLabel) -> None:
        words.put(
            head,
            "「{name}」有 {n} 處沒有採用，列在下面。其餘 {units} 個單位、{pairs} 條對口關係可以導入；"
            "也可先取消，在表裏改好再導入。",
            name=incoming.source,
            n=len(incoming.problems),
            units=len(incoming.units),
            pairs=len(incoming.counterparts),
        )

    rest = bool(incoming.units or incoming.counterparts)
    dialog = ProblemsDialog(parent, words, tell, incoming.problems, rest=rest)
    return dialog.exec() == QDialog.DialogCode.Accepted
