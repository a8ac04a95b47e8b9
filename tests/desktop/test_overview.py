"""The page 總覽: every number leads to its tasks, the last operations can be taken back, the next step is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db import overview, progress
from db.overview import Figure
from desktop.desk import Desk
from desktop.pages.ledger import LedgerPage
from desktop.pages.overview import OverviewPage
from desktop.pages.plans import PlansPage
from desktop.pages.settings import SettingsPage
from desktop.script import Script
from desktop.window import MainWindow
from tests.sample_year import copy_to

ON = date(2022, 9, 28)


@pytest.fixture
def full(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the sample year."""
    from db.database import open_database
    from desktop.jobs import Jobs
    from desktop.words import Words

    made = Desk(open_database(copy_to(tmp_path / "年.db"), operator="測試員"), Words(), Jobs())
    yield made
    made.jobs.finish()
    made.database.release()


@pytest.fixture
def page(full: Desk, qtbot: QtBot) -> Iterator[OverviewPage]:
    window = MainWindow(full)
    made = window.pages[0]
    assert isinstance(made, OverviewPage)
    made.today = lambda: ON
    window.show()
    made.arrived()
    qtbot.waitUntil(full.jobs.idle, timeout=20_000)
    yield made
    window.hide()
    window.deleteLater()


@pytest.fixture
def opened(page: OverviewPage, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The filters that the ledger was asked to show."""
    asked: list[object] = []
    monkeypatch.setattr(LedgerPage, "show_filtered", lambda _page, wanted: asked.append(wanted))
    return asked


def wait(page: OverviewPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.desk.jobs.idle, timeout=20_000)


@pytest.mark.parametrize("figure", Figure)
def test_every_figure_opens_the_ledger_at_its_tasks(page: OverviewPage, opened: list[object], figure: Figure) -> None:
    button = page.figures.buttons[figure]
    assert page.shown is not None
    assert button.number.text().split()[-1] == str(page.shown.figures[figure])
    button.click()
    assert opened == [overview.filter_of(figure, 2022)]
    assert isinstance(page._window().stack.currentWidget(), LedgerPage)


def test_a_late_figure_has_a_shape_and_a_word(page: OverviewPage) -> None:
    late = page.figures.buttons[Figure.LATE]
    assert late.number.text().startswith("■ ")
    assert late.accessibleName() == f"逾期：{page.shown and page.shown.figures[Figure.LATE]}"


def test_a_bar_opens_the_ledger_at_its_unit_by_mouse_and_by_keys(page: OverviewPage, opened: list[object]) -> None:
    assert page.shown is not None
    picture = page.units.picture
    region = picture.picture().regions[3]
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(30, round(region.y + region.height / 2)))
    assert opened == [page.shown.units[3].wanted]
    page._window().go_to(OverviewPage)
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Down)
    assert page.shown.units[4].name in picture.accessibleDescription()
    QTest.keyClick(picture, Qt.Key.Key_Return)
    assert opened[1:] == [page.shown.units[4].wanted]


def test_a_section_stands_under_its_plan(page: OverviewPage, opened: list[object]) -> None:
    assert page.shown is not None
    titles = {share.plan for share in page.shown.sections}
    assert len(titles) == 2
    told = [shape.text for shape in page.sections.picture.picture().shapes if hasattr(shape, "text")]
    assert titles <= set(told)
    first = page.sections.picture.picture().regions[0]
    page.sections.picture.chosen.emit(first.key)
    assert opened == [page.shown.sections[0].wanted]


def test_the_last_operation_is_named_and_taken_back(page: OverviewPage, qtbot: QtBot) -> None:
    with page.desk.database.reading() as session:
        entries = len(progress.listed(session))
        code = next(task.code for _, task, _ in progress.listed(session))
    page.desk.perform(
        page,
        lambda: progress.add(page.desk.database, code=code, report=progress.Report("2022-12", text="補報")),
    )
    wait(page, qtbot)
    assert f"填報 {code}（2022-12）" in page.recent.lines[0].words.text()
    page.recent.lines[0].button.click()
    wait(page, qtbot)
    wait(page, qtbot)
    with page.desk.database.reading() as session:
        assert len(progress.listed(session)) == entries
    assert page.recent.lines[1].state.text() == "已撤銷"
    assert page.recent.lines[1].button.isHidden()


def test_the_backup_is_told_and_one_click_away(page: OverviewPage, qtbot: QtBot) -> None:
    from db.backup import snapshot

    assert page.recent.backup.text().startswith("備份：還沒有")
    snapshot(page.desk.database.path, reason="manual")
    page.arrived()
    wait(page, qtbot)
    assert page.recent.backup.text().startswith("備份：今天 ")
    assert "（手動），已通過檢查" in page.recent.backup.text()
    page.recent.backup_button.click()
    settings = page._window().stack.currentWidget()
    assert isinstance(settings, SettingsPage)
    assert settings.tabs.currentWidget() is settings.backups


def test_it_speaks_both_scripts(page: OverviewPage) -> None:
    page.desk.words.switch(Script.SIMPLIFIED)
    assert page.heading.text() == "总览"
    assert page.figures.buttons[Figure.WEEK].word.text() == "本周到期"
    assert page.year.currentText() == "2022 年度"
    assert page.summary.text().startswith("计划 2 个，任务 77 项")
    told = page.units.picture.picture().regions[0].told
    assert "任务 " in told
    assert "逾期 " in told


def test_an_empty_database_leads_to_the_sample_with_one_click(window: MainWindow, settle: Callable[[], None]) -> None:
    page = window.pages[0]
    assert isinstance(page, OverviewPage)
    assert page.views.currentWidget() is page.empty
    assert page.empty.head.text().startswith("還沒有任務")
    assert page.year.isHidden()
    page.empty.sample_button.click()
    settle()
    plans = window.stack.currentWidget()
    assert isinstance(plans, PlansPage)
    assert len(plans.history.now) == 1


def test_an_empty_database_leads_to_a_file(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choose(_parent: object, title: str, *_more: object) -> tuple[list[str], str]:
        asked.append(title)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(choose))
    page = window.pages[0]
    assert isinstance(page, OverviewPage)
    page.empty.open_button.click()
    assert len(asked) == 1


def test_a_stored_plan_that_is_not_divided_is_said_so(
    opened_plans: PlansPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    opened_plans.store()
    settle()
    page = window.go_to(OverviewPage)
    settle()
    assert isinstance(page, OverviewPage)
    assert page.empty.head.text() == "已存入 2 個計劃，還沒有任務"
    page.empty.divide_button.click()
    assert window.stack.currentWidget() is opened_plans


@pytest.fixture
def opened_plans(plans_page: PlansPage, settle: Callable[[], None]) -> PlansPage:
    plans_page.start.sample_button.click()
    settle()
    return plans_page
