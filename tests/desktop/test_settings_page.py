"""設置 through the real window: settings as one draft, snapshots with their contents, operations undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from db import assignments, backup
from db.settings import Office, office, set_office
from desktop.desk import Desk
from desktop.pages.settings import SettingsPage
from desktop.script import Script
from desktop.window import MainWindow
from tests.db import worlds
from tests.desktop.plans_support import type_into

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> Iterator[SettingsPage]:
    made = window.go_to(SettingsPage)
    settle()
    yield made
    made.forms = ()  # no question on closing


def stored(desk: Desk) -> Office:
    with desk.database.reading() as session:
        return office(session)


def tab(page: SettingsPage, pane: QWidget, settle: Settle) -> None:
    page.tabs.setCurrentWidget(pane)
    settle()
    settle()  # the list first, what is in each snapshot after it


def test_every_setting_has_its_field(page: SettingsPage) -> None:
    names = [name for form in page.forms for name in form.values()]
    assert sorted(names) == sorted(Office.__dataclass_fields__)
    assert not page.changed_values()
    assert not page.main_action.isEnabled()


def test_what_is_typed_in_all_tabs_is_saved_as_one_operation(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    type_into(page.office.county, "清江縣")
    type_into(page.office.telephone, "0700-5550000")
    page.office.operators.setPlainText("張三\n\n李四\n張三")
    page.office.script.setCurrentIndex(1)
    page.columns.columns.list.item(3).setCheckState(Qt.CheckState.Unchecked)
    page.reporting.months.setCurrentIndex(1)
    page.reporting.day.setValue(25)
    assert page.main_action.isEnabled()
    assert page.unsaved.isVisible()
    page.main_action.click()
    settle()
    now = stored(desk)
    assert (now.county, now.office_telephone, now.operators) == ("清江縣", "0700-5550000", ["張三", "李四"])
    assert (now.output_script, now.report_months, now.report_day) == ("zh_Hant", 3, 25)
    assert "measure" not in now.ledger_columns
    assert len(now.ledger_columns) == 12
    assert not page.main_action.isEnabled()
    with desk.database.reading() as session:
        from db.undo import history

        assert history(session)[0].title.startswith("修改設置：縣（市、區）名稱、")


def test_ctrl_z_takes_back_the_draft_first_and_then_the_operation(
    page: SettingsPage, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    type_into(page.office.county, "清江縣")
    page.office.county.editingFinished.emit()
    page.office.paper.setCurrentIndex(1)
    window.undo_last()
    assert page.office.paper.currentData() == "A3"
    assert page.office.county.text() == "清江縣"
    page.save()
    settle()
    assert stored(desk).county == "清江縣"
    window.undo_last()
    settle()
    settle()
    assert stored(desk).county == ""
    assert page.office.county.text() == ""


def test_columns_are_ordered_by_keys_and_shown_as_the_head_of_the_ledger(page: SettingsPage, settle: Settle) -> None:
    tab(page, page.columns, settle)
    columns = page.columns.columns
    columns.list.setCurrentRow(1)
    columns.shift(-1)
    assert columns.keys()[:2] == ["code", "sequence"]
    assert page.columns.head.text().startswith("編號　│　序號")
    assert page.columns.count.text() == "印 13 欄，表頭從左到右："
    columns.reset()
    assert columns.keys() == []
    assert not page.changed_values()


def test_the_rule_of_reporting_says_what_it_means(page: SettingsPage, settle: Settle) -> None:
    tab(page, page.reporting, settle)
    page.reporting.day.setValue(31)
    assert "下一個截止日是" in page.reporting.told.text()
    assert "{period}" in page.reporting.subject.placeholderText()


def test_a_mail_with_an_unknown_place_and_a_folder_that_is_none_are_refused(
    page: SettingsPage, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    type_into(page.reporting.subject, "請報 {單位}")
    page.save()
    settle()
    assert "郵件模板裏的「{單位}」不認識" in window.notice.label.text()
    type_into(page.reporting.subject, "")
    type_into(page.office.folder, "/沒有/這個")
    page.save()
    settle()
    assert "不存在或不能寫入" in window.notice.label.text()
    assert stored(desk) == Office()
    assert page.office.folder.text() == "/沒有/這個"  # what was typed stays to be mended


def texts(page: SettingsPage, row: int) -> list[str]:
    table = page.backups.table
    cells = [table.item(row, column) for column in range(table.columnCount())]
    return [cell.text() if cell else "" for cell in cells]


def test_snapshots_are_listed_with_what_is_in_each(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    backup.snapshot(desk.database.path, reason="manual")
    worlds.divided(desk.database)  # takes one before the import
    backup.snapshot(desk.database.path, reason="closing")
    broken = backup.folder_of(desk.database.path) / f"{desk.database.path.stem}-20200101-080000-closing.db"
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    tab(page, page.backups, settle)
    assert page.backups.count.text() == "共 4 個備份"
    assert texts(page, 0)[1:5] == ["關閉時", "1", "3", "0"]
    assert "測試員" in texts(page, 0)[5]
    assert "採納" in texts(page, 0)[5]
    assert texts(page, 2)[1:5] == ["手動", "0", "0", "0"]
    assert "讀不出來" in texts(page, 3)[5]


def test_a_backup_now_and_a_check(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    tab(page, page.backups, settle)
    assert "還沒有備份" in page.backups.count.text()
    page.backups.now_button.click()
    settle()
    settle()
    assert page.backups.count.text() == "共 1 個備份"
    page.backups.check_button.click()
    settle()
    assert "檢查通過" in page.backups.checked.text()


def test_restoring_a_snapshot_from_the_list(
    page: SettingsPage, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_office(desk.database, values={"county": "清江縣"})
    backup.snapshot(desk.database.path, reason="manual")
    set_office(desk.database, values={"county": "別縣"})
    tab(page, page.backups, settle)

    def agree(box: QMessageBox) -> int:
        next(one for one in box.buttons() if one.text() == "恢復").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", agree)
    page.backups.restore_button.click()
    settle()
    settle()
    assert stored(desk).county == "清江縣"
    assert page.backups.count.text() == "共 2 個備份"  # the one restored, and what was there before it


def test_operations_are_named_and_undone_from_the_list_with_what_was_kept(
    page: SettingsPage, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    tasks = worlds.divided(desk.database)
    first = assignments.edit(desk.database, ids=tasks[:1], fields={"percent": 40, "leader": "張三"})
    assignments.edit(desk.database, ids=tasks[:1], fields={"percent": 60})
    code = worlds.codes(desk.database)[0]
    tab(page, page.history, settle)
    assert page.history.kept.isHidden()
    row = next(place for place, one in enumerate(page.history._past) if one.id == first.batch)
    page.history.table.setCurrentCell(row, 0)
    cells = [page.history.table.item(row, column) for column in range(5)]
    assert [cell.text() for cell in cells if cell][1:] == ["測試員", f"修改 {code}", "1 條", ""]
    page.history.undo_button.click()
    settle()
    settle()
    assert page.history.kept.toPlainText() == f"{code} 的進度後來改為 60，保留。"
    assert page.history.kept_head.text() == f"「修改 {code}」之後改過或用到的 1 處沒有動："
    state = page.history.table.item(row + 1, 4)
    assert state is not None
    assert state.text() == "已撤銷"
    desk.words.switch(Script.SIMPLIFIED)
    assert page.history.kept.toPlainText() == f"{code} 的进度后来改为 60，保留。"
    assert window.notice.isVisible()


def test_both_scripts_and_large_type_leave_nothing_unsaid(page: SettingsPage, window: MainWindow, desk: Desk) -> None:
    desk.words.switch(Script.SIMPLIFIED)
    window.set_scale(1.5)
    shown: list[QLabel | QPushButton] = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    said = [part.text() for part in shown]
    assert "县（市、区）名称" in said
    assert not [text for text in said if any(sign in text for sign in "縣辦報設備檢導")]
    assert [page.tabs.tabText(place) for place in range(page.tabs.count())] == [
        *("办公室和输出", "栏目", "报送和邮件", "安全", "备份和检查", "操作记录")
    ]
    assert page.minimumSizeHint().width() <= 1366
