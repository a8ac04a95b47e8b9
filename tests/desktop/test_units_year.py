"""The page 單位: a unit's whole year at a glance, and what is printed from there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import progress, units, unityear
from desktop.cli import run
from desktop.desk import Desk
from desktop.pages.ledger import LedgerPage
from desktop.pages.units import UnitsPage
from desktop.script import Script
from desktop.window import MainWindow
from tests.sample_year import copy_to

UNIT = "縣教育局"
ON = date(2022, 11, 28)


@pytest.fixture
def full(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    from db.database import open_database
    from desktop.jobs import Jobs
    from desktop.words import Words

    made = Desk(open_database(copy_to(tmp_path / "年.db"), operator="測試員"), Words(), Jobs())
    yield made
    made.jobs.finish()
    made.database.release()


@pytest.fixture
def page(full: Desk, qtbot: QtBot) -> Iterator[UnitsPage]:
    """The page with the year of one unit in front."""
    window = MainWindow(full)
    window.show()
    made = window.go_to(UnitsPage)
    made.year.today = lambda: ON
    wait(full, qtbot)
    with full.database.reading() as session:
        made.choose(unityear.find(session, UNIT).id)
    made.tabs.setCurrentWidget(made.year)
    wait(full, qtbot)
    yield made
    window.hide()
    window.deleteLater()


def wait(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(desk.jobs.idle, timeout=20_000)


def shown_paper(page: UnitsPage, qtbot: QtBot) -> str:
    wait(page.desk, qtbot)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.stack.currentWidget() is window.preview
    qtbot.waitUntil(window.preview.jobs.idle)
    return window.preview.heading.text()


def test_the_year_shows_the_tasks_of_the_chosen_unit(page: UnitsPage, qtbot: QtBot) -> None:
    shown = page.year.shown
    assert shown is not None
    assert shown.name == UNIT
    assert page.year.summary.text() == "牽頭 1 項，配合 1 項，逾期 0 項"
    assert [region.key for region in page.year.lead.picture().regions] == [task.row.id for task in shown.lead]
    assert page.year.line.accessibleName().endswith("11月 65%")
    page.pane.view.setCurrentIndex(page.table.index(0, 0))
    wait(page.desk, qtbot)
    assert page.year.shown is not None
    assert page.year.shown.unit == page.chosen()
    assert not page.year.nothing.isHidden()


def test_a_report_is_seen_at_once(page: UnitsPage, qtbot: QtBot) -> None:
    assert page.year.shown is not None
    task = page.year.shown.lead[0].row
    report = progress.Report("2022-11", percent=90, text="補報")
    page.desk.perform(page, lambda: progress.add(page.desk.database, code=task.code, report=report))
    wait(page.desk, qtbot)
    wait(page.desk, qtbot)
    assert page.year.shown.percents[10] == 90


def test_a_task_opens_in_the_ledger(page: UnitsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(LedgerPage, "show_assignment", lambda _page, task: asked.append(task))
    page.year.lead.setFocus()
    QTest.keyClick(page.year.lead, Qt.Key.Key_Return)
    assert page.year.shown is not None
    assert asked == [page.year.shown.lead[0].row.id]


def test_it_speaks_both_scripts(page: UnitsPage) -> None:
    page.desk.words.switch(Script.SIMPLIFIED)
    assert page.tabs.tabText(1) == "全年"
    assert page.tabs.tabText(0) == "资料"
    assert page.year.summary.text().startswith("牵头 1 项")
    assert "临期" in page.year.lead.picture().regions[0].told


def test_the_year_is_printed_by_key(page: UnitsPage, qtbot: QtBot) -> None:
    page.preview()
    assert shown_paper(page, qtbot) == "打印預覽：單位全年"


def test_the_contacts_are_printed_once_there_are_some(page: UnitsPage, qtbot: QtBot) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    page.print_button.click()
    wait(page.desk, qtbot)
    assert "還沒有登記單位的電話" in window.notice.label.text()
    chosen = page.chosen()
    assert chosen is not None
    units.edit(page.desk.database, unit=chosen, fields={"telephone": "0700-5550000"})
    page.print_button.click()
    assert shown_paper(page, qtbot) == "打印預覽：通訊錄"


def test_the_command_writes_the_same_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy_to(tmp_path / "年.db")
    out = tmp_path / "教育局.pdf"
    assert run(["--db", str(path), "units", "page", "县教育局", str(out), "--year", "2022"]) == 0
    assert "縣教育局" in capsys.readouterr().out
    assert len(PdfReader(out).pages) >= 1
    assert run(["--db", str(path), "units", "page", "縣天文臺", str(out)]) == 2
    assert "沒有名為「縣天文臺」的單位" in capsys.readouterr().err
