"""The cells of what came back: filters, the table, accepting and refusing by cell, row, file or mark."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.returns import PlanCell, ReturnPlan, Rule
from db.terms import Verdict
from desktop import theme
from desktop.models.returns import CHOICE, CODE, FIELD, LEDGER, PROBLEM, RETURNED, SENT, CellTable, Show, Wanted
from desktop.widgets.chips import add_chips
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing
from desktop.widgets.rowview import show_rows

if TYPE_CHECKING:
    from desktop.desk import Desk

_WIDTHS = {CODE: 8, FIELD: 5, SENT: 5, LEDGER: 5, RETURNED: 9, CHOICE: 7, PROBLEM: 5}  # in characters
_AS_TASK = {True: "把這一行列為任務", False: "不把這一行列為任務"}


class CellsPane(QWidget):
    """``decided`` carries the plan after a choice; ``moved`` says that another cell is the current one."""

    decided = Signal(object)
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self.table = CellTable(desk.words)
        self.chips = QButtonGroup(self)
        self.rules = QComboBox()
        self.view, self.stack, self.empty = QTableView(), QStackedWidget(), Nothing(desk.words)
        self.count = QLabel()
        self.open = True  # whether choices are still to be made
        self._build_filters()
        self._build_view()
        self.chips.idClicked.connect(lambda _id: self._filter())
        self.rules.activated.connect(lambda _row: self._choose_rule())
        self.empty.button.clicked.connect(self.show_all)
        desk.words.changed.connect(self._say)
        desk.scaled.connect(lambda _scale: self._fit())
        self._fit()

    def _build_filters(self) -> None:
        line = FlowLayout(theme.STEP)
        add_chips(line, self.chips, self._words, [""] * len(Show))
        self._words.put(self.rules, "按標記篩選", setter="setAccessibleName")
        self._words.put(self.rules, "只看有這種標記的格", setter="setToolTip")
        self.rules.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        line.addWidget(self.rules)
        self.count.setProperty("role", "faint")
        line.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        column.addLayout(line)
        column.addWidget(self.stack, 1)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.table)
        show_rows(view)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._offer)
        view.doubleClicked.connect(lambda _index: self.toggle())
        view.selectionModel().currentRowChanged.connect(lambda _now, _before: self.moved.emit())
        self._words.put(view, "收回的格：空格鍵 採納或不採納，Shift+空格 整行", setter="setAccessibleName")
        for keys, work in (
            ("Space", self.toggle),
            ("Shift+Space", self.toggle_row),
            ("Ctrl+Space", self.toggle_file),
        ):
            QShortcut(QKeySequence(keys), view, work, context=Qt.ShortcutContext.WidgetShortcut)
        self.stack.addWidget(view)
        self.stack.addWidget(self.empty)

    def _fit(self) -> None:
        """Follow the size of the type."""
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 2 * theme.STEP)
        header = self.view.horizontalHeader()
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, metrics.horizontalAdvance("字" * width) + 3 * theme.STEP)
        header.setStretchLastSection(True)

    # showing

    def show_plan(self, plan: ReturnPlan | None, files: frozenset[int] | None) -> None:
        """Show the cells of some files of a plan, None for all of them."""
        wanted = self.table.wanted
        self._show(plan, Wanted(files, wanted.show, wanted.rule))

    def show_only(self, show: Show, rule: Rule | None = None) -> None:
        """Show what passes a filter."""
        self._show(self.table.plan, Wanted(self.table.wanted.files, show, rule))

    def show_all(self) -> None:
        """Take the filter away."""
        self.show_only(Show.ALL)

    def choose(self, plan: ReturnPlan) -> None:
        """Show the same cells after a choice."""
        self.table.choose(plan)
        self._say()

    def _show(self, plan: ReturnPlan | None, wanted: Wanted) -> None:
        self.table.show_plan(plan, wanted)
        self._say()
        self.view.selectRow(0)
        if not self.table.lines:
            self.moved.emit()

    def _filter(self) -> None:
        self.show_only(list(Show)[self.chips.checkedId()])

    def _choose_rule(self) -> None:
        rule = self.rules.currentData()
        self.show_only(Show.MARKED if rule else Show.ALL, rule)

    def _say(self) -> None:
        table, wanted = self.table, self.table.wanted
        for number, show in enumerate(Show):
            chip = self.chips.button(number)
            self._words.put(chip, show.value + " {count}", count=table.counts[show])
            chip.setChecked(show is wanted.show)
        self.rules.clear()
        self.rules.addItem(self._words.say("標記：不限"), None)
        for rule in Rule:
            if table.rules[rule]:
                self.rules.addItem(self._words.say(rule.label + " {count}", count=table.rules[rule]), rule)
        self.rules.setCurrentIndex(max(0, self.rules.findData(wanted.rule)))
        self.rules.setVisible(bool(table.rules))
        told = "顯示 {shown} 格" + ("，另有 {unchanged} 格未改" if table.unchanged else "")
        self._words.put(self.count, told, shown=len(table.lines), unchanged=table.unchanged)
        if table.counts[Show.ALL]:
            self.empty.say("沒有符合篩選條件的格。", "清除篩選")
        else:
            self.empty.say("這裏沒有要看的格：沒有填寫，或與臺賬相同。")
        self.stack.setCurrentWidget(self.view if table.lines else self.empty)

    # choosing

    def current(self) -> PlanCell | None:
        """Return the cell with the cursor."""
        return self.table.cell(self.view.currentIndex().row())

    def _chosen(self) -> list[int]:
        ranges = self.view.selectionModel().selection()  # selectedRows asks of every cell
        rows = {row for at in range(ranges.count()) for row in range(ranges.at(at).top(), ranges.at(at).bottom() + 1)}
        return self.table.places(sorted(rows))

    def toggle(self) -> None:
        """Accept the chosen cells; refuse them where all of them are accepted already."""
        places = self._chosen()
        self._decide(lambda plan: plan.choose_cells(places, accept=not all(plan.cells[one].accepted for one in places)))

    def toggle_row(self) -> None:
        """Accept or refuse the whole row that the cell belongs to."""
        cell = self.current()
        if cell is not None:
            self._decide(_row(cell, accept=not cell.accepted))

    def toggle_file(self) -> None:
        """Accept or refuse everything in the cell's file."""
        cell = self.current()
        if cell is not None:
            self._decide(lambda plan: plan.choose_file(cell.file, accept=not cell.accepted))

    def accept(self, *, accept: bool) -> None:
        """Accept or refuse the chosen cells."""
        places = self._chosen()
        self._decide(lambda plan: plan.choose_cells(places, accept=accept))

    def _decide(self, choice: Callable[[ReturnPlan], ReturnPlan]) -> None:
        if self.open and self.table.plan is not None:
            self.decided.emit(choice(self.table.plan))

    def menu(self) -> QMenu:
        """Return what can be done with the chosen cells."""
        menu, say, cell = QMenu(self), self._words.say, self.current()
        places = self._chosen()
        choosable = cell is not None and self.table.plan is not None and self.table.plan.may_choose(cell)

        def offer(word: str, choice: Callable[[ReturnPlan], ReturnPlan], *, keys: str = "", **facts: object) -> None:
            action = menu.addAction(say(word, **facts) + (f"\t{keys}" if keys else ""))
            action.triggered.connect(lambda: self._decide(choice))

        for word, accept in (("採納", True), ("不採納", False)):
            if places:
                offer(f"{word}所選 {{count}} 格", _cells(places, accept=accept), keys=say("空格"), count=len(places))
            if cell is None:
                continue
            if cell.target is not None:
                offer(f"{word}這一行（{{code}}）", _row(cell, accept=accept), keys=say("Shift+空格"), code=cell.code)
            elif choosable:
                offer(_AS_TASK[accept], _row(cell, accept=accept), keys=say("Shift+空格"))
            offer(f"{word}這份文件", _file(cell, accept=accept), keys=say("Ctrl+空格"))
            for rule in cell.rules:
                offer(f"{word}所有標記「{rule.label}」的格", _rule(rule, accept=accept))
            if choosable:
                offer(f"{word}所有「{cell.verdict.label}」的格", _rule(cell.verdict, accept=accept))
            menu.addSeparator()
        return menu

    def _offer(self, place: QPoint) -> None:
        menu = self.menu()
        if self.open and not menu.isEmpty():
            menu.popup(self.view.viewport().mapToGlobal(place))


def _cells(places: list[int], *, accept: bool) -> Callable[[ReturnPlan], ReturnPlan]:
    return lambda plan: plan.choose_cells(places, accept=accept)


def _row(cell: PlanCell, *, accept: bool) -> Callable[[ReturnPlan], ReturnPlan]:
    if cell.verdict is Verdict.PROPOSAL:
        return lambda plan: plan.choose(lambda one: one.matter == cell.matter, accept=accept)
    return lambda plan: plan.choose_row(cell.target, accept=accept) if cell.target is not None else plan


def _file(cell: PlanCell, *, accept: bool) -> Callable[[ReturnPlan], ReturnPlan]:
    return lambda plan: plan.choose_file(cell.file, accept=accept)


def _rule(rule: Rule | Verdict, *, accept: bool) -> Callable[[ReturnPlan], ReturnPlan]:
    return lambda plan: plan.choose_rule(rule, accept=accept)
