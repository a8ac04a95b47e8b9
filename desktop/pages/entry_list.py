"""The list the page 填報 goes through: the tasks not yet reported, all open ones, or those chosen in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages import entry_values
from desktop.pages.entry_rows import Line, Scope
from desktop.widgets.elided import ElidedBox

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_TOLD = 40  # characters of a task: more than fit
_HEADED_UP_TO = 1.1  # of the usual size of type: beyond that the form needs the room
DONE, TYPED, OPEN = "✓", "✎", "○"


class Lines(QAbstractListModel):
    """The lines of the list: a mark, the code and the percent; what the task is; the unit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: list[Line] = []
        desk.words.changed.connect(lambda: self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1)))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line shows, its tip, or what a screen reader says."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = TYPED if line.draft else DONE if line.reported else OPEN
            percent = f"　{line.percent}%" if line.percent is not None else ""
            return f"{mark} {line.code}{percent}\n{' '.join(line.text[:_TOLD].split())}\n{line.unit or '—'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "有草稿" if line.draft else "已報" if line.reported else "未報"
            return self._desk.say("{code} {unit} " + state, code=line.code, unit=line.unit)
        return None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; where they are the same tasks only what is said of them changes."""
        same = [line.id for line in self.lines] == [line.id for line in lines]
        if not same:
            self.beginResetModel()
        self.lines = list(lines)
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))
        else:
            self.endResetModel()

    def mark_draft(self, assignment: int, *, draft: bool) -> None:
        """Say of a task that something is typed about it, or not any more."""
        row = self.row_of(assignment)
        if row is not None and self.lines[row].draft is not draft:
            self.lines[row] = replace(self.lines[row], draft=draft)
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, assignment: int) -> int | None:
        """Return the row of a task."""
        return next((row for row, line in enumerate(self.lines) if line.id == assignment), None)


class ListPane(QWidget):
    """``asked`` is sent when another list is wanted, ``picked`` carries the task to show.

    ``typed`` carries a digit typed on the list, which is meant for the form.
    ``marked`` asks to say in the ledger that those of the period are missing.
    """

    asked = Signal()
    picked = Signal(int)
    typed = Signal(str)
    marked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._quiet = False
        self.model = Lines(desk)
        self.scope, self.period, self.count = ElidedBox(), QLineEdit(), QLabel()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.count.setProperty("role", "faint")
        self.count.setWordWrap(True)
        for target, name in ((self.view, "任務"), (self.scope, "名單"), (self.period, "報送期")):
            desk.words.put(target, name, setter="setAccessibleName")
        desk.words.put(self.period, "報送期，如 2022-06；回車換一期", setter="setToolTip")
        desk.words.put(self.view, "✓ 已報　✎ 有草稿　○ 未報", setter="setToolTip")
        top = QHBoxLayout()
        self.head = QLabel()
        desk.words.put(self.head, "報送期")
        self.head.setBuddy(self.period)
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scope.setMinimumContentsLength(2)
        top.addWidget(self.head)
        top.addWidget(self.period)
        top.addWidget(self.scope, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.count)
        self.mark_button = QPushButton()
        desk.words.put(self.mark_button, "標記為未報")
        desk.words.put(
            self.mark_button, "過了報送期限：在臺賬和總覽裏把本期還沒有報的任務標為未報", setter="setToolTip"
        )
        self.mark_button.clicked.connect(self.marked)
        column.addWidget(self.mark_button)
        self._fit()
        self.offer_given(given=False)
        self.scope.activated.connect(lambda _row: self.asked.emit())
        self.period.editingFinished.connect(self._on_period)
        self.view.selectionModel().currentChanged.connect(self._on_row)
        self.view.installEventFilter(self)
        desk.scaled.connect(lambda _scale: self._fit())

    def _fit(self) -> None:
        self.head.setVisible(self._desk.scale <= _HEADED_UP_TO)
        self.period.setFixedWidth(self.fontMetrics().horizontalAdvance("2022-06") + 6 * theme.STEP)

    def sizeHint(self) -> QSize:
        """Ask for room for a code and a unit."""
        return QSize(self.fontMetrics().horizontalAdvance("100%　縣住房和城鄉建設局") + 12 * theme.STEP, 400)

    def offer_given(self, *, given: bool) -> None:
        """Offer the scopes; that of the ledger's choice only where there is one."""
        now = self.chosen_scope() if self.scope.count() else Scope.MISSING
        self.scope.clear()
        for scope in [one for one in Scope if given or one is not Scope.GIVEN]:
            self.scope.addItem("", scope.name)
            self._desk.words.put(self.scope, scope.value, setter="setItemText", before=(self.scope.count() - 1,))
        self.choose_scope(now)

    def choose_scope(self, scope: Scope) -> None:
        """Choose a scope without asking for its list."""
        self.scope.setCurrentIndex(max(0, self.scope.findData(scope.name)))

    def chosen_scope(self) -> Scope:
        """Return the chosen scope."""
        return Scope[self.scope.currentData()]

    def _on_period(self) -> None:
        """Take the period where it is one and another than before; else show the former again."""
        try:
            period = entry_values.period(self.period.text())
        except entry_values.MistypedError:
            self.period.undo()
            return
        self.period.setText(period)
        if period != self.period.property("kept"):
            self.asked.emit()

    def keep_period(self, period: str) -> None:
        """Show a period as the one the list is for."""
        self.period.setText(period)
        self.period.setProperty("kept", period)

    def show_lines(self, lines: Sequence[Line], chosen: int | None) -> None:
        """Show a list with the cursor on a task; no signal is sent."""
        self._quiet = True
        self.model.show_lines(lines)
        row = self.model.row_of(chosen) if chosen is not None else None
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))
        self._quiet = False
        told = sum(line.reported for line in lines)
        self.mark_button.setEnabled(told < len(lines))
        self._desk.words.put(self.count, "共 {n} 項，本期已報 {told}", n=len(lines), told=told)

    def choose(self, assignment: int) -> None:
        """Put the cursor on a task without a signal."""
        row = self.model.row_of(assignment)
        if row is not None:
            self._quiet = True
            self.view.setCurrentIndex(self.model.index(row))
            self._quiet = False

    def neighbour(self, assignment: int | None, step: int) -> int | None:
        """Return the task before (-1) or after (1) one in the list, the first where it is not in it."""
        row = self.model.row_of(assignment) if assignment is not None else None
        there = 0 if row is None else row + step
        return self.model.lines[there].id if 0 <= there < len(self.model.lines) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand a digit typed on the list on: no task begins with one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isdigit():
            self.typed.emit(event.text())
            return True
        return super().eventFilter(watched, event)

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.picked.emit(self.model.lines[now.row()].id)
