"""The tab 發放: the payments, their sums, the imported sheets, the towns and villages; importing a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.subsidies_payments_files import ImportsPane
from desktop.pages.subsidies_payments_list import PaymentsPane
from desktop.pages.subsidies_payments_places import PlacesPane
from desktop.pages.subsidies_payments_preview import PreviewPane
from desktop.pages.subsidies_payments_sums import SumsPane
from desktop.pages.subsidies_tab import SubsidyTab
from desktop.widgets.chips import add_chips

if TYPE_CHECKING:
    from db.changes import Changes

TABLES = ("payment", "payment_import", "place", "subsidy_policy")
KINDS = "*.xlsx *.xls *.et *.ods *.csv *.xlsm"


class PaymentTab(SubsidyTab):
    """Four views behind chips; a sheet to be imported takes the whole tab until it is stored or given up."""

    name = "發放"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list, self.sums = PaymentsPane(desk), SumsPane(desk)
        self.imports, self.places = ImportsPane(desk), PlacesPane(desk)
        self.preview = PreviewPane(desk)
        self._panes: tuple[PaymentsPane | SumsPane | ImportsPane | PlacesPane, ...] = (
            *(self.list, self.sums),
            *(self.imports, self.places),
        )
        self._stale = [True] * len(self._panes)
        self.chips, self.stack, self.whole = QButtonGroup(self), QStackedWidget(), QStackedWidget()
        self._build()
        self.chips.idClicked.connect(self.show_view)
        self.list.began.connect(self.choose_import)
        self.imports.began.connect(self.choose_import)
        self.preview.left.connect(self._leave_preview)
        self.preview.stored.connect(self._on_stored)
        self.preview.ready.connect(self._say_main)
        desk.changed.connect(self._on_change)
        QShortcut(QKeySequence.StandardKey.Open, self, self.choose_import)
        QShortcut(QKeySequence.StandardKey.Find, self, self._seek)
        self._say_main()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.STEP)
        add_chips(bar, self.chips, self.desk.words, ("發放記錄", "合計", "發放表", "區劃"))
        bar.addStretch(1)
        for pane in self._panes:
            self.stack.addWidget(pane)
        views = QWidget()
        column = QVBoxLayout(views)
        column.setContentsMargins(0, 2 * theme.STEP, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.whole.addWidget(views)
        self.whole.addWidget(self.preview)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)

    def _say_main(self) -> None:
        if self.importing():
            self.set_main(
                "導入 {n} 行", "存入以上各行（Ctrl+回車）", enabled=self.preview.may_store(), n=self.preview.rows()
            )
        else:
            self.set_main("導入發放表…", "導入發放表：.xlsx、.xls、.et、.ods 或 .csv（Ctrl+O）")

    def importing(self) -> bool:
        """Tell whether a sheet is being looked at."""
        return self.whole.currentWidget() is self.preview

    def act(self) -> None:
        """Store what is shown, or ask for a sheet."""
        if self.importing():
            self.preview.store()
        else:
            self.choose_import()

    # views

    def show_view(self, number: int) -> None:
        """Show a view, read anew where something changed."""
        self.chips.button(number).setChecked(True)
        self.stack.setCurrentIndex(number)
        if self._stale[number]:
            self._stale[number] = False
            self._panes[number].load()

    def _seek(self) -> None:
        self._panes[self.stack.currentIndex()].seek()

    def arrived(self) -> None:
        """Load the view in front."""
        self.show_view(self.stack.currentIndex())

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self._stale = [True] * len(self._panes)
            if self.isVisible() and not self.importing():
                self.arrived()

    # bringing in

    def choose_import(self) -> None:
        """Ask for sheets to import."""
        say = self.desk.say
        names, _ = QFileDialog.getOpenFileNames(self, say("導入發放表"), "", f"{say('電子表格')} ({KINDS})")
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: list[Path]) -> None:
        """Read sheets and show what would be taken."""
        self.whole.setCurrentWidget(self.preview)
        self.preview.read(paths)
        self._say_main()

    def _leave_preview(self) -> None:
        self.whole.setCurrentIndex(0)
        self._say_main()
        self.arrived()

    def _on_stored(self) -> None:
        self._stale = [True] * len(self._panes)
        self._leave_preview()
        self.show_view(0)
