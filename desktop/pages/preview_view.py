"""Pages of paper one under the other, at any size; only what is seen is drawn, and not by the window's thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from enum import Enum, auto
from itertools import accumulate

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop import theme
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.pages.preview_pages import POINT, Pages, Size

_GAP = 3 * theme.STEP
_KEPT = 128 * 1024 * 1024  # bytes of drawn pages; one of A3 at 100 % takes some 7 MB
_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
_LEAST_SCREEN = 96.0


class Fit(Enum):
    """What follows the size of the window: the pages' width, the whole page, or nothing."""

    WIDTH = auto()
    PAGE = auto()
    FREE = auto()


class PagesView(QAbstractScrollArea):
    """``turned`` carries the number of the page at the top, from 0; ``zoomed`` the part of the true size."""

    turned = Signal(int)
    zoomed = Signal(float)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._pages: Pages | None = None
        self._sizes: tuple[Size, ...] = ()
        self._tops: list[int] = []
        self._drawn: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._asked: set[tuple[int, float]] = set()
        self._shown = 0
        self.zoom, self.fit = 1.0, Fit.WIDTH
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.words.put(self, "打印預覽", setter="setAccessibleName")
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._say_page())

    # what is shown

    def show_pages(self, pages: Pages | None) -> None:
        """Show other pages, from the first."""
        self._pages, self._sizes = pages, pages.sizes if pages else ()
        self._drawn.clear()
        self._asked.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._say_page(again=True)

    def go(self, number: int) -> None:
        """Bring the top of a page to the top."""
        if 0 <= number < len(self._tops):
            self.verticalScrollBar().setValue(self._tops[number] - (_GAP if number == 0 else 0))

    @property
    def page(self) -> int:
        """Return the page that takes most of the upper part of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((number for number, top in enumerate(self._tops) if top <= middle), default=0)

    def set_fit(self, fit: Fit) -> None:
        """Let the size follow the window, or stay as it is."""
        self.fit = fit
        self._lay_out()

    def step_zoom(self, step: int) -> None:
        """Make the pages one step larger or smaller."""
        further = [one for one in _STEPS if (one > self.zoom + 0.01 if step > 0 else one < self.zoom - 0.01)]
        if further:
            self.set_zoom(further[0] if step > 0 else further[-1])

    def set_zoom(self, zoom: float) -> None:
        """Show the pages in this part of their true size."""
        self.fit, self.zoom = Fit.FREE, zoom
        self._lay_out()

    # layout

    def _dots(self) -> float:
        """Return the pixels in a point of true size."""
        return max(_LEAST_SCREEN, self.logicalDpiX()) * POINT

    def _fitting(self) -> float:
        wide = max(one.width for one in self._sizes) * self._dots()
        high = max(one.height for one in self._sizes) * self._dots()
        room = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        across = (room.width() - bar - 2 * _GAP) / wide
        return max(0.05, across if self.fit is Fit.WIDTH else min(across, (room.height() - 2 * _GAP) / high))

    def _lay_out(self) -> None:
        """Place the pages, keeping the part that is at the top where it is."""
        if not self._sizes:
            self._tops = []
            self.viewport().update()
            return
        here, bar = self.page, self.verticalScrollBar()
        part = (bar.value() - self._tops[here]) / self._size(here).height() if self._tops else 0.0
        if self.fit is not Fit.FREE:
            self.zoom = self._fitting()
        heights = [self._size(number).height() + _GAP for number in range(len(self._sizes))]
        self._tops = list(accumulate(heights, initial=_GAP))[:-1]
        room = self.viewport().size()
        bar.setRange(0, max(0, sum(heights) + _GAP - room.height()))
        bar.setPageStep(room.height())
        bar.setSingleStep(room.height() // 10)
        wide = max(self._size(number).width() for number in range(len(self._sizes))) + 2 * _GAP
        self.horizontalScrollBar().setRange(0, max(0, wide - room.width()))
        self.horizontalScrollBar().setPageStep(room.width())
        bar.setValue(round(self._tops[here] + part * self._size(here).height()))
        self.zoomed.emit(self.zoom)
        self.viewport().update()

    def _size(self, number: int) -> QSize:
        size, scale = self._sizes[number], self.zoom * self._dots()
        return QSize(round(size.width * scale), round(size.height * scale))

    def _places(self) -> Iterator[tuple[int, QRect]]:
        """Yield the pages in sight with their places in the viewport."""
        room, down = self.viewport().rect(), self.verticalScrollBar().value()
        for number, top in enumerate(self._tops):
            size = self._size(number)
            left = max(_GAP, (room.width() - size.width()) // 2) - self.horizontalScrollBar().value()
            place = QRect(left, top - down, size.width(), size.height())
            if place.intersects(room):
                yield number, place

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is drawn already; ask for the rest."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour(theme.LINE))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        scale = round(self.zoom * self._dots() * ratio, 4)
        for number, place in self._places():
            painter.fillRect(place, theme.colour(theme.PAPER))
            picture = self._drawn.get((number, scale)) or self._nearest(number)
            if picture is not None:
                painter.drawImage(place, picture)
            painter.setPen(theme.colour(theme.FAINT))
            painter.drawRect(place)
            if (number, scale) not in self._drawn:
                self._ask(number, scale)

    def _nearest(self, number: int) -> QImage | None:
        """Return a picture of a page in another size, better than nothing while it is being drawn."""
        return next((picture for (one, _), picture in reversed(self._drawn.items()) if one == number), None)

    def _ask(self, number: int, scale: float) -> None:
        pages, wanted = self._pages, (number, scale)
        if pages is None or wanted in self._asked:
            return
        self._asked.add(wanted)
        self._jobs.run(
            self,
            self._drawing(pages, number, scale),
            lambda picture: self._take(pages, wanted, picture),
            self._desk.troubled.emit,
        )

    def _drawing(self, pages: Pages, number: int, scale: float) -> Callable[[object], QImage | None]:
        """Return the job that draws a page, unless it has gone out of sight by then."""

        def draw(_progress: object) -> QImage | None:
            wanted = pages is self._pages and scale == round(self.zoom * self._dots() * self.devicePixelRatioF(), 4)
            return pages.draw(number, scale) if wanted else None

        return draw

    def _take(self, pages: Pages, wanted: tuple[int, float], picture: QImage | None) -> None:
        if pages is not self._pages:
            return
        self._asked.discard(wanted)
        if picture is not None:
            self._drawn[wanted] = picture
            self._let_go(wanted[1])
        self.viewport().update()

    def _let_go(self, scale: float) -> None:
        """Drop the oldest pictures beyond the limit, but none that is in sight: it would only be drawn again."""
        seen = {(number, scale) for number, _ in self._places()}
        for key in [key for key in self._drawn if key not in seen]:
            if self.kept() <= _KEPT:
                break
            del self._drawn[key]

    def kept(self) -> int:
        """Return the bytes of the drawn pages that are kept."""
        return sum(picture.sizeInBytes() for picture in self._drawn.values())

    # hands

    def _say_page(self, *, again: bool = False) -> None:
        self.viewport().update()
        if again or self.page != self._shown:
            self._shown = self.page
            self.turned.emit(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel; else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom by keys."""
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_PageDown: lambda: self.go(min(self.page + 1, len(self._tops) - 1)),
            Qt.Key.Key_PageUp: lambda: self.go(max(self.page - 1, 0)),
            Qt.Key.Key_Home: lambda: self.go(0),
            Qt.Key.Key_End: lambda: self.go(len(self._tops) - 1),
            Qt.Key.Key_Plus: lambda: self.step_zoom(1),
            Qt.Key.Key_Equal: lambda: self.step_zoom(1),
            Qt.Key.Key_Minus: lambda: self.step_zoom(-1),
        }
        act = None if event.modifiers() & Qt.KeyboardModifier.ControlModifier else acts.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
