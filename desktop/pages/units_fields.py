"""The plain fields of a unit's card: each change is an operation of its own as soon as the field is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from db.changes import Changes
from db.database import Database
from db.terms import UnitLevel
from desktop.desk import Desk
from desktop.pages.plans_form import Form, LinesEdit
from desktop.pages.plans_values import read_names, shown_names
from desktop.pages.units_rows import UnitLine
from desktop.words import Words

Operation = Callable[[Database], Changes]


class NoteEdit(LinesEdit):
    """A text field that says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field is left, but not for its own menu."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LevelBox(QComboBox):
    """A level of government to choose (層級)."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        for one in UnitLevel:
            self.addItem("", one.value)
            words.put(self, one.label, setter="setItemText", before=(self.count() - 1,))

    def level(self) -> UnitLevel:
        """Return the chosen level."""
        return UnitLevel(self.currentData())

    def set_level(self, level: UnitLevel) -> None:
        """Choose a level."""
        self.setCurrentIndex(self.findData(level.value))


class UnitFields(Form):
    """Name, level, kind, other names, leader, telephone, e-mail and note of one unit.

    ``changed`` carries an operation to perform. A field that the database refused keeps what was typed until the
    stored value changes or another unit is shown.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self._line: UnitLine | None = None
        self._filled: dict[str, str] = {}
        self._pending: dict[str, str] = {}
        self.lines: dict[str, QLineEdit] = {
            "name": self.line("單位名稱", 0, 0),
            "aliases": self.line("別名", 3, 0),
            "leader": self.line("分管領導", 4, 0),
            "telephone": self.line("辦公電話", 5, 0),
            "email": self.line("電子郵箱", 6, 0),
        }
        self.level, self.kind = LevelBox(desk.words), QComboBox()
        self.put(self.level, "層級", 1, 0)
        self.put(self.kind, "類別", 2, 0)
        self.note = NoteEdit(2)
        self.put(self.note, "備註", 7, 0)
        self.grid.setColumnStretch(1, 1)
        self.kind.setEditable(True)
        self.kind.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        kind_line = self.kind.lineEdit()
        assert kind_line is not None
        self.words.put(kind_line, "類別", setter="setAccessibleName")
        self.lines["kind"] = kind_line
        self.words.put(self.lines["aliases"], "簡稱等，用頓號分開", setter="setPlaceholderText")
        self.words.put(self.lines["name"], "寫錯的名稱可在這裏更正；機構改革請用「更名」", setter="setToolTip")
        for key, field in self.lines.items():
            field.editingFinished.connect(lambda key=key: self._commit(key))
        self.kind.activated.connect(lambda _row: self._commit("kind"))
        self.level.activated.connect(lambda _row: self._commit("level"))
        self.note.left.connect(lambda: self._commit("note"))
        desk.jobs.busy.connect(self._on_busy)

    def show_line(self, line: UnitLine, kinds: list[str]) -> None:
        """Show a unit; of the same unit only what is stored otherwise than before, so that typing goes on."""
        same = self._line is not None and self._line.id == line.id
        if not same:
            self.finish()
            self._pending.clear()
        self._line = line
        if [self.kind.itemText(row) for row in range(self.kind.count())] != kinds:
            now = self.kind.currentText()
            self.kind.clear()
            self.kind.addItems(kinds)
            self.kind.setEditText(now)
        for key, value in _values(line).items():
            if not same or self._filled.get(key) != value:
                self._fill(key, value)
        self._filled = _values(line)

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        if not busy:
            self._pending.clear()

    def _fill(self, key: str, value: str) -> None:
        if key == "level":
            self.level.set_level(UnitLevel(value))
        elif key == "note":
            self.note.setPlainText(value)
        else:
            self.fill(self.lines[key], value)

    def _now(self, key: str) -> str:
        if key == "level":
            return self.level.level().value
        if key == "note":
            return self.note.toPlainText().strip()
        return self.lines[key].text().strip()

    def finish(self) -> bool:
        """Commit what was typed and not yet left; tell whether there was anything."""
        committed = [key for key in self._filled if self._commit(key)]
        return bool(committed)

    def restore(self) -> None:
        """Show what is stored again."""
        for key, value in self._filled.items():
            self._fill(key, value)

    def _commit(self, key: str) -> bool:
        line, text = self._line, self._now(key)
        if line is None or text == self._filled[key] or self._pending.get(key) == text:
            return False
        self._pending[key] = text
        self.changed.emit(_operation(line.id, key, text))
        return True


def _values(line: UnitLine) -> dict[str, str]:
    return {
        "name": line.name,
        "level": line.level.value,
        "kind": line.kind,
        "aliases": shown_names(line.aliases),
        "leader": line.leader,
        "telephone": line.telephone,
        "email": line.email,
        "note": line.note,
    }


def _operation(unit: int, key: str, text: str) -> Operation:
    from db import units

    if key == "name":
        return lambda database: units.correct_name(database, unit=unit, name=text)
    if key == "aliases":
        return lambda database: units.set_aliases(database, unit=unit, aliases=read_names(text))
    value = UnitLevel(text) if key == "level" else text
    return lambda database: units.edit(database, unit=unit, fields={key: value})
