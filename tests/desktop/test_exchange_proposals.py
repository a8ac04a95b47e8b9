"""The page 收發, half 收回: new matters of units are ticked, one or all, and become tasks with the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import ledger
from db.terms import Verdict
from desktop.models.returns import CHOICE, PROBLEM, Show
from tests.desktop.test_exchange_collect import codes, desk, drop, office, put_cursor
from tests.exports.workbook.collect.support import UNITS, Office
from tests.exports.workbook.collect.test_proposals import returned

if TYPE_CHECKING:
    from desktop.pages.exchange import ExchangePage
    from desktop.window import MainWindow

__all__ = ["codes", "desk", "office"]  # the fixtures
Settle = Callable[[], None]
MATTERS = ("新增一項便民舉措", "開辦夜間窗口")


@pytest.fixture
def page(window: MainWindow, settle: Settle, codes: list[str], office: Office) -> ExchangePage:
    """The page with a folder read in which two units have a new matter each."""
    from desktop.pages.exchange import ExchangePage

    assert codes
    (office.inbox / "六月" / "副本(2)最終版2.xlsx").unlink()
    returned(office, "甲.xlsx", percent=10)
    returned(office, "乙.xlsx", unit=UNITS[1], task=MATTERS[1], percent=20, deadline="持續推進")
    (office.inbox / "更正.xlsx").unlink()
    made = window.go_to(ExchangePage)
    settle()
    drop(made, office.inbox)
    settle()
    return made


def tasks(page: ExchangePage) -> set[tuple[str, int | None]]:
    with page.desk.database.reading() as session:
        return {(row.point_text, row.percent) for row in ledger.read(session).rows if row.point_text in MATTERS}


def test_one_new_matter_is_ticked_and_becomes_a_task(page: ExchangePage, settle: Settle, window: MainWindow) -> None:
    pane = page.collect.cells
    pane.chips.button(list(Show).index(Show.PROPOSAL)).click()
    row = put_cursor(page, lambda cell: cell.field == "deadline" and cell.found == "年底前")
    assert "2022-12-31" in pane.table.text(row, PROBLEM)
    assert pane.table.text(row, CHOICE) == "＋ 提議"
    assert MATTERS[0] in page.collect.side.view.toPlainText()
    QTest.keyClick(pane.view, Qt.Key.Key_Space)
    assert page.main_action.text() == "套用 2 格，新增 1 項"
    assert pane.table.text(row, CHOICE) == "✓ 列為任務"
    page.main_action.click()
    settle()
    assert tasks(page) == {(MATTERS[0], 10)}
    assert not page.collect.matters_button.isEnabled()
    window.notice.button.click()
    settle()
    assert tasks(page) == set()


def test_all_new_matters_are_ticked_at_once(page: ExchangePage, settle: Settle) -> None:
    button = page.collect.matters_button
    assert button.isVisible()
    button.click()
    assert page.main_action.text() == "套用 2 格，新增 2 項"
    assert button.text() == "提議都不列"
    page.main_action.click()
    settle()
    assert tasks(page) == {(MATTERS[0], 10), (MATTERS[1], 20)}


def test_a_new_matter_is_decided_beside_its_row(page: ExchangePage) -> None:
    put_cursor(page, lambda cell: cell.verdict is Verdict.PROPOSAL)
    side = page.collect.side
    assert side.theirs.text() == "列為任務"
    side.theirs.click()
    assert page.collect.matters() == 1
    side.ours.click()
    assert page.collect.matters() == 0
    assert page.collect.undo()
    assert page.collect.matters() == 1


def test_what_is_without_conflict_does_not_take_new_matters_along(page: ExchangePage) -> None:
    page.collect.clear_button.click()
    assert page.collect.matters() == 0


def test_a_file_without_new_matters_offers_nothing_of_them(page: ExchangePage, settle: Settle, office: Office) -> None:
    drop(page, office.inbox / "新建.xlsx")
    settle()
    assert not page.collect.matters_button.isVisible()
