"""The tab 政策: the policies of the catalogue with what each still lacks, and the card to change one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout

from desktop.desk import Desk
from desktop.models.policies import PolicyTable
from desktop.pages.subsidies_add import AddPolicyPane
from desktop.pages.subsidies_card import PolicyCard
from desktop.pages.subsidies_import import ImportPane
from desktop.pages.subsidies_rows import Shelf
from desktop.pages.subsidies_tab import SubsidyTab
from desktop.pages.subsidies_table import PolicyPane
from desktop.widgets.nothing import Nothing

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database
    from desktop.pages.subsidies_import_read import Preview

TABLES = ("subsidy_policy", "policy_version", "policy_document", "policy_phone")


class PolicyTab(SubsidyTab):
    """The tab 政策. Every change is an operation of its own, so nothing waits to be saved."""

    name = "政策"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = PolicyTable(desk.words)
        self.pane = PolicyPane(desk, self.table)
        self.card, self.adding, self.nothing = PolicyCard(desk), AddPolicyPane(desk), Nothing(desk.words)
        self.incoming = ImportPane(desk)
        self.side, self.halves = QStackedWidget(), QStackedWidget()
        self._wanted: int | None = None  # the policy to be chosen once it is loaded
        self._newest = False  # the newest version is to be shown once it is loaded
        self._moving = False
        self._stale = True
        self.import_button = self.add_action("導入…", "導入已有的目錄：.xlsx、.xls、.ods、.docx、網頁或文本（Ctrl+O）")
        self.export_button = self.add_action("導出…", "導出為 xlsx，改好後可再導入")
        self.publish_button = self.add_action("公布…", "七公開目錄和明白卡：預覽、打印、存為文件（Ctrl+P）")
        self._build()
        self._connect()
        self._say_main()

    def _build(self) -> None:
        self.nothing.say("選擇一項政策，在這裏查看和修改。")
        for view in (self.nothing, self.card, self.adding):
            self.side.addWidget(view)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.pane)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([660, 530])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for half in (splitter, self.incoming):
            self.halves.addWidget(half)
        column.addWidget(self.halves)

    def _connect(self) -> None:
        self.pane.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.pane.view.activated.connect(lambda _index: self._begin_editing())
        self.pane.filtered.connect(lambda: self._select(self.chosen()))
        self.pane.moved.connect(self.move_chosen)
        self.pane.began.connect(self.choose_import)
        self.card.changed.connect(self._perform)
        self.card.version_added.connect(lambda operation: self._perform(operation, self._on_version))
        self.adding.decided.connect(lambda operation: self._perform(operation, self._on_added))
        self.adding.left.connect(self._show_side)
        self.export_button.clicked.connect(self._choose_export)
        self.publish_button.clicked.connect(self.publish)
        self.import_button.clicked.connect(self.choose_import)
        self.incoming.retold.connect(self._say_main)
        self.incoming.left.connect(lambda: self.halves.setCurrentIndex(0))
        self.halves.currentChanged.connect(lambda _place: self._say_main())
        self.desk.changed.connect(self._on_change)
        QShortcut(QKeySequence.StandardKey.New, self, self.begin_adding)
        QShortcut(QKeySequence("Ctrl+Return"), self.incoming, self.incoming.apply)
        QShortcut(QKeySequence.StandardKey.Open, self, self.choose_import)
        QShortcut(QKeySequence.StandardKey.Find, self, self.pane.search.setFocus)
        QShortcut(QKeySequence.StandardKey.Print, self, self.publish)

    def publish(self) -> None:
        """Ask what is to be published, after showing what it does not state."""
        from desktop.dialogs.catalogue import CatalogueDialog

        CatalogueDialog(self.window(), self.desk).show_first()

    # loading

    def arrived(self) -> None:
        """Read the policies if they may have changed."""
        if self._stale:
            self._stale = False
            from desktop.pages import subsidies_rows

            self.desk.ask(self, subsidies_rows.load, self._take)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self._stale = True
            if self.isVisible():
                self.arrived()

    def _take(self, shelf: Shelf) -> None:
        chosen = self._wanted or self.chosen()
        self._wanted = None
        self._moving = False
        self.table.set_shelf(shelf)
        self.pane.refresh()
        row = shelf.get(chosen) if chosen else None
        if row is not None and self.table.row_of(row.id) is None:
            self.pane.show_all(with_ended=row.ended(shelf.today))
        self._select(chosen)
        if self._newest and self.card.row is not None:
            self.card.show_version(self.card.row.book.versions[-1].version)
        self._newest = False

    def chosen(self) -> int | None:
        """Return the policy of the card."""
        return self.card.row.id if self.card.row is not None else None

    def choose(self, policy: int) -> None:
        """Show a policy, without filters where they hide it; once they are read where they are not yet."""
        row = self.table.shelf.get(policy)
        if row is None:
            self._wanted = policy
            return
        if self.table.row_of(policy) is None:
            self.pane.show_all(with_ended=row.ended(self.table.shelf.today))
        self._select(policy)

    def _select(self, policy: int | None) -> None:
        """Put the cursor on a policy and show its card; the card stays where filters hide the row."""
        place = self.table.row_of(policy) if policy is not None else None
        if place is not None:
            index = self.table.index(place, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.pane.view.selectionModel().setCurrentIndex(index, flags)
            self.pane.view.scrollTo(index)
        row = self.table.shelf.get(policy) if policy is not None else None
        if row is None:
            self.card.row = None
        else:
            self.card.show_row(row)
        if self.side.currentWidget() is not self.adding:
            self._show_side()

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.card.show_row(self.table.shown[now.row()])
            self._show_side()

    def _begin_editing(self) -> None:
        row = self.card.row
        if row is not None:
            self.card.fields.focus(row.line.missing[0] if row.line.missing else "name")

    def _show_side(self) -> None:
        self.side.setCurrentWidget(self.nothing if self.card.row is None else self.card)

    # changing

    def _perform(self, operation: Callable[[Database], Changes], then: Callable[[Changes], None] | None = None) -> None:
        self.desk.perform(self, lambda: operation(self.desk.database), then)

    def _say_main(self) -> None:
        """Give the main action the work of what is shown."""
        if self.halves.currentWidget() is self.incoming:
            tip, n = "作為一次操作寫入，可以撤銷（Ctrl+Enter）", self.incoming.count()
            self.set_main("導入 {n} 項", tip, enabled=n > 0, n=n)
        else:
            self.set_main("添加政策", "添加一項補貼政策（Ctrl+N）")

    def act(self) -> None:
        """Begin a new policy, or bring in what is previewed."""
        if self.halves.currentWidget() is self.incoming:
            self.incoming.apply()
        else:
            self.begin_adding()

    def begin_adding(self) -> None:
        """Begin a new policy."""
        self.halves.setCurrentIndex(0)
        self.card.finish()
        self.side.setCurrentWidget(self.adding)
        self.adding.begin()

    def _on_added(self, changes: Changes) -> None:
        self._wanted = changes.ids("subsidy_policy")[0]
        self.side.setCurrentWidget(self.card)
        self._stale = True
        self.arrived()
        self.card.fields.focus("documents")

    def _on_version(self, _changes: Changes) -> None:
        self._newest = True
        self._stale = True
        self.arrived()

    def move_chosen(self, step: int) -> None:
        """Move the chosen policy one row up or down among the rows shown."""
        place = self.pane.view.currentIndex().row()
        there = place + step
        if self._moving or not 0 <= place < len(self.table.shown) or not 0 <= there < len(self.table.shown):
            return
        policy, other = self.table.shown[place].id, self.table.shown[there].id
        order = [row.id for row in self.table.shelf.rows if row.id != policy]
        after = order.index(other) + (step > 0)
        before = order[after] if after < len(order) else None

        def operation(database: Database) -> Changes:
            from db import subsidies

            return subsidies.move(database, policy=policy, before=before)

        self._moving = True  # a key held down waits for the order to be shown
        self._perform(operation, lambda changes: setattr(self, "_moving", changes.batch is not None))

    # sheets

    def choose_import(self) -> None:
        """Ask for a list to bring in."""
        say = self.desk.say
        kinds = f"{say('補貼政策表')} (*.xlsx *.xls *.et *.ods *.docx *.html *.htm *.txt);;{say('所有文件')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, say("導入補貼政策"), "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Show what a list would change; nothing is stored before the clerk agrees."""
        self.card.finish()
        from desktop.pages import subsidies_import_read

        self.incoming.split.setChecked(False)

        def show(preview: Preview) -> None:
            self.halves.setCurrentWidget(self.incoming)
            self.incoming.show_preview(preview)

        self.desk.work(self, lambda _progress: subsidies_import_read.read(self.desk.database, path), show)

    def _choose_export(self) -> None:
        say = self.desk.say
        name, _ = QFileDialog.getSaveFileName(
            self, say("導出補貼政策表"), say("補貼政策表") + ".xlsx", f"{say('Excel 工作簿')} (*.xlsx)"
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write all policies with their versions as a workbook."""
        from db import settings
        from exports.subsidies.writing import write_policies

        def told(written: Path) -> None:
            self.desk.told.emit(self.desk.say("補貼政策表已寫入：{path}", path=written), None)

        self.desk.ask(self, lambda session: write_policies(session, path, office=settings.office(session)), told)

    def may_close(self) -> bool:
        """Keep what was typed and not yet left; the window closes again once it is stored."""
        if not self.card.finish():
            return True
        self.desk.jobs.run(self, lambda _progress: None, lambda _none: self._close_if_kept(), self.desk.troubled.emit)
        return False

    def _close_if_kept(self) -> None:
        if not self.card.finish():
            self.window().close()
