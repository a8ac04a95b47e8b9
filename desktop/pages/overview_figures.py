"""The figures of the day: how many tasks are due, late or not reported, each a way into the ledger."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from db.lights import SHAPES
from db.overview import Figure
from db.terms import Light
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.flow import FlowLayout

_LIGHTS = {Figure.LATE: Light.LATE, Figure.TODAY: Light.DUE, Figure.WEEK: Light.DUE}


class FigureButton(QPushButton):
    """A large number over a word. A light's shape and colour stand before the number where there is one to see."""

    def __init__(self, desk: Desk, figure: Figure) -> None:
        super().__init__()
        self.figure, self._desk = figure, desk
        self.number, self.word = QLabel("0"), QLabel()
        self.number.setProperty("role", "head")
        desk.words.put(self.word, figure.label)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(4 * theme.STEP, 2 * theme.STEP, 4 * theme.STEP, 2 * theme.STEP)
        column.setSpacing(theme.STEP)
        for label in (self.number, self.word):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)

    def show_count(self, count: int) -> None:
        """Show another number."""
        light = _LIGHTS.get(self.figure) if count else None
        self.number.setText(f"{SHAPES[light]} {count}" if light else str(count))
        colour = theme.LIGHTS[light].colour if light else theme.INK
        self.number.setStyleSheet(f"color: {colour};")
        words = self._desk.words
        words.put(self, self.figure.label + "：{count}", setter="setAccessibleName", count=count)
        words.put(self, "在臺賬中查看", setter="setToolTip")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the room of both lines."""
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than both lines."""
        return self.sizeHint()


class Figures(QWidget):
    """The row of figures; ``chosen`` carries a :class:`Figure`."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        row = FlowLayout(2 * theme.STEP)
        self.setLayout(row)
        self.buttons = {figure: FigureButton(desk, figure) for figure in Figure}
        for figure, button in self.buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, one=figure: self.chosen.emit(one))

    def show_counts(self, counts: dict[Figure, int]) -> None:
        """Show other numbers."""
        for figure, button in self.buttons.items():
            button.show_count(counts[figure])
        for figure in (Figure.RETURNED, Figure.PROPOSED):
            self.buttons[figure].setVisible(counts[figure] > 0)
