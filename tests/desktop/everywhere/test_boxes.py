"""The questions that the program asks before it goes on, and the dialogs for files: both scripts, keyboard, 200 %."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QPushButton

from db.errors import DatabaseDamaged
from desktop import app
from desktop.drafting import Entry
from desktop.pages import ledger_out, plans_storing
from desktop.pages.ledger import LedgerPage
from desktop.pages.page import Page
from desktop.pages.settings import SettingsPage
from desktop.script import Script
from desktop.window import MainWindow
from tests.db import worlds
from tests.desktop.everywhere.seen import words_on
from tests.desktop.everywhere.test_everywhere import reached_by_tab, traditional_only
from tests.test_architecture import TAIWAN, _simplified_only

Open = Callable[[MainWindow], object]
PageT = TypeVar("PageT", bound=Page)
DATA = ["通知.txt", "清江縣2022年政務公開工作要點", "備份.db", "工作臺賬", "工作台账", str(Path.home())]


def page_of(window: MainWindow, kind: type[PageT]) -> PageT:
    return next(one for one in window.pages if isinstance(one, kind))


def unsaved_settings(window: MainWindow) -> None:
    page = page_of(window, SettingsPage)
    window.go_to(SettingsPage)
    page.changed_values = lambda: {"county": "改"}  # type: ignore[method-assign]
    page.may_close()
    del page.changed_values


def restoring(window: MainWindow) -> None:
    page_of(window, SettingsPage).backups.restore(Path("備份.db"))


BOXES: dict[str, Open] = {
    "unsaved settings": unsaved_settings,
    "unsaved draft": lambda window: plans_storing.ask(window, window.desk, (Entry(worlds.draft(), 2022),)),
    "restoring": restoring,
    "damaged": lambda window: app._ask_for_another(window.desk.words, DatabaseDamaged("數據庫已損壞。"), Path()),
    "name of a view": lambda window: page_of(window, LedgerPage).views.ask_name(),
    "file": lambda window: ledger_out.ask_where(window, window.desk),
}


def seen(window: MainWindow, open_: Open, look: Callable[[QDialog], object]) -> object:
    """Open a box, look at it, give it up; return what was seen."""
    found: list[object] = []

    def now() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        try:
            found.append(look(box))
        finally:
            box.reject()

    QTimer.singleShot(50, now)
    open_(window)
    assert len(found) == 1
    return found[0]


@pytest.fixture(params=list(BOXES.values()), ids=list(BOXES))
def box(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Open:
    dialog: Any = QFileDialog.getSaveFileName
    own = QFileDialog.Option.DontUseNativeDialog
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: dialog(*rest, options=own))
    made: Open = request.param
    return made


def wrong(dialog: QDialog, is_wrong: Callable[[str], bool]) -> list[str]:
    said = [text for where, text in words_on(dialog, DATA) if not where.startswith(("QFileSystem", "QSidebar"))]
    return [text for text in said if any(map(is_wrong, text)) or TAIWAN.search(text)]


def test_box_speaks_the_script_of_the_window(window: MainWindow, box: Open) -> None:
    assert seen(window, box, lambda dialog: wrong(dialog, _simplified_only)) == []
    window.desk.words.switch(Script.SIMPLIFIED)
    try:
        assert seen(window, box, lambda dialog: wrong(dialog, traditional_only)) == []
    finally:
        window.desk.words.switch(Script.TRADITIONAL)


def test_every_button_of_the_box_is_reached_by_the_tab_key(window: MainWindow, box: Open) -> None:
    def missed(dialog: QDialog) -> list[str]:
        reached = reached_by_tab(dialog)
        buttons: list[QAbstractButton] = [*dialog.findChildren(QAbstractButton)]
        return [one.text() for one in buttons if one.isVisible() and one.isEnabled() and one not in reached]

    assert seen(window, box, missed) == []


def test_no_button_of_the_box_is_cut_off_at_200_percent(window: MainWindow, box: Open) -> None:
    def cut(dialog: QDialog) -> list[str]:
        buttons: list[QPushButton] = [*dialog.findChildren(QPushButton)]
        return [one.text() for one in buttons if one.isVisible() and one.width() < one.sizeHint().width() - 2]

    window.set_scale(2.0)
    try:
        assert seen(window, box, cut) == []
    finally:
        window.set_scale(1.0)
