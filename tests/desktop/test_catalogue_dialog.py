"""Publishing the catalogue from the window: what is not stated is listed first; preview, file, clipboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db import subsidies
from desktop.dialogs.catalogue import CatalogueDialog
from desktop.pages.subsidies import SubsidiesPage
from desktop.pages.subsidies_policies import PolicyTab
from desktop.script import Script
from desktop.window import MainWindow


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> CatalogueDialog:
    database = window.desk.database
    values = {"name": "地力補貼", "department": "縣農業農村局", "standard": "67元/畝"}
    subsidies.add(database, values=values, valid_from=date(2022, 1, 1))
    subsidies.add(database, values={"name": "農機補貼"}, valid_from=date(2024, 1, 1))
    made = CatalogueDialog(window, window.desk)
    made.show_first()
    qtbot.waitUntil(lambda: made.lacking.count() > 0)
    return made


def listed(dialog: CatalogueDialog) -> list[str]:
    return [dialog.lacking.item(place).text() for place in range(dialog.lacking.count())]


def test_what_the_policies_of_a_day_do_not_state_is_listed_first(qtbot: QtBot, dialog: CatalogueDialog) -> None:
    lacking = "文件依據、資金用途、補貼對象、政策解答電話"
    assert listed(dialog) == [
        f"地力補貼：{lacking}",
        "農機補貼：文件依據、主管部門、資金用途、補貼對象、補助標準、政策解答電話",
    ]
    dialog.on.setDate(QDate(2023, 5, 1))
    qtbot.waitUntil(lambda: listed(dialog) == [f"地力補貼：{lacking}"])
    dialog.on.setDate(QDate(2021, 5, 1))
    qtbot.waitUntil(dialog.error.isVisible)
    assert "2021年5月1日沒有執行中的補貼政策" in dialog.error.text()
    dialog.desk.words.switch(Script.SIMPLIFIED)
    qtbot.waitUntil(lambda: "没有执行中的补贴政策" in dialog.error.text())
    dialog.on.setDate(QDate(2023, 5, 1))
    qtbot.waitUntil(lambda: listed(dialog) == ["地力補貼：文件依据、资金用途、补贴对象、政策解答电话"])


def test_the_main_button_shows_the_paper(qtbot: QtBot, dialog: CatalogueDialog) -> None:
    with qtbot.waitSignal(dialog.desk.paper, timeout=10_000) as shown:
        QTest.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    printed, name = shown.args
    assert printed.content.startswith(b"%PDF")
    assert name == "七公開目錄.pdf"


def test_the_table_is_copied_with_the_columns_that_were_ticked(qtbot: QtBot, dialog: CatalogueDialog) -> None:
    dialog.further.item(0).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.desk.told):
        QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    text = QApplication.clipboard().text()
    assert text.startswith("<table")
    assert text.count("<th>") == 9
    assert "67元/畝" in text


def test_a_file_of_the_chosen_kind_is_written(
    qtbot: QtBot, dialog: CatalogueDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "明白卡.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.kind.setCurrentIndex(1)
    assert not dialog.copy_button.isEnabled()  # a card is no table for a web site
    with qtbot.waitSignal(dialog.desk.told):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert target.read_bytes().startswith(b"PK")


def test_a_file_of_another_kind_is_refused_in_place(
    qtbot: QtBot, dialog: CatalogueDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "目錄.txt"), ""))
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.error.isVisible)
    assert "的類型不能用" in dialog.error.text()
    assert list(tmp_path.glob("*.txt")) == []


def test_the_tab_of_policies_opens_it(qtbot: QtBot, window: MainWindow) -> None:
    page = window.go_to(SubsidiesPage)
    assert isinstance(page, SubsidiesPage)
    tab = page.show_tab(PolicyTab)
    QTest.keyClick(tab, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    found: list[CatalogueDialog] = [*window.findChildren(CatalogueDialog)]
    assert [dialog.isVisible() for dialog in found] == [True]
    found[0].reject()
