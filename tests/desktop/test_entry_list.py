"""The list of the page 填報: what it says of a task, and what typing on it does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.pages.entry_list import ListPane
from desktop.pages.entry_rows import Line

LINE = Line(7, "22-政16-05-16", "開展市場主體紓困攻堅行動。\n持續推進減環節。", "縣發展和改革局", 30, True, False)


@pytest.fixture
def pane(desk: Desk, qtbot: QtBot) -> ListPane:
    made = ListPane(desk)
    qtbot.addWidget(made)
    made.show_lines([LINE], 7)
    made.show()
    return made


def test_a_line_says_which_task_it_is_and_whose(pane: ListPane) -> None:
    first, text, unit = str(pane.model.index(0).data()).split("\n")
    assert first == "✓ 22-政16-05-16　30%"
    assert text.startswith("開展市場主體紓困攻堅行動。 持續")
    assert unit == "縣發展和改革局"


def test_a_digit_typed_on_the_list_is_meant_for_the_form(pane: ListPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.typed) as typed:
        QTest.keyClick(pane.view, Qt.Key.Key_6)
    assert typed.args == ["6"]
