"""The page 填報 through its real widgets, in both scripts: type, save, next; what is asked, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db import entrydrafts, evidence
from db.database import open_database
from db.models import Assignment, ProgressEntry
from db.script import simplified
from db.terms import TaskState
from desktop.desk import Desk
from desktop.pages.entry import EntryPage
from desktop.pages.entry_rows import Scope
from desktop.window import MainWindow
from tests.sample_year import copy_to

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Settle = Callable[[], None]


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a county's year up to December 2022."""
    from desktop.jobs import Jobs
    from desktop.words import Words

    made = Desk(open_database(copy_to(tmp_path / "臺賬.db"), operator="測試員"), Words(), Jobs())
    yield made
    made.jobs.finish()
    made.database.release()


@pytest.fixture
def page(window: MainWindow, settle: Settle, qtbot: QtBot) -> EntryPage:
    made = window.go_to(EntryPage)
    assert isinstance(made, EntryPage)
    settle()
    qtbot.waitUntil(lambda: made.card is not None)
    return made


def write(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Type into a field as an input method does."""
    from PySide6.QtGui import QInputMethodEvent

    field.setFocus()
    field.selectAll()
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(field, commit)


def labels(parent: QWidget) -> list[QLabel]:
    found: object = parent.findChildren(QLabel)
    assert isinstance(found, list)
    return found


def reported(desk: Desk, code: str) -> list[ProgressEntry]:
    with desk.database.reading() as session:
        query = select(ProgressEntry).join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        return list(session.scalars(query.where(Assignment.code == code).order_by(ProgressEntry.id)))


def code(page: EntryPage) -> str:
    assert page.card is not None
    return page.card.code


def test_it_opens_on_what_is_not_reported_with_the_last_entry_beside(page: EntryPage) -> None:
    assert page.period == "2022-12"
    assert page.list.chosen_scope() is Scope.MISSING
    assert not any(line.reported for line in page.list.model.lines)
    assert "2022-11" in page.beside.view.toPlainText()
    assert page.form.percent.hasFocus()


@pytest.mark.parametrize("switched", [False, True], ids=["traditional", "simplified"])
def test_type_save_and_on_to_the_next_by_keys(
    page: EntryPage, window: MainWindow, desk: Desk, settle: Settle, *, switched: bool
) -> None:
    if switched:
        window.switch_script()
    first, before = code(page), len(reported(desk, code(page)))
    second = page.list.model.lines[1].code
    write(page.form.percent, "９５％")
    write(page.form.texts["text"], "縣級平台已對接。")
    write(page.form.texts["problem"], "缺經費。")
    write(page.form.texts["next_step"], "申請追加。")
    QTest.keyClick(page.form.texts["next_step"], Qt.Key.Key_Return, CONTROL)
    settle()
    entry = reported(desk, first)[before]
    assert (entry.period, entry.percent, entry.source) == ("2022-12", 95, "填報")
    assert (entry.text, entry.problem, entry.next_step) == ("縣級平台已對接。", "缺經費。", "申請追加。")
    assert code(page) == second
    assert page.form.percent.hasFocus()
    assert page.list.model.lines[0].reported
    assert page.form.percent.text() == ""


def test_saved_without_going_on_shows_the_entry_beside(page: EntryPage, desk: Desk, settle: Settle) -> None:
    here = code(page)
    write(page.form.percent, "99")
    QTest.keyClick(page.form.percent, Qt.Key.Key_S, CONTROL)
    settle()
    assert code(page) == here
    assert "2022-12" in page.beside.view.toPlainText()
    assert not page.form.dirty()
    QTest.keyClick(page.form.percent, Qt.Key.Key_Return, CONTROL)  # nothing is left to save: on to the next
    settle()
    assert code(page) != here


def test_next_and_back_without_saving_keep_what_was_typed(page: EntryPage, desk: Desk, settle: Settle) -> None:
    here = code(page)
    write(page.form.texts["text"], "寫到一半")
    QTest.keyClick(page.form.texts["text"], Qt.Key.Key_Right, ALT)
    settle()
    assert code(page) != here
    assert page.form.texts["text"].toPlainText() == ""
    QTest.keyClick(page.form.percent, Qt.Key.Key_Left, ALT)
    settle()
    assert page.form.texts["text"].toPlainText() == "寫到一半"
    assert page.sheet.draft_bar.isVisible()
    assert page.list.model.lines[0].draft
    page.sheet.drop_button.click()
    settle()
    assert not page.sheet.draft_bar.isVisible()
    with desk.database.reading() as session:
        assert entrydrafts.listed(session) == []


def test_drafts_are_offered_again_at_the_next_start(
    page: EntryPage, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    here = code(page)
    write(page.form.texts["text"], "寫到一半")
    page.keep_draft()
    settle()
    other = EntryPage(desk)
    qtbot.addWidget(other)
    other.arrived()
    settle()
    assert "有 1 份沒有保存的草稿" in window.notice.label.text()
    other.list.choose_scope(Scope.DRAFTS)
    other.list.asked.emit()
    settle()
    assert code(other) == here
    assert other.form.texts["text"].toPlainText() == "寫到一半"


def test_the_keyboard_alone_reaches_every_field_in_order(page: EntryPage) -> None:
    form = page.form
    passed: list[QWidget] = []
    for _ in range(8):
        here = QApplication.focusWidget()
        assert here is not None
        passed.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    wanted = [form.percent, form.state, form.finished_on, form.source, *form.texts.values(), form.files.list]
    assert passed == wanted


def test_a_lower_percent_becomes_a_question(page: EntryPage, desk: Desk, settle: Settle) -> None:
    here, before = code(page), len(reported(desk, code(page)))
    write(page.form.percent, "1")
    page.save_button.click()
    settle()
    assert len(reported(desk, here)) == before
    assert page.sheet.question.isVisible()
    assert "1% 比上次低" in page.sheet.question_label.text()
    assert page.sheet.no_button.hasFocus()
    QTest.keyClick(page.sheet.no_button, Qt.Key.Key_Escape)
    assert not page.sheet.question.isVisible()
    page.save_button.click()
    settle()
    QTest.keyClick(page.sheet.yes_button, Qt.Key.Key_Space)
    settle()
    assert reported(desk, here)[-1].percent == 1


def test_done_needs_its_day_and_fills_the_percent(page: EntryPage, desk: Desk, settle: Settle) -> None:
    here = code(page)
    box = page.form.state
    box.setFocus()
    box.setCurrentIndex(box.findData(TaskState.DONE.value))
    box.activated.emit(box.currentIndex())
    assert page.form.percent.text() == "100"
    assert page.form.finished_on.hasFocus()
    page.save_button.click()
    assert page.form.errors["finished_on"].text() == "填報完成時要寫完成日期。"
    assert page.form.errors["finished_on"].isVisible()
    write(page.form.finished_on, "12月31")
    page.save_button.click()
    settle()
    entry = reported(desk, here)[-1]
    assert (entry.state, entry.finished_on) == (TaskState.DONE, date(2022, 12, 31))


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("percent", "120", "進度不能超過 100。"),
        ("percent", "八成", "進度是 0 到 100 的整數。"),
        ("finished_on", "2022-4-31", "沒有這一天。"),
        ("period", "6月", "報送期應寫成 2022-06 的樣子。"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    page: EntryPage, window: MainWindow, desk: Desk, settle: Settle, field: str, typed: str, told: str
) -> None:
    here, before = code(page), len(reported(desk, code(page)))
    write(page.form.texts["text"], "進展")
    line = getattr(page.form, field)
    write(line, typed)
    page.save_button.click()
    settle()
    assert page.form.errors[field].text() == told
    assert line.hasFocus()
    assert len(reported(desk, here)) == before
    window.switch_script()
    assert page.form.errors[field].text() == simplified(told)
    write(line, "2")
    assert not page.form.errors[field].isVisible()


def test_nothing_typed_is_not_saved(page: EntryPage, desk: Desk, settle: Settle) -> None:
    here, before = code(page), len(reported(desk, code(page)))
    page.save_button.click()
    settle()
    assert page.form.errors["text"].isVisible()
    assert len(reported(desk, here)) == before


def test_files_are_dropped_attached_and_opened(
    page: EntryPage, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = code(page)
    scan, program, empty = tmp_path / "掃描件.pdf", tmp_path / "病毒.exe", tmp_path / "空.pdf"
    scan.write_bytes(b"%PDF scan")
    program.write_bytes(b"MZ")
    empty.touch()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (scan, program, empty)])
    with_files = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.form.files.dropEvent(with_files)
    assert [file.name for file in page.form.files.files] == ["掃描件.pdf"]
    write(page.form.percent, "99")
    QTest.keyClick(page.form.percent, Qt.Key.Key_S, CONTROL)
    settle()
    with desk.database.reading() as session:
        kept = evidence.of_entries(session, [reported(desk, here)[-1].id])
    assert [line.name for lines in kept.values() for line in lines] == ["掃描件.pdf"]
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("desktop.evidence.QDesktopServices.openUrl", open_url)
    QTest.keyClick(page.form.percent, Qt.Key.Key_E, CONTROL)
    settle()
    copy = Path(opened[0].toLocalFile())
    assert (copy.name, copy.read_bytes()) == ("掃描件.pdf", b"%PDF scan")
    assert not copy.stat().st_mode & 0o222


def test_a_file_that_is_gone_by_then_is_told_and_the_report_stays(
    page: EntryPage, window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    here, before = code(page), len(reported(desk, code(page)))
    scan = tmp_path / "掃描件.pdf"
    scan.write_bytes(b"%PDF scan")
    page.form.files.add_paths([scan])
    write(page.form.percent, "99")
    scan.unlink()
    page.save_button.click()
    settle()
    assert len(reported(desk, here)) == before
    assert window.notice.isVisible()
    assert page.form.percent.text() == "99"


def test_a_pasted_message_fills_the_form_and_stays_as_evidence(page: EntryPage, desk: Desk, settle: Settle) -> None:
    here = code(page)
    message = "進度：99%\n進展情況：已開通服務專區。\n存在問題：人手不足。\n下一步工作打算：招聘兩人。"
    QApplication.clipboard().setText(message)
    QTest.keyClick(page.form.percent, Qt.Key.Key_V, CONTROL | SHIFT)
    assert page.form.percent.text() == "99"
    assert [field.toPlainText() for field in page.form.texts.values()] == [
        "已開通服務專區。",
        "人手不足。",
        "招聘兩人。",
    ]
    page.form.source.setCurrentIndex(page.form.source.findData("郵件"))
    page.save_button.click()
    settle()
    entry = reported(desk, here)[-1]
    assert (entry.source, entry.text) == ("郵件", "已開通服務專區。")
    with desk.database.reading() as session:
        (line,) = evidence.of_entries(session, [entry.id])[entry.id]
        assert evidence.content(session, line.id).content.decode("utf-8-sig") == message.replace("\n", "\r\n")


def test_the_last_entry_is_copied_by_key(page: EntryPage, desk: Desk) -> None:
    last = reported(desk, code(page))[-1]
    QTest.keyClick(page.form.percent, Qt.Key.Key_D, CONTROL)
    assert page.form.percent.text() == str(last.percent)
    assert page.form.texts["text"].toPlainText() == last.text
    assert page.form.percent.selectedText() == page.form.percent.text()


def test_another_unit_of_the_task_reports_too(page: EntryPage, desk: Desk, settle: Settle) -> None:
    with desk.database.reading() as session:
        shared = next(task.id for task in session.scalars(select(Assignment)) if task.others and task.confirmed)
        lead = session.get_one(Assignment, shared).lead_id
        percent = session.get_one(Assignment, shared).percent
    page.open_on(shared, [shared])
    settle()
    assert page.card is not None
    page.form.unit.setCurrentIndex(1)
    page.form.unit.activated.emit(1)
    assert "這個單位還沒有填報過" in page.beside.view.toPlainText()
    assert "同一任務的其他單位" in page.beside.view.toPlainText()
    write(page.form.percent, "5")
    page.save_button.click()
    settle()
    entry = reported(desk, code(page))[-1]
    assert (entry.percent, entry.unit_id == lead) == (5, False)
    with desk.database.reading() as session:
        assert session.get_one(Assignment, shared).percent == percent


def test_opened_on_a_task_of_the_ledger_it_goes_through_the_ledgers_list(
    page: EntryPage, window: MainWindow, settle: Settle, desk: Desk
) -> None:
    with desk.database.reading() as session:
        ids = list(session.scalars(select(Assignment.id).where(Assignment.confirmed).limit(4)))[::-1]
    page.open_on(ids[1], ids)
    settle()
    assert [line.id for line in page.list.model.lines] == ids
    assert page.card is not None
    assert page.card.id == ids[1]
    QTest.keyClick(page.form.percent, Qt.Key.Key_Right, ALT)
    settle()
    assert page.card.id == ids[2]


def test_undo_takes_the_saved_report_back(page: EntryPage, window: MainWindow, desk: Desk, settle: Settle) -> None:
    here, before = code(page), len(reported(desk, code(page)))
    write(page.form.percent, "99")
    page.save_button.click()
    settle()
    window.notice.button.click()
    settle()
    assert len(reported(desk, here)) == before
    assert not page.list.model.lines[0].reported


def test_another_period_is_another_list(page: EntryPage, settle: Settle) -> None:
    write(page.list.period, "2022.6")
    QTest.keyClick(page.list.period, Qt.Key.Key_Return)
    settle()
    assert page.period == "2022-06"
    assert page.form.period.text() == "2022-06"
    write(page.list.period, "2021-06")
    QTest.keyClick(page.list.period, Qt.Key.Key_Return)
    settle()
    assert page.views.currentWidget() is page.nothing
    assert "沒有未報的任務" in page.nothing.text()


def test_every_word_turns_with_the_script(page: EntryPage, window: MainWindow) -> None:
    every: list[QLabel] = labels(page.sheet.form)
    fixed = [label for label in every if label.text() and label.isVisible()]
    before = [label.text() for label in fixed]
    window.switch_script()
    assert [label.text() for label in fixed] == [simplified(text) for text in before]
    assert page.form.state.itemText(0) == "（不变）"
    beside: list[QLabel] = labels(page.beside)
    assert "上次填报" in [label.text() for label in beside]
