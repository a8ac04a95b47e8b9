"""The preview of a list of policies: what it would do is seen, chosen and done as one operation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import subsidies, subsidylist
from db.policyimport import SKIP
from desktop.pages.subsidies import SubsidiesPage
from desktop.pages.subsidies_policies import PolicyTab
from desktop.window import MainWindow
from tests.exports.subsidies import samples

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> SubsidiesPage:
    made = window.go_to(SubsidiesPage)
    settle()
    return made


@pytest.fixture
def tab(page: SubsidiesPage) -> PolicyTab:
    found = page.front()
    assert isinstance(found, PolicyTab)
    return found


def names(tab: PolicyTab) -> list[str]:
    with tab.desk.database.reading() as session:
        return [book.name for book in subsidylist.books(session)]


def verdicts(tab: PolicyTab) -> list[str]:
    lines = tab.incoming.lines
    texts = [(lines.item(row, 1), lines.item(row, 2)) for row in range(lines.rowCount())]
    return [f"{verdict.text()} {name.text()}" for verdict, name in texts if verdict is not None and name is not None]


def tick(tab: PolicyTab, row: int) -> bool:
    item = tab.incoming.lines.item(row, 0)
    return item is not None and item.checkState() is Qt.CheckState.Checked


def untick(tab: PolicyTab, row: int) -> None:
    item = tab.incoming.lines.item(row, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)


def test_nothing_is_stored_before_the_clerk_agrees(
    page: SubsidiesPage, tab: PolicyTab, settle: Settle, tmp_path: Path
) -> None:
    tab.read(samples.county(tmp_path))
    settle()
    assert tab.halves.currentWidget() is tab.incoming
    assert tab.incoming.head.text() == "「清單.xlsx」：新增 3"
    assert names(tab) == []
    untick(tab, 1)
    assert page.main_action.text() == "導入 2 項"
    QTest.keyClick(tab.incoming.lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert names(tab) == ["耕地地力保護補貼", "高齡老人生活補貼"]
    assert tab.halves.currentWidget() is not tab.incoming
    assert page.main_action.text() == "添加政策"
    assert tab.table.rowCount() == 2


def test_a_change_is_shown_item_by_item(tab: PolicyTab, settle: Settle, tmp_path: Path) -> None:
    subsidies.add(tab.desk.database, values={"name": "耕地地力保護補貼", "standard": "67元/畝"})
    tab.read(samples.county(tmp_path))
    settle()
    assert verdicts(tab)[0] == "有改動 耕地地力保護補貼"
    items = tab.incoming.line.items
    rows = [[items.item(row, column) for column in range(3)] for row in range(items.rowCount())]
    told = [[cell.text() for cell in row if cell is not None] for row in rows]
    assert ["補助標準", "67元/畝", "124.9788302元/畝"] in told


def test_an_asked_line_comes_in_once_it_is_settled(tab: PolicyTab, settle: Settle, tmp_path: Path) -> None:
    subsidies.add(tab.desk.database, values={"name": "2026年種糧大戶補助"})
    tab.read(samples.county(tmp_path))
    settle()
    assert verdicts(tab)[1] == "重名待定 種糧大戶補貼"
    assert not tick(tab, 1)
    tab.incoming.lines.setCurrentCell(1, 0)
    choice = tab.incoming.line.choice
    assert [choice.itemText(row) for row in range(3)] == ["不導入", "就是「2026年種糧大戶補助」", "作為新政策"]
    assert choice.currentData() == SKIP
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    assert tick(tab, 1)
    tab.act()
    settle()
    assert names(tab) == ["種糧大戶補貼", "耕地地力保護補貼", "高齡老人生活補貼"]


def test_what_was_not_taken_is_told_by_cell_and_a_column_can_be_settled(
    tab: PolicyTab, settle: Settle, tmp_path: Path
) -> None:
    tab.read(samples.province(tmp_path))
    settle()
    rest = tab.incoming.rest
    told = [rest.cells.item(0, column) for column in range(3)]
    assert [cell.text() for cell in told if cell is not None] == [
        "目錄!B5",
        "（空）",
        "這一行沒有補貼政策名稱，沒有採用",
    ]
    assert not rest.button.isEnabled()
    rest.choose(("目錄", "联系人职务"), "note")
    rest.button.click()
    settle()
    assert tab.incoming.preview is not None
    assert tab.incoming.preview.plan.lines[0].incoming.values["note"] == "科长"
    tab.act()
    settle()
    tab.read(samples.province(tmp_path))
    settle()
    assert not rest.unknown.isVisibleTo(tab)
    assert {text.split()[0] for text in verdicts(tab)} == {"相同"}


def test_glued_numbers_are_parted_on_request(tab: PolicyTab, settle: Settle, tmp_path: Path) -> None:
    tab.read(samples.county(tmp_path))
    settle()
    tab.incoming.split.click()
    settle()
    assert tab.incoming.preview is not None
    assert tab.incoming.preview.plan.lines[1].incoming.values["enquiry_phones"] == "0799-6220002\n0799-6220003"


def test_a_change_behind_the_preview_is_refused(
    tab: PolicyTab, window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    tab.read(samples.county(tmp_path))
    settle()
    subsidies.add(tab.desk.database, values={"name": "別的補貼"})
    tab.act()
    settle()
    assert "在預覽以後改動過" in window.notice.label.text()
    assert names(tab) == ["別的補貼"]
    assert tab.halves.currentWidget() is tab.incoming


def test_escape_gives_up(tab: PolicyTab, settle: Settle, tmp_path: Path) -> None:
    tab.read(samples.county(tmp_path))
    settle()
    QTest.keyClick(tab.incoming.lines, Qt.Key.Key_Escape)
    assert tab.halves.currentWidget() is not tab.incoming
    assert names(tab) == []


def test_a_file_that_is_no_list_is_told_in_a_sentence(
    tab: PolicyTab, window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("關於召開會議的通知", encoding="utf-8")
    tab.read(path)
    settle()
    assert "沒有找到補貼政策" in window.notice.label.text()
