"""The window: navigation, pages, the notice bar, the status bar with script and type size."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import PrivateLocked, Trouble
from desktop import theme
from desktop.desk import Desk
from desktop.manual import FIRST, OF_PAGE
from desktop.opening import open_hit
from desktop.pages import page_types
from desktop.pages.manual import ManualPage
from desktop.pages.page import Page
from desktop.pages.preview import Preview
from desktop.preferences import SCALES, Preferences
from desktop.script import Script
from desktop.widgets.busy import BusyLine
from desktop.widgets.elided import Elided
from desktop.widgets.lock import LockButton
from desktop.widgets.notice import Notice
from desktop.widgets.operator import OperatorButton
from desktop.widgets.search import SearchPanel

if TYPE_CHECKING:
    from db.undo import PastBatch
    from desktop.jobs import Progress
    from exports.pdf import Print

P = TypeVar("P", bound=Page)
_PATIENCE = 300  # ms before a job that makes a paper is shown to be at work


class MainWindow(QMainWindow):
    """One window, left navigation, no nested dialogs."""

    def __init__(self, desk: Desk, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.preferences = preferences or Preferences()  # without a path: nothing is remembered
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigation")
        desk.words.put(self.navigation, "各頁", setter="setAccessibleName")
        self.stack = QStackedWidget()
        self.notice = Notice(desk.words)
        self.pages: list[Page] = []
        self._printing: tuple[Progress, str] | None = None  # the job that makes a paper, and the paper's name
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._show_waiting)
        self._row = 0  # of the page shown, or of the one that the paper shown was made on
        self._build()
        self._build_status()
        for kind in page_types():
            self._add_page(kind(desk))
        self.preview = Preview(desk)
        self.stack.addWidget(self.preview)
        self.manual = ManualPage(desk)
        self.stack.addWidget(self.manual)
        self.manual.left.connect(self._leave_preview)
        desk.paper.connect(self._show_paper)
        desk.printing.connect(self._await_paper)
        self.preview.left.connect(self._leave_preview)
        self.navigation.itemClicked.connect(lambda _item: self._leave_preview())
        self.search = SearchPanel(desk, self)
        self.search.opened.connect(lambda hit: open_hit(self, hit))
        self.search_button.clicked.connect(self.search.begin)
        desk.told.connect(self._tell)
        desk.troubled.connect(self.show_trouble)
        desk.laid_out.connect(self._remember)
        desk.words.changed.connect(self._say_title)
        self.navigation.currentRowChanged.connect(self._go)
        self.navigation.setCurrentRow(0)
        self._bind_keys()
        self._say_title()
        self.set_scale(desk.scale)
        self.resize(1366, 720)

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._side())
        body.addLayout(right, 1)
        middle = QWidget()
        middle.setLayout(body)
        self.setCentralWidget(middle)

    def _side(self) -> QFrame:
        """Return the column of the navigation with search at its top."""
        words = self.desk.words
        self.search_button = QPushButton()
        words.put(self.search_button, "查找　Ctrl+K")
        words.put(self.search_button, "在全部記錄中查找（Ctrl+K）", setter="setToolTip")
        side = QFrame()
        side.setObjectName("side")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search_button)
        column.addWidget(self.navigation, 1)
        return side

    def _build_status(self) -> None:
        words, bar = self.desk.words, self.statusBar()
        bar.setSizeGripEnabled(False)
        where = Elided()
        words.put(where, "庫：{path}", path=self.desk.database.path)
        self.operator_button = OperatorButton(self.desk)
        self.operator_button.took_over.connect(self._remember)
        self.operator_button.managed.connect(self._manage_operators)
        self.lock_button = LockButton(self.desk)
        self.lock_button.unlocking.connect(self.ask_password)
        self.lock_button.setting_up.connect(self.show_security)
        self.busy = BusyLine(words, self.desk.jobs)
        bar.addWidget(where, 1)
        bar.addWidget(self.busy)
        self.script_button = QPushButton("簡 | 繁")  # the switch itself reads the same in both scripts
        words.put(self.script_button, "切換簡體和繁體", setter="setToolTip")
        self.script_button.clicked.connect(self.switch_script)
        self.smaller, self.larger = QPushButton("A−"), QPushButton("A+")
        for button, told in ((self.smaller, "縮小文字（Ctrl −）"), (self.larger, "放大文字（Ctrl +）")):
            words.put(button, told, setter="setToolTip")
            words.put(button, told, setter="setAccessibleName")
        self.smaller.clicked.connect(lambda: self.change_scale(-1))
        self.larger.clicked.connect(lambda: self.change_scale(1))
        self.help_button = QPushButton()
        words.put(self.help_button, "幫助")
        words.put(self.help_button, "使用手冊（F1）", setter="setToolTip")
        self.help_button.clicked.connect(self.show_manual)
        kept = (self.lock_button, self.operator_button, self.script_button, self.smaller, self.larger)
        for button in (*kept, self.help_button):
            bar.addPermanentWidget(button)

    def _add_page(self, page: Page) -> None:
        import qtawesome

        item = QListWidgetItem(qtawesome.icon(page.icon, color=theme.PAPER), page.name)
        self.navigation.addItem(item)
        self.pages.append(page)
        self.stack.addWidget(page)

    def _bind_keys(self) -> None:
        for place in range(len(self.pages)):
            QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self, lambda row=place: self.navigation.setCurrentRow(row))
        QShortcut(QKeySequence.StandardKey.ZoomIn, self, lambda: self.change_scale(1))
        QShortcut(QKeySequence("Ctrl+="), self, lambda: self.change_scale(1))
        QShortcut(QKeySequence.StandardKey.ZoomOut, self, lambda: self.change_scale(-1))
        QShortcut(QKeySequence("Ctrl+Z"), self, self.undo_last)
        for key in ("Ctrl+Y", "Ctrl+Shift+Z"):
            QShortcut(QKeySequence(key), self, self.redo_last)
        QShortcut(QKeySequence("Ctrl+K"), self, self.search.begin)
        QShortcut(QKeySequence.StandardKey.HelpContents, self, self.show_manual)

    def _go(self, row: int) -> None:
        if row != self._row and not self.pages[self._row].may_leave():
            self.navigation.blockSignals(True)
            self.navigation.setCurrentRow(self._row)
            self.navigation.blockSignals(False)
            return
        self._row = row
        self.stack.setCurrentIndex(row)
        if not self.navigation.hasFocus():  # who came by key goes on by key
            self.pages[row].take_focus()
        self.pages[row].arrived()

    def _await_paper(self, job: Progress, name: str) -> None:
        """Show how far a paper is, where it is not there at once."""
        self._printing = (job, name)
        self._patience.start(_PATIENCE)

    def _show_waiting(self) -> None:
        if self._printing is not None:
            self.stack.setCurrentWidget(self.preview)
            self.preview.await_print(*self._printing)

    def _show_paper(self, printed: Print | None, name: str) -> None:
        self._printing = None
        self.preview.job.end()
        if printed is None:
            self._leave_preview()
        else:
            self.stack.setCurrentWidget(self.preview)
            self.preview.show_print(printed, name)

    def _leave_preview(self) -> None:
        """Go back from a paper or the manual to the page that was shown before."""
        if self.stack.currentIndex() != self._row:
            self.stack.setCurrentIndex(self._row)
            self.pages[self._row].setFocus()

    def show_manual(self) -> None:
        """Show the manual at what the page shown is about."""
        shown = type(self.shown()).__name__
        if self.shown() is not self.manual:
            self.stack.setCurrentWidget(self.manual)
            self.manual.open(OF_PAGE.get(shown, FIRST))

    def go_to(self, kind: type[P]) -> P:
        """Show the page of this type, where the one shown lets go, and return it."""
        row, found = next((row, page) for row, page in enumerate(self.pages) if isinstance(page, kind))
        if row == self._row:
            self._leave_preview()
        self.navigation.setCurrentRow(row)
        return found

    def shown(self) -> QWidget:
        """Return the page shown, or the preview of a paper."""
        return self.stack.currentWidget()

    def switch_script(self) -> None:
        """Turn the whole window from one script to the other."""
        other = Script.SIMPLIFIED if self.desk.words.script is Script.TRADITIONAL else Script.TRADITIONAL
        self.desk.words.switch(other)
        self._remember()

    def change_scale(self, step: int) -> None:
        """Make all text one step larger or smaller, 80 % to 200 %."""
        place = SCALES.index(self.desk.scale) + step
        if 0 <= place < len(SCALES):
            self.set_scale(SCALES[place])
            self._remember()

    def set_scale(self, scale: float) -> None:
        """Give all text this part of its usual size."""
        self.desk.scale = scale
        app, style = QApplication.instance(), theme.style(scale)
        if isinstance(app, QApplication) and app.styleSheet() != style:
            theme.install_font(app, scale=scale)
            app.setStyleSheet(style)
        self.navigation.setFixedWidth(132 + round(100 * max(0.0, scale - 1)))
        self.navigation.setIconSize(QSize(round(18 * scale), round(18 * scale)))
        for row in range(self.navigation.count()):
            self.navigation.item(row).setSizeHint(QSize(0, round(40 * scale)))
        self.desk.scaled.emit(scale)

    def _remember(self) -> None:
        """Keep script, type size and operator for the next start."""
        kept = self.preferences
        kept.script, kept.scale, kept.operator = self.desk.words.script, self.desk.scale, self.desk.database.operator
        kept.layouts = self.desk.layouts
        try:
            kept.save()
        except (Trouble, OSError) as error:
            self.show_trouble(error)

    def _manage_operators(self) -> None:
        from desktop.pages.settings import SettingsPage

        self.go_to(SettingsPage)

    def ask_password(self) -> None:
        """Ask for the password over the window."""
        from desktop.dialogs.unlock import UnlockDialog

        dialog = UnlockDialog(self, self.desk)
        dialog.forgotten.connect(lambda: self.show_security("recover"))
        dialog.begin()

    def show_security(self, form: str = "") -> None:
        """Show the tab 安全, where the password is set, changed and recovered."""
        from desktop.pages.settings import SettingsPage

        page = self.go_to(SettingsPage)
        if self.shown() is page:
            page.tabs.setCurrentWidget(page.vault)
            page.vault.ask(form)

    def _say_title(self) -> None:
        self.setWindowTitle(self.desk.say("政務臺賬"))
        for row, page in enumerate(self.pages):
            self.navigation.item(row).setText(self.desk.say(page.name))

    def _tell(self, text: str, changes: object) -> None:
        batch = getattr(changes, "batch", None)
        act = "重做" if getattr(changes, "takes_back", False) else "撤銷"
        undo = (self.desk.say(act), lambda: self.undo(batch)) if batch is not None else None
        self.notice.show_words(text, action=undo)

    def undo(self, batch: int) -> None:
        """Take one operation back."""
        from db.undo import undo

        self.desk.perform(self, lambda: undo(self.desk.database, batch=batch))

    def undo_last(self) -> None:
        """Take back the last step of the page's own draft, else the last operation that still stands."""
        if self.pages[self._row].undo_own():
            return
        from db.undo import last_standing

        self._undo_chosen(last_standing, "沒有可撤銷的操作了。")

    def redo_last(self) -> None:
        """Do again what was taken back last, where nothing new was done since."""
        from db.undo import last_taken_back

        self._undo_chosen(last_taken_back, "沒有可重做的操作。")

    def _undo_chosen(self, choose: Callable[[list[PastBatch]], int | None], nothing: str) -> None:
        from db.undo import history

        def found(past: list[PastBatch]) -> None:
            chosen = choose(past)
            if chosen is None:
                self.desk.told.emit(self.desk.say(nothing), None)
            else:
                self.undo(chosen)

        self.desk.ask(self, history, found)

    def show_trouble(self, error: BaseException) -> None:
        """Show a trouble as its sentence; keep a report of a bug and apologize."""
        from desktop.errors import os_trouble, write_report

        if isinstance(error, OSError):
            try:
                error = os_trouble(error)
            except OSError as bug:
                error = bug
        if isinstance(error, Trouble):
            way_out = (self.desk.say("解鎖…"), self.ask_password) if isinstance(error, PrivateLocked) else None
            self.notice.show_words(error.told(self.desk.say), trouble=True, action=way_out)
            return
        try:
            path = write_report(error, self.desk.database.path.parent)
        except OSError:  # a full disk, a folder made read-only: no reason to lose the report as well
            path = write_report(error, Path(tempfile.gettempdir()))
        words = "程序出錯了，對不起。數據沒有改動；請把這個報告文件交給維護人員：{path}"
        self.notice.show_words(self.desk.say(words, path=path), trouble=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing is lost: drafts asked about, work ended, the snapshot written."""
        if not all(page.may_close() for page in self.pages):
            event.ignore()
            return
        self.desk.jobs.finish()
        self.preview.jobs.finish()
        folder: Path | None = None
        while True:
            try:
                self.desk.database.close(backup_to=folder)
            except Trouble as trouble:
                folder = self._other_folder(trouble)
                if folder is None:
                    event.ignore()
                    return
            else:
                break
        event.accept()

    def _other_folder(self, trouble: Trouble) -> Path | None:
        self.show_trouble(trouble)
        chosen = QFileDialog.getExistingDirectory(self, self.desk.say("另選備份文件夾"))
        return Path(chosen) if chosen else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the notice bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.notice.hide()
        super().keyPressEvent(event)
