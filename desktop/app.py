"""Starting the window: the application, its font and style, the database, the first sentence if it fails."""

from __future__ import annotations

import faulthandler
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QLocale, QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from db.errors import DatabaseDamaged, Trouble
from desktop import preferences, theme
from desktop.cli import account, default_database
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.preferences import Preferences
from desktop.script import Script
from desktop.words import Words

if TYPE_CHECKING:
    from desktop.window import MainWindow


def make_application() -> QApplication:
    """Return the application with the house's font and style."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("taizhang")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))  # days and months in calendars
    app.setStyle("Fusion")
    theme.install_font(app)
    app.setStyleSheet(theme.style())
    return app


def open_desk(path: Path, words: Words, *, operator: str) -> Desk:
    """Open the database and return the desk the pages work at."""
    from db.database import open_database

    path.parent.mkdir(parents=True, exist_ok=True)
    return Desk(open_database(path, operator=operator), words, Jobs())


def run_window(path: Path | None, *, lang: str | None, operator: str) -> int:
    """Show the window until it is closed; return the exit status.

    What the command line says goes before what the last window remembered.
    """
    if sys.stderr is not None:  # a program without a console has none
        faulthandler.enable()
    app = make_application()
    kept = preferences.load(preferences.default_path())
    words = Words(Script(lang) if lang else kept.script)
    desk = _open_or_ask(path or default_database(), words, operator=operator or kept.operator or account())
    if desk is None:
        return 2
    window = make_window(desk, kept)
    stand_in_documents()
    window.show()
    window.lock_button.ask_at_opening()
    return app.exec()


def stand_in_documents() -> None:
    """Let the first choice of a file begin among the clerk's own, not in the folder of the program."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    if documents:
        QDir.setCurrent(documents)


def make_window(desk: Desk, kept: Preferences) -> MainWindow:
    """Return the window as it was left the last time; from here on a bug is told in it."""
    from desktop.window import MainWindow

    desk.scale, desk.layouts = kept.scale, kept.layouts
    window = MainWindow(desk, kept)
    tell_bugs(desk)
    return window


def tell_bugs(desk: Desk) -> None:
    """Let an exception that nobody caught, in a slot say, be shown and reported instead of passing unseen."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if sys.stderr is not None:  # the places in the code only: the words may quote what the clerk entered
            sys.stderr.write("".join([*traceback.format_tb(trace), kind.__name__, "\n"]))
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            desk.troubled.emit(error.with_traceback(trace))

    sys.excepthook = hook


def _open_or_ask(path: Path, words: Words, *, operator: str) -> Desk | None:
    """Return the desk; where the database does not open, say why until another one does. None ends the program."""
    from desktop.errors import os_trouble

    chosen: Path | None = path
    while chosen is not None:
        try:
            return open_desk(chosen, words, operator=operator)
        except Trouble as trouble:
            chosen = _ask_for_another(words, trouble, chosen)
        except OSError as error:
            chosen = _ask_for_another(words, os_trouble(error), chosen)
    return None


def _ask_for_another(words: Words, trouble: Trouble, path: Path) -> Path | None:
    """Say why the database cannot be opened; return the one to open next, None to end the program."""
    box = QMessageBox(QMessageBox.Icon.Warning, words.say("政務臺賬"), trouble.told(words.say))
    again = box.addButton(words.say("重試"), QMessageBox.ButtonRole.AcceptRole)
    other = box.addButton(words.say("選擇別的數據庫…"), QMessageBox.ButtonRole.AcceptRole)
    back: QPushButton | None = None
    if isinstance(trouble, DatabaseDamaged):
        back = box.addButton(words.say("用備份恢復…"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(words.say("退出"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(leave)
    box.exec()
    clicked = box.clickedButton()
    if clicked is again:
        return path
    if back is not None and clicked is back:
        return _restore(words, path)
    return _choose(words) if clicked is other else None


def _choose(words: Words) -> Path | None:
    name, _ = QFileDialog.getSaveFileName(
        None,
        words.say("選擇數據庫"),
        "",
        words.say("臺賬數據庫 (*.db)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return Path(name) if name else None


def _restore(words: Words, path: Path) -> Path | None:
    """Let the user choose a snapshot and put it in the place of a damaged database."""
    from db.backup import folder_of
    from db.database import restore_database

    name, _ = QFileDialog.getOpenFileName(
        None, words.say("選擇備份"), str(folder_of(path)), words.say("臺賬數據庫 (*.db)")
    )
    if not name:
        return path
    try:
        restore_database(Path(name), path)
    except Trouble as trouble:
        return _ask_for_another(words, trouble, path)
    return path
