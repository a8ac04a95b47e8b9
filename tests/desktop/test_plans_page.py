"""The page 要點 through its real widgets: read, check, correct, store, divide."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db import plans
from db.drafts import DeadlineDraft, DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.errors import UnreadableInput
from db.script import simplified
from db.shipped import shipped
from db.terms import DeadlineKind, UnitRole
from desktop import theme
from desktop.desk import Desk
from desktop.drafting import Spot
from desktop.pages.ledger import LedgerPage
from desktop.pages.plans import SAMPLE, PlansPage
from desktop.pages.plans_chooser import DRAFT, START
from desktop.pages.plans_outline import COLUMNS, DOUBTS, LEAD, Kind
from desktop.pages.plans_source import Offsets
from desktop.window import MainWindow

W = TypeVar("W", bound=QWidget)
ANSWERS = Path(__file__).parent.parent / "data" / "plans" / "hunan-2022-16.expected.json"
BEFORE_YEAR_END = DeadlineDraft("2022年底前", date(2022, 12, 31), DeadlineKind.FIXED)


def sample() -> DocumentDraft:
    """The notice of 2022 as it ought to be read, made from the checked answers."""
    text = shipped(*SAMPLE).read_text("utf-8")
    text = text if text.endswith("\n") else text + "\n"
    whole = json.loads(ANSWERS.read_text("utf-8"))["documents"][0]
    at, made = 0, []
    for plan in whole["plans"]:
        points = []
        for one in plan["points"]:
            start = text.index(one["no"] + one["starts"], at)
            at = end = text.index("\n", start)
            body = text[start + len(one["no"]) : end]
            for clause in one["clauses"]:
                body = body.replace(f"({clause})", "")
            lost = [
                ReviewDraft("「??」處有缺字，請核對。", m.start(), m.end()) for m in re.finditer(r"\?\?", text[:end])
            ]
            dates = [BEFORE_YEAR_END for _ in one["deadlines"]]
            units = (one["lead"], one["co"], one["groups"], one["by_duty"])
            review = [doubt for doubt in lost if doubt.start > start]
            here = PointDraft(one["no"], body, one["section"], *units, dates, one["cited"], one["clauses"])
            points.append(replace(here, review=review, start=start, end=end))
        made.append(PlanDraft(plan["title"], plan["sections"], plan["standing_units"], points))
    return DocumentDraft(
        text, whole["title"], whole["doc_no"], whole["issuer"], date(2022, 4, 12), plans=made, source_name=SAMPLE[-1]
    )


@pytest.fixture
def page(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> PlansPage:
    """The page, reading the sample as its answers say and refusing every other file."""

    def read(paths: list[Path], _progress: object) -> list[DocumentDraft]:
        if paths != [shipped(*SAMPLE)]:
            raise UnreadableInput("「{name}」是空文件。請重新取得原件。", name=paths[0].name)
        return [sample()]

    monkeypatch.setattr("desktop.pages.plans.read_files", read)
    made = window.pages[0]
    assert isinstance(made, PlansPage)
    return made


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(desk.jobs.idle, timeout=20_000)


@pytest.fixture
def opened(page: PlansPage, qtbot: QtBot, settle: Callable[[], None]) -> PlansPage:
    QTest.mouseClick(page.start.sample_button, Qt.MouseButton.LeftButton)
    settle()
    return page


def go(page: PlansPage, point: int, plan: int = 0) -> None:
    index = page.bench.tree.outline.index_of(Kind.POINT, Spot(0, plan, point))
    page.bench.tree.view.setCurrentIndex(index)


def point(page: PlansPage, place: int, plan: int = 0) -> PointDraft:
    return page.history.now[0].document.plans[plan].points[place]


def type_into(field: QLineEdit, text: str) -> None:
    """Replace the text of a field as an input method does."""
    field.setFocus()
    field.selectAll()
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(field, commit)


def test_the_sample_is_one_click_away_and_shown_with_its_text(opened: PlansPage) -> None:
    assert opened.shown == DRAFT
    assert opened.bench.footer.totals.text() == "56 條，牽頭 42，待核 1"
    go(opened, 6)
    here = point(opened, 6)
    assert opened.bench.point_form.names["lead"].text() == "省工業和信息化廳"
    chosen = [span[:2] for span in opened.bench.source.marks() if span[2] == theme.CHOSEN]
    assert chosen == [(here.start, here.end)]


def test_damaged_runs_are_marked_and_found_by_key(opened: PlansPage, qtbot: QtBot) -> None:
    QTest.keyClick(opened, Qt.Key.Key_F8)
    assert opened.bench.spot == Spot(0, 1, 11)
    damage = [span[:2] for span in opened.bench.source.marks() if span[2] == theme.DAMAGE]
    assert [opened.history.now[0].document.text[a:b] for a, b in damage] == ["??", "??"]
    index = opened.bench.tree.view.currentIndex().siblingAtColumn(DOUBTS)
    assert index.data() == "？2"
    assert opened.bench.doubts.list.item(0).text() == "「??」處有缺字，請核對。"


def test_a_click_in_the_text_chooses_the_point(opened: PlansPage) -> None:
    cursor = opened.bench.source.textCursor()
    cursor.setPosition(point(opened, 20).start + 5)
    opened.bench.source.setTextCursor(cursor)
    assert opened.bench.spot == Spot(0, 0, 20)
    assert opened.bench.point_form.text_field.toPlainText() == point(opened, 20).text


def test_a_checked_doubt_leaves_and_comes_back_on_undo(opened: PlansPage, qtbot: QtBot) -> None:
    opened.bench.next_doubt()
    for _ in range(2):
        opened.bench.doubts.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert point(opened, 11, plan=1).review == []
    assert opened.bench.footer.totals.text().endswith("待核 0")
    opened.bench.tree.view.setFocus()
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(point(opened, 11, plan=1).review) == 1


def test_fields_are_edited_in_place(opened: PlansPage, qtbot: QtBot) -> None:
    go(opened, 0)
    form = opened.bench.point_form
    type_into(form.names["lead"], "省政務局、省司法廳")
    type_into(form.deadlines, "2022年9月底前")
    QTest.mouseClick(form.by_duty, Qt.MouseButton.LeftButton, pos=form.by_duty.rect().center() * 0.1)
    here = point(opened, 0)
    assert here.lead == ["省政務局", "省司法廳"]
    assert here.deadlines == [DeadlineDraft("2022年9月底前", date(2022, 9, 30), DeadlineKind.FIXED)]
    assert form.meant.text() == "→ 2022-09-30（定期限）"
    row = opened.bench.tree.outline.index_of(Kind.POINT, Spot(0, 0, 0))
    assert row.siblingAtColumn(LEAD).data() == "省政務局、省司法廳"


def test_a_new_section_stands_in_the_tree(opened: PlansPage, qtbot: QtBot) -> None:
    go(opened, 3)
    line = opened.bench.point_form.section.lineEdit()
    assert line is not None
    type_into(line, "新的一章")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened.history.now[0].document.plans[0].sections[1] == "新的一章"
    section = opened.bench.tree.outline.index_of(Kind.SECTION, Spot(0, 0, 3))
    assert section.data() == "新的一章"


def test_the_head_of_the_document_is_edited(opened: PlansPage, qtbot: QtBot) -> None:
    opened.bench.tree.view.setCurrentIndex(opened.bench.tree.outline.index_of(Kind.DOCUMENT, Spot(0)))
    form = opened.bench.document_form
    assert form.year.placeholderText() == "2022"
    type_into(form.issued_on, "2022年4月13日")
    type_into(form.year, "2023")
    type_into(form.doc_no, "湘政辦發〔2022〕17號")
    entry = opened.history.now[0]
    assert (entry.document.issued_on, entry.year) == (date(2022, 4, 13), 2023)
    assert entry.document.doc_no == "湘政辦發〔2022〕17號"


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


def test_stored_plans_are_opened_read_only_with_their_text(
    opened: PlansPage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
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
    assert opened.bench.point_form.names["lead"].isReadOnly()
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


def test_words_chosen_in_the_source_become_a_point(opened: PlansPage) -> None:
    go(opened, 0)
    text = opened.history.now[0].document.text
    start = text.index("堅持以習近平")
    cursor = opened.bench.source.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + 20, QTextCursor.MoveMode.KeepAnchor)
    opened.bench.source.setTextCursor(cursor)
    opened.bench.add()
    assert (point(opened, 1).text, point(opened, 1).start) == (text[start : start + 20], start)


def test_filters_show_what_fits_and_say_how_many(opened: PlansPage, qtbot: QtBot) -> None:
    tree = opened.bench.tree
    tree.doubts_only.click()
    assert tree.outline.shown == 1
    assert opened.bench.footer.totals.text() == "56 條，牽頭 42，待核 1；顯示 1 條"
    tree.doubts_only.click()
    QTest.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is tree.search
    type_into(tree.search, "省农业农村厅")  # simplified words find the traditional ones
    QTest.keyClick(tree.search, Qt.Key.Key_Return)
    assert tree.outline.shown == 1
    assert tree.view.hasFocus()


def test_a_draft_survives_other_pages_and_plans(opened: PlansPage, window: MainWindow) -> None:
    go(opened, 4)
    window.navigation.setCurrentRow(1)
    window.navigation.setCurrentRow(0)
    opened.show_what(START)
    opened.show_what(DRAFT)
    assert opened.bench.spot == Spot(0, 0, 4)
    assert len(opened.history.now) == 1


def test_ctrl_z_takes_edits_back_down_to_the_first_pane_and_no_stored_data(
    opened: PlansPage, qtbot: QtBot, desk: Desk, settle: Callable[[], None]
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    go(opened, 0)
    lead = opened.bench.point_form.names["lead"]
    type_into(lead, "甲局")
    opened.bench.drop()
    go(opened, 3)
    for expected in (39, 39):
        QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Z, control)
        assert len(opened.history.now[0].document.plans[0].points) == expected
    assert point(opened, 0).lead == ["省政務局"]
    QTest.keyClick(opened.bench.tree.view, Qt.Key.Key_Z, control)
    assert opened.shown == START
    assert opened.history.now == ()


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
    page = window.pages[0]
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


def test_five_thousand_points_are_shown_and_edited(page: PlansPage, qtbot: QtBot) -> None:
    line = "({n})第{n}件事，由各單位落實。\n"
    text = "".join(line.format(n=n) for n in range(5000))
    points, at = [], 0
    for n in range(5000):
        end = text.index("\n", at)
        points.append(PointDraft(f"({n})", text[at:end], f"第{n // 50}章", ["甲局"], start=at, end=end))
        at = end + 1
    sections = [f"第{n}章" for n in range(100)]
    page.take([DocumentDraft(text, "大文件", plans=[PlanDraft("大計劃", sections, points=points)])])
    go(page, 4000)
    type_into(page.bench.point_form.names["lead"], "乙局")
    page.bench.drop()
    assert page.bench.footer.totals.text() == "4999 條，牽頭 4999，待核 0"
    assert page.bench.undo()
    assert point(page, 4000).lead == ["乙局"]


def test_the_parser_itself_fills_the_page(window: MainWindow, settle: Callable[[], None]) -> None:
    pytest.importorskip("exports.plandoc.readers")
    page = window.pages[0]
    assert isinstance(page, PlansPage)
    page.start.sample_button.click()
    settle()
    assert page.bench.footer.totals.text().startswith("56 條，牽頭 42，待核 ")
    page.read_text(
        "關於某事的通知\n一、第一章\n(一)做好甲事。(縣甲局牽頭，2022年6月底前完成)\n(二)做好乙事。(縣乙局牽頭)\n"
    )
    settle()
    assert len(page.history.now) == 2


def test_rare_characters_do_not_shift_the_marks() -> None:
    text = "甲𠮷乙𠮷丙"
    offsets = Offsets(text)
    assert [offsets.to_qt(i) for i in range(6)] == [0, 1, 3, 4, 6, 7]
    assert [offsets.from_qt(offsets.to_qt(i)) for i in range(6)] == list(range(6))
