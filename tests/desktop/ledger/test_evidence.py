"""The tab 佐證: files added to a report that is there, opened, taken off, undone; the same from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.script import simplified
from desktop.pages.ledger import LedgerPage
from desktop.pages.ledger_detail import EVIDENCE
from desktop.pages.ledger_evidence import EvidencePane
from desktop.script import Script
from desktop.window import MainWindow

Settle = Callable[[], None]


@pytest.fixture
def pane(page: LedgerPage, qtbot: QtBot, settle: Settle) -> EvidencePane:
    """The tab of a task with reports and no evidence."""
    page.detail.tabs.setCurrentIndex(EVIDENCE)
    row = next(row for row in page.table.shown() if row.period)
    page.pane.view.choose([row.id], row.id)
    wait(qtbot, settle, page.detail.evidence.add_button.isEnabled)
    return page.detail.evidence


def wait(qtbot: QtBot, settle: Settle, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition)
    settle()


def lines(pane: EvidencePane) -> list[str]:
    return [pane.list.item(row).text() for row in range(pane.list.count())]


def scan(folder: Path, name: str = "掃描件.pdf") -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.4 " + name.encode())
    return path


def test_files_are_added_to_the_chosen_report_and_taken_off(
    pane: EvidencePane, window: MainWindow, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    before = lines(pane)
    assert before[0].startswith("還沒有佐證材料")
    pane.list.setCurrentRow(2)  # the second newest report
    pane.add_paths([scan(tmp_path), scan(tmp_path, "照片.jpg")])
    wait(qtbot, settle, lambda: len(lines(pane)) == len(before) + 1)
    assert lines(pane)[:4] == [*before[1:3], "　掃描件.pdf", "　照片.jpg"]
    pane.list.setCurrentRow(2)
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    wait(qtbot, settle, lambda: len(lines(pane)) == len(before))
    assert lines(pane)[:3] == [*before[1:3], "　照片.jpg"]
    window.undo_last()
    wait(qtbot, settle, lambda: len(lines(pane)) == len(before) + 1)
    assert lines(pane)[2:4] == ["　掃描件.pdf", "　照片.jpg"]


def test_a_file_is_added_behind_the_others_after_one_was_taken_off(
    pane: EvidencePane, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    pane.add_paths([scan(tmp_path, "一.txt"), scan(tmp_path, "二.txt")])
    wait(qtbot, settle, lambda: "　二.txt" in lines(pane))
    pane.list.setCurrentRow(1)
    pane.remove_button.click()
    wait(qtbot, settle, lambda: "　一.txt" not in lines(pane))
    pane.add_paths([scan(tmp_path, "三.txt")])
    wait(qtbot, settle, lambda: "　三.txt" in lines(pane))
    assert lines(pane)[1:3] == ["　二.txt", "　三.txt"]


def test_a_file_dropped_on_a_report_belongs_to_it(
    pane: EvidencePane, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    before = lines(pane)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    place = pane.list.viewport().mapTo(pane, pane.list.visualItemRect(pane.list.item(3)).center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    pane.dropEvent(QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, buttons, keys))
    wait(qtbot, settle, lambda: "　掃描件.pdf" in lines(pane))
    assert lines(pane)[2:4] == [before[3], "　掃描件.pdf"]


def test_one_that_cannot_serve_is_told_and_nothing_is_added(
    pane: EvidencePane, window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    before = lines(pane)
    told: list[BaseException] = []
    window.desk.troubled.connect(told.append)
    pane.add_paths([scan(tmp_path), scan(tmp_path, "病毒.exe")])
    settle()
    pane.add_paths([tmp_path])
    settle()
    assert ["程序" in str(told[0]), "文件夾" in str(told[1])] == [True, True]
    assert lines(pane) == before


def test_opening_shows_a_copy(
    pane: EvidencePane, tmp_path: Path, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr("desktop.evidence.QDesktopServices.openUrl", open_url)
    assert not pane.open_button.isEnabled()
    pane.add_paths([scan(tmp_path)])
    wait(qtbot, settle, lambda: "　掃描件.pdf" in lines(pane))
    pane.list.setCurrentRow(1)
    pane.open_button.click()
    settle()
    assert [path.name for path in opened] == ["掃描件.pdf"]


def test_both_scripts(pane: EvidencePane, window: MainWindow, page: LedgerPage) -> None:
    window.desk.words.switch(Script.SIMPLIFIED)
    QApplication.processEvents()
    assert lines(pane)[0] == simplified("還沒有佐證材料。選中一期填報，點「補充文件…」。")
    assert [pane.add_button.text(), pane.remove_button.text()] == ["补充文件…", "移除"]
