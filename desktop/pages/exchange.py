"""The page 收發: what went out to whom, who has returned; one half for each way."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.pages import exchange_rows
from desktop.pages.exchange_collect import CollectPane
from desktop.pages.exchange_dispatch import DispatchPane
from desktop.pages.exchange_rows import Book
from desktop.pages.exchange_upward import UpwardPane
from desktop.pages.page import Page
from desktop.widgets.elided import ElidedBox

if TYPE_CHECKING:
    from db.changes import Changes
    from desktop.jobs import Progress
    from desktop.pages.exchange_new import Wanted
    from exports.dispatch import Dispatched

TABLES = ("dispatch", "dispatch_sheet", "unit", "unit_contact", "plan", "setting")
_NAMED = 3


class ExchangePage(Page):
    """The page 收發. The dispatch chosen above is the one that either half is about."""

    name = "收發"
    icon = "mdi6.email-sync-outline"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sendings, self.returned = ElidedBox(), QLabel()
        self.dispatch, self.upward = DispatchPane(desk), UpwardPane(desk)
        self.collect = CollectPane(desk)
        self.halves = QStackedWidget()
        self._wanted: int | None = None  # the dispatch to be shown once it is loaded
        self._stale = True
        self._build()
        self._connect()

    def _build(self) -> None:
        words = self.desk.words
        self.setAcceptDrops(True)
        self.collect_button = self.add_action("收回…")
        words.put(
            self.collect_button, "讀取各單位交回的表；也可以把文件或文件夾拖到這一頁（Ctrl+O）", setter="setToolTip"
        )
        self.collect_menu = QMenu(self.collect_button)
        self.files_action, self.folder_action = self.collect_menu.addAction(""), self.collect_menu.addAction("")
        words.put(self.files_action, "收回文件…")
        words.put(self.folder_action, "收回文件夾…")
        self.collect_button.setMenu(self.collect_menu)
        self.upward_button = self.add_action("填上報表…")
        words.put(self.upward_button, "按臺賬填寫上級發來的表，格式和公式保持不動", setter="setToolTip")
        self.remind_button = self.add_action("催報單")
        words.put(self.remind_button, "還沒有報回的單位，打印或存為 PDF", setter="setToolTip")
        self.set_main_action("新分發")
        words.put(self.sendings, "分發", setter="setAccessibleName")
        self.sendings.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        line = QHBoxLayout()
        line.setSpacing(3 * theme.STEP)
        line.addWidget(self.sendings)
        line.addWidget(self.returned, 1)
        for half in (self.dispatch, self.upward, self.collect):
            self.halves.addWidget(half)
        self.body.addLayout(line)
        self.body.addWidget(self.halves, 1)
        self.rows = self.dispatch.register.table
        fields: list[QWidget] = [*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)]
        for field in fields:
            field.setAcceptDrops(False)  # files are for the page, not to be written down as text

    def _connect(self) -> None:
        self.main_action.clicked.connect(self._act)
        self.files_action.triggered.connect(self._choose_files)
        self.folder_action.triggered.connect(self._choose_folder)
        self.collect.ready.connect(self._show_collected)
        self.collect.changed.connect(self._say_action)
        self.collect.left.connect(lambda: self.halves.setCurrentWidget(self.dispatch))
        self.halves.currentChanged.connect(lambda _place: self._say_action())
        self._say_action()
        self.upward_button.clicked.connect(self._choose_form)
        self.upward.ready.connect(lambda: self.halves.setCurrentWidget(self.upward))
        self.upward.left.connect(lambda: self.halves.setCurrentWidget(self.dispatch))
        self.remind_button.clicked.connect(self.dispatch.print_reminders)
        self.sendings.activated.connect(lambda _row: self._load())
        self.dispatch.wanted.connect(self.send)
        self.dispatch.again.connect(self.write_again)
        self.desk.changed.connect(self._on_change)
        self.desk.words.changed.connect(self._say_sendings)
        QShortcut(QKeySequence.StandardKey.New, self, self.begin_new)
        QShortcut(QKeySequence.StandardKey.Open, self, self._choose_files)
        QShortcut(QKeySequence("Ctrl+Return"), self.collect, self.main_action.click)  # the mail has it else

    # loading

    def arrived(self) -> None:
        """Read the dispatches if they may have changed."""
        if self._stale:
            self._load()

    def _load(self) -> None:
        self._stale = False
        chosen = self._wanted or self.sendings.currentData()
        self._wanted = None
        self.desk.ask(self, lambda session: exchange_rows.load(session, chosen), self._take)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self._stale = True
            if self.isVisible():
                self.arrived()

    def _take(self, book: Book) -> None:
        self.dispatch.show_book(book)
        self._say_sendings()
        waiting = book.shown is not None and book.shown.line.returned < book.shown.line.units
        self.remind_button.setEnabled(waiting)

    def _say_sendings(self) -> None:
        book = self.dispatch.book
        self.sendings.clear()
        for line in book.lines:
            text = self.desk.say("分發 {code}（{due} 前報回）", code=line.code, due=line.due_on.isoformat())
            self.sendings.addItem(text, line.id)
        self.sendings.setVisible(bool(book.lines))
        self.returned.setVisible(bool(book.lines))
        if book.shown is None:
            return
        line = book.shown.line
        self.sendings.setCurrentIndex(self.sendings.findData(line.id))
        told = "已回 {returned}/{units}　已發 {sent}/{units}"
        if line.returned < line.units and date.today() > line.due_on:
            told += "　已過截止日期"
        self.desk.words.put(self.returned, told, returned=line.returned, units=line.units, sent=line.sent)

    # collecting

    def _choose_files(self) -> None:
        say = self.desk.say
        kinds = f"{say('表格和壓縮包')} (*.xlsx *.xls *.xlsm *.ods *.et *.zip);;{say('所有文件')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self, say("選擇收回的文件"), "", kinds)
        if names:
            self.collect.read([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.desk.say("選擇收回的文件夾"))
        if name:
            self.collect.read([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped anywhere on the page."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.collect.read(paths)

    def _show_collected(self) -> None:
        """Show what was read, ready for the keyboard."""
        self.halves.setCurrentWidget(self.collect)
        self.collect.cells.view.setFocus()

    def _say_action(self) -> None:
        """Give the main action the work of the half that is shown."""
        words, collecting = self.desk.words, self.halves.currentWidget() is self.collect
        if collecting:
            told = "套用 {count} 格" + ("，新增 {added} 項" if self.collect.matters() else "")
            told = "已套用" if self.collect.batch is not None else told
            words.put(self.main_action, told, count=self.collect.accepted(), added=self.collect.matters())
            words.put(self.main_action, "把採納的格寫入臺賬，作為一次操作，可以撤銷（Ctrl+Enter）", setter="setToolTip")
        else:
            words.put(self.main_action, "新分發")
            words.put(self.main_action, "給每個單位一份工作簿（Ctrl+N）", setter="setToolTip")
        self.main_action.setEnabled(not collecting or self.collect.may_apply())

    def _act(self) -> None:
        if self.halves.currentWidget() is self.collect:
            self.collect.apply()
        else:
            self.begin_new()

    def undo_own(self) -> bool:
        """Take back the last choice among what came back."""
        return self.halves.currentWidget() is self.collect and self.collect.undo()

    # the superior's form

    def _choose_form(self) -> None:
        say = self.desk.say
        kinds = f"{say('Excel 工作簿')} (*.xlsx *.xlsm);;{say('所有文件')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, say("選擇上級發來的表"), "", kinds)
        if name:
            self.fill_form(Path(name))

    def fill_form(self, path: Path) -> None:
        """Show what the ledger would write into a superior's form."""
        self.upward.read(path)

    # sending

    def begin_new(self) -> None:
        """Begin a new dispatch."""
        self.halves.setCurrentWidget(self.dispatch)
        self.dispatch.begin_new()

    def send(self, wanted: Wanted) -> None:
        """Write a new dispatch on the worker, with progress and cancel."""

        def work(progress: Progress) -> Dispatched:
            from exports.dispatch import dispatch

            return dispatch(
                self.desk.database,
                folder=wanted.folder,
                due_on=wanted.due_on,
                period=wanted.period,
                plan=wanted.plan,
                progress=progress,
            )

        self._run(work, "正在寫各單位的工作簿…")

    def write_again(self) -> None:
        """Write the files of the shown dispatch anew where they were."""
        shown = self.dispatch.book.shown
        if shown is None:
            return

        def work(progress: Progress) -> Dispatched:
            from exports.dispatch import write_again

            return write_again(
                self.desk.database, dispatch=shown.line.id, folder=Path(shown.line.folder), progress=progress
            )

        self._run(work, "正在重寫各單位的工作簿…")

    def _run(self, work: Callable[[Progress], Dispatched], told: str) -> None:
        def smooth(progress: Progress) -> Dispatched:
            importlib.import_module("openpyxl")
            gc.freeze()  # a look through all that was loaded for garbage would hold the window up
            return work(progress)

        self._set_busy(True)
        self.desk.jobs.run(self, smooth, self._sent, self._failed, what=told)

    def _sent(self, done: Dispatched) -> None:
        self._set_busy(False)
        self._wanted = next(iter(done.changes.ids("dispatch")), None)
        self._stale = True  # also where the same files were written again and no record has changed
        self.dispatch.made()
        self.desk.changed.emit(done.changes)
        self.arrived()
        told = self.desk.say("{count} 份工作簿已寫入：{folder}", count=len(done.files), folder=done.folder)
        if done.without_address:
            names = "、".join(done.without_address[:_NAMED])
            told += "　" + self.desk.say(
                "{count} 個單位沒有登記郵箱（{names}等），郵件草稿裏收件人空着。",
                count=len(done.without_address),
                names=names,
            )
        self.desk.told.emit(told, None)  # no button to undo it: its files may be on their way already

    def _failed(self, error: BaseException) -> None:
        self._set_busy(False)
        self.desk.troubled.emit(error)

    def _set_busy(self, busy: bool) -> None:  # noqa: FBT001 - as Qt's setEnabled
        for part in (self.main_action, self.sendings, self.dispatch):
            part.setEnabled(not busy)
