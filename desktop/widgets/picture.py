"""A picture on screen: the painter of its shapes, and a widget in which its parts are chosen by mouse or keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from desktop import theme
from exports.pictures.shapes import Box, Dot, Picture, Region, Shape, Stroke, Tone, Words

COLOURS = {
    Tone.INK: theme.INK,
    Tone.FAINT: theme.FAINT,
    Tone.LINE: theme.LINE,
    Tone.GROUND: theme.GROUND,
    Tone.PAPER: theme.PAPER,
    Tone.ACCENT: theme.ACCENT,
    Tone.GOOD: theme.GOOD,
    Tone.DUE: theme.YELLOW,
    Tone.LATE: theme.RED,
}
Maker = Callable[[float, float], Picture]
"""Makes a picture for a width and a size of type, both in pixels."""


class PictureView(QWidget):
    """Shows a picture as wide as the widget is. ``chosen`` carries the key of a part: clicked, or Enter on it."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._make: Maker | None = None
        self._picture = Picture(0, 0, ())
        self._here = 0  # the place of the part with the cursor
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_picture(self, make: Maker) -> None:
        """Show another picture."""
        self._make = make
        self._draw()

    def picture(self) -> Picture:
        """Return the picture as it is shown."""
        return self._picture

    def _draw(self) -> None:
        if self._make is None:
            return
        self._picture = self._make(float(self.width()), self._size())
        self._here = min(self._here, max(0, len(self._picture.regions) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._picture.regions else Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(round(self._picture.height) + 2)
        self._say_here()
        self.update()

    def _size(self) -> float:
        """Return the size of the type in pixels."""
        return self.font().pointSizeF() * self.logicalDpiY() / 72

    def sizeHint(self) -> QSize:
        """Ask for the height of the picture."""
        return QSize(20 * round(self._size()), self.height())

    def minimumSizeHint(self) -> QSize:
        """Be content with a narrow picture."""
        return QSize(16 * round(self._size()), self.height())

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shapes, and a frame around the part with the cursor."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._picture.shapes:
            _paint(painter, shape, self.font())
        region = self.here()
        if region is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour(theme.ACCENT))
            painter.drawRect(QRectF(region.x, region.y, region.width - 1, region.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the picture anew at its new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._draw()

    # choosing

    def here(self) -> Region | None:
        """Return the part with the cursor."""
        regions = self._picture.regions
        return regions[self._here] if self._here < len(regions) else None

    def _at(self, spot: QPointF) -> int | None:
        for place, one in enumerate(self._picture.regions):
            if QRectF(one.x, one.y, one.width, one.height).contains(spot):
                return place
        return None

    def _say_here(self) -> None:
        region = self.here()
        self.setAccessibleDescription(region.told if region is not None else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the part under the mouse."""
        place = self._at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(place)
            self.chosen.emit(self._picture.regions[place].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse."""
        place = self._at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        told = "" if place is None else self._picture.regions[place].told
        QToolTip.showText(event.globalPosition().toPoint(), told, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part; choose one with Enter or Space."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -len(self._picture.regions)}
        region = self.here()
        if region is not None and event.key() in steps:
            self._go(self._here + steps[Qt.Key(event.key())])
        elif region is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(region.key)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self._here = min(max(0, place), len(self._picture.regions) - 1)
        self._say_here()
        self.update()
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """Let the scroll area that this stands in, if any, show the part with the cursor."""
        above, region = self.parentWidget(), self.here()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and region is not None:
            spot = self.mapTo(above.widget(), QPoint(round(region.x), round(region.y + region.height / 2)))
            above.ensureVisible(spot.x(), spot.y(), 0, round(2 * region.height))


def _paint(painter: QPainter, shape: Shape, font: QFont) -> None:
    match shape:
        case Box():
            painter.setBrush(theme.colour(COLOURS[shape.fill]) if shape.fill else Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour(COLOURS[shape.rule]) if shape.rule else Qt.PenStyle.NoPen)
            painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))
        case Stroke():
            painter.setPen(QPen(theme.colour(COLOURS[shape.tone]), shape.width))
            painter.drawPolyline([QPointF(x, y) for x, y in shape.points])
        case Dot():
            painter.setBrush(theme.colour(COLOURS[shape.tone]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        case Words():
            _write(painter, shape, font)


def _write(painter: QPainter, shape: Words, font: QFont) -> None:
    mine = QFont(font)
    mine.setPixelSize(max(1, round(shape.size)))
    painter.setFont(mine)
    painter.setPen(theme.colour(COLOURS[shape.tone]))
    metrics = QFontMetricsF(mine)
    text = metrics.elidedText(shape.text, Qt.TextElideMode.ElideRight, shape.room)
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}[shape.align] * metrics.horizontalAdvance(text)
    painter.drawText(QPointF(shape.x - shift, shape.y + (metrics.ascent() - metrics.descent()) / 2), text)
