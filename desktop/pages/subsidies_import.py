"""The preview of a list of policies before it is brought in: line by line what is new, changed, asked, the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db.terms import PolicyVerdict
from desktop import theme
from desktop.desk import Desk
from desktop.pages.subsidies_import_line import SKIP, LinePane
from desktop.pages.subsidies_import_rest import RestPane
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.changes import Changes
    from db.policyimport import Line
    from desktop.pages.subsidies_import_read import Preview
    from exports.subsidies.found import Headed

_COLUMNS = ("導入", "結果", "補貼政策名稱", "改動和待核")
_TAKE, _VERDICT, _NAME, _TOLD = range(4)
_ACTIVE = (PolicyVerdict.NEW, PolicyVerdict.CHANGED, PolicyVerdict.ASKED)


class ImportPane(QWidget):
    """``retold`` says that more or fewer lines would come in; ``left`` that the preview is given up or done."""

    retold = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.preview: Preview | None = None
        self.choices: dict[int, int] = {}
        self.leave: set[int] = set()
        self._filling = False
        self.head = QLabel()
        self.lines = ReadTable(desk.words, "讀到的政策", _COLUMNS, wide=_TOLD)
        self.line, self.rest, self.sides = LinePane(desk), RestPane(desk), QTabWidget()
        self.as_versions, self.since, self.cancel_button = QCheckBox(), QDateEdit(), QPushButton()
        self.split = QCheckBox()
        self._build()
        self.lines.currentCellChanged.connect(lambda row, *_rest: self._show_line(row))
        self.lines.itemChanged.connect(self._on_item)
        self.line.chosen.connect(self.choose)
        self.rest.settled.connect(self._read_again)
        self.as_versions.toggled.connect(self.since.setEnabled)
        self.split.clicked.connect(lambda _on: self._read_again())
        self.cancel_button.clicked.connect(self.left)
        desk.words.changed.connect(self._fill)
        desk.scaled.connect(lambda _scale: self.lines.fit())

    def _build(self) -> None:
        words = self._desk.words
        self.head.setWordWrap(True)
        words.put(self.as_versions, "有改動的作為新版本，執行起日")
        words.put(
            self.as_versions, "不勾選：更正現行版本；勾選：以前的內容留着，從這一天起執行新內容", setter="setToolTip"
        )
        words.put(self.split, "拆開連着的電話")
        words.put(self.split, "兩個號碼連在一起的，按提議拆成兩個", setter="setToolTip")
        words.put(self.since, "執行起日", setter="setAccessibleName")
        words.put(self.cancel_button, "取消")
        today = date.today()
        self.since.setDate(QDate(today.year, 1, 1))
        self.since.setDisplayFormat("yyyy-MM-dd")
        self.since.setCalendarPopup(True)
        self.since.setEnabled(False)
        for place, (pane, name) in enumerate(((self.line, "逐項"), (self.rest, "沒有採用的"))):
            self.sides.addTab(pane, "")
            words.put(self.sides, name, setter="setTabText", before=(place,))
        self.sides.setDocumentMode(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.lines)
        splitter.addWidget(self.sides)
        splitter.setSizes([620, 570])
        foot = QHBoxLayout()
        foot.addWidget(self.as_versions)
        foot.addWidget(self.since)
        foot.addWidget(self.split)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * theme.STEP, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.head)
        column.addWidget(splitter, 1)
        column.addLayout(foot)

    # reading

    def read(self, path: Path, told: tuple[Headed, ...] = ()) -> None:
        """Read a file on the worker and show what it would do."""
        from desktop.pages import subsidies_import_read

        database, split = self._desk.database, self.split.isChecked()
        self._desk.work(
            self,
            lambda _progress: subsidies_import_read.read(database, path, told, split=split),
            self.show_preview,
        )

    def _read_again(self, told: list[Headed] | None = None) -> None:
        if self.preview is not None:
            self.read(self.preview.path, self.preview.told if told is None else tuple(told))

    def show_preview(self, preview: Preview) -> None:
        """Show what was read."""
        self.preview = preview
        self.choices, self.leave = {}, set()
        self.rest.show_preview(preview)
        self._fill()
        self.sides.setCurrentWidget(self.line if preview.plan.lines else self.rest)
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        if self.preview is None:
            return
        say, lines = self._desk.say, self.preview.plan.lines
        self._filling = True
        self.lines.show_rows([("", say(line.verdict.label), line.name, self._summary(line)) for line in lines])
        for row, line in enumerate(lines):
            if line.verdict in _ACTIVE:
                item = QTableWidgetItem()
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                self.lines.setItem(row, _TAKE, item)
        self._filling = False
        self._say()
        self._show_line(self.lines.currentRow())

    def _summary(self, line: Line) -> str:
        from db.subsidyitems import label_of

        say = self._desk.say
        told = [say("改{items}", items=say("、".join(map(label_of, line.differs))))] if line.differs else []
        told += [say("可能是「{name}」", name=name) for _policy, name in line.alike]
        told += [self._desk.words.say_stored(sentence) for _key, sentence in line.doubts]
        return "　".join(told)

    def _say(self) -> None:
        """Say the counts, and set the ticks to what would come in."""
        if self.preview is None:
            return
        say, plan = self._desk.say, self.preview.plan
        told = [say("{word} {n}", word=say(one.label), n=plan.count(one)) for one in PolicyVerdict if plan.count(one)]
        refused = sum(len(one.problems) for one in self.preview.found)
        told += [say("沒有採用 {n} 格", n=refused)] if refused else []
        unread = sum(len(one.unknown()) for one in self.preview.found)
        told += [say("沒有讀取 {n} 列", n=unread)] if unread else []
        self.head.setText(say("「{name}」：", name=plan.source) + say("，").join(told))
        self._filling = True
        for row in range(self.lines.rowCount()):
            item = self.lines.item(row, _TAKE)
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(Qt.CheckState.Checked if self._comes_in(row) else Qt.CheckState.Unchecked)
        self._filling = False
        self.retold.emit()

    def _comes_in(self, place: int) -> bool:
        assert self.preview is not None
        line = self.preview.plan.lines[place]
        if line.verdict is PolicyVerdict.ASKED:
            return self.choices.get(place, SKIP) != SKIP and place not in self.leave
        return line.verdict in _ACTIVE and place not in self.leave

    def count(self) -> int:
        """Return how many lines would come in."""
        return sum(map(self._comes_in, range(len(self.preview.plan.lines)))) if self.preview is not None else 0

    # choosing

    def _show_line(self, row: int) -> None:
        if self.preview is not None and 0 <= row < len(self.preview.plan.lines):
            self.line.show_line(row, self.preview.plan.lines[row], self.choices.get(row))

    def _on_item(self, item: QTableWidgetItem) -> None:
        if self._filling or item.column() != _TAKE:
            return
        place, wanted = item.row(), item.checkState() is Qt.CheckState.Checked
        self.leave.discard(place)
        if not wanted:
            self.leave.add(place)
        self._say()
        if wanted and not self._comes_in(place):  # asked, and not settled yet
            self.lines.setCurrentCell(place, _NAME)
            self.sides.setCurrentWidget(self.line)
            self.line.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, place: int, choice: int) -> None:
        """Settle what an asked line is."""
        self.choices[place] = choice
        self.leave.discard(place)
        self._say()

    def apply(self) -> None:
        """Bring in what is shown."""
        from desktop.pages import subsidies_import_read

        preview = self.preview
        if preview is None or not self.count():
            return
        chosen = self.since.date()
        since = date(chosen.year(), chosen.month(), chosen.day()) if self.as_versions.isChecked() else None
        choices, leave, database = dict(self.choices), frozenset(self.leave), self._desk.database

        def done(_changes: Changes) -> None:
            self.preview = None
            self.left.emit()

        self._desk.perform(
            self,
            lambda: subsidies_import_read.bring_in(database, preview, choices=choices, leave=leave, since=since),
            done,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space tick the line and Escape give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
