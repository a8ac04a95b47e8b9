"""The fields of one point (要點), edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from db.drafts import PointDraft
from desktop.pages.plans_form import Form
from desktop.pages.plans_values import (
    meaning,
    read_deadlines,
    read_names,
    shown_deadlines,
    shown_names,
)
from desktop.widgets.elided import ElidedBox
from desktop.words import Words


class PointForm(Form):
    """Shows a point; ``edited`` carries the name of a field of :class:`PointDraft` and its new value.

    ``left`` follows when the clerk is through with a field.
    """

    edited = Signal(str, object)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._point = PointDraft("", "")
        self._base: date | None = None
        self.number = self.line("序號", 0, 0)
        self.section = ElidedBox()
        self.section.setEditable(True)
        self.section.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.section.setMinimumContentsLength(12)
        heading = self.section.lineEdit()
        assert heading is not None
        self._heading = heading
        self.put(self.section, "章節", 0, 2)
        groups = self.line("集合", 0, 4)
        self.by_duty = QCheckBox()
        words.put(self.by_duty, "按職責分工")
        self.grid.addWidget(self.by_duty, 0, 6)
        self.text_field = self.text("文字", 1, 0, 6, lines=2)
        lead, co = self.line("牽頭", 2, 0), self.line("責任", 2, 2, 4)
        self.deadlines = self.line("時限", 3, 0)
        cited = self.line("引用文號", 3, 4, 2)
        self.names = {"lead": lead, "co": co, "groups": groups, "cited": cited}
        self.meant = QLabel()
        self.meant.setProperty("role", "faint")
        self.grid.addWidget(self.meant, 3, 2, 1, 2)
        for column, stretch in ((1, 3), (3, 3), (5, 3)):
            self.grid.setColumnStretch(column, stretch)
        self.grid.setRowStretch(1, 1)
        self.text_field.installEventFilter(self)
        self._explain()
        self._connect()

    def _explain(self) -> None:
        for field in self.names.values():
            self.words.put(field, "多個名稱用頓號或分號隔開", setter="setToolTip")
        self.words.put(self.deadlines, "照原文寫，如「2022年6月底前」；多個時限用分號隔開", setter="setToolTip")
        self.words.put(self.meant, "程序從時限的文字讀出的日期和性質", setter="setToolTip")

    def _connect(self) -> None:
        self.number.textEdited.connect(lambda text: self.edited.emit("number", text.strip()))
        self.by_duty.clicked.connect(lambda on: self.edited.emit("by_duty", on))
        self.text_field.textChanged.connect(self._on_text)
        for name, field in self.names.items():
            field.textEdited.connect(lambda text, name=name: self.edited.emit(name, read_names(text)))
        self.deadlines.textEdited.connect(self._on_deadlines)
        for line in (self.deadlines, *self.names.values()):
            line.editingFinished.connect(self.left)
        self.by_duty.clicked.connect(lambda _on: self.left.emit())
        self._heading.installEventFilter(self._undo)
        self._heading.editingFinished.connect(self.finish)
        self.section.activated.connect(lambda _row: self.finish())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the text is left."""
        if watched is self.text_field and event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def show_point(
        self,
        point: PointDraft,
        *,
        sections: Sequence[str],
        base: date | None,
        editable: bool,
        placed: bool = False,
        fresh: bool = True,
    ) -> None:
        """Show a point. ``sections`` are the plan's headings, ``base`` the date that wordings are read against.

        A point that is ``placed`` in a stored plan keeps its number and section. ``fresh`` is false where the point
        is the one shown already, so that half-typed words stay as they are.
        """
        self.filling, self._point, self._base = True, point, base
        if fresh:
            for line in (self.deadlines, *self.names.values()):
                line.clear()
        self.fill(self.number, point.number)
        if [self.section.itemText(i) for i in range(self.section.count())] != list(sections):
            self.section.clear()
            self.section.addItems(list(sections))
        self.section.setEditText(point.section)
        self._heading.setCursorPosition(0)
        self.by_duty.setChecked(point.by_duty)
        if fresh or self.text_field.toPlainText() != point.text.replace("\xa0", " "):  # Qt shows it as a space
            self.text_field.setPlainText(point.text)
        for name, field in self.names.items():
            if read_names(field.text()) != getattr(point, name):
                self.fill(field, shown_names(getattr(point, name)))
        if self._typed_deadlines() != point.deadlines:
            self.fill(self.deadlines, shown_deadlines(point.deadlines))
        self.say_meaning()
        for line in (self.deadlines, *self.names.values()):
            line.setReadOnly(not editable)
        self.text_field.setReadOnly(not editable)
        self.number.setReadOnly(placed or not editable)
        self.section.setEnabled(editable and not placed)
        self.by_duty.setEnabled(editable)
        self.filling = False

    def say_meaning(self) -> None:
        """Say in the current script what the deadlines mean."""
        means = meaning(self._point.deadlines, self.words.say)
        self.meant.setText(f"→ {means}" if means else "")

    def finish(self) -> None:
        """Take over a heading that is still being typed."""
        heading = self.section.currentText().strip()
        if not self.filling and self.section.isEnabled() and heading != self._point.section:
            self.edited.emit("section", heading)

    def cursor_offset(self) -> int:
        """Return the cursor's place in the text of the point."""
        before = self.text_field.textCursor()
        return len(self.text_field.toPlainText().encode("utf-16-le")[: 2 * before.position()].decode("utf-16-le"))

    def _on_text(self) -> None:
        if not self.filling:
            self.edited.emit("text", self.text_field.toPlainText())

    def _typed_deadlines(self) -> object:
        return read_deadlines(self.deadlines.text(), known=self._point.deadlines, base=self._base)

    def _on_deadlines(self) -> None:
        self.edited.emit("deadlines", self._typed_deadlines())
