"""The tab 公示: where every village stands, making with a report first, the register, both scripts, the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from db import postinglist, postings
from db.database import Database
from db.postings import MadePosting, Run
from db.terms import PostingProfile
from desktop.desk import Desk
from desktop.dialogs.posting_steps import DownDialog, HandlingDialog, ObjectionDialog, PostDialog
from desktop.dialogs.postings import MakeDialog
from desktop.models.postings import Shown
from desktop.pages.subsidies import SubsidiesPage
from desktop.pages.subsidies_postings import PostingTab
from desktop.script import Script
from desktop.window import MainWindow
from tests.db import villages
from tests.db.villages import Paid

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
Settle = Callable[[], None]
T = TypeVar("T", bound=QDialog)


@pytest.fixture
def county(desk: Desk) -> list[int]:
    """Four villages paid by one policy; the second has a private number, the third a posting that is due."""
    farm, places = villages.county(desk.database, 4)
    villages.pay(desk.database, place=places[1], policy=farm, rows=[Paid("李四13812345678", 100)])
    enter(desk.database, places[2], farm)
    with desk.database.reading() as session:
        ids = [line.id for line in postinglist.listed(session)]
    postings.post(desk.database, postings=ids, on=date(2022, 9, 26), spot="公開欄")
    return places


def enter(database: Database, place: int, policy: int) -> None:
    amount = sum(one.amount_fen for one in villages.ROWS)
    made = MadePosting(place, policy, PostingProfile.PLAIN, "第3村公示", 5, amount, {"a.pdf": "0" * 64}, "f" * 64)
    postings.record(database, run=Run("/沒有", villages.PERIOD, 7, working_days=False), made=[made])


@pytest.fixture
def tab(county: list[int], window: MainWindow, settle: Settle) -> PostingTab:
    page = window.go_to(SubsidiesPage)
    assert isinstance(page, SubsidiesPage)
    made = page.show_tab(PostingTab)
    settle()
    return made


def cells(tab: PostingTab) -> list[str]:
    table = tab.table
    return [table.data(table.index(row, 0)) for row in range(table.rowCount())]


def dialog(tab: PostingTab, kind: type[T]) -> T:
    return next(one for one in tab.children() if isinstance(one, kind) and one.isVisible())


def test_every_village_shows_where_its_postings_stand_in_shape_and_word(tab: PostingTab) -> None:
    assert cells(tab) == ["○ 未製作", "○ 未製作", "▲ 到期待撤", "○ 未製作"]
    assert tab.due_button.text() == "到期待撤 1"
    tab.desk.words.switch(Script.SIMPLIFIED)
    assert cells(tab)[2] == "▲ 到期待撤"
    assert cells(tab)[0] == "○ 未制作"


def test_chips_and_words_filter_the_villages(tab: PostingTab, settle: Settle) -> None:
    tab.due_button.click()
    settle()
    assert [row.village for row in tab.table.rows] == ["第3村"]
    tab.pane.show_only(Shown.ALL)
    tab.pane.search.setText("石桥")
    assert [row.village for row in tab.table.rows] == ["石橋村", "第2村"]
    tab.pane.search.setText("沒有的村")
    assert tab.pane.stack.currentWidget() is tab.pane.empty
    tab.pane.empty.button.click()
    assert len(tab.table.rows) == 4


def begun(tab: PostingTab, settle: Settle) -> MakeDialog:
    tab.act()
    settle()
    made = dialog(tab, MakeDialog)
    assert isinstance(made, MakeDialog)
    return made


def report(made: MakeDialog) -> list[str]:
    return [made.report.item(row).text() for row in range(made.report.count())]


def test_the_report_stands_before_anything_is_written_and_names_the_row(tab: PostingTab, settle: Settle) -> None:
    made = begun(tab, settle)
    lines = report(made)
    assert lines[0] == "共 4 份，21 筆；不能製作 1 份。"
    assert "第 6 行「姓名」" in lines[1]
    assert "138****5678" in lines[1]
    assert not made.confirm.isVisible()
    assert made.ok_button.isEnabled()


def test_a_made_posting_is_entered_and_what_failed_is_told(
    tab: PostingTab, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    made = begun(tab, settle)
    made.files.setCurrentIndex(1)
    settle()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "公示"))
    with qtbot.waitSignal(tab.desk.told, timeout=20_000) as told:
        made.ok_button.click()
    settle()
    assert told.args is not None
    assert "公示製作 3 份" in told.args[0]
    assert "138****5678" in told.args[0]
    assert len(list((tmp_path / "公示").rglob("*.pdf"))) == 3
    assert cells(tab) == ["◇ 已製作", "○ 未製作", "◇ 已製作", "◇ 已製作"]


def test_sensitive_aid_needs_its_tick(tab: PostingTab, county: list[int], settle: Settle) -> None:
    database = tab.desk.database
    aid = villages.policy(database, villages.AID_ITEMS, strict=True)
    villages.pay(database, place=county[0], policy=aid)
    tab._stale = True
    tab.arrived()
    settle()
    made = begun(tab, settle)
    assert made.confirm.isVisible()
    assert not made.ok_button.isEnabled()
    made.confirm.setChecked(True)
    assert made.ok_button.isEnabled()
    made.profile.setCurrentIndex(1)
    settle()
    assert "一般" in made.question.text()
    assert not made.ok_button.isEnabled()  # another question is asked anew


def test_the_first_posting_can_be_looked_at(tab: PostingTab, settle: Settle, qtbot: QtBot) -> None:
    made = begun(tab, settle)
    with qtbot.waitSignal(tab.desk.paper, timeout=20_000) as shown:
        made.preview_button.click()
    assert shown.args is not None
    assert shown.args[0].content.startswith(b"%PDF")


def go(tab: PostingTab, place: int, settle: Settle) -> None:
    tab.pane.go((place, villages.PERIOD))
    settle()


def test_the_register_shows_a_villages_posting_and_takes_it_down(
    tab: PostingTab, county: list[int], settle: Settle
) -> None:
    go(tab, county[2], settle)
    line = tab.register.line()
    assert line is not None
    assert (line.spot, line.due_down_on) == ("公開欄", date(2022, 10, 4))
    assert "公開欄" in tab.register.about.text()
    tab.register.down_button.click()
    made = dialog(tab, DownDialog)
    assert isinstance(made, DownDialog)
    made.on.setDate(QDate(2022, 10, 1))
    made.ok_button.click()
    settle()
    assert made.early.isVisible()
    made.early.setChecked(True)
    QTest.keyClick(made, Qt.Key.Key_Return)
    settle()
    assert cells(tab)[2] == "✓ 已撤下"


def test_many_are_hung_up_at_once(tab: PostingTab, county: list[int], settle: Settle) -> None:
    with tab.desk.database.reading() as session:
        farm = postinglist.listed(session)[0].policy_id
    assert farm is not None
    for place in (county[0], county[3]):
        enter(tab.desk.database, place, farm)
    tab._stale = True
    tab.arrived()
    settle()
    tab.pane.view.selectAll()
    settle()
    tab.register.post_button.click()
    made = dialog(tab, PostDialog)
    assert isinstance(made, PostDialog)
    made.on.setDate(QDate(2022, 9, 26))
    made.spot.setText("村口")
    made.ok_button.click()
    settle()
    assert [text[0] for text in cells(tab)] == ["▲", "○", "▲", "▲"]
    with tab.desk.database.reading() as session:
        assert sorted(line.spot for line in postinglist.listed(session)) == ["公開欄", "村口", "村口"]


def test_objections_and_photos(tab: PostingTab, county: list[int], settle: Settle, tmp_path: Path) -> None:
    go(tab, county[2], settle)
    tab.register.object_button.click()
    raised = dialog(tab, ObjectionDialog)
    assert isinstance(raised, ObjectionDialog)
    raised.on.setDate(QDate(2022, 9, 28))
    raised.text.setPlainText("面積少了")
    raised.ok_button.click()
    settle()
    tab.register.objections.setCurrentRow(0)
    assert "還沒有處理" in tab.register.objections.item(0).text()
    tab.register.handle_button.click()
    handled = dialog(tab, HandlingDialog)
    assert isinstance(handled, HandlingDialog)
    handled.on.setDate(QDate(2022, 9, 30))
    handled.text.setPlainText("已復核")
    handled.ok_button.click()
    settle()
    assert "已復核" in tab.register.objections.item(0).text()
    line = tab.register.line()
    assert line is not None
    (tmp_path / "a.png").write_bytes(PNG)
    tab.add_photos(line.id, [tmp_path / "a.png"])
    settle()
    assert tab.register.photos.item(0).text() == "a.png"
    tab.register.photos.setCurrentRow(0)
    tab.register.unphoto_button.click()
    settle()
    assert tab.register.photos.count() == 0


def test_a_folder_that_is_gone_is_told(tab: PostingTab, county: list[int], settle: Settle, qtbot: QtBot) -> None:
    go(tab, county[2], settle)
    with qtbot.waitSignal(tab.desk.troubled):
        tab.register.folder_button.click()


def test_without_payments_the_next_step_is_told(window: MainWindow, settle: Settle) -> None:
    page = window.go_to(SubsidiesPage)
    assert isinstance(page, SubsidiesPage)
    empty = page.show_tab(PostingTab)
    settle()
    assert empty.pane.stack.currentWidget() is empty.pane.empty
    assert "導入發放表" in empty.pane.empty.label.text()
    assert not page.main_action.isEnabled()


def test_where_nothing_is_paid_the_next_step_is_the_tab_of_payments(window: MainWindow, settle: Settle) -> None:
    page = window.go_to(SubsidiesPage)
    tab = page.show_tab(PostingTab)
    settle()
    assert tab.pane.empty.isVisible()
    tab.pane.empty.button.click()
    assert page.front().name == "發放"


def test_a_village_without_a_posting_shows_how_to_make_one_and_nothing_to_register(
    tab: PostingTab, settle: Settle
) -> None:
    side = tab.register
    assert (side.hint.isVisible(), side.rest.isVisible()) == (True, False)
    tab.pane.view.setCurrentIndex(tab.table.index(2, 0))
    settle()
    assert (side.hint.isVisible(), side.rest.isVisible()) == (False, True)
    assert side.post_button.isVisible()


def test_making_is_decided_within_the_window_at_200_percent(
    tab: PostingTab, window: MainWindow, settle: Settle
) -> None:
    window.resize(1366, 728)
    window.desk.scale = 2.0
    window.desk.scaled.emit(2.0)
    tab.act()
    settle()
    assert dialog(tab, MakeDialog).width() <= window.width()
