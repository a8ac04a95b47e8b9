"""The table of the page 臺賬: filters, groups, order, proposals, what is said where nothing is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import plans
from db.arranging import Group
from db.database import open_database
from db.filters import LedgerFilter
from db.script import simplified
from db.terms import DueWindow, Grouping, Light, TaskState
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.models.ledger_columns import KEYS
from desktop.pages.ledger import LedgerPage
from desktop.pages.plans import PlansPage
from desktop.widgets.choice import ChoiceChip
from desktop.window import MainWindow
from desktop.words import Words
from tests.desktop.ledger.conftest import ledger_page

Settle = Callable[[], None]


def column(page: LedgerPage, key: str) -> list[str]:
    """What a column says, row by row, heads of groups left out."""
    table, place = page.table, KEYS.index(key)
    places = [row for row, entry in enumerate(table.entries) if not isinstance(entry, Group)]
    return [str(table.index(row, place).data()) for row in places]


def tick(chip: ChoiceChip, label: str) -> None:
    """Tick a value in a chip's list as a click does."""
    item = next(chip.list.item(row) for row in range(chip.list.count()) if chip.list.item(row).text() == label)
    item.setCheckState(Qt.CheckState.Checked)


def test_every_task_is_shown_with_its_light(page: LedgerPage) -> None:
    assert page.pane.count.text() == "顯示 77 / 共 77"
    assert "■ 逾期" in column(page, "light")
    assert "22-政16-01-1P" in column(page, "code")[0]


def test_chips_narrow_the_rows(page: LedgerPage) -> None:
    chips = page.pane.chips
    tick(chips.units, "縣財政局")
    both = page.table.total()
    chips.lead_only.setChecked(True)
    assert 0 < page.table.total() < both
    assert set(column(page, "lead")) == {"縣財政局"}
    assert chips.units.text() == "單位：縣財政局"
    chips.clear_button.click()
    tick(chips.window_, "逾期")
    assert set(column(page, "light")) == {"■ 逾期"}
    tick(chips.window_, "本月到期")  # one window at a time
    assert chips.wanted().window is DueWindow.MONTH
    assert "■ 逾期" not in column(page, "light")
    chips.clear_button.click()
    tick(chips.states, "已撤銷")
    assert page.table.total() == 1
    assert page.pane.count.text().startswith("顯示 1 / ")


def test_words_are_found_in_either_script(page: LedgerPage, qtbot: QtBot) -> None:
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = page.pane.chips.text
    assert QApplication.focusWidget() is field
    field.setText("县财政局 底前")
    qtbot.waitUntil(lambda: page.table.total() < 77)
    assert page.table.total() > 0
    assert all("縣財政局" in f"{row.lead}{row.others}" for row in page.table.shown())


def test_another_page_opens_it_filtered(page: LedgerPage) -> None:
    page.show_filtered(LedgerFilter(lights=(Light.LATE,), leaders=("陳大江",)))
    assert set(column(page, "light")) == {"■ 逾期"}
    assert set(column(page, "leader")) == {"陳大江"}
    assert page.pane.chips.lights.text() == "燈：■ 逾期"


def test_an_assignment_hidden_by_a_filter_can_be_shown(page: LedgerPage) -> None:
    wanted = next(row.id for row in page.book.rows if row.task_state is TaskState.WITHDRAWN)
    page.show_assignment(wanted)
    assert page.pane.view.current_id() == wanted
    assert page.pane.view.chosen_ids() == [wanted]


def test_groups_have_heads_that_fold(page: LedgerPage) -> None:
    pane = page.pane
    pane.grouping.setCurrentIndex(pane.grouping.findData(Grouping.UNIT.value))
    pane.grouping.activated.emit(pane.grouping.currentIndex())
    heads = [entry for entry in page.table.entries if isinstance(entry, Group)]
    assert page.table.rowCount() == 77 + len(heads)
    assert sum(len(head.rows) for head in heads) == 77
    pane.view.setFocus()
    pane.view.go_to_place(0)
    QTest.keyClick(pane.view, Qt.Key.Key_Space)
    assert page.table.rowCount() == 77 + len(heads) - len(heads[0].rows)
    assert str(page.table.index(0, 0).data()).startswith("▸")
    assert pane.view.chosen_ids() == []
    QTest.keyClick(pane.view, Qt.Key.Key_Right)
    pane.fold_button.click()
    assert page.table.rowCount() == len(heads)
    assert page.pane.count.text() == "顯示 77 / 共 77"
    pane.fold_button.click()
    assert page.table.rowCount() == 77 + len(heads)


