"""The words on screen: the switch of the script must reach everything that is there, and only that."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import delete

from desktop.script import Script
from desktop.words import Words


def test_the_switch_passes_over_what_qt_has_deleted(qapp: QApplication) -> None:
    assert qapp is not None
    words = Words()
    gone, there = QLabel(), QLabel()
    for label in (gone, there):
        words.put(label, "臺賬")
    delete(gone)  # as a closed dialog, whose shell Python still holds
    words.switch(Script.SIMPLIFIED)
    assert there.text() == "台账"
