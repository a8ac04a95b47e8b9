"""The view as shown: saved, remembered, copied into a spreadsheet, exported, printed; in both scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from db import views
from db.arranging import Arrangement
from db.filters import LedgerFilter
from db.terms import Grouping, Light
from desktop.app import make_window
from desktop.desk import Desk
from desktop.models.ledger_columns import KEYS, USUAL
from desktop.models.ledger_copy import as_table
from desktop.pages.ledger import LedgerPage
from desktop.preferences import Preferences, load
from desktop.window import MainWindow

Settle = Callable[[], None]
LATE = Arrangement(LedgerFilter(lights=(Light.LATE,)), "deadline", grouping=Grouping.LEADER)


def act(page: LedgerPage, word: str, *, under: str = "") -> None:
    """Choose an entry of the menu of views, or of the menu inside it with this title."""
    menu = page.views.made_menu()
    if under:
        menu = next(one for one in cast("list[QMenu]", menu.findChildren(QMenu)) if one.title() == under)
    next(one for one in menu.actions() if one.text() == word).trigger()


def test_a_view_is_saved_taken_up_and_removed(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    page.arrange_as(LATE)
    page.pane.view.show_columns(("code", "lead", "task"))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("逾期的事", True))
    act(page, "把現在的樣子存為視圖…")
    settle()
    act(page, "全部，按章節")
    page.pane.view.reset_columns()
    assert page.table.total() == 77
    act(page, "逾期的事")
    assert page.arrangement() == LATE
    assert page.pane.view.columns() == ("code", "lead", "task")
    assert {row.light for row in page.table.shown()} == {Light.LATE}
    with desk.database.reading() as session:
        assert views.find(session, "逾期的事").arrangement == LATE
    act(page, "逾期的事", under="刪除視圖")
    settle()
    with desk.database.reading() as session:
        assert views.saved(session) == {}


def test_columns_order_and_widths_are_remembered(page: LedgerPage, window: MainWindow, tmp_path: Path) -> None:
    window.preferences.path = tmp_path / "preferences.json"
    head = page.pane.view.horizontalHeader()
    head.moveSection(head.visualIndex(KEYS.index("lead")), 0)
    head.resizeSection(KEYS.index("code"), 222)
    menu = page.pane.view.columns_menu()
    next(one for one in menu.actions() if one.text() == "責任人").trigger()
    columns = page.pane.view.columns()
    assert (columns[0], "person" in columns) == ("lead", True)
    kept = load(tmp_path / "preferences.json")
    again = make_window(Desk(window.desk.database, window.desk.words, window.desk.jobs), kept)
    other = next(one for one in again.pages if isinstance(one, LedgerPage))
    assert other.pane.view.columns() == columns
    assert other.pane.view.columnWidth(KEYS.index("code")) == 222
    other.pane.view.reset_columns()
    assert other.pane.view.columns() == USUAL
    again.deleteLater()


def test_a_layout_of_another_program_does_no_harm() -> None:
    from desktop.pages.ledger_layout import Layout, kept

    assert kept({"ledger": {"columns": 5, "widths": [1], "grouping": "moon", "detail": 0}}) == Layout()
    assert kept(Preferences().layouts) == Layout()


def test_rows_are_copied_as_a_table(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    view = page.pane.view
    view.show_columns(("code", "leader", "percent"))
    view.setFocus()
    view.choose([row.id for row in page.table.shown()[1:3]], None)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    shown = page.table.shown()
    assert lines[0] == "編號\t分管領導\t進度"
    assert lines[1:] == [f"{row.code}\t{row.leader}\t{row.percent}%" for row in shown[1:3]]
    assert window.notice.label.text() == "已複製 2 行，可粘貼到表格裏。"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@A1", "＝1"])
def test_a_copied_text_never_becomes_a_formula(text: str) -> None:
    mime = as_table(["備註"], [[text]])
    assert mime.text() == f"備註\n'{text}\n"
    assert "mso-number-format:'\\@'" in mime.html()


def test_a_copied_cell_stays_one_cell() -> None:
    mime = as_table(["甲", "乙"], [['一\n"二"', "<b>"]])
    assert mime.text() == '甲\t乙\n"一\n""二"""\t<b>\n'
    assert "一　&quot;二&quot;</td>" in mime.html()
    assert "&lt;b&gt;" in mime.html()


def test_the_view_as_shown_becomes_a_workbook(
    page: LedgerPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: MainWindow, settle: Settle
) -> None:
    target = tmp_path / "逾期.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    page.take_view(views.View(LATE, ("leader", "code", "light", "task")))
    page.main_action.click()
    settle()
    assert str(target) in window.notice.label.text()
    sheet = load_workbook(target).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heading = next(place for place, line in enumerate(lines) if line[0] == "序号")
    assert lines[heading] == ["序号", "分管领导", "编号", "灯", "要点全文", "具体举措"]
    rows = [line for line in lines[heading + 1 :] if isinstance(line[0], int)]
    assert [line[2] for line in rows] == [row.code for row in page.table.shown()]
    assert {line[3] for line in rows} == {"■ 逾期"}
    bands = [line[0] for line in lines[heading + 1 :] if isinstance(line[0], str)]
    assert bands == [group.label for group in page.table.groups]


def test_the_view_as_shown_is_previewed(page: LedgerPage, window: MainWindow, settle: Settle) -> None:
    page.show_filtered(LedgerFilter(lights=(Light.LATE,)))
    page.pane.view.setFocus()
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.stack.currentWidget() is window.preview


def test_what_leaves_speaks_the_script_of_the_window(page: LedgerPage, window: MainWindow) -> None:
    view = page.pane.view
    view.show_columns(("code", "light"))
    view.selectRow(0)
    window.switch_script()
    page.copy()
    row = page.table.shown()[0]
    assert QApplication.clipboard().text() == f"编号\t灯\n{row.code}\t✓ 完成\n"
    assert page.views.made_menu().actions()[1].text() == "本月到期"
