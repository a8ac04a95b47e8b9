"""The page 臺賬: where each task stands; filtered, grouped, edited, accepted, taken out of the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter

from db.arranging import Arrangement, Group, arranged
from db.errors import Cancelled
from db.filters import LedgerFilter
from db.ledger import LedgerRow
from db.terms import Grouping
from db.views import View
from desktop.desk import Desk
from desktop.models.ledger import LedgerTable
from desktop.models.ledger_book import Book
from desktop.pages import ledger_layout, ledger_out
from desktop.pages.ledger_actions import proposing
from desktop.pages.ledger_detail import DetailPane
from desktop.pages.ledger_layout import Layout
from desktop.pages.ledger_out import Shown
from desktop.pages.ledger_pane import TablePane
from desktop.pages.ledger_reading import Reading
from desktop.pages.ledger_values import Operation
from desktop.pages.ledger_views import ViewsButton, saving_view
from desktop.pages.page import Page
from desktop.widgets.course import CourseButton
from desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from db.changes import Changes
    from desktop.jobs import Progress

FOLLOWING = 200  # assignments that the form goes on to after the chosen one
INLINE = 5_000  # rows that are arranged at once; more are arranged on the worker
EVERYTHING = LedgerFilter(withdrawn=True)
TABLES = (
    *("assignment", "assignment_unit", "progress_entry", "plan", "work_point", "point_unit"),
    *("section", "standing_unit", "unit"),
)


class LedgerPage(Page):
    """The page 臺賬. Every change is an operation of its own, so nothing waits to be saved.

    ``open_entry`` carries the assignment for which a report is to be entered (填報).
    """

    name = "臺賬"
    icon = "mdi6.table"
    open_entry = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.today: Callable[[], date] = date.today
        self.book = Book(date.min)
        self.table = LedgerTable(desk.words)
        self.pane, self.detail = TablePane(desk, self.table), DetailPane(desk)
        self._sort, self._descending = "", False
        self.reading = Reading(desk, self)
        self._early: Arrangement | None = None  # as which rows are shown while the others are still being read
        self._job: Progress | None = None
        self._wanted_id: int | None = None  # the assignment to be chosen once it is loaded
        self._wanted_field = ""  # and the field to be gone to
        self._build()
        self._connect()

    def _build(self) -> None:
        self.course_button = CourseButton(
            self.desk, self, lambda: [row.id for row in self.chosen()], self.show_assignment
        )
        self.side_actions.addWidget(self.course_button)
        self.views = ViewsButton(self.desk)
        self.side_actions.addWidget(self.views)
        self.print_button = self.add_action("打印預覽")
        self.set_main_action("導出…")
        self.desk.words.put(self.print_button, "按現在顯示的行和欄目打印（Ctrl+P）", setter="setToolTip")
        self.desk.words.put(self.main_action, "把現在顯示的行和欄目導出為 xlsx", setter="setToolTip")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(scrolled(self.pane))
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self._share(self.desk.scale)
        left = ledger_layout.kept(self.desk.layouts)
        self.pane.view.show_columns(left.columns)
        self.pane.view.set_widths(left.widths)
        self.pane.choose_grouping(left.grouping)
        self.detail.setVisible(left.detail)
        self.body.addWidget(self.splitter, 1)
        self.rows = self.pane.view

    def _share(self, scale: float) -> None:
        """Give what stands beside the table the width that the size of the type asks for."""
        self.splitter.setSizes([1200 - (wide := round(160 + 210 * scale)), wide])

    def _connect(self) -> None:
        pane = self.pane
        pane.chips.changed.connect(self._arrange)
        pane.grouping.activated.connect(self._on_grouping)
        pane.view.laid_out.connect(self._keep_layout)
        self.views.taken.connect(self.take_view)
        self.views.asked.connect(self.perform)
        self.views.saving.connect(lambda name: self.perform(saving_view(name, self.view())))
        pane.view.sorted_.connect(self._on_sort)
        pane.view.opened.connect(self.open_entry)
        pane.view.previewed.connect(self.toggle_detail)
        self.detail.asked.connect(self.perform)
        self.detail.entry.connect(self.open_entry)
        self.detail.second.connect(self.add)
        self.open_entry.connect(self._go_to_entry)
        pane.view.selectionModel().selectionChanged.connect(lambda *_: self._on_choice())
        pane.asked.connect(self.perform)
        pane.propose.connect(self.propose)
        pane.to_points.connect(self._go_to_points)
        pane.only.connect(self.show_filtered)
        pane.view.copied.connect(self.copy)
        self.main_action.clicked.connect(self.choose_export)
        self.print_button.clicked.connect(self.preview)
        self.desk.changed.connect(self._on_change)
        self.desk.scaled.connect(self._share)
        self.reading.came.connect(self._show_early)
        self.reading.advanced.connect(pane.say_loading)
        self.reading.done.connect(self._take)
        self.reading.stopped.connect(self._say_stopped)
        pane.again.connect(self.arrived)
        QShortcut(QKeySequence.StandardKey.Print, self, self.preview)
        QShortcut(QKeySequence.StandardKey.Find, self, pane.chips.text.setFocus)

    # loading

    def arrived(self) -> None:
        """Read what may have changed since the last time."""
        if self.reading.first:
            return
        if self.book.on != self.today():
            self.reading.pending = [None]
        if self.reading.pending:
            self._load()

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self.reading.pending.append(changes if changes.batch is not None else None)
            if self.isVisible():
                self.arrived()

    def _load(self) -> None:
        self.reading.start(self.book, self.today())
        if self.reading.first:
            self._wait()

    def _wait(self) -> None:
        """Show nothing until rows come."""
        self._early = None
        self.table.show_groups([])
        self.pane.say_loading()
        for button in (self.main_action, self.print_button):
            button.setEnabled(False)

    def _show_early(self, rows: list[LedgerRow]) -> None:
        """Show rows in their own order while the others are on their way; not where another order is wanted."""
        wanted = self.arrangement()
        if rows[0].sequence == 1 and not wanted.sort and wanted.grouping is Grouping.NONE:
            self._early = wanted
        if self._early is not None:
            for group in arranged(rows, wanted, on=self.today()):
                self.table.append(group.rows)
            self.pane.show_rows()

    def _say_stopped(self) -> None:
        if not self.book.rows:
            self._wait()
            self.pane.say_stopped()

    def _take(self, book: Book) -> None:
        self.book = book
        for part in (self.pane.chips, self.pane.bulk, self.detail):
            part.offer(book)
        self.pane.hints.show_book(book)
        self._arrange()
        if self.reading.pending and self.isVisible():
            self.arrived()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.desk.troubled.emit(error)

    # arranging

    def arrangement(self) -> Arrangement:
        """Return how the rows are filtered, sorted and grouped."""
        return Arrangement(self.pane.chips.wanted(), self._sort, self._descending, self.pane.chosen_grouping())

    def arrange_as(self, wanted: Arrangement) -> None:
        """Filter, sort and group the rows so."""
        self._sort, self._descending = wanted.sort, wanted.descending
        self.pane.view.show_sort(wanted.sort, descending=wanted.descending)
        self.pane.choose_grouping(wanted.grouping)
        self.pane.chips.set_wanted(wanted.filter)

    def view(self) -> View:
        """Return the view as it stands, to be saved."""
        return View(self.arrangement(), self.pane.view.columns())

    def take_view(self, view: View) -> None:
        """Show the ledger as a saved view does; one that names no columns leaves them as they are."""
        if view.columns:
            self.pane.view.show_columns(view.columns)
        self.arrange_as(view.arrangement)
        self._keep_layout()

    def _on_grouping(self) -> None:
        self._keep_layout()
        self._arrange()

    def _keep_layout(self) -> None:
        view = self.pane.view
        left = Layout(view.columns(), view.widths(), self.pane.chosen_grouping(), not self.detail.isHidden())
        ledger_layout.keep(self.desk.layouts, left)
        self.desk.laid_out.emit()

    def show_filtered(self, wanted: LedgerFilter) -> None:
        """Show the rows of this filter and no others, in the order and grouping they have."""
        self.arrange_as(replace(self.arrangement(), filter=wanted))

    def show_assignment(self, assignment: int) -> None:
        """Choose an assignment, once it is loaded; filters that hide it give way."""
        self._wanted_id = assignment
        self._arrange()

    def _on_sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        self._sort, self._descending = key, descending
        self.pane.view.show_sort(key, descending=descending)
        self._arrange()

    def _arrange(self) -> None:
        book, wanted = self.book, self.arrangement()
        if self.reading.first:
            if wanted != self._early:
                self._wait()
            return
        if self._job is not None:
            self._job.stopped = True
            self._job = None
        if len(book.rows) <= INLINE:
            self._show(arranged(book.rows, wanted, on=book.on))
            return

        def work(progress: Progress) -> list[Group]:
            return arranged(book.rows, wanted, on=book.on, breathe=progress.breathe)

        self._job = self.desk.jobs.run(self, work, self._show, self._on_failed)

    def _show(self, groups: Sequence[Group]) -> None:
        view = self.pane.view
        chosen, current = view.chosen_ids(), view.current_id()
        place, self._early = view.verticalScrollBar().value() if self._early == self.arrangement() else 0, None
        self.table.show_groups(groups)
        for button in (self.main_action, self.print_button):
            button.setEnabled(bool(groups))
        self.pane.say_count(self.book)
        view.choose(chosen, current)
        if place:
            view.verticalScrollBar().setValue(place)
        self._on_choice()
        if self._wanted_id is not None:
            self._go_to_wanted(self._wanted_id)

    def _go_to_wanted(self, assignment: int) -> None:
        if not any(row.id == assignment for row in self.book.rows):
            return  # not loaded yet
        if self.table.row_of(assignment) is None:
            self.table.folded_away.clear()
            if self.arrangement().filter != EVERYTHING:
                self.show_filtered(EVERYTHING)
                return
            self.table.show_groups(self.table.groups)
        self._wanted_id = None
        self.pane.view.choose([assignment], assignment)
        if self._wanted_field:
            self.detail.fields.focus(self._wanted_field)
            self._wanted_field = ""

    # leaving the house

    def shown(self) -> Shown:
        """Return the view as it stands."""
        return Shown(tuple(self.table.shown()), self.pane.view.columns(), self.pane.chosen_grouping())

    def choose_export(self) -> None:
        """Ask where to and write the view as a workbook."""
        path = ledger_out.ask_where(self, self.desk)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the view as a workbook."""
        ledger_out.write(self, self.desk, self.shown(), path)

    def preview(self) -> None:
        """Show the view as it would be printed."""
        if self.table.total():
            ledger_out.preview(self, self.desk, self.shown())

    def copy(self) -> None:
        """Put the chosen rows on the clipboard."""
        rows = self.chosen()
        if rows:
            mime = ledger_out.copied(self.table, rows, self.pane.view.columns(), self.desk.say)
            QApplication.clipboard().setMimeData(mime)
            self.desk.told.emit(self.desk.say("已複製 {n} 行，可粘貼到表格裏。", n=len(rows)), None)

    # changing

    def chosen(self) -> list[LedgerRow]:
        """Return the chosen rows."""
        return self.pane.view.chosen_rows()

    def _on_choice(self) -> None:
        rows = self.chosen()
        self.pane.bulk.show_rows(rows)
        self.pane.hints.give_way(len(rows) > 1)
        current = self.pane.view.current_id()
        row = next((row for row in rows if row.id == current), rows[0] if rows else None)
        self.detail.show_row(row)

    def toggle_detail(self) -> None:
        """Show or hide what stands beside the table."""
        self.detail.setVisible(not self.detail.isVisible())
        self._keep_layout()

    def perform(self, operation: Operation, then: Callable[[Changes], None] | None = None) -> None:
        """Run an operation on the database."""
        self.desk.perform(self, lambda: operation(self.desk.database), then)

    def add(self, operation: Operation) -> None:
        """Add an assignment and go to its first field."""

        def added(changes: Changes) -> None:
            self.detail.setVisible(True)
            self.detail.tabs.setCurrentIndex(0)
            self._wanted_field = "measure"
            self.show_assignment(changes.ids("assignment")[0])

        self.perform(operation, added)

    def propose(self) -> None:
        """Propose assignments for every plan that has none (擬出分工)."""
        self.perform(proposing(self.book.undivided))

    def _go_to_points(self) -> None:
        from desktop.pages.plans import PlansPage
        from desktop.window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.go_to(PlansPage)

    def _go_to_entry(self, assignment: int) -> None:
        """Open the form 填報 on an assignment, the ones below it following."""
        from desktop.pages.entry import EntryPage
        from desktop.window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            shown = [row.id for row in self.table.shown() if row.confirmed]
            place = shown.index(assignment) if assignment in shown else 0
            page = window.go_to(EntryPage)
            assert isinstance(page, EntryPage)
            page.open_on(assignment, shown[place + 1 : place + 1 + FOLLOWING])

    def may_close(self) -> bool:
        """Keep what was typed and not yet left; the window closes again once it is stored."""
        if not self.detail.fields.finish():
            return True
        self.desk.jobs.run(self, lambda _progress: None, lambda _none: self._close_if_kept(), self.desk.troubled.emit)
        return False

    def _close_if_kept(self) -> None:
        if not self.detail.fields.finish():
            self.window().close()
