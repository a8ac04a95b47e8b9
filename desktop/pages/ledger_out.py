"""What leaves the page 臺賬 as it is shown: a workbook, a paper, rows on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from db.ledger import Ledger, LedgerRow
from db.terms import Grouping
from desktop.desk import Desk
from desktop.models.ledger import LedgerTable
from desktop.models.ledger_columns import KEYS, SCREEN_COLUMNS, on_paper
from desktop.models.ledger_copy import as_table

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.settings import Office
    from exports.pdf import Print
    from exports.pdf.press import Tick


@dataclass(frozen=True, slots=True)
class Shown:
    """The view as it stands: its rows in their order, its columns in theirs, its groups."""

    rows: tuple[LedgerRow, ...]
    columns: tuple[str, ...]
    grouping: Grouping

    def ledger(self, session: Session) -> tuple[Ledger, Office]:
        """Return the rows under the heading that fits them, and how the office writes."""
        from db import ledger, settings

        return ledger.made_of(session, self.rows, self.grouping), settings.office(session)


def ask_where(parent: QWidget, desk: Desk) -> Path | None:
    """Ask for the workbook to write; None where the clerk thinks better of it."""
    say = desk.say
    name, _ = QFileDialog.getSaveFileName(
        parent, say("導出臺賬"), say("工作臺賬") + ".xlsx", f"{say('Excel 工作簿')} (*.xlsx)"
    )
    return Path(name) if name else None


def write(owner: QWidget, desk: Desk, shown: Shown, path: Path) -> None:
    """Write the view as a workbook and say where."""

    def work(session: Session) -> Path:
        from exports.workbook.ledger import write_ledger

        ledger, office = shown.ledger(session)
        return write_ledger(ledger, path, office=office, columns=on_paper(shown.columns))

    def told(written: Path) -> None:
        words = "臺賬 {n} 項已寫入：{path}"
        desk.told.emit(desk.say(words, n=len(shown.rows), path=written), None)

    desk.ask(owner, work, told)


def preview(owner: QWidget, desk: Desk, shown: Shown) -> None:
    """Show the view as it would be printed."""

    def work(session: Session, tick: Tick) -> Print:
        from exports.pdf.ledger import print_ledger

        ledger, office = shown.ledger(session)
        return print_ledger(ledger, office=office, columns=on_paper(shown.columns), tick=tick)

    desk.preview(owner, work, "工作臺賬")


def copied(
    table: LedgerTable, rows: Sequence[LedgerRow], columns: Sequence[str], say: Callable[[str], str]
) -> QMimeData:
    """Return rows for the clipboard, in the columns shown."""
    places = [KEYS.index(key) for key in columns]
    heads = [say(SCREEN_COLUMNS[place].title) for place in places]
    return as_table(heads, [[table.text(row, place) for place in places] for row in rows])
