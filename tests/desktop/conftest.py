"""A desk with an empty database, the window at it, and the page 要點 with the sample notice read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from db.drafts import DocumentDraft
    from desktop.desk import Desk
    from desktop.pages.plans import PlansPage
    from desktop.window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    from desktop.app import make_application

    return make_application()


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    from db.database import open_database
    from desktop.desk import Desk
    from desktop.jobs import Jobs
    from desktop.words import Words

    made = Desk(open_database(tmp_path / "臺賬.db", operator="測試員"), Words(), Jobs())
    yield made
    made.jobs.finish()
    made.database.release()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    from desktop.window import MainWindow

    made = MainWindow(desk)
    made.show()
    qtbot.waitUntil(desk.jobs.idle)
    yield made
    made.hide()
    made.deleteLater()


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    """Return a function that waits until every job has run."""
    return lambda: qtbot.waitUntil(desk.jobs.idle, timeout=20_000)


@pytest.fixture
def plans_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> PlansPage:
    """The page, reading the sample as its answers say and refusing every other file."""
    from db.errors import UnreadableInput
    from db.shipped import shipped
    from desktop.pages.plans import SAMPLE, PlansPage
    from tests.desktop.plans_support import sample

    def read(paths: list[Path], *_: object) -> list[DocumentDraft]:
        if paths != [shipped(*SAMPLE)]:
            raise UnreadableInput("「{name}」是空文件。請重新取得原件。", name=paths[0].name)
        return [sample()]

    monkeypatch.setattr("desktop.pages.plans.read_files", read)
    made = window.go_to(PlansPage)
    assert isinstance(made, PlansPage)
    return made


@pytest.fixture
def opened(plans_page: PlansPage, settle: Callable[[], None]) -> PlansPage:
    """The page after a click on the sample."""
    plans_page.start.sample_button.click()
    settle()
    return plans_page
