"""The preview inside the window: pages drawn away from it, turned, zoomed, saved, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.errors import Refused
from desktop.desk import Desk
from desktop.pages import preview_view
from desktop.pages.preview import Preview
from desktop.pages.preview_pages import Pages
from desktop.pages.preview_print import chosen_range, new_printer
from desktop.pages.preview_view import Fit
from desktop.script import Script
from desktop.window import MainWindow
from exports.pdf import Column, Document, NewPage, Paragraph, Print, Row, Table, landscape, portrait, render
from exports.pdf.press import Tick


def paper(*texts: str, lying: bool = False) -> Print:
    blocks = [block for text in texts for block in (NewPage(), Paragraph(text))]
    return render(Document("通知", blocks, landscape("A4") if lying else portrait("A4")))


@pytest.fixture
def preview(window: MainWindow, desk: Desk, qtbot: QtBot) -> Preview:
    """The window with a paper of three pages shown."""
    desk.paper.emit(paper("第一頁", "第二頁", "第三頁"), "通知.pdf")
    qtbot.waitUntil(lambda: window.preview.jobs.idle() and window.preview.count.text() != "")
    return window.preview


@pytest.fixture
def drawn(preview: Preview, qtbot: QtBot) -> Callable[[], None]:
    """Return a function that waits until all that is in sight is drawn."""

    def wait() -> None:
        preview.view.viewport().repaint()
        qtbot.waitUntil(preview.jobs.idle)

    return wait


def ink(picture: QImage) -> int:
    return sum(
        picture.pixelColor(x, y).lightness() < 100 for x in range(picture.width()) for y in range(picture.height() // 2)
    )


def last_ink(picture: QImage) -> int:
    """Return the rightmost column of the upper part that is not white."""
    for x in reversed(range(picture.width())):
        if any(picture.pixelColor(x, y).lightness() < 200 for y in range(picture.height() // 4)):
            return x
    return -1


def test_a_paper_takes_the_place_of_the_page_and_escape_goes_back(window: MainWindow, preview: Preview) -> None:
    before = window.navigation.currentRow()
    assert window.stack.currentWidget() is preview
    assert preview.count.text() == "/ 3 頁"
    QTest.keyClick(preview.view, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.pages[before]


def test_the_navigation_leaves_it_too_also_to_the_same_page(window: MainWindow, preview: Preview) -> None:
    window.navigation.itemClicked.emit(window.navigation.currentItem())
    assert window.stack.currentWidget() is window.pages[window.navigation.currentRow()]
    window.desk.paper.emit(paper("一"), "一.pdf")
    window.navigation.setCurrentRow(2)
    assert window.stack.currentWidget() is window.pages[2]


def test_pages_are_drawn(preview: Preview, drawn: Callable[[], None]) -> None:
    preview.view.set_fit(Fit.PAGE)
    drawn()
    picture = preview.view.viewport().grab().toImage()
    assert ink(picture) > 10


def test_pages_turn_by_key_button_and_number(preview: Preview) -> None:
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert (preview.view.page, preview.number.value()) == (1, 2)
    preview.next.click()
    assert preview.number.value() == 3
    assert not preview.next.isEnabled()
    preview.number.setValue(1)
    assert preview.view.page == 0
    assert not preview.previous.isEnabled()
    QTest.keyClick(preview.view, Qt.Key.Key_End)
    assert preview.number.value() == 3


def test_zoom_by_key_and_button_keeps_the_page(preview: Preview) -> None:
    preview.view.go(1)
    before = preview.view.zoom
    QTest.keyClick(preview.view, Qt.Key.Key_Minus)
    assert preview.view.zoom < before
    assert preview.view.page == 1
    assert not preview.width_button.isChecked()
    preview.page_button.click()
    assert preview.view.fit is Fit.PAGE
    whole = preview.view.zoom
    preview.width_button.click()
    assert preview.view.zoom > whole
    assert preview.zoom.text() == f"{preview.view.zoom:.0%}"


def test_drawn_pages_are_let_go_of_before_they_fill_the_memory(
    preview: Preview, drawn: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.view.set_fit(Fit.PAGE)
    drawn()
    one = preview.view.kept()
    assert one > 0
    monkeypatch.setattr(preview_view, "_KEPT", 2 * one)
    for page in (1, 2, 0):
        preview.view.go(page)
        drawn()
        assert 0 < preview.view.kept() <= 2 * one
    monkeypatch.setattr(preview_view, "_KEPT", 0)
    preview.view.viewport().update()
    drawn()
    assert preview.view.kept() > 0  # what is in sight stays


def test_it_speaks_both_scripts(window: MainWindow, preview: Preview) -> None:
    assert preview.heading.text() == "打印預覽：通知"
    window.desk.words.switch(Script.SIMPLIFIED)
    assert preview.heading.text() == "打印预览：通知"
    assert preview.main_action.text() == "打印…"
    assert preview.width_button.text() == "适合宽度"
    assert preview.count.text() == "/ 3 页"


def test_what_cannot_be_printed_is_said_before_it_is_printed(window: MainWindow, preview: Preview) -> None:
    assert preview.warning.isHidden()
    window.desk.paper.emit(paper("聯繫人王\ue123二"), "通知.pdf")
    assert preview.warning.isVisible()
    assert preview.warned.text().startswith("有 1 處的字印不出來：\n正文：「聯繫人王\ue123二」")
    window.desk.paper.emit(paper("聯繫人"), "通知.pdf")
    assert preview.warning.isHidden()


def test_the_file_is_saved_as_it_is_shown(preview: Preview, settle: Callable[[], None], tmp_path: Path) -> None:
    preview.save(tmp_path / "通知")
    settle()
    assert (tmp_path / "通知.pdf").read_bytes() == paper("第一頁", "第二頁", "第三頁").content


def test_the_folder_of_the_saved_file_is_opened(
    preview: Preview, settle: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    assert not preview.folder_button.isEnabled()  # nothing was saved yet
    preview.save(tmp_path / "通知")
    settle()
    preview.folder_button.click()
    assert opened == [str(tmp_path)]


def test_a_folder_that_is_gone_is_told(
    window: MainWindow, preview: Preview, settle: Callable[[], None], tmp_path: Path
) -> None:
    preview.save(tmp_path / "無" / "通知.pdf")
    settle()
    assert "不存在" in window.notice.label.text()


@pytest.mark.parametrize("lying", [False, True])
def test_it_prints_every_page_in_its_size_and_direction(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, *, lying: bool
) -> None:
    preview = window.preview
    window.desk.paper.emit(paper("第一頁", "第二頁", lying=lying), "通知.pdf")
    qtbot.waitUntil(lambda: preview.jobs.idle() and preview._pages is not None)
    assert preview._pages is not None
    printer = new_printer(preview._pages, "通知")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    preview.print_to(printer)
    qtbot.waitUntil(preview.jobs.idle)
    found = PdfReader(tmp_path / "out.pdf").pages
    assert len(found) == 2
    sides = [round(float(side) / 72 * 25.4) for side in found[1].mediabox.upper_right]
    assert sides == ([297, 210] if lying else [210, 297])
    assert "已送打印機：2 頁" in window.notice.label.text()


def test_chosen_pages_only(preview: Preview) -> None:
    assert preview._pages is not None
    printer = new_printer(preview._pages, "通知")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert list(chosen_range(printer, 3)) == [1, 2]


def test_without_a_printer_it_says_what_to_do(
    window: MainWindow, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    preview.main_action.click()
    assert "另存為 PDF" in window.notice.label.text()


def test_a_long_paper_shows_how_far_it_is_and_can_be_stopped(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    here = window.stack.currentWidget()
    begun, go_on = Event(), Event()

    def make(_session: Session, tick: Tick) -> Print:
        tick(10, 100)
        begun.set()
        go_on.wait(20)
        tick(20, 100)
        return paper("未取消")

    desk.preview(window, make, "工作臺賬")
    qtbot.waitUntil(lambda: begun.is_set() and window.stack.currentWidget() is window.preview)
    assert not window.preview.main_action.isEnabled()
    assert window.preview.heading.text() == "打印預覽：工作臺賬"
    assert window.preview.job.isVisible()
    window.preview.job.stop.click()
    go_on.set()
    settle()
    assert window.stack.currentWidget() is here
    assert "已取消" in window.notice.label.text()


def test_a_paper_that_is_refused_leaves_the_page_as_it_is(
    window: MainWindow, desk: Desk, settle: Callable[[], None]
) -> None:
    here = window.stack.currentWidget()

    def make(_session: Session, _tick: Tick) -> Print:
        raise Refused("還沒有登記單位的電話。")

    desk.preview(window, make, "通訊錄")
    settle()
    assert window.stack.currentWidget() is here
    assert "還沒有登記" in window.notice.label.text()


def test_a_large_page_is_fitted_to_the_paper_chosen_in_the_dialog(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preview = window.preview
    table = Table([Column("左", 300), Column("右", 700, "right")], [Row(["左左左", "右右右"])], 20)
    window.desk.paper.emit(render(Document("表", [table], landscape("A3"))), "表.pdf")
    qtbot.waitUntil(lambda: preview.jobs.idle() and preview._pages is not None)
    assert preview._pages is not None
    printer = new_printer(preview._pages, "表")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    preview.print_to(printer)
    qtbot.waitUntil(preview.jobs.idle)
    made = Pages((tmp_path / "out.pdf").read_bytes())
    assert (round(made.sizes[0].width / 72 * 25.4), round(made.sizes[0].height / 72 * 25.4)) == (297, 210)
    small, large = made.draw(0, 1.0), preview._pages.draw(0, 1 / 2**0.5)
    assert last_ink(small) == pytest.approx(last_ink(large), abs=3)
