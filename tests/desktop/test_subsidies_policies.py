"""The tab 政策: what is missing is seen, every field is an operation, versions in time, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from db import subsidies
from db.subsidyitems import FURTHER, SEVEN
from desktop.models.policies import NAME, Chosen
from desktop.models.policies import SEVEN as METER
from desktop.pages.subsidies import SubsidiesPage
from desktop.pages.subsidies_policies import PolicyTab
from desktop.script import Script
from desktop.window import MainWindow
from exports.subsidies.reading import read_policies

Settle = Callable[[], None]
LAND = {
    "name": "耕地地力保護補貼",
    "documents": "清財農〔2023〕8號",
    "department": "縣農業農村局",
    "recipients": "種地農民",
    "standard": "67元/畝",
    "enquiry_phones": "0799-62200010799-6220002",
}


@pytest.fixture
def tab(window: MainWindow, settle: Settle) -> PolicyTab:
    page = window.go_to(SubsidiesPage)
    settle()
    found = page.front()
    assert isinstance(found, PolicyTab)
    return found


def add(tab: PolicyTab, settle: Settle, **values: str) -> int:
    made: list[int] = []
    database = tab.desk.database
    tab.desk.perform(
        tab, lambda: subsidies.add(database, values=LAND | values), lambda one: made.extend(one.ids("subsidy_policy"))
    )
    settle()
    return made[0]


def stored(tab: PolicyTab, policy: int) -> dict[str, str]:
    from db import subsidylist

    with tab.desk.database.reading() as session:
        book = next(one for one in subsidylist.books(session) if one.id == policy)
    return dict(book.texts[book.versions[-1].version])


def cell(tab: PolicyTab, row: int, column: int) -> str:
    return str(tab.table.index(row, column).data())


def test_an_empty_list_says_what_to_do_next(tab: PolicyTab, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(tab, "choose_import", lambda: asked.append(True))
    assert tab.pane.stack.currentWidget() is tab.pane.empty
    assert "還沒有補貼政策" in tab.pane.empty.label.text()
    assert tab.pane.empty.button.text() == "導入…"


def test_the_seven_dots_say_what_is_missing(tab: PolicyTab, settle: Settle) -> None:
    add(tab, settle)
    add(tab, settle, name="農機購置補貼", purpose="購機")
    assert [cell(tab, row, METER) for row in (0, 1)] == ["●●●○●●● 缺資金用途", "●●●●●●● 齊全"]
    assert tab.pane.count.text() == "共 2 項，1 項有缺"
    tab.pane.chips.button(list(Chosen).index(Chosen.LACKING)).click()
    assert [cell(tab, row, NAME) for row in range(tab.table.rowCount())] == [LAND["name"]]
    tab.desk.words.switch(Script.SIMPLIFIED)
    assert cell(tab, 0, METER) == "●●●○●●● 缺资金用途"


def test_policies_are_found_by_what_is_in_them(tab: PolicyTab, settle: Settle) -> None:
    add(tab, settle)
    add(tab, settle, name="农机购置补贴", documents="清農機〔2025〕7號")
    for typed in ("農機", "njgz", "清农机〔2025〕7号"):
        tab.pane.search.setText(typed)
        assert [cell(tab, row, NAME) for row in range(tab.table.rowCount())] == ["农机购置补贴"]
    tab.pane.search.setText("沒有的")
    assert tab.pane.stack.currentWidget() is tab.pane.empty
    tab.pane.empty.button.click()
    assert tab.table.rowCount() == 2


def test_a_field_that_is_left_is_stored_and_can_be_undone(tab: PolicyTab, window: MainWindow, settle: Settle) -> None:
    policy = add(tab, settle)
    tab.choose(policy)
    field = tab.card.fields.fields["purpose"]
    assert field.label.text() == "○ 資金用途"
    field.field.setFocus()
    QTest.keyClicks(field.field, "protect")
    QTest.keyClick(field.field, Qt.Key.Key_Tab)
    settle()
    assert stored(tab, policy)["purpose"] == "protect"
    assert field.label.text() == "● 資金用途"
    assert cell(tab, 0, METER) == "●●●●●●● 齊全"
    window.undo_last()
    settle()
    assert field.text() == ""


def test_glued_numbers_are_parted_when_asked(tab: PolicyTab, settle: Settle) -> None:
    policy = add(tab, settle)
    tab.choose(policy)
    field = tab.card.fields.fields["enquiry_phones"]
    assert "像是2個號碼連在一起" in field.doubt.text()
    assert field.split_button.isVisibleTo(tab)
    field.split_button.click()
    settle()
    assert stored(tab, policy)["enquiry_phones"] == "0799-6220001\n0799-6220002"
    assert not field.split_button.isVisibleTo(tab)


def test_further_items_are_folded_until_asked_for(tab: PolicyTab, settle: Settle) -> None:
    tab.choose(add(tab, settle, note="試行"))
    fields = tab.card.fields
    assert all(fields.fields[item.key].isVisibleTo(tab) for item in SEVEN)
    assert not any(fields.fields[item.key].isVisibleTo(tab) for item in FURTHER)
    assert fields.more.text() == f"▸ 其他各項（已填 1 項，共 {len(FURTHER)} 項）"
    fields.more.click()
    assert all(fields.fields[item.key].isVisibleTo(tab) for item in FURTHER)


def test_a_policy_is_added_by_keyboard(tab: PolicyTab, settle: Settle) -> None:
    QTest.keyClick(tab.window(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert tab.side.currentWidget() is tab.adding
    tab.adding.name_line.setText("高齡老人生活補貼")
    QTest.keyClick(tab.adding.name_line, Qt.Key.Key_Return)
    settle()
    assert tab.card.row is not None
    assert tab.card.row.book.name == "高齡老人生活補貼"
    assert tab.card.state.text().startswith("●○○○○○○")
    assert tab.side.currentWidget() is tab.card


def test_the_same_name_in_the_other_script_is_refused_and_an_alike_one_shown(
    tab: PolicyTab, window: MainWindow, settle: Settle
) -> None:
    add(tab, settle)
    tab.act()
    tab.adding.name_line.setText("耕地地力保护补贴")
    tab.adding.ok_button.click()
    settle()
    assert "已有補貼政策「耕地地力保護補貼」" in window.notice.label.text()
    tab.choose(add(tab, settle, name="2026年耕地地力保護補助資金"))
    assert tab.card.twins.text() == "名稱與「耕地地力保護補貼」相近，請核對是不是同一項。"


def test_a_new_version_leaves_the_old_one_as_it_was(tab: PolicyTab, settle: Settle) -> None:
    policy = add(tab, settle)
    tab.choose(policy)
    tab.card.strip.new_button.click()
    tab.card.ask.day.setDate(QDate(2025, 1, 1))
    QTest.keyClick(tab.card.ask, Qt.Key.Key_Return)
    settle()
    strip = tab.card.strip
    assert [strip.versions.itemText(row) for row in range(2)] == ["最初 至 2024-12-31", "2025-01-01 至 今後（現行）"]
    assert strip.versions.currentIndex() == 1
    tab.card.fields.fields["standard"].fill("70元/畝")
    tab.card.finish()
    settle()
    strip.versions.activated.emit(0)
    strip.versions.setCurrentIndex(0)
    tab.card.show_version(strip.versions.itemData(0))
    assert tab.card.fields.fields["standard"].text() == "67元/畝"
    strip.first.setText("明年")
    strip.first.editingFinished.emit()
    assert stored(tab, policy)["standard"] == "70元/畝"


def test_ending_hides_a_policy_and_search_for_it_shows_it_again(tab: PolicyTab, settle: Settle) -> None:
    policy = add(tab, settle)
    tab.choose(policy)
    tab.card.end_button.click()
    tab.card.ask.day.setDate(QDate(2025, 1, 1))
    tab.card.ask.ok_button.click()
    settle()
    tab.pane.ended.setChecked(False)
    assert tab.table.rowCount() == 0
    tab.choose(policy)
    assert tab.table.rowCount() == 1
    assert "自 2025-01-01 起停止執行" in tab.card.state.text()
    tab.card.end_button.click()
    settle()
    assert tab.card.row is not None
    assert tab.card.row.book.ended_on is None


def test_the_order_is_changed_by_keyboard(tab: PolicyTab, settle: Settle) -> None:
    add(tab, settle)
    second = add(tab, settle, name="農機購置補貼")
    tab.choose(second)
    QTest.keyClick(tab.pane.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle()
    assert [cell(tab, row, NAME) for row in (0, 1)] == ["農機購置補貼", LAND["name"]]


def test_the_list_is_exported_so_that_it_can_come_back(tab: PolicyTab, settle: Settle, tmp_path: Path) -> None:
    add(tab, settle)
    tab.write(tmp_path / "表.xlsx")
    settle()
    (found,) = read_policies(tmp_path / "表.xlsx")
    assert [one.values["name"] for one in found.policies] == [LAND["name"]]


def test_typing_not_yet_left_is_kept_when_the_window_closes(tab: PolicyTab, window: MainWindow, settle: Settle) -> None:
    policy = add(tab, settle)
    tab.choose(policy)
    tab.card.fields.fields["standard"].fill("71元/畝")
    assert not tab.may_close()
    settle()
    assert stored(tab, policy)["standard"] == "71元/畝"
