"""The half 分發 of the page 收發: the register on the left, the mail or a new dispatch on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QWidget

from desktop.desk import Desk
from desktop.pages.exchange_mail import MailPane
from desktop.pages.exchange_new import NewPane
from desktop.pages.exchange_register import RegisterPane
from desktop.pages.exchange_rows import Book
from desktop.pages.exchange_template import TemplatePane
from desktop.widgets.nothing import Nothing
from desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from db.settings import Office
    from exports.pdf import Print
    from exports.pdf.press import Tick


class DispatchPane(QWidget):
    """``wanted`` carries a new dispatch to be made, ``again`` asks to write the files of the shown one anew."""

    wanted = Signal(object)
    again = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.book = Book()
        self.register, self.mail, self.new = RegisterPane(desk), MailPane(desk), NewPane(desk)
        self.template = TemplatePane(desk)
        self.nothing = Nothing(desk.words)
        desk.words.put(self.nothing.label, "選擇一個單位，在這裏查看要發的郵件。")
        self.side = QStackedWidget()
        self.folder_button = self._button("打開文件夾", "打開放分發文件的文件夾")
        self.zip_button = self._button("打包…", "把各單位的工作簿打成一個 zip，用 U 盤帶走")
        self.list_button = self._button("登記表…", "把分發登記寫成表格或 PDF")
        self.all_button = self._button("全部標為已發", "登記還沒有標記的單位都已發出")
        self._build()
        self._connect()

    def _button(self, word: str, tip: str) -> QPushButton:
        button = QPushButton()
        self._desk.words.put(button, word)
        self._desk.words.put(button, tip, setter="setToolTip")
        return button

    def _build(self) -> None:
        for button in (self.folder_button, self.zip_button, self.list_button, self.all_button):
            self.register.foot.addWidget(button)
        for view in (self.nothing, self.mail, self.new, self.template):
            self.side.addWidget(view)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.register)
        splitter.addWidget(scrolled(self.side))
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([780, 400])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)

    def _connect(self) -> None:
        self.register.chosen.connect(self._show_mail)
        self.mail.opened.connect(self._open_draft)
        self.mail.marked.connect(self._mark_one)
        self.mail.reworded.connect(self.begin_template)
        self.new.decided.connect(self.wanted)
        self.new.left.connect(self._show_side)
        self.template.decided.connect(self._keep_template)
        self.template.left.connect(self._show_side)
        self.folder_button.clicked.connect(self._open_folder)
        self.zip_button.clicked.connect(self._choose_zip)
        self.list_button.clicked.connect(self._choose_list)
        self.all_button.clicked.connect(self._mark_all)
        QShortcut(QKeySequence.StandardKey.Find, self, self.register.search.setFocus)

    # showing

    def show_book(self, book: Book) -> None:
        """Show other data."""
        self.book = book
        self.register.show_sending(book.shown)
        shown = book.shown is not None
        for button in (self.folder_button, self.zip_button, self.list_button, self.all_button):
            button.setEnabled(shown)
        if book.shown is not None:
            self._desk.words.put(self.folder_button, "打開文件夾" if book.shown.complete else "重寫文件…")
            self.all_button.setEnabled(any(row.sent_at is None for row in book.shown.rows))
            if book.shown.trouble is not None:
                self._desk.troubled.emit(book.shown.trouble)

    def _show_mail(self) -> None:
        row, sending = self.register.row(), self.book.shown
        if row is not None and sending is not None:
            letter = sending.letters.get(row.id)
            self.mail.show_letter(row.unit, letter, sent=row.sent_at is not None, has_draft=row.id in sending.drafts)
        if self.side.currentWidget() not in (self.new, self.template):
            self._show_side()

    def _show_side(self) -> None:
        self.side.setCurrentWidget(self.nothing if self.register.row() is None else self.mail)
        self.register.table.setFocus()

    def begin_new(self) -> None:
        """Begin a new dispatch."""
        last = self.book.lines[0].folder if self.book.lines else ""
        parent = Path(last).parent if last else self._desk.database.path.parent
        due_on = self.book.due_on or date.today()
        self.side.setCurrentWidget(self.new)
        self.new.begin(self.book.plans, due_on, parent / f"分發_{date.today():%Y%m%d}")

    def begin_template(self) -> None:
        """Show the texts of the mails to be changed."""
        from db.settings import office

        def begin(now: Office) -> None:
            self.side.setCurrentWidget(self.template)
            self.template.begin(now)

        self._desk.ask(self, office, begin)

    def _keep_template(self, operation: Callable[[Database], Changes]) -> None:
        self._desk.perform(self, lambda: operation(self._desk.database), lambda _changes: self._show_side())

    def made(self) -> None:
        """Go back to the mails once a new dispatch is there."""
        self._show_side()

    # files

    def _open_folder(self) -> None:
        sending = self.book.shown
        if sending is None:
            return
        if sending.complete:
            QDesktopServices.openUrl(QUrl.fromLocalFile(sending.line.folder))
        else:
            self.again.emit()

    def _open_draft(self) -> None:
        row, sending = self.register.row(), self.book.shown
        draft = sending.drafts.get(row.id) if row is not None and sending is not None else None
        if draft is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft)))

    def _choose_zip(self) -> None:
        sending = self.book.shown
        if sending is not None:
            name = self._ask_name("打包分發文件", f"分發_{sending.line.code}.zip", "ZIP (*.zip)")
            if name:
                self.pack(Path(name))

    def pack(self, target: Path) -> None:
        """Pack the workbooks of the shown dispatch into one file."""
        sending = self.book.shown
        if sending is None:
            return

        def work(_session: Session) -> Path:
            from exports.dispatch.zipped import zip_files

            return zip_files(sending.paths, target)

        self._write(work, "已打包：{path}")

    def _choose_list(self) -> None:
        sending = self.book.shown
        if sending is not None:
            kinds = f"{self._desk.say('Excel 工作簿')} (*.xlsx);;PDF (*.pdf)"
            name = self._ask_name("分發登記表", f"分發登記_{sending.line.code}.xlsx", kinds)
            if name:
                self.write_list(Path(name))

    def write_list(self, target: Path) -> None:
        """Write the register of the shown dispatch as it stands."""
        sending = self.book.shown
        if sending is None:
            return

        def work(session: Session) -> Path:
            from db import settings
            from exports.lists.register import write_register

            return write_register(sending.rows, target, office=settings.office(session))[0]

        self._write(work, "分發登記已寫入：{path}")

    def _ask_name(self, title: str, proposed: str, kinds: str) -> str:
        folder = Path(self.book.shown.line.folder).parent if self.book.shown else Path()
        return QFileDialog.getSaveFileName(self, self._desk.say(title), str(folder / proposed), kinds)[0]

    def _write(self, work: Callable[[Session], Path], told: str) -> None:
        self._desk.ask(self, work, lambda path: self._desk.told.emit(self._desk.say(told, path=path), None))

    def print_reminders(self) -> None:
        """Show the reminder list before it is printed."""
        sending = self.book.shown
        if sending is None:
            return

        def make(session: Session, _tick: Tick) -> Print:
            from exports.lists.reminders import print_reminders

            return print_reminders(session, dispatch=sending.line.id, on=date.today())

        self._desk.preview(self, make, "催報單")

    # changing

    def _mark_one(self) -> None:
        row = self.register.row()
        if row is not None:
            self._mark([row.id])

    def _mark_all(self) -> None:
        if self.book.shown is not None:
            self._mark([row.id for row in self.book.shown.rows if row.sent_at is None])

    def _mark(self, sheets: Sequence[int]) -> None:
        from db import dispatch

        self._desk.perform(self, lambda: dispatch.mark_sent(self._desk.database, sheets=sheets))
