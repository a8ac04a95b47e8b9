"""The page 總覽, which answers what needs the clerk today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db.overview import Figure, Overview, filter_of
from desktop import theme
from desktop.desk import Desk
from desktop.heap import unsearched
from desktop.pages.overview_bars import by_section, by_unit
from desktop.pages.overview_empty import EmptyPane
from desktop.pages.overview_figures import Figures
from desktop.pages.overview_recent import SHOWN, Recent
from desktop.pages.page import Page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.filters import LedgerFilter
    from db.undo import PastBatch
    from desktop.window import MainWindow


@dataclass(frozen=True, slots=True)
class _Found:
    overview: Overview
    past: list[PastBatch]
    backup: tuple[datetime, str] | None


class OverviewPage(Page):
    """The page 總覽. It changes nothing but by undo; every number leads to its tasks."""

    name = "總覽"
    icon = "mdi6.view-dashboard"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.today: Callable[[], date] = date.today
        self.shown: Overview | None = None
        self.year = QComboBox()
        self.figures, self.summary = Figures(desk), QLabel()
        self.units, self.sections = by_unit(desk), by_section(desk)
        self.recent, self.empty = Recent(desk), EmptyPane(desk)
        self.views, self._whole = QStackedWidget(), QWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.desk.words.put(self.year, "年度", setter="setAccessibleName")
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.side_actions.addWidget(self.year)
        self.summary.setProperty("role", "faint")
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.units)
        both.addWidget(self.sections)
        both.setHandleWidth(2 * theme.STEP)
        both.setSizes([1, 1])
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.figures)
        column.addWidget(self.summary)
        column.addWidget(both, 1)
        column.addWidget(self.recent)
        for view in (self.empty, self._whole):
            self.views.addWidget(view)
        self.body.addWidget(self.views, 1)
        self.views.hide()  # until it is known which

    def _connect(self) -> None:
        self.year.activated.connect(lambda _row: self._load())
        self.figures.chosen.connect(self._open_figure)
        self.units.opened.connect(self.open_ledger)
        self.sections.opened.connect(self.open_ledger)
        self.recent.undone.connect(lambda batch: self._window().undo(batch))
        self.recent.backups.connect(self._go_to_backups)
        self.empty.open_button.clicked.connect(lambda: self._begin(sample=False))
        self.empty.sample_button.clicked.connect(lambda: self._begin(sample=True))
        self.empty.divide_button.clicked.connect(self._go_to_plans)
        self.desk.changed.connect(self._on_change)

    def arrived(self) -> None:
        """Read the year anew: other pages may have changed it, and another day may have begun."""
        self._load()

    def _on_change(self, _changes: Changes) -> None:
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        wanted, on = self.year.currentData(), self.today()

        def ask(session: Session) -> _Found:
            from db import overview
            from db.undo import history
            from desktop.pages.settings_backups import copies

            _folder, made = copies(self.desk.database)
            backup = (made[0].at, made[0].reason) if made else None
            with unsearched(kept=False):
                seen = overview.read(session, year=wanted, on=on)
            return _Found(seen, history(session, limit=SHOWN), backup)

        self.desk.ask(self, ask, self._take)

    def _take(self, found: _Found) -> None:
        overview = self.shown = found.overview
        self._fill_years(overview)
        self.recent.show_past(found.past, found.backup)
        if not overview.tasks:
            self.empty.show_step(overview.plans)
        else:
            self.figures.show_counts(overview.figures)
            self.desk.words.put(
                self.summary,
                "計劃 {plans} 個，任務 {tasks} 項，完成 {done} 項，平均進度 {percent}%。點數字或橫條，在臺賬中查看。",
                plans=overview.plans,
                tasks=overview.tasks,
                done=overview.done,
                percent=overview.percent,
            )
            self.units.show_shares(overview.units)
            self.sections.show_shares(overview.sections)
        self.views.setCurrentWidget(self._whole if overview.tasks else self.empty)
        self.views.show()

    def _fill_years(self, overview: Overview) -> None:
        if [self.year.itemData(row) for row in range(self.year.count())] != list(overview.years):
            self.year.clear()
            for year in overview.years:
                self.year.addItem("", year)
                self.desk.words.put(
                    self.year, "{year} 年度", setter="setItemText", before=(self.year.count() - 1,), year=year
                )
        self.year.setCurrentIndex(self.year.findData(overview.year))
        self.year.setVisible(bool(overview.years))

    # elsewhere

    def _window(self) -> MainWindow:
        from desktop.window import MainWindow

        window = self.window()
        assert isinstance(window, MainWindow)
        return window

    def _open_figure(self, figure: Figure) -> None:
        if self.shown is not None and self.shown.year is not None:
            self.open_ledger(filter_of(figure, self.shown.year))

    def open_ledger(self, wanted: LedgerFilter) -> None:
        """Show the tasks of a filter on the page 臺賬."""
        from desktop.pages.ledger import LedgerPage

        page = self._window().go_to(LedgerPage)
        assert isinstance(page, LedgerPage)
        page.show_filtered(wanted)

    def _go_to_plans(self) -> Page:
        from desktop.pages.plans import PlansPage

        return self._window().go_to(PlansPage)

    def _begin(self, *, sample: bool) -> None:
        """Read the sample, or a file to be chosen, on the page 要點."""
        from desktop.pages.plans import PlansPage

        page = self._go_to_plans()
        assert isinstance(page, PlansPage)
        if sample:
            page.start.sample_button.click()
        else:
            page.choose_files()

    def _go_to_backups(self) -> None:
        from desktop.pages.settings import SettingsPage

        page = self._window().go_to(SettingsPage)
        assert isinstance(page, SettingsPage)
        page.tabs.setCurrentWidget(page.backups)
