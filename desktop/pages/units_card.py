"""The card of one unit: everything about it, editable in place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.terms import ReformKind
from desktop import theme
from desktop.desk import Desk
from desktop.pages.units_fields import UnitFields
from desktop.pages.units_pairs import Pairs
from desktop.pages.units_people import People
from desktop.pages.units_reform import ReformPane
from desktop.pages.units_rows import Book, Step, UnitLine


class UnitCard(QScrollArea):
    """``changed`` carries an operation to perform, ``reformed`` one after which the pane closes."""

    changed = Signal(object)
    reformed = Signal(object)
    followed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line: UnitLine | None = None
        self._book = Book()
        self.fields, self.people, self.pairs = UnitFields(desk), People(desk), Pairs(desk)
        self.reform = ReformPane(desk)
        self.rename_button, self.merge_button = QPushButton(), QPushButton()
        self.past = QLabel()
        self.past.setWordWrap(True)
        self.past.setProperty("role", "faint")
        self._build()
        for part in (self.fields, self.people, self.pairs):
            part.changed.connect(self.changed)
        self.reform.decided.connect(self.reformed)
        self.pairs.followed.connect(self.followed)
        self.rename_button.clicked.connect(lambda: self._begin(ReformKind.RENAME))
        self.merge_button.clicked.connect(lambda: self._begin(ReformKind.MERGE))
        desk.words.changed.connect(self._say_past)

    def _build(self) -> None:
        words = self._desk.words
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.put(self.rename_button, "更名…")
        words.put(self.merge_button, "併入…")
        words.put(self.rename_button, "機構改革：從某一天起改用新名稱", setter="setToolTip")
        words.put(self.merge_button, "機構改革：從某一天起併入另一個單位", setter="setToolTip")
        head = QLabel()
        head.setProperty("role", "head")
        words.put(head, "單位資料")
        top = QHBoxLayout()
        top.addWidget(head)
        top.addStretch(1)
        top.addWidget(self.rename_button)
        top.addWidget(self.merge_button)
        people_head = QLabel()
        words.put(people_head, "聯繫人")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * theme.STEP, 0, 2 * theme.STEP, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        for part in (self.reform, self.fields, self.pairs, people_head, self.people, self.past):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        for ground in (inside, self.viewport()):  # the page's own ground
            ground.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the card, for it does not scroll sideways."""
        inside = self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(inside, super().minimumSizeHint().height())

    def show_line(self, line: UnitLine, book: Book) -> None:
        """Show a unit."""
        if self.line is None or self.line.id != line.id:
            self.reform.hide()
            self.verticalScrollBar().setValue(0)
        self.fields.show_line(line, book.kinds())
        self.people.show_line(line)
        self.pairs.show_line(line, book)
        self.line, self._book = line, book
        for button in (self.rename_button, self.merge_button):
            button.setEnabled(line.ended_on is None)
        self._say_past()

    def finish(self) -> bool:
        """Commit what was typed and not yet left; tell whether there was anything."""
        return self.fields.finish()

    def _begin(self, step: ReformKind) -> None:
        if self.line is not None:
            self.finish()
            self.reform.begin(step, self.line, self._book)
            self.ensureWidgetVisible(self.reform)

    def _say_past(self) -> None:
        if self.line is None:
            return
        say = self._desk.say
        told = [self._step(step) for step in self.line.steps]
        told += [say("曾用名：{name}（至 {on}）", name=name, on=on.isoformat()) for name, on in self.line.former]
        self.past.setText("\n".join(told))
        self.past.setVisible(bool(told))

    def _step(self, step: Step) -> str:
        say = self._desk.say
        template = "{on} 更名：{old} → {new}" if step.kind is ReformKind.RENAME else "{on} 併入：{old} → {new}"
        told = say(template, on=step.on.isoformat(), old=step.old_name, new=step.new_name)
        return told + (say("（{basis}）", basis=step.basis) if step.basis else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape bring back what is stored."""
        if event.key() == Qt.Key.Key_Escape:
            self.fields.restore()
        super().keyPressEvent(event)
