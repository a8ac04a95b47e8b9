"""The page 收發, half 收回: what came back is shown, chosen, applied and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from db import ledger, progress
from db.progress import Report
from db.terms import ReturnState, Verdict
from desktop.models.returned_files import CONFLICT, INVALID, MISSING, STATE, TAKEN, UNIT
from desktop.models.returns import CHOICE, FIELD, LEDGER, PROBLEM, RETURNED, SENT, Show
from tests.exports.workbook.collect.support import PERIOD, POINTS, UNITS, Office, dated, office_at

if TYPE_CHECKING:
    from db.returns import PlanCell
    from desktop.desk import Desk
    from desktop.pages.exchange import ExchangePage
    from desktop.window import MainWindow

Settle = Callable[[], None]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield from office_at(tmp_path)


@pytest.fixture
def desk(qapp: object, office: Office) -> Iterator[Desk]:
    from desktop.desk import Desk
    from desktop.jobs import Jobs
    from desktop.words import Words

    made = Desk(office.database, Words(), Jobs())
    yield made
    made.jobs.finish()


@pytest.fixture
def codes(office: Office) -> list[str]:
    """Fill three sheets: good values, a conflict, an impossible day, and a row that is gone."""
    first, second = office.sheet_of(UNITS[0]), office.sheet_of(UNITS[1])
    codes = list(first.codes)
    first.write(codes[0], percent=60, text="已印發方案，召開推進會。").write(codes[1], percent=70)
    first.write(codes[2], finished_on="2022.4.31").save(office.inbox / "六月" / "副本(2)最終版2.xlsx")
    second.page.delete_rows(second.codes[codes[5]])
    second.write(codes[4], percent=30, text="正在推進").save(office.inbox / "更正.xlsx")
    office.sheet_of(UNITS[2]).write(codes[0], percent=80, text="配合完成。").save(office.inbox / "新建.xlsx")
    progress.add(office.database, code=codes[1], report=Report(PERIOD, percent=65))
    return codes


@pytest.fixture
def page(window: MainWindow, settle: Settle, codes: list[str], office: Office) -> ExchangePage:
    """The page after the folder was dropped on it."""
    from desktop.pages.exchange import ExchangePage

    assert codes
    made = window.go_to(ExchangePage)
    settle()
    drop(made, office.inbox)
    settle()
    return made


def drop(page: ExchangePage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))


def put_cursor(page: ExchangePage, which: Callable[[PlanCell], bool]) -> int:
    table = page.collect.cells.table
    row = next(row for row in range(len(table.lines)) if (cell := table.cell(row)) is not None and which(cell))
    page.collect.cells.view.selectRow(row)
    return row


def percent(page: ExchangePage, code: str) -> int | None:
    with page.desk.database.reading() as session:
        return next(row.percent for row in ledger.read(session).rows if row.code == code)


def test_totals_of_a_dropped_folder_are_shown(page: ExchangePage) -> None:
    assert page.halves.currentWidget() is page.collect
    files = page.collect.files.table
    totals = {
        files.text(row, UNIT): [files.text(row, column) for column in (TAKEN, CONFLICT, INVALID, MISSING)]
        for row in range(1, 4)
    }
    assert totals == {UNITS[0]: ["2", "1", "1", "0"], UNITS[1]: ["2", "0", "0", "1"], UNITS[2]: ["2", "0", "0", "0"]}
    assert all("可合併" in files.text(row, STATE) for row in range(1, 4))
    assert page.main_action.text() == "套用 6 格"


def test_a_cell_says_its_sides_and_what_is_wrong_with_it(page: ExchangePage) -> None:
    table = page.collect.cells.table
    row = put_cursor(page, lambda cell: cell.verdict is Verdict.CONFLICT)
    told = [table.text(row, column) for column in (FIELD, SENT, LEDGER, RETURNED, CHOICE)]
    assert told == ["進度(%)", "—", "65", "70", "◆ 衝突，用臺賬"]
    row = put_cursor(page, lambda cell: cell.verdict is Verdict.INVALID)
    assert table.text(row, RETURNED) == "2022.4.31"
    assert "!N" in table.text(row, PROBLEM)
    assert "無效" in table.text(row, CHOICE)


def test_filters_count_and_show(page: ExchangePage) -> None:
    pane = page.collect.cells
    for show, count in ((Show.CONFLICT, 1), (Show.INVALID, 1), (Show.MISSING, 1), (Show.TAKEN, 6), (Show.PROPOSAL, 0)):
        chip = pane.chips.button(list(Show).index(show))
        assert chip.text() == f"{show.value} {count}"
        chip.click()
        assert len(pane.table.lines) == count
    assert pane.stack.currentWidget() is pane.empty
    pane.empty.button.click()
    assert pane.stack.currentWidget() is pane.view
    pane.rules.setCurrentIndex(pane.rules.findText("空話 1"))
    pane.rules.activated.emit(pane.rules.currentIndex())
    assert [pane.table.text(row, RETURNED) for row in range(len(pane.table.lines))] == ["正在推進"]


def test_a_chosen_file_shows_its_own_cells(page: ExchangePage) -> None:
    files, pane = page.collect.files, page.collect.cells
    row = next(row for row in range(1, 4) if files.table.text(row, UNIT) == UNITS[2])
    files.selectRow(row)
    assert len(pane.table.lines) == 2
    files.selectRow(0)
    assert len(pane.table.lines) > 2


def test_space_refuses_a_cell_and_the_row_and_the_file(page: ExchangePage) -> None:
    view = page.collect.cells.view
    put_cursor(page, lambda cell: cell.returned == 60)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert page.main_action.text() == "套用 5 格"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert page.main_action.text() == "套用 6 格"
    QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.main_action.text() == "套用 4 格"
    put_cursor(page, lambda cell: cell.returned == 80)
    QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert page.main_action.text() == "套用 2 格"
    page.collect.clear_button.click()
    assert page.main_action.text() == "套用 6 格"


def test_a_choice_is_taken_back(page: ExchangePage, window: MainWindow) -> None:
    put_cursor(page, lambda cell: cell.returned == 60)
    page.collect.cells.toggle()
    assert page.main_action.text() == "套用 5 格"
    window.undo_last()
    assert page.main_action.text() == "套用 6 格"
    assert not page.collect.undo()


def test_files_fall_on_the_page_also_over_its_fields(page: ExchangePage) -> None:
    assert page.acceptDrops()
    fields: list[QLineEdit] = [*page.findChildren(QLineEdit)]
    assert fields
    assert not any(field.acceptDrops() for field in fields)


def test_the_menu_refuses_by_mark(page: ExchangePage) -> None:
    put_cursor(page, lambda cell: cell.returned == "正在推進")
    action = next(one for one in page.collect.cells.menu().actions() if one.text() == "不採納所有標記「空話」的格")
    action.trigger()
    assert page.main_action.text() == "套用 5 格"


def test_a_conflict_is_looked_at_and_decided(page: ExchangePage, settle: Settle) -> None:
    put_cursor(page, lambda cell: cell.verdict is Verdict.CONFLICT)
    settle()
    side = page.collect.side
    told = side.view.toPlainText()
    assert all(part in told for part in ("發出時", "臺賬現在", "收回", "65", "70", "2022-11", UNITS[1]))
    side.theirs.click()
    assert page.main_action.text() == "套用 7 格"
    assert "用收回" in page.collect.cells.table.text(page.collect.cells.view.currentIndex().row(), CHOICE)
    side.ours.click()
    assert page.main_action.text() == "套用 6 格"


def test_the_policy_settles_conflicts(page: ExchangePage, settle: Settle) -> None:
    prefer = page.collect.prefer
    prefer.setCurrentIndex(prefer.findData("theirs"))
    prefer.activated.emit(prefer.currentIndex())
    settle()
    assert page.main_action.text() == "套用 7 格"


def test_blank_cells_may_erase(page: ExchangePage, settle: Settle, codes: list[str]) -> None:
    from db.merge import Blank

    blank = page.collect.blank
    blank.setCurrentIndex(blank.findData(Blank.ERASE))
    blank.activated.emit(blank.currentIndex())
    settle()
    plan = page.collect.plan
    assert plan is not None
    assert (codes[1], None) in {(cell.code, cell.returned) for cell in plan.cells if cell.field == "text"}


def test_applying_and_undoing_from_the_notice(
    page: ExchangePage, settle: Settle, window: MainWindow, codes: list[str]
) -> None:
    page.main_action.click()
    settle()
    assert percent(page, codes[0]) == 60
    assert "已回 3/3" in page.returned.text()
    assert "採納 6 格" in window.notice.label.text()
    assert page.main_action.text() == "已套用"
    assert not page.main_action.isEnabled()
    window.notice.button.click()
    settle()
    assert percent(page, codes[0]) == 40
    assert "已回 0/3" in page.returned.text()
    assert page.main_action.text() == "套用 6 格"


def test_the_same_files_again_are_duplicates(page: ExchangePage, settle: Settle, office: Office) -> None:
    page.main_action.click()
    settle()
    drop(page, office.inbox)
    settle()
    plan = page.collect.plan
    assert plan is not None
    assert {file.state for file in plan.files} == {ReturnState.DUPLICATE}
    assert not page.main_action.isEnabled()


def test_a_row_that_moved_stops_applying_and_is_read_again(
    page: ExchangePage, settle: Settle, codes: list[str], window: MainWindow
) -> None:
    progress.add(page.desk.database, code=codes[0], report=Report(PERIOD, percent=50))
    page.main_action.click()
    settle()
    assert codes[0] in window.notice.label.text()
    assert percent(page, codes[0]) == 50
    assert page.collect.notice.isVisible()
    page.collect.banner_button.click()
    settle()
    assert page.main_action.text() == "套用 5 格"


def test_what_is_wrong_goes_back_to_its_unit(page: ExchangePage, settle: Settle, tmp_path: Path) -> None:
    assert not page.collect.errors_button.isEnabled()
    page.main_action.click()
    settle()
    page.collect.write_errors(tmp_path / "退回")
    settle()
    assert [path.name.partition("_")[0] for path in (tmp_path / "退回").iterdir()] == [UNITS[0]]


def test_the_newest_version_wins_only_when_agreed(
    page: ExchangePage, settle: Settle, office: Office, codes: list[str]
) -> None:
    sheet = office.sheet_of(UNITS[2]).write(codes[0], percent=85, text="配合完成。")
    dated(sheet.save(office.inbox / "最終版.xlsx"), 2098)
    drop(page, office.inbox)
    settle()
    states = [page.collect.files.table.text(row, STATE) for row in range(1, 5)]
    assert sum("較舊版本" in state for state in states) == 1
    before = page.collect.accepted()
    page.collect.banner_button.click()
    assert page.collect.accepted() == before + 1
    assert not page.collect.notice.isVisible()


def test_stopped_reading_leaves_the_page_as_it_was(
    window: MainWindow, settle: Settle, codes: list[str], office: Office
) -> None:
    from desktop.pages.exchange import ExchangePage

    assert codes
    page = window.go_to(ExchangePage)
    settle()
    drop(page, office.inbox)
    running = page.desk.jobs.running()
    assert running is not None
    running.stopped = True
    settle()
    assert "取消" in window.notice.label.text()
    assert page.halves.currentWidget() is page.dispatch
    assert page.collect.plan is None


def test_units_that_have_not_returned_are_listed(page: ExchangePage, settle: Settle, office: Office) -> None:
    drop(page, office.inbox / "六月")
    settle()
    files = page.collect.files.table
    waiting = [files.text(row, UNIT) for row in range(files.rowCount()) if "未回" in files.text(row, STATE)]
    assert waiting == list(UNITS[1:])


@pytest.fixture
def strange(page: ExchangePage, office: Office, settle: Settle) -> ExchangePage:
    """The page with a unit's own table chosen, whose columns are shown."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["縣丙局工作匯總"])
    sheet.append(["序號", "幹什麼", "幹到哪了", "完成率"])
    for number, text in enumerate(POINTS[:4], start=1):
        sheet.append([number, text, f"第{number}項已落實到位。", 50 + number])
    book.save(office.inbox / "丙局匯總.xlsx")
    drop(page, office.inbox / "丙局匯總.xlsx")
    settle()
    page.collect.files.selectRow(1)
    page.collect.map_button.click()
    settle()
    return page


