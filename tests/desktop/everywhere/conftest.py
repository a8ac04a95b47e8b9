"""One window with a little of everything in it, for looking at every page and dialog of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.db import worlds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from db.database import Database
    from desktop.window import MainWindow

Stroll = Callable[[str], "QWidget"]


def furnish(database: Database, folder: Path) -> None:
    """A divided notice, a report, a sending to the units, two policies, a snapshot."""
    from db import backup, progress, subsidies
    from db.progress import Report
    from exports.dispatch import dispatch

    worlds.divided(database)
    report = Report(period="2022-06", percent=20, text="已印發方案。", problem="經費不足。")
    progress.add(database, code=worlds.codes(database)[0], report=report)
    dispatch(database, folder=folder / "分發", due_on=date(2022, 6, 28), period="2022-06")
    subsidies.add(database, values={"name": "耕地地力保護補貼", "department": "縣農業農村局", "standard": "67元/畝"})
    subsidies.add(database, values={"name": "耕地地力保護補貼資金", "enquiry_phones": "0799-62200010799-6220002"})
    post(database)
    backup.snapshot(database.path, reason="manual")


def post(database: Database) -> None:
    """Payments in a village, a posting on its board with an objection."""
    from db import postings
    from db.postings import MadePosting, Run
    from db.terms import PostingProfile
    from tests.db import villages

    farm = villages.policy(database, {**villages.FARM_ITEMS, "name": "種糧大戶補貼"})
    place = villages.places(database, {"石橋鎮": ["石橋村"]})["石橋村"]
    villages.pay(database, place=place, policy=farm)
    made = MadePosting(place, farm, PostingProfile.PLAIN, "石橋村公示", 5, 249_375, {"甲.pdf": "0" * 64}, "f" * 64)
    run = Run("/公示", villages.PERIOD, 7, working_days=False)
    ids = postings.record(database, run=run, made=[made]).ids("posting")
    postings.post(database, postings=ids, on=date(2022, 9, 26), spot="村務公開欄")
    postings.object_to(database, posting=ids[0], text="面積少了一畝。", on=date(2022, 9, 28))


@pytest.fixture(scope="package")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """The window, furnished; tests leave it in traditional characters at 100 %."""
    from PySide6.QtTest import QTest

    from desktop.app import open_desk
    from desktop.window import MainWindow
    from desktop.words import Words

    folder = tmp_path_factory.mktemp("everywhere")
    desk = open_desk(folder / "臺賬.db", Words(), operator="李")
    furnish(desk.database, folder)
    made = MainWindow(desk)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    QTest.qWait(50)
    yield made
    made.hide()
    desk.jobs.finish()
    made.preview.jobs.finish()
    desk.database.release()
    made.deleteLater()


@pytest.fixture(scope="package")
def stroll(window: MainWindow) -> Stroll:
    """Return a function that goes to a page by the name of its class, waits until it is there, and returns it."""
    from PySide6.QtTest import QTest

    def go(name: str) -> QWidget:
        if name == "ManualPage":
            window.show_manual()
        elif name == "SearchPanel":
            window.search.begin()
        elif name == "Preview":
            from desktop.pages.ledger import LedgerPage

            window.go_to(LedgerPage).preview()
        elif name in ("SubsidiesPage", "PostingTab"):
            from desktop.pages.subsidies import SubsidiesPage
            from desktop.pages.subsidies_policies import PolicyTab
            from desktop.pages.subsidies_postings import PostingTab

            window.search.leave()
            window.go_to(SubsidiesPage).show_tab(PolicyTab if name == "SubsidiesPage" else PostingTab)
        else:
            window.search.leave()
            window.go_to(next(type(page) for page in window.pages if type(page).__name__ == name))
        for _ in range(400):
            QTest.qWait(10)
            if window.desk.jobs.idle() and window.preview.jobs.idle():
                break
        QTest.qWait(20)
        return window.search if name == "SearchPanel" else window.shown()

    return go
