"""The page 要點 through its real widgets: read, correct, store, divide, close."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db import plans
from db.drafts import DocumentDraft, PlanDraft, PointDraft
from db.script import simplified
from db.shipped import shipped
from db.terms import UnitRole
from desktop import theme
from desktop.desk import Desk
from desktop.drafting import Spot
from desktop.pages.ledger import LedgerPage
from desktop.pages.plans import SAMPLE, PlansPage
from desktop.pages.plans_chooser import DRAFT, START
from desktop.pages.plans_outline import COLUMNS
from desktop.pages.settings import SettingsPage
from desktop.window import MainWindow
from tests.desktop.plans_support import go, point, type_into

W = TypeVar("W", bound=QWidget)


def test_the_sample_is_one_click_away_and_shown_with_its_text(opened: PlansPage) -> None:
    assert opened.shown == DRAFT
    assert opened.bench.footer.totals.text() == "56 條，牽頭 42，待核 1"
    go(opened, 6)
    here = point(opened, 6)
    assert opened.bench.point_form.names["lead"].text() == "省工業和信息化廳"
    chosen = [span[:2] for span in opened.bench.source.marks() if span[2] == theme.CHOSEN]
    assert chosen == [(here.start, here.end)]


def test_corrections_are_stored_as_shown(
    opened: PlansPage, qtbot: QtBot, desk: Desk, settle: Callable[[], None]
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    go(opened, 0)
    form = opened.bench.point_form
    type_into(form.names["lead"], "省數據局")
    cut = point(opened, 0).text.index("推進線上線下深度融合")
    cursor = form.text_field.textCursor()
    cursor.setPosition(cut)
    form.text_field.setTextCursor(cursor)
    form.text_field.setFocus()
    QTest.keyClick(form.text_field, Qt.Key.Key_Return, control)  # split
    assert point(opened, 1).text.startswith("推進線上線下深度融合")
    go(opened, 2)
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_J, control)  # merge with the next
    assert "(三)進一步規范審批服務" in point(opened, 2).text
    go(opened, 5)
    dropped = point(opened, 5).text
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Delete)
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_N, control)  # add
    form.text_field.insertPlainText("縣裏自己加的一條。")
    assert opened.bench.footer.totals.text().startswith("56 條")
    wanted = [(one.number, one.text, one.lead, one.section) for one in opened.history.now[0].document.plans[0].points]
    QTest.keyClick(opened, Qt.Key.Key_S, control)
    settle()
    with desk.database.reading() as session:
        rows = plans.find(session, "湖南省2022年政務管理服務工作要點").points
        stored = [
            (row.number, row.text, row.named(UnitRole.LEAD), row.section.title if row.section else "") for row in rows
        ]
    assert stored == wanted
    assert dropped not in [text for _, text, _, _ in stored]
    assert "縣裏自己加的一條。" in [text for _, text, _, _ in stored]


def test_after_storing_the_next_step_leads_to_the_ledger(
    opened: PlansPage, qtbot: QtBot, desk: Desk, window: MainWindow, settle: Callable[[], None]
) -> None:
    assert opened.main_action.text() == "存入"
    opened.main_action.click()
    settle()
    assert opened.history.now == ()
    assert opened.bench.point_form.number.isReadOnly() or opened.bench.plan_form.title.isReadOnly()
    assert opened.main_action.text() == "下一步：分解任務"
    opened.main_action.click()
    settle()
    assert isinstance(window.stack.currentWidget(), LedgerPage)
    with desk.database.reading() as session:
        assert [line.assignments for line in plans.listed(session)] == [39, 17]
    assert window.notice.label.text().startswith("分解「湖南省2022年政務管理服務工作要點」「")
    window.notice.button.click()  # the two plans of a notice are divided, and undone, in one step
    settle()
    with desk.database.reading() as session:
        assert [line.assignments for line in plans.listed(session)] == [0, 0]


def test_stored_plans_are_opened_with_their_text(opened: PlansPage, qtbot: QtBot, settle: Callable[[], None]) -> None:
    text = opened.history.now[0].document.text
    opened.main_action.click()
    settle()
    opened.chooser.setCurrentIndex(opened.chooser.count() - 1)
    opened.chooser.activated.emit(opened.chooser.currentIndex())
    settle()
    assert opened.bench.spot == Spot(0, 1)
    assert opened.bench.source.toPlainText() == text
    go(opened, 11, plan=1)
    assert opened.bench.point_form.names["lead"].text() == "省政務局、省財政廳"
    assert opened.bench.doubts.list.count() == 2
    opened.bench.drop()
    assert opened.bench.footer.totals.text() == "56 條，牽頭 42，待核 1"


def test_an_undone_import_comes_back_as_a_draft(
    opened: PlansPage, qtbot: QtBot, window: MainWindow, settle: Callable[[], None]
) -> None:
    go(opened, 0)
    type_into(opened.bench.point_form.names["lead"], "省數據局")
    opened.main_action.click()
    settle()
    window.notice.button.click()
    settle()
    assert opened.shown == DRAFT
    assert point(opened, 0).lead == ["省數據局"]


def test_a_bad_file_says_one_sentence_and_the_draft_stays(
    opened: PlansPage, window: MainWindow, tmp_path: Path, settle: Callable[[], None]
) -> None:
    before = opened.history.now
    empty = tmp_path / "空.txt"
    empty.touch()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(empty))])
    opened.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()
    assert window.notice.label.text() == "「空.txt」是空文件。請重新取得原件。"
    assert opened.history.now == before
    assert not opened.progress.isVisible()


def test_the_same_file_is_not_taken_twice(opened: PlansPage, settle: Callable[[], None]) -> None:
    opened.read([shipped(*SAMPLE)])
    settle()
    assert len(opened.history.now) == 1


def test_a_point_without_words_is_not_stored(opened: PlansPage, window: MainWindow, settle: Callable[[], None]) -> None:
    go(opened, 0)
    opened.bench.add()
    opened.show_what(START)
    opened.store()
    settle()
    assert "沒有文字" in window.notice.label.text()
    assert (opened.shown, opened.bench.spot) == (DRAFT, Spot(0, 0, 1))


def test_a_draft_survives_other_pages_and_plans(opened: PlansPage, window: MainWindow) -> None:
    go(opened, 4)
    window.go_to(SettingsPage)
    window.go_to(PlansPage)
    opened.show_what(START)
    opened.show_what(DRAFT)
    assert opened.bench.spot == Spot(0, 0, 4)
    assert len(opened.history.now) == 1


@pytest.mark.parametrize("case", [("取消", True, 1), ("放棄", False, 1), ("存入", False, 0)])
def test_closing_asks_about_a_draft(
    opened: PlansPage,
    window: MainWindow,
    qtbot: QtBot,
    case: tuple[str, bool, int],
) -> None:
    word, stays, kept = case

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "56 條" in box.text()
        next(button for button in box.buttons() if button.text() == word).click()

    QTimer.singleShot(0, answer)
    window.close()
    qtbot.waitUntil(lambda: window.isVisible() is stays, timeout=20_000)
    assert len(opened.history.now) == kept


def children(of: QWidget, kind: type[W]) -> list[W]:
    return list(of.findChildren(kind))


def words_on_screen(window: MainWindow) -> list[str]:
    """Everything the page says by itself, leaving out what comes from the notice."""
    page = window.go_to(PlansPage)
    assert isinstance(page, PlansPage)
    buttons = children(page, QPushButton)
    told = [one.text() for one in children(page, QLabel)]
    told += [one.text() for one in buttons]
    told += [one.toolTip() for one in buttons]
    told += [one.accessibleName() for one in children(page, QWidget)]
    told += [one.placeholderText() for one in children(page, QLineEdit)]
    outline = page.bench.tree.outline
    told += [str(outline.headerData(i, Qt.Orientation.Horizontal)) for i in range(len(COLUMNS))]
    told += [page.chooser.itemText(0), page.bench.doubts.list.item(0).text()]
    return [text for text in told if text]


def test_both_scripts_at_a_switch(opened: PlansPage, window: MainWindow, qtbot: QtBot) -> None:
    opened.bench.next_doubt()
    before = words_on_screen(window)
    text = opened.bench.point_form.text_field.toPlainText()
    with qtbot.waitSignal(opened.bench.tree.outline.headerDataChanged):
        window.switch_script()
    assert words_on_screen(window) == [simplified(one) for one in before]
    assert "只看待核" in before
    assert opened.bench.point_form.text_field.toPlainText() == text  # the notice is never converted
    window.switch_script()
    assert words_on_screen(window) == before


def test_every_field_has_a_name(opened: PlansPage) -> None:
    fields = children(opened.bench.forms, QLineEdit)
    combo = opened.bench.point_form.section
    unnamed = [one for one in fields if not one.accessibleName() and one is not combo.lineEdit()]
    assert combo.accessibleName() == "章節"
    assert len(fields) > 10
    assert unnamed == []


def test_the_parser_itself_fills_the_page(window: MainWindow, settle: Callable[[], None]) -> None:
    page = window.go_to(PlansPage)
    assert isinstance(page, PlansPage)
    page.start.sample_button.click()
    settle()
    assert page.bench.footer.totals.text().startswith("56 條，牽頭 42，待核 ")


def test_pasted_text_is_read_behind_the_draft(
    opened: PlansPage, monkeypatch: pytest.MonkeyPatch, settle: Callable[[], None]
) -> None:
    def read(text: str, *_: object) -> list[DocumentDraft]:
        return [DocumentDraft(text, plans=[PlanDraft("", points=[PointDraft("", text, end=len(text))])])]

    monkeypatch.setattr("desktop.pages.plans.read_words", read)
    QApplication.clipboard().setText("做好某事。")
    opened.paste_button.click()
    assert opened.paste.text.toPlainText() == "做好某事。"
    opened.paste.read_button.click()
    settle()
    assert [len(entry.document.plans) for entry in opened.history.now] == [2, 1]
    assert opened.bench.spot == Spot(1)
    opened.store()  # no year stands anywhere in the pasted words
    assert len(opened.history.now) == 2
    assert opened.bench.document_form.note.text() == "原文沒有寫明年份，請填寫計劃年度。"
