"""The superior's form on the page 收發: read, corrected, remembered, written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox

from db import ledger, progress
from db.progress import Report
from db.terms import TaskState
from tests.db.worlds import divided
from tests.exports.upward.forms import made, sheet_of

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.pages.exchange import ExchangePage
    from desktop.window import MainWindow

Settle = Callable[[], None]
TEXT = "規範政務公開。"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return made(tmp_path / "省表.xlsx", (TEXT, "另一件不相干的事情"))


@pytest.fixture
def page(desk: Desk, window: MainWindow, settle: Settle, form: Path) -> ExchangePage:
    """The page with a form read, of which one row is in the ledger."""
    from desktop.pages.exchange import ExchangePage

    divided(desk.database)
    with desk.database.reading() as session:
        code = next(row.code for row in ledger.read(session).rows if row.point_text == TEXT)
    progress.add(desk.database, code=code, report=Report("2022-06", 60, TaskState.IN_PROGRESS, "已印發方案。"))
    shown = window.go_to(ExchangePage)
    assert isinstance(shown, ExchangePage)
    settle()
    shown.fill_form(form)
    settle()
    return shown


def box(page: ExchangePage, place: int) -> QComboBox:
    found = page.upward.columns.cellWidget(place, 2)
    assert isinstance(found, QComboBox)
    return found


def test_the_mapping_and_the_rows_are_shown(page: ExchangePage) -> None:
    pane = page.upward
    assert page.halves.currentWidget() is pane
    assert [box(page, place).currentData() for place in range(7)] == [
        *("sequence", "text", "lead", "deadline", "percent", "progress", "note"),
    ]
    marks = [pane.rows.item(row, 3).text() for row in range(2)]  # type: ignore[union-attr]
    assert marks[1] == "沒有找到"
    assert marks[0] != marks[1]
    assert "認出 1 行，沒有找到 1 行" in pane.count.text()


def test_a_corrected_column_is_written_and_remembered(
    page: ExchangePage, settle: Settle, tmp_path: Path, form: Path
) -> None:
    pane = page.upward
    page.upward.choose(6, "progress")
    settle()
    assert box(page, 5).currentData() == ""
    pane.name.setText("省表")
    pane.keep_button.click()
    settle()
    pane.write(tmp_path / "報出.xlsx")
    settle()
    sheet = sheet_of(tmp_path / "報出.xlsx")
    assert (sheet["G3"].value, sheet["F3"].value) == ("已印發方案。", None)
    page.fill_form(form)
    settle()
    assert pane.name.text() == "省表"
    assert box(page, 6).currentData() == "progress"


def test_the_form_itself_is_not_written_over(
    page: ExchangePage, settle: Settle, form: Path, window: MainWindow
) -> None:
    before = form.read_bytes()
    page.upward.write(form)
    settle()
    assert form.read_bytes() == before
    assert "另取一個文件名" in window.notice.label.text()


def test_a_file_that_is_no_form_leaves_the_page_as_it_was(
    page: ExchangePage, settle: Settle, tmp_path: Path, window: MainWindow
) -> None:
    page.upward.back_button.click()
    (tmp_path / "不是.xlsx").write_bytes(b"PK nothing")
    page.fill_form(tmp_path / "不是.xlsx")
    settle()
    assert page.halves.currentWidget() is page.dispatch
    assert "不是.xlsx" in window.notice.label.text()


def test_a_new_dispatch_leads_back(page: ExchangePage) -> None:
    page.main_action.click()
    assert page.halves.currentWidget() is page.dispatch
    assert page.dispatch.side.currentWidget() is page.dispatch.new


def test_both_scripts(page: ExchangePage, window: MainWindow) -> None:
    window.switch_script()
    assert box(page, 4).currentText() == "进度(%)"
    assert "认出 1 行" in page.upward.count.text()
