"""Starting the window: the application, its font and style, the database, the first sentence if it fails."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from db.errors import Trouble
from desktop import theme
from desktop.cli import account, default_database
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.script import Script
from desktop.words import Words


def make_application() -> QApplication:
    """Return the application with the house's font and style."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("taizhang")
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
    """Show the window until it is closed; return the exit status."""
    app = make_application()
    words = Words(Script(lang or Script.TRADITIONAL.value))
    chosen: Path | None = path or default_database()
    desk = None
    while desk is None:
        assert chosen is not None
        try:
            desk = open_desk(chosen, words, operator=operator or account())
        except Trouble as trouble:
            chosen = _ask_for_another(words, trouble)
            if chosen is None:
                return 2
    from desktop.window import MainWindow

    window = MainWindow(desk)
    window.show()
    return app.exec()


def _ask_for_another(words: Words, trouble: Trouble) -> Path | None:
    """Say why the database cannot be opened and let the user choose another; None ends the program."""
    box = QMessageBox(QMessageBox.Icon.Warning, words.say("政務臺賬"), trouble.told(words.say))
    other = box.addButton(words.say("選擇別的數據庫…"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(words.say("退出"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not other:
        return None
    name, _ = QFileDialog.getSaveFileName(
        None,
        words.say("選擇數據庫"),
        "",
        words.say("臺賬數據庫 (*.db)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return Path(name) if name else None