def test_a_strange_table_is_mapped_and_read_again(strange: ExchangePage, settle: Settle) -> None:
    pane = strange.collect.mapping
    assert pane.isVisible()
    assert not pane.keep_button.isEnabled()
    assert "工作要點" in pane.hint.text()
    for place, key in ((1, "task"), (2, "text")):
        box = pane.columns.cellWidget(place, 2)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
    assert pane.fields == {0: "sequence", 1: "task", 2: "text", 3: "percent"}
    pane.keep_button.click()
    settle()
    assert strange.collect.beside.currentWidget() is strange.collect.side
    assert strange.collect.files.table.text(1, UNIT) == UNITS[2]
    assert strange.main_action.text() == "套用 8 格"
    pane_rules = strange.collect.cells.rules
    assert pane_rules.findText("按文字認出 8") >= 0


def test_a_table_that_nothing_is_known_of_is_mapped_too(page: ExchangePage, office: Office, settle: Settle) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["某單位匯總"], ["序號", "幹什麼", "幹到哪了"], [1, "別的工作", "已辦"], [2, "又一項", "在辦"]):
        sheet.append(row)
    book.save(office.inbox / "某單位.xlsx")
    drop(page, office.inbox)
    settle()
    files = page.collect.files
    files.selectRow(next(row for row in range(1, 6) if "外來表" in files.table.text(row, STATE)))
    page.collect.map_button.click()
    settle()
    assert page.collect.mapping.isVisible()
    assert page.collect.mapping.columns.rowCount() == 3


def test_escape_leaves_the_mapping(strange: ExchangePage) -> None:
    QTest.keyClick(strange.collect.mapping.name, Qt.Key.Key_Escape)
    assert strange.collect.beside.currentWidget() is strange.collect.side


def test_both_scripts(page: ExchangePage, window: MainWindow, qtbot: QtBot) -> None:
    put_cursor(page, lambda cell: cell.verdict is Verdict.CONFLICT)
    window.switch_script()
    row = page.collect.cells.view.currentIndex().row()
    assert page.collect.cells.table.text(row, CHOICE) == "◆ 冲突，用台账"
    assert page.collect.prefer.currentText() == "冲突：逐格核对"
    assert "台账现在" in page.collect.side.view.toPlainText()
    assert page.main_action.text() == "套用 6 格"
    assert "未改" in page.collect.cells.count.text()
