"""A desk with an empty database, and the window at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    from desktop.app import make_application

    return make_application()


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[object]:
    from db.database import open_database
    from desktop.desk import Desk
    from desktop.jobs import Jobs
    from desktop.words import Words

    made = Desk(open_database(tmp_path / "臺賬.db", operator="測試員"), Words(), Jobs())
    yield made
    made.jobs.finish()
    made.database.release()


@pytest.fixture
def window(desk: object, qtbot: QtBot) -> Iterator[object]:
    from desktop.desk import Desk
    from desktop.window import MainWindow

    assert isinstance(desk, Desk)
    made = MainWindow(desk)
    made.show()
    qtbot.waitUntil(desk.jobs.idle)
    yield made
    made.hide()
    made.deleteLater()
