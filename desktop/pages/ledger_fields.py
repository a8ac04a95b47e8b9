"""The fields of one assignment beside the table: each is stored by itself as soon as it is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from db.ledger import LedgerRow
from desktop.desk import Desk
from desktop.pages.ledger_editors import Editor
from desktop.pages.ledger_values import LABELS, storing, values
from desktop.pages.plans_form import Form, LinesEdit

_PLACES = {
    "measure": (1, 0, 3),
    "lead": (2, 0, 3),
    "others": (3, 0, 3),
    "leader": (4, 0, 1),
    "person": (4, 2, 1),
    "contact": (5, 0, 3),
    "deadline_text": (6, 0, 3),
    "deadline_on": (7, 0, 1),
    "deadline_kind": (7, 2, 1),
    "target": (8, 0, 3),
    "task_state": (9, 0, 1),
    "report_state": (9, 2, 1),
    "percent": (10, 0, 1),
    "position": (10, 2, 1),
    "note": (11, 0, 3),
}
"""Row, column of the label, and how many columns the field goes over."""


class TaskFields(Form):
    """``changed`` carries an operation to perform.

    A field that the database refused keeps what was typed until the stored value changes or another row is shown.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self._row: LedgerRow | None = None
        self._filled: dict[str, str] = {}
        self._pending: dict[str, str] = {}
        self.point = LinesEdit(4)
        self.point.setReadOnly(True)
        self.put(self.point, "要點", 0, 0, 3)
        self.editors = {key: Editor(desk.words, key) for key in _PLACES}
        for key, editor in self.editors.items():
            self.put(editor.widget, LABELS[key], *_PLACES[key])
            for signal in editor.left:
                signal.connect(lambda *_, key=key: self._commit(key))
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(3, 1)
        self.grid.setRowStretch(0, 1)
        desk.jobs.busy.connect(self._on_busy)

    def offer(self, units: Sequence[tuple[int, str]]) -> None:
        """Offer units to lead."""
        self.editors["lead"].offer(units)

    def show_row(self, row: LedgerRow) -> None:
        """Show an assignment; of the same one only what is stored otherwise than before, so that typing goes on."""
        same = self._row is not None and self._row.id == row.id
        if not same:
            self.finish()
            self._pending.clear()
        self._row = row
        now = values(row)
        if not same or self.point.toPlainText() != row.point_text:
            self.point.setPlainText(f"{row.point_number}{row.point_text}")
        for key, value in now.items():
            if not same or self._filled.get(key) != value:
                self.editors[key].show(value)
        self._filled = now

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        if not busy:
            self._pending.clear()

    def finish(self) -> bool:
        """Store what was typed and not yet left; tell whether there was anything."""
        stored = [key for key in self._filled if self._commit(key)]
        return bool(stored)

    def restore(self) -> None:
        """Show what is stored again."""
        for key, value in self._filled.items():
            self.editors[key].show(value)

    def _commit(self, key: str) -> bool:
        row = self._row
        if row is None or self.editors[key].text() in (self._filled[key], self._pending.get(key)):
            return False
        self._pending[key] = text = self.editors[key].text()
        self.changed.emit(storing([row.id], key, text, year=row.year))
        return True

    def focus(self, key: str) -> None:
        """Put the cursor into a field."""
        widget = self.editors[key].widget
        widget.setFocus()
        if isinstance(widget, QPlainTextEdit):
            widget.selectAll()
