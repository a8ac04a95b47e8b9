"""The tab 發放: a sheet is previewed, answered, stored, listed, corrected and withdrawn; villages are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from db import paymentlist
from db.changes import Changes
from db.paymentlist import PaymentFilter
from desktop.dialogs.payment import PaymentDialog
from desktop.dialogs.place import PlaceDialog
from desktop.models.payments import AMOUNT, IDENTITY, NAME, PaymentTable
from desktop.pages.subsidies import SubsidiesPage
from desktop.pages.subsidies_payments import PaymentTab
from desktop.script import Script
from desktop.window import MainWindow
from tests.db import villages
from tests.exports.payments.sheets import ROWS, TOTAL, county, line, one, write

Settle = Callable[[], None]


@pytest.fixture
def tab(window: MainWindow, settle: Settle) -> PaymentTab:
    found = window.go_to(SubsidiesPage).show_tab(PaymentTab)
    settle()
    return found


@pytest.fixture
def ready(tab: PaymentTab, settle: Settle) -> PaymentTab:
    """The tab with towns, villages and a policy."""
    county(tab.desk.database)
    tab.desk.changed.emit(Changes(1, "", {"place": frozenset({1})}))
    settle()
    return tab


def paid(tab: PaymentTab) -> int:
    with tab.desk.database.reading() as session:
        return paymentlist.count(session, PaymentFilter())[0]


def test_an_empty_tab_says_what_to_do_next(tab: PaymentTab, settle: Settle) -> None:
    assert "表中的村可在導入時加入區劃" in tab.list.empty.label.text()
    for number in range(1, 4):
        tab.show_view(number)
        settle()
    assert tab.imports.empty.button.text() == "導入發放表…"
    assert tab.places.empty.button.text() == "導入區劃…"


def test_a_sheet_is_shown_before_it_is_stored(ready: PaymentTab, settle: Settle, tmp_path: Path) -> None:
    ready.read([one(tmp_path / "a.xlsx", *ROWS, line(4, "趙六", amount="未發"), TOTAL)])
    settle()
    assert ready.main_word == "導入 {n} 行"
    assert ready.main_facts == {"n": "3"}
    assert "可導入 3 行、2,178.75 元；1 行不能採用" in ready.preview.told.text()
    assert ready.preview.findings.model().index(0, 1).data() == "G6"
    assert ready.window().focusWidget() is ready.preview.findings
    assert "沒有設置密碼" in ready.preview.hint.text()
    assert paid(ready) == 0
    ready.act()
    settle()
    assert paid(ready) == 3
    assert not ready.importing()
    model = ready.list.table
    assert [model.index(0, column).data() for column in (NAME, AMOUNT)] == ["王建國", "525.00"]
    assert model.index(0, IDENTITY).data().startswith("43****")


def test_giving_up_stores_nothing(ready: PaymentTab, settle: Settle, tmp_path: Path) -> None:
    ready.read([one(tmp_path / "a.xlsx", *ROWS)])
    settle()
    ready.preview.cancel_button.click()
    settle()
    assert not ready.importing()
    assert paid(ready) == 0


def test_open_questions_and_columns_are_answered_in_place(ready: PaymentTab, settle: Settle, tmp_path: Path) -> None:
    rows = [("2022年耕地地力保護補貼",), ("村", "姓名", "到手"), ("小河村", "甲", 8)]
    ready.read([write(tmp_path / "a.xlsx", {"表": rows})])
    settle()
    assert ready.preview.rows() == "0"
    box = ready.preview.columns.cellWidget(2, 3)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("amount"))
    box.activated.emit(box.currentIndex())
    settle()
    assert ready.preview.chips.button(3).text() == "要指明的（1）"
    box = ready.preview.asked.cellWidget(0, 3)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText("安定鎮河東村"))
    box.activated.emit(box.currentIndex())
    settle()
    assert ready.preview.rows() == "1"
    ready.act()
    settle()
    assert ready.list.table.rows[0].village == "河東村"


def test_what_is_no_sheet_leads_back(ready: PaymentTab, settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("不是表格", encoding="utf-8")
    ready.read([tmp_path / "a.xlsx"])
    settle()
    assert not ready.importing()


def test_rows_come_page_by_page(tab: PaymentTab, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paymentlist.page, "__kwdefaults__", {"after": 0, "limit": 4})
    _, places = villages.county(tab.desk.database, 2)
    tab.desk.changed.emit(Changes(1, "", {"payment": frozenset({1})}))
    settle()
    model = tab.list.table
    assert isinstance(model, PaymentTable)
    assert len(places) == 2
    met = model.rowCount()
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
        settle()
        assert model.rowCount() > met
        met = model.rowCount()
    assert met == 10


def test_filters_and_sums(tab: PaymentTab, settle: Settle) -> None:
    villages.county(tab.desk.database, 2)
    tab.desk.changed.emit(Changes(1, "", {"payment": frozenset({1})}))
    settle()
    tab.list.search.setText("王建国")
    tab.list._ask()
    settle()
    assert tab.list.table.rowCount() == 4
    assert tab.list.count.text().startswith("篩選出 4 筆")
    tab.show_view(1)
    settle()
    assert tab.sums.table.rowCount() == 2
    tab.sums.search.setText("安定")
    assert tab.sums.table.rowCount() == 1
    tab.desk.words.switch(Script.SIMPLIFIED)
    assert tab.sums.table.model().headerData(0, Qt.Orientation.Horizontal) == "发放期"


def test_one_payment_is_corrected_with_a_reason(tab: PaymentTab, settle: Settle) -> None:
    villages.county(tab.desk.database, 1)
    tab.desk.changed.emit(Changes(1, "", {"payment": frozenset({1})}))
    settle()
    dialog = PaymentDialog(tab.window(), tab.desk, tab.list.table.rows[0])
    dialog.show_first()
    dialog.amount.setText("五百")
    dialog.decide()
    assert "不是金額" in dialog.error.text()
    dialog.amount.setText("500")
    dialog.reason.setText("核實面積")
    dialog.decide()
    settle()
    assert tab.list.table.rows[0].amount_fen == 50_000


def test_an_import_is_withdrawn_and_restored(tab: PaymentTab, settle: Settle) -> None:
    villages.county(tab.desk.database, 1)
    tab.desk.changed.emit(Changes(1, "", {"payment": frozenset({1})}))
    tab.show_view(2)
    settle()
    assert tab.imports.act_button.text() == "撤回"
    tab.imports.act_button.click()
    settle()
    assert paid(tab) == 0
    assert tab.imports.act_button.text() == "恢復"
    tab.imports.act_button.click()
    settle()
    assert paid(tab) == 5


def test_villages_are_added_changed_imported_and_taken_out(ready: PaymentTab, settle: Settle, tmp_path: Path) -> None:
    ready.show_view(3)
    settle()
    pane = ready.places
    dialog = PlaceDialog(ready.window(), ready.desk, None, pane._towns[0])
    dialog.show_first()
    dialog.name_line.setText("河西村")
    dialog.decide()
    settle()
    assert [one.name for one in pane._towns[0].villages][-1] == "河西村"
    top = pane.tree.topLevelItem(0)
    pane.tree.setCurrentItem(top.child(top.childCount() - 1))
    change = PlaceDialog(ready.window(), ready.desk, pane.chosen(), None)
    change.show_first()
    change.fields["code"].setText("1")
    change.decide()
    settle()
    assert "9 位或 12 位" in change.error.text()
    change.fields["code"].setText("430626101")
    change.decide()
    settle()
    assert pane._towns[0].villages[-1].code == "430626101"
    pane.remove()
    settle()
    assert [one.name for one in pane._towns[0].villages][-1] == "大石橋村"
    pane.read(write(tmp_path / "區劃.xlsx", {"表": [("鄉鎮", "村"), ("新市鎮", "甲村")]}))
    settle()
    assert [town.name for town in pane._towns] == ["石橋鎮", "安定鎮", "新市鎮"]
