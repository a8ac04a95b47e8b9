"""How the bench is laid out, and the row of tools and totals below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QWidget

from desktop.drafting import Totals
from desktop.theme import STEP
from desktop.widgets.flow import FlowLayout
from desktop.words import Words

_TOOLS = {
    "split": ("拆分", "Ctrl+Return", "在「文字」欄的光標處拆成兩條（{key}）"),
    "merge": ("併入下條", "Ctrl+J", "把下一條併入這一條（{key}）"),
    "add": ("新增", "Ctrl+N", "在後面新增一條；先在原文中選中文字，就用選中的文字（{key}）"),
    "drop": ("刪除", "Ctrl+D", "刪除這一條（{key}，或在列表中按 Delete）"),
    "next": ("下一處待核", "F8", "跳到下一處待核（{key}）"),
    "undo": ("撤銷更正", "Ctrl+Z", "撤銷上一步更正（{key}）"),
}
_READING = ("next",)
LEAST_LINES = 8  # of text and points above the fields


class Footer(QWidget):
    """Totals at the left, the tools with their keys at the right."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.totals = QLabel()
        self.tools: dict[str, QPushButton] = {}
        self.keys = {name: key for name, (_, key, _) in _TOOLS.items()}
        row, tools = QHBoxLayout(self), FlowLayout(STEP, right=True)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(STEP)
        row.addWidget(self.totals)
        row.addLayout(tools, 1)
        for name, (label, key, hint) in _TOOLS.items():
            button = QPushButton()
            words.put(button, label)
            words.put(button, hint, setter="setToolTip", key=key.replace("Return", "Enter"))
            tools.addWidget(button)
            self.tools[name] = button

    def set_editable(self, editable: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Show the tools that change something only where something can be changed."""
        for name, button in self.tools.items():
            button.setVisible(editable or name in _READING)

    def say(self, counts: Totals, shown: int) -> None:
        """Say the totals, and how many points the filter lets through."""
        template = "{points} 條，牽頭 {led}，待核 {doubts}"
        if shown != counts.points:
            template += "；顯示 {shown} 條"
        points, led, doubts = counts
        self._words.put(self.totals, template, points=points, led=led, doubts=doubts, shown=shown)


class _Scroll(QScrollArea):
    """Lets the fields be scrolled where the window is low."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        for area in (content, self.viewport()):
            area.setAutoFillBackground(False)


def _splitter(direction: Qt.Orientation, *parts: QWidget, sizes: list[int]) -> QSplitter:
    made = QSplitter(direction)
    for part in parts:
        made.addWidget(part)
    made.setSizes(sizes)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(2 * STEP)
    return made


class Panes(QSplitter):
    """Source and tree above, fields and doubts below. The fields get the height they need at any type size."""

    def __init__(self, source: QWidget, tree: QWidget, forms: QWidget, doubts: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._balanced = False
        self._fields = _Scroll(forms)
        self.addWidget(_splitter(Qt.Orientation.Horizontal, source, tree, sizes=[380, 620]))
        self.addWidget(_splitter(Qt.Orientation.Horizontal, self._fields, doubts, sizes=[760, 240]))
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(2 * STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height when there is one for the first time."""
        super().resizeEvent(event)
        if not self._balanced and self.isVisible():
            self._balanced = True
            self.balance()

    def balance(self) -> None:
        """Share the height: what the fields need, with some lines to spare where there is room.

        Where there is hardly any, text and points keep some lines, and all of it is scrolled.
        """
        needed = self._fields.widget().minimumSizeHint().height() + STEP
        self.setMinimumHeight(needed + LEAST_LINES * self.fontMetrics().height())
        spare = max(0, min(16 * STEP, self.height() - 3 * needed))
        self.setSizes([self.height() - needed - spare, needed + spare])
