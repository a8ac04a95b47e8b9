"""The page 收發, half 分發: sending, the register, the mails, what is printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from sqlalchemy import select

from db import register, units
from db.models import DispatchSheet
from tests.db.worlds import divided

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.pages.exchange import ExchangePage
    from desktop.window import MainWindow

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, window: MainWindow, settle: Settle) -> ExchangePage:
    """The page with a divided notice and nothing sent yet."""
    from desktop.pages.exchange import ExchangePage

    divided(desk.database)
    made = window.go_to(ExchangePage)
    assert isinstance(made, ExchangePage)
    settle()
    return made


@pytest.fixture
def sent(page: ExchangePage, settle: Settle, tmp_path: Path) -> ExchangePage:
    """The page after a dispatch that is long overdue."""
    page.main_action.click()
    form = page.dispatch.new
    form.due.setDate(QDate(2022, 6, 28))
    form.folder.setText(str(tmp_path / "六月"))
    form.ok_button.click()
    settle()
    return page


def lines(page: ExchangePage) -> list[str]:
    table = page.dispatch.register.table
    return [table.item(row, 0).text() for row in range(table.rowCount())]  # type: ignore[union-attr]


def states(page: ExchangePage) -> list[str]:
    table = page.dispatch.register.table
    return [table.item(row, 3).text() for row in range(table.rowCount())]  # type: ignore[union-attr]


def give_back(page: ExchangePage, settle: Settle, count: int = 1) -> None:
    database = page.desk.database
    with database.change("報回", operation="test") as change:
        for sheet in change.session.scalars(select(DispatchSheet).order_by(DispatchSheet.position).limit(count)):
            sheet.returned_at = datetime(2022, 6, 27, 9, 0)
    page.desk.changed.emit(change.changes)
    settle()


def test_an_empty_page_says_the_next_step(page: ExchangePage) -> None:
    pane = page.dispatch.register
    assert pane.stack.currentWidget() is pane.empty
    assert "新分發" in pane.empty.label.text()
    assert not page.sendings.isVisible()
    assert not page.remind_button.isEnabled()


def test_a_dispatch_is_made_and_shown(sent: ExchangePage, tmp_path: Path) -> None:
    assert len(lines(sent)) == len(list((tmp_path / "六月").glob("*_*.xlsx"))) > 1
    assert "2022-06-1" in sent.sendings.currentText()
    assert f"0/{len(lines(sent))}" in sent.returned.text()
    assert sent.dispatch.side.currentWidget() is sent.dispatch.mail
    assert sent.main_action.isEnabled()


def test_a_stopped_dispatch_leaves_the_page_as_it_was(
    page: ExchangePage, settle: Settle, tmp_path: Path, window: MainWindow
) -> None:
    page.main_action.click()
    page.dispatch.new.folder.setText(str(tmp_path / "六月"))
    page.dispatch.new.ok_button.click()
    running = page.desk.jobs.running()
    assert running is not None
    running.stopped = True
    settle()
    assert "取消" in window.notice.label.text()
    assert not (tmp_path / "六月").exists()
    assert lines(page) == []
    assert page.main_action.isEnabled()


def test_a_wrong_period_is_told_and_nothing_is_made(
    page: ExchangePage, settle: Settle, tmp_path: Path, window: MainWindow
) -> None:
    page.main_action.click()
    page.dispatch.new.period.setText("六月")
    page.dispatch.new.folder.setText(str(tmp_path / "六月"))
    page.dispatch.new.ok_button.click()
    settle()
    assert "六月" in window.notice.label.text()
    assert page.dispatch.side.currentWidget() is page.dispatch.new
    assert not (tmp_path / "六月").exists()


def test_escape_gives_a_new_dispatch_up(page: ExchangePage) -> None:
    page.main_action.click()
    QTest.keyClick(page.dispatch.new.folder, Qt.Key.Key_Escape)
    assert page.dispatch.side.currentWidget() is page.dispatch.nothing


def test_states_have_a_shape_and_a_word(sent: ExchangePage, settle: Settle) -> None:
    days = (date.today() - date(2022, 6, 28)).days
    assert states(sent) == [f"▲ 逾期 {days} 天"] * len(lines(sent))
    give_back(sent, settle)
    assert states(sent)[0] == "● 已報回 06-27"
    assert "1/" in sent.returned.text()


def test_the_register_is_filtered(sent: ExchangePage, settle: Settle) -> None:
    names = lines(sent)
    give_back(sent, settle)
    pane = sent.dispatch.register
    pane.chips.button(1).click()
    assert lines(sent) == names[1:]
    pane.chips.button(2).click()
    assert lines(sent) == names[:1]
    pane.search.setText("沒有這個單位")
    assert pane.stack.currentWidget() is pane.empty
    pane.empty.button.click()
    assert lines(sent) == names


def test_pieces_of_the_mail_are_copied(sent: ExchangePage, settle: Settle, window: MainWindow) -> None:
    row = sent.dispatch.register.row()
    assert row is not None
    people = [{"name": "趙", "email": "a@example.cn"}, {"name": "錢", "email": "b@example.cn"}]
    changes = units.set_contacts(sent.desk.database, unit=row.unit_id, contacts=list(people))
    sent.desk.changed.emit(changes)
    settle()
    for key, expected in (("recipients", "a@example.cn; b@example.cn"), ("subject", row.unit), ("body", row.token)):
        sent.dispatch.mail.copy_buttons[key].click()
        assert expected in QGuiApplication.clipboard().text()
        assert row.unit in window.notice.label.text()


def test_a_unit_without_address_has_nothing_to_copy_as_recipient(sent: ExchangePage) -> None:
    assert not sent.dispatch.mail.copy_buttons["recipients"].isEnabled()
    assert sent.dispatch.mail.open_button.isEnabled()


def test_units_are_marked_as_sent_one_by_one_and_together(sent: ExchangePage, settle: Settle) -> None:
    database = sent.desk.database

    def out() -> int:
        with database.reading() as session:
            return register.dispatches(session)[0].sent

    sent.dispatch.mail.mark_button.click()
    settle()
    assert out() == 1
    sent.dispatch.all_button.click()
    settle()
    assert out() == len(lines(sent))
    assert not sent.dispatch.all_button.isEnabled()


def test_the_pack_holds_every_workbook(sent: ExchangePage, settle: Settle, tmp_path: Path) -> None:
    sent.dispatch.pack(tmp_path / "六月.zip")
    settle()
    with ZipFile(tmp_path / "六月.zip") as pack:
        assert len(pack.namelist()) == len(lines(sent))


def test_the_register_is_written(sent: ExchangePage, settle: Settle, tmp_path: Path) -> None:
    sent.dispatch.write_list(tmp_path / "登記.xlsx")
    settle()
    assert (tmp_path / "登記.xlsx").is_file()


def test_reminders_are_shown_before_they_are_printed(sent: ExchangePage, settle: Settle, window: MainWindow) -> None:
    sent.remind_button.click()
    settle()
    assert window.stack.currentWidget() is window.preview
    window.preview.jobs.finish()


def test_nobody_to_remind_when_all_have_returned(sent: ExchangePage, settle: Settle) -> None:
    give_back(sent, settle, 99)
    assert not sent.remind_button.isEnabled()


def test_a_lost_folder_is_written_again(sent: ExchangePage, settle: Settle, tmp_path: Path) -> None:
    names = sorted(path.name for path in (tmp_path / "六月").iterdir())
    shutil.rmtree(tmp_path / "六月")
    sent._load()
    settle()
    assert "重寫" in sent.dispatch.folder_button.text()
    sent.dispatch.folder_button.click()
    settle()
    assert sorted(path.name for path in (tmp_path / "六月").iterdir()) == names
    assert "打開" in sent.dispatch.folder_button.text()


def test_both_scripts(sent: ExchangePage, window: MainWindow) -> None:
    window.switch_script()
    assert "分发" in sent.sendings.currentText()
    assert all("逾期" in state and "天" in state for state in states(sent))
    assert sent.dispatch.mail.mark_button.text() == "标为已发"


def test_the_text_of_the_mails_is_the_offices(sent: ExchangePage, settle: Settle, window: MainWindow) -> None:
    mail, template = sent.dispatch.mail, sent.dispatch.template
    mail.text_button.click()
    settle()
    assert sent.dispatch.side.currentWidget() is template
    template.subject.setText("請報{單位}")
    template.ok_button.click()
    settle()
    assert "{單位}" in window.notice.label.text()
    assert sent.dispatch.side.currentWidget() is template
    template.subject.setText("請報{period}臺賬")
    template.telephone.setText("0700-5550000")
    template.ok_button.click()
    settle()
    assert sent.dispatch.side.currentWidget() is mail
    assert mail.subject.text() == "请报2022年6月台账"
    assert "0700-5550000" in mail.body.toPlainText()


def test_the_programs_own_text_is_not_stored(sent: ExchangePage, settle: Settle) -> None:
    from db import settings

    template = sent.dispatch.template
    sent.dispatch.mail.text_button.click()
    settle()
    template.text_field.setPlainText("改了")
    template.own_button.click()
    template.email.setText("office@example.cn")
    template.ok_button.click()
    settle()
    with sent.desk.database.reading() as session:
        office = settings.office(session)
    assert (office.mail_subject, office.mail_body, office.office_email) == ("", "", "office@example.cn")
