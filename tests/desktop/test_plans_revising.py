"""A corrected notice on the page 要點: chosen, compared, looked at, applied, taken back."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from db.drafts import DocumentDraft
from db.models import Assignment, WorkPoint
from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.revision import RevisionDialog, marked
from desktop.pages.plans import PlansPage
from desktop.window import MainWindow
from tests.desktop.plans_support import sample

Settle = Callable[[], None]


@pytest.fixture
def stored(opened: PlansPage, settle: Settle) -> PlansPage:
    """The page with the sample stored and divided."""
    from db import proposals

    opened.store()
    settle()
    assert opened.stored is not None
    for plan in opened.stored.plans:
        proposals.propose(opened.desk.database, plan=plan)
    return opened


@pytest.fixture
def corrected(monkeypatch: pytest.MonkeyPatch) -> DocumentDraft:
    """The sample with the second point changed, the third gone, and an added one; any file reads so."""
    draft = deepcopy(sample())
    draft.text += "更正"
    points = draft.plans[0].points
    points[1].text = points[1].text.replace("套餐式、主題式", "")
    points[1].lead = ["省財政廳"]
    del points[2]
    points.append(deepcopy(points[-1]))
    points[-1].number, points[-1].text = "(四十)", "建設全省電子證照共享目錄。"
    monkeypatch.setattr("desktop.pages.plans_reading.read_files", lambda *_: [draft])
    return draft


def dialog(page: PlansPage) -> RevisionDialog:
    found: object = page.findChildren(RevisionDialog)
    assert isinstance(found, list)
    (shown,) = found
    assert isinstance(shown, RevisionDialog)
    return shown


def test_the_button_is_there_for_a_stored_notice_only(opened: PlansPage, settle: Settle) -> None:
    assert not opened.revise_button.isVisible()
    opened.store()
    settle()
    assert opened.revise_button.isVisible()


@pytest.mark.parametrize("switched", [False, True], ids=["traditional", "simplified"])
def test_what_differs_is_shown_and_applied_by_one_click(
    stored: PlansPage, window: MainWindow, desk: Desk, settle: Settle, corrected: DocumentDraft, *, switched: bool
) -> None:
    if switched:
        window.switch_script()
    with desk.database.reading() as session:
        tasks = set(session.scalars(select(Assignment.code)))
    stored.revise(Path("更正.docx"))
    settle()
    asked = dialog(stored)
    assert [(line.fate.name, line.number) for line in asked.lines] == [
        ("CHANGED", "(二)"),
        ("NEW", "(四十)"),
        ("GONE", "(三)"),
    ]
    told = asked.detail.toPlainText()
    assert "「省政務局」→「省財政廳」" in told
    assert ("牵头" if switched else "牽頭") in told
    asked.only_changed.click()
    assert asked.table.rowCount() == 57
    asked.ok_button.click()
    settle()
    assert stored.stored is not None
    shown = stored.stored.document.plans[0].points
    assert [point.number for point in shown[:3]] == ["(一)", "(二)", "(四)"]
    assert shown[1].lead == ["省財政廳"]
    with desk.database.reading() as session:
        assert set(session.scalars(select(Assignment.code))) == tasks
        assert [row.number for row in session.scalars(select(WorkPoint).where(WorkPoint.dropped))] == ["(三)"]
    window.notice.button.click()  # undo
    settle()
    assert stored.stored is not None
    assert [point.number for point in stored.stored.document.plans[0].points[:3]] == ["(一)", "(二)", "(三)"]


def test_escape_leaves_everything(stored: PlansPage, desk: Desk, settle: Settle, corrected: DocumentDraft) -> None:
    stored.revise(Path("更正.docx"))
    settle()
    asked = dialog(stored)
    assert asked.table.hasFocus()
    QTest.keyClick(asked.table, Qt.Key.Key_Escape)
    settle()
    with desk.database.reading() as session:
        assert session.scalars(select(WorkPoint).where(WorkPoint.dropped)).all() == []


def test_the_same_notice_again_is_told(
    stored: PlansPage, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.plans_reading.read_files", lambda *_: [sample()])
    stored.revise(Path("原稿.docx"))
    settle()
    assert "同一份文件" in window.notice.label.text()


def test_differences_are_marked_in_both_texts() -> None:
    before, after = marked("推進甲<工作", "推進乙<工作")
    assert before == f'推進<span style="background:{theme.DAMAGE}"><s>甲</s></span>&lt;工作'
    assert after == f'推進<span style="background:{theme.CHOSEN}"><u>乙</u></span>&lt;工作'
