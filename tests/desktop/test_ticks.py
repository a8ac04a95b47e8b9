"""The menu that stays open while entries are ticked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.ticks import TickMenu


def test_ticking_by_mouse_and_by_key_leaves_it_open(qtbot: QtBot) -> None:
    menu = TickMenu()
    qtbot.addWidget(menu)
    first, second, done = (menu.addAction(name) for name in ("時限", "進度", "恢復默認欄目"))
    first.setCheckable(True)
    second.setCheckable(True)
    menu.popup(QPoint(10, 10))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(first).center())
    assert (first.isChecked(), menu.isVisible()) == (True, True)
    menu.setActiveAction(second)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert (second.isChecked(), menu.isVisible()) == (True, True)
    with qtbot.waitSignal(done.triggered):
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(done).center())
    assert not menu.isVisible()
