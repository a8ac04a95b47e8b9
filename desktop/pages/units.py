"""The page 單位: the units of every level, their counterparts, and the card to change one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QTabWidget

from db.terms import UnitLevel
from desktop.desk import Desk
from desktop.models.units import UnitTable
from desktop.pages.page import Page
from desktop.pages.units_add import AddPane
from desktop.pages.units_card import UnitCard
from desktop.pages.units_rows import Book, UnitLine
from desktop.pages.units_table import TablePane
from desktop.pages.units_year import YearPane
from desktop.widgets.nothing import Nothing

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database
    from desktop.pages.units_exchange import Incoming

TABLES = ("unit", "unit_alias", "unit_contact", "unit_reform", "counterpart")


class UnitsPage(Page):
    """The page 單位. Every change is an operation of its own, so nothing waits to be saved."""

    name = "單位"
    icon = "mdi6.office-building"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = UnitTable(desk.words)
        self.pane = TablePane(desk, self.table)
        self.card, self.adding = UnitCard(desk), AddPane(desk)
        self.year, self.tabs = YearPane(desk), QTabWidget()
        self.nothing = Nothing(desk.words)
        self.nothing.say("選擇一個單位，在這裏查看和修改。")
        self.side = QStackedWidget()
        self._wanted: int | None = None  # the unit to be chosen once it is loaded
        self._moving = False
        self._stale = True
        self._build()
        self._connect()

    def _build(self) -> None:
        self.import_button = self.add_action("導入…")
        self.export_button = self.add_action("導出…")
        self.print_button = self.add_action("通訊錄…")
        self.set_main_action("添加單位")
        self.desk.words.put(self.main_action, "添加單位（Ctrl+N）", setter="setToolTip")
        self.desk.words.put(self.import_button, "從 xlsx 導入單位和對口關係", setter="setToolTip")
        self.desk.words.put(self.export_button, "導出為 xlsx，改好後可再導入", setter="setToolTip")
        self.desk.words.put(self.print_button, "打印各單位的電話、聯繫人和郵箱", setter="setToolTip")
        for pane, name in ((self.card, "資料"), (self.year, "全年")):
            self.tabs.addTab(pane, "")
            self.desk.words.put(self.tabs, name, setter="setTabText", before=(self.tabs.count() - 1,))
        self.tabs.setDocumentMode(True)
        for view in (self.nothing, self.tabs, self.adding):
            self.side.addWidget(view)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.pane)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([680, 510])
        self.body.addWidget(splitter, 1)
        self.rows = self.pane.view

    def _connect(self) -> None:
        self.main_action.clicked.connect(self.begin_adding)
        self.import_button.clicked.connect(self._choose_import)
        self.export_button.clicked.connect(self._choose_export)
        self.print_button.clicked.connect(self.preview_contacts)
        self.tabs.currentChanged.connect(lambda _tab: self.year.refresh())
        self.year.followed.connect(self._open_task)
        self.pane.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.pane.filtered.connect(self._keep_chosen)
        self.pane.moved.connect(self.move_chosen)
        self.pane.view.activated.connect(lambda _index: self._begin_editing())
        self.card.changed.connect(self._perform)
        self.card.reformed.connect(lambda operation: self._perform(operation, lambda _changes: self.card.reform.hide()))
        self.card.followed.connect(self.choose)
        self.adding.decided.connect(lambda operation: self._perform(operation, self._on_added))
        self.adding.left.connect(self._show_side)
        self.desk.changed.connect(self._on_change)
        QShortcut(QKeySequence.StandardKey.New, self, self.begin_adding)
        QShortcut(QKeySequence.StandardKey.Find, self, self.pane.search.setFocus)
        QShortcut(QKeySequence.StandardKey.Print, self, self.preview)

    # loading

    def arrived(self) -> None:
        """Read the units if they may have changed."""
        if self._stale:
            self._stale = False
            from desktop.pages import units_rows

            self.desk.ask(self, units_rows.load, self._take)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self._stale = True
            if self.isVisible():
                self.arrived()

    def _take(self, book: Book) -> None:
        chosen = self._wanted or self.chosen()
        self._wanted = None
        self._moving = False
        self.table.set_book(book)
        self.pane.refresh()
        line = book.get(chosen) if chosen else None
        if line is not None and self.table.row_of(line.id) is None:
            self.pane.show_all(with_ended=line.ended_on is not None)
        self._select(chosen)

    def chosen(self) -> int | None:
        """Return the unit of the card."""
        return self.card.line.id if self.card.line is not None else None

    def choose(self, unit: int) -> None:
        """Show a unit, without filters where they hide it; once they are read where they are not yet."""
        if self.table.book.get(unit) is None:
            self._wanted = unit
            return
        if self.table.row_of(unit) is None:
            line = self.table.book.get(unit)
            self.pane.show_all(with_ended=line is not None and line.ended_on is not None)
        self._select(unit)

    def _keep_chosen(self) -> None:
        self._select(self.chosen())

    def _select(self, unit: int | None) -> None:
        """Put the cursor on a unit and show its card; the card stays where filters hide the row."""
        row = self.table.row_of(unit) if unit is not None else None
        if row is not None:
            index = self.table.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.pane.view.selectionModel().setCurrentIndex(index, flags)
            self.pane.view.scrollTo(index)
        line = self.table.book.get(unit) if unit is not None else None
        if line is None:
            self.card.line = None
        else:
            self._show_line(line)
        if self.side.currentWidget() is not self.adding:
            self._show_side()

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._show_line(self.table.shown[now.row()])
            self._show_side()

    def _show_line(self, line: UnitLine) -> None:
        self.card.show_line(line, self.table.book)
        self.year.show_unit(line.id)

    def _begin_editing(self) -> None:
        self.tabs.setCurrentWidget(self.card)
        self.card.fields.lines["name"].setFocus()

    def _show_side(self) -> None:
        self.side.setCurrentWidget(self.nothing if self.card.line is None else self.tabs)

    # changing

    def _perform(self, operation: Callable[[Database], Changes], then: Callable[[Changes], None] | None = None) -> None:
        self.desk.perform(self, lambda: operation(self.desk.database), then)

    def begin_adding(self) -> None:
        """Begin a new unit of the level shown."""
        self.card.finish()
        self.side.setCurrentWidget(self.adding)
        self.adding.begin(self.table.level or UnitLevel.COUNTY)

    def _on_added(self, changes: Changes) -> None:
        self._wanted = changes.ids("unit")[0]
        self.side.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(self.card)
        self._stale = True
        self.arrived()
        self.card.fields.lines["aliases"].setFocus()

    def move_chosen(self, step: int) -> None:
        """Move the chosen unit one row up or down among the rows shown, within its level."""
        row = self.pane.view.currentIndex().row()
        if self._moving or not 0 <= row < len(self.table.shown):
            return
        line = self.table.shown[row]
        other = self._neighbour(row, step)
        if other is None:
            return
        order = [one.id for one in self.table.book.of_level(line.level) if one.id != line.id]
        place = order.index(other.id) + (step > 0)
        before = order[place] if place < len(order) else None

        def operation(database: Database) -> Changes:
            from db import units

            return units.move(database, unit=line.id, before=before)

        self._moving = True  # a key held down waits for the order to be shown
        self._perform(operation, lambda changes: setattr(self, "_moving", changes.batch is not None))

    def _neighbour(self, row: int, step: int) -> UnitLine | None:
        there = row + step
        if not 0 <= there < len(self.table.shown):
            return None
        other = self.table.shown[there]
        return other if other.level is self.table.shown[row].level else None

    # sheets

    def _choose_import(self) -> None:
        say = self.desk.say
        kinds = f"{say('單位表')} (*.xlsx *.xls *.et);;{say('所有文件')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, say("導入單位表"), "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a workbook, show what cannot be taken, and bring in the rest."""
        from desktop.pages import units_exchange

        self.desk.work(self, lambda _progress: units_exchange.read(path), self._take_incoming)

    def _take_incoming(self, incoming: Incoming) -> None:
        from desktop.pages import units_exchange

        if units_exchange.agreed(self, self.desk.words, incoming):
            self._perform(incoming.bring_in)

    def _choose_export(self) -> None:
        say = self.desk.say
        name, _ = QFileDialog.getSaveFileName(
            self, say("導出單位表"), say("單位表") + ".xlsx", f"{say('Excel 工作簿')} (*.xlsx)"
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write all units as a workbook."""
        from desktop.pages import units_exchange

        def told(written: Path) -> None:
            self.desk.told.emit(self.desk.say("單位表已寫入：{path}", path=written), None)

        self.desk.ask(self, lambda session: units_exchange.write(session, path), told)

    # paper

    def preview(self) -> None:
        """Show what is in front as it would be printed: the unit's year, else the list of contacts."""
        if self.side.currentWidget() is self.tabs and self.tabs.currentWidget() is self.year:
            self.year.preview()
        else:
            self.preview_contacts()

    def preview_contacts(self) -> None:
        """Show the list of contacts as it would be printed."""
        from desktop.pages import units_exchange

        self.desk.preview(self, units_exchange.contacts, "通訊錄")

    def _open_task(self, assignment: int) -> None:
        from desktop.pages.ledger import LedgerPage
        from desktop.window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.go_to(LedgerPage).show_assignment(assignment)

    def may_close(self) -> bool:
        """Keep what was typed and not yet left; the window closes again once it is stored."""
        if not self.card.finish():
            return True
        self.desk.jobs.run(self, lambda _progress: None, lambda _none: self._close_if_kept(), self.desk.troubled.emit)
        return False

    def _close_if_kept(self) -> None:
        if not self.card.finish():
            self.window().close()