def test_a_click_on_a_heading_sorts_by_pinyin(page: LedgerPage) -> None:
    head = page.pane.view.horizontalHeader()
    before = column(page, "code")
    for descending in (False, True):
        head.sectionClicked.emit(KEYS.index("leader"))
        told = ["陳大江", "林小河", "王遠山", "吳平原", "周清泉"]
        assert list(dict.fromkeys(filter(None, column(page, "leader")))) == (told[::-1] if descending else told)
    head.sectionClicked.emit(KEYS.index("leader"))
    assert column(page, "code") == before
    head.sectionClicked.emit(KEYS.index("percent"))
    percents = column(page, "percent")
    assert percents == sorted(percents, key=lambda text: int(text[:-1]) if text else 999)


def test_proposals_are_accepted_together_and_undone(
    page: LedgerPage, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    from db import assignments

    page.pane.hints.only_button.click()
    assert page.table.total() == 3
    ids = [row.id for row in page.table.shown()]
    page.perform(lambda database: assignments.edit(database, ids=ids[:2], fields={"lead_id": page.book.units[0][0]}))
    settle()
    assert column(page, "light") == ["◇ 擬辦", "◇ 擬辦", "○ 待定"]
    page.pane.view.selectAll()
    assert page.pane.bulk.label.text() == "選中 3 項，改"
    page.pane.bulk.accept_button.click()
    settle()
    assert page.table.total() == 1
    assert "還沒有牽頭單位，未採納" in window.notice.label.text()
    window.notice.button.click()
    settle()
    assert page.table.total() == 3
    page.pane.hints.accept_button.click()
    settle()
    assert page.table.total() == 1


def test_proposals_are_dropped(page: LedgerPage, settle: Settle) -> None:
    page.pane.hints.only_button.click()
    page.pane.view.selectAll()
    page.pane.bulk.drop_button.click()
    settle()
    assert not page.pane.hints.isVisible()
    assert page.pane.empty.button.text() == "清除篩選"
    page.pane.empty.button.click()
    assert page.pane.count.text() == "顯示 74 / 共 74"


def test_enter_asks_for_the_form(page: LedgerPage, qtbot: QtBot) -> None:
    view = page.pane.view
    view.setFocus()
    view.selectRow(2)
    with qtbot.waitSignal(page.open_entry) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [page.table.shown()[2].id]


def test_words_follow_the_script_and_data_do_not(page: LedgerPage, window: MainWindow) -> None:
    before = column(page, "lead"), column(page, "light"), page.pane.hints.label.text()
    window.switch_script()
    assert column(page, "lead") == [name if name != "待定" else simplified(name) for name in before[0]]
    assert column(page, "light") == [simplified(word) for word in before[1]]
    assert page.pane.hints.label.text() == simplified(before[2])
    assert page.table.headerData(KEYS.index("code"), Qt.Orientation.Horizontal) == "编号"
    assert page.pane.grouping.itemText(1) == "按章节"


class TestNothingYet:
    """An office that begins."""

    @pytest.fixture
    def desk(self, qapp: QApplication, tmp_path: Path) -> Desk:  # noqa: ARG002 - the application must be there
        return Desk(open_database(tmp_path / "空.db", operator="測試員"), Words(), Jobs())

    def test_the_next_step_is_said(self, window: MainWindow, desk: Desk, settle: Settle) -> None:
        from db import planstore
        from db.shipped import shipped
        from exports.plandoc.readers import read_plan_file
        from tests.sample_year import SAMPLE

        page = ledger_page(window)
        settle()
        assert page.pane.empty.isVisible()
        page.pane.empty.button.click()
        assert isinstance(window.stack.currentWidget(), PlansPage)
        (draft,) = read_plan_file(shipped(*SAMPLE))
        desk.perform(page, lambda: planstore.store(desk.database, draft=draft))
        settle()
        ledger_page(window)
        settle()
        assert page.pane.empty.button.text() == "擬出分工"
        page.pane.empty.button.click()
        settle()
        assert page.pane.count.text() == "顯示 56 / 共 56"
        with desk.database.reading() as session:
            assert [line.assignments for line in plans.listed(session)] == [39, 17]
        desk.database.release()


def test_who_comes_by_key_is_at_the_rows(window: MainWindow, page: LedgerPage) -> None:
    from desktop.pages.units import UnitsPage

    window.go_to(UnitsPage)
    page.pane.chips.text.setFocus()
    window.go_to(LedgerPage)
    assert page.pane.view.hasFocus()
