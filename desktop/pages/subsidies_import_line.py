"""One line of a list on its way in: what each item is now and would be, and which policy it is where that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from db.terms import PolicyVerdict
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.policyimport import Line

NEW, SKIP = 0, -1  # as db.policyimport has them; that room loads the ORM
_COLUMNS = ("項", "現在", "導入後")


class LinePane(QWidget):
    """``chosen`` carries the place of an asked line and what it is taken for."""

    chosen = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._place = 0
        self._line: Line | None = None
        self._choice: int | None = None
        self.where, self.asked, self.doubts = QLabel(), QLabel(), QLabel()
        self.choice = QComboBox()
        self.items = ReadTable(desk.words, "逐項", _COLUMNS, wide=2)
        self.where.setProperty("role", "faint")
        self.doubts.setProperty("role", "doubt")
        for label in (self.where, self.asked, self.doubts):
            label.setWordWrap(True)
        desk.words.put(self.choice, "是哪一項政策", setter="setAccessibleName")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.STEP, 0, 0)
        column.setSpacing(theme.STEP)
        for part in (self.where, self.asked, self.choice, self.items, self.doubts):
            column.addWidget(part, 1 if part is self.items else 0)
        self.choice.activated.connect(self._decide)
        desk.words.changed.connect(self._show)
        desk.scaled.connect(lambda _scale: self.items.fit())

    def show_line(self, place: int, line: Line, choice: int | None) -> None:
        """Show a line, with what was chosen for it."""
        self._place, self._line, self._choice = place, line, choice
        self._show()

    def _show(self) -> None:
        line = self._line
        if line is None:
            return
        from db.subsidyitems import KEYS, label_of

        say, stored = self._desk.say, self._desk.words.say_stored
        self.where.setText(stored(line.incoming.place))
        asked = line.verdict is PolicyVerdict.ASKED
        for part in (self.asked, self.choice):
            part.setVisible(asked)
        told = (
            "已有名稱相近的政策，請選定是哪一項。" if line.alike else "表裏前面已有這項政策，內容不同，請選定怎樣處理。"
        )
        self.asked.setText(say(told))
        self.choice.clear()
        self.choice.addItem(say("不導入"), SKIP)
        for policy, name in line.alike:
            self.choice.addItem(say("就是「{name}」", name=name), policy)
        self.choice.addItem(say("作為新政策"), NEW)
        self.choice.setCurrentIndex(max(0, self.choice.findData(SKIP if self._choice is None else self._choice)))
        given = {key: ("", text) for key, text in line.incoming.values.items() if text} if not line.policy else {}
        shown = {**given, **line.differs}
        order = [*KEYS, *(key for key in shown if key not in KEYS)]
        self.items.show_rows([(say(label_of(key)), *shown[key]) for key in order if key in shown])
        self.doubts.setVisible(bool(line.doubts))
        told_doubts = [say("{item}：", item=say(label_of(key))) + stored(sentence) for key, sentence in line.doubts]
        self.doubts.setText("\n".join(told_doubts))

    def _decide(self) -> None:
        self._choice = self.choice.currentData()
        self.chosen.emit(self._place, self.choice.currentData())
