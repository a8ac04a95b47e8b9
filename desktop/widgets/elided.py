"""What gives way where it is narrow: a line of text, and a box to choose from, shortened and not cut off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox, QStylePainter

from desktop.theme import STEP


class Elided(QLabel):
    """A label that never makes its window wider."""

    def setText(self, text: str) -> None:
        """Show a text, also as the tip."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Return a width of hardly anything."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        place = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, place.width())
        QPainter(self).drawText(place, self.alignment(), text)


class ElidedBox(QComboBox):
    """A box whose chosen words end in … where they are longer than it is wide."""

    def sizeHint(self) -> QSize:
        """Ask for room for the words and the arrow; Qt forgets the arrow where a style sheet places it."""
        return super().sizeHint() + QSize(5 * STEP, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the words as fits."""
        option, painter = QStyleOptionComboBox(), QStylePainter(self)
        self.initStyleOption(option)
        whole, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        painter.drawComplexControl(whole, option)
        room = self.style().subControlRect(whole, option, part, self).width()
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = text  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
