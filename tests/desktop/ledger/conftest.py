"""The page 臺賬 over the made-up year, seen on a day of October."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.database import open_database
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.pages.ledger import LedgerPage
from desktop.window import MainWindow
from desktop.words import Words
from tests.sample_year import copy_to

ON = date(2022, 10, 28)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(open_database(copy_to(tmp_path / "臺賬.db"), operator="測試員"), Words(), Jobs())
    yield made
    made.jobs.finish()
    made.database.release()


def ledger_page(window: MainWindow) -> LedgerPage:
    """Go to the page, on the day of the tests."""
    page = next(one for one in window.pages if isinstance(one, LedgerPage))
    page.today = lambda: ON
    window.go_to(LedgerPage)
    return page


@pytest.fixture
def page(window: MainWindow, settle: Callable[[], None], qtbot: QtBot) -> LedgerPage:
    """The page with its rows."""
    made = ledger_page(window)
    settle()
    return made
