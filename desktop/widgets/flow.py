"""A row that breaks into lines like text where it gets too long: for chips."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class FlowLayout(QLayout):
    """Items one behind the other, as many in a line as fit; ``right`` puts each line at the right edge."""

    def __init__(self, spacing: int, *, right: bool = False) -> None:
        super().__init__()
        self._right = right
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Let go of an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow row is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        lows = [place.bottom() + 1 for _, place in self._lines(QRect(0, 0, width, 0))]
        return max(lows, default=0)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() + self.spacing() for hint in hints) - self.spacing()
        return QSize(max(width, 0), max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        for item, place in self._lines(rect):
            item.setGeometry(place)

    def _lines(self, rect: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Yield each item with its place: in the middle of its line's height."""
        line: list[tuple[QLayoutItem, QSize]] = []
        wide, y = 0, rect.y()
        for item in self._items:
            if item.isEmpty():  # hidden for now
                continue
            size = item.sizeHint()
            if line and wide + self.spacing() + size.width() > rect.width():
                yield from self._line(line, QPoint(rect.x() + (max(0, rect.width() - wide) if self._right else 0), y))
                y += max(one.height() for _, one in line) + self.spacing()
                line, wide = [], 0
            wide += size.width() + (self.spacing() if line else 0)
            line.append((item, size))
        yield from self._line(line, QPoint(rect.x() + (max(0, rect.width() - wide) if self._right else 0), y))

    def _line(self, line: list[tuple[QLayoutItem, QSize]], corner: QPoint) -> Iterator[tuple[QLayoutItem, QRect]]:
        x, high = corner.x(), max((size.height() for _, size in line), default=0)
        for item, size in line:
            yield item, QRect(QPoint(x, corner.y() + (high - size.height()) // 2), size)
            x += size.width() + self.spacing()
