"""What a window shows: every word of the program's own on its widgets, with the data taken out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QGroupBox, QHeaderView, QListView, QTabWidget, QWidget
from sqlalchemy import select

from db import images
from db.database import Database

_TEXTS = ("text", "toolTip", "placeholderText", "accessibleName", "windowTitle", "title", "statusTip", "whatsThis")
_ENTERED = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QSpinBox", "QDateEdit")  # their text is the clerk's


def data_of(database: Database) -> list[str]:
    """Return every text in the database, the longest first."""
    found: set[str] = {str(database.path), str(database.path.parent)}
    with database.reading() as session:
        for kind in images.row_types().values():
            for row in session.scalars(select(kind)):
                found |= {value for value in images.whole(row).values() if isinstance(value, str) and len(value) > 1}
    return sorted(found, key=len, reverse=True)


def words_on(root: QWidget, data: list[str]) -> Iterator[tuple[str, str]]:
    """Yield where and what is said on a widget and all visible ones in it, hidden texts such as tips included."""
    parts: list[QWidget] = [root, *root.findChildren(QWidget)]
    for part in parts:
        if part.isVisibleTo(root):
            for text in _said(part):
                yield f"{type(part).__name__} {part.objectName()}", without(text, data)
    actions: list[QAction] = [*root.findChildren(QAction)]
    for action in actions:
        yield "QAction", without(action.text(), data)


def without(text: str, data: list[str]) -> str:
    """Return a text with the data in it taken out."""
    for piece in data:
        if piece in text:
            text = text.replace(piece, "")
    return text


def _said(part: QWidget) -> Iterator[str]:
    entered = any(part.inherits(name) for name in _ENTERED)
    for name in _TEXTS:
        value = part.property(name)
        if isinstance(value, str) and not (entered and name == "text"):
            yield value
    if isinstance(part, QComboBox):
        yield from (part.itemText(row) for row in range(part.count()))
    if isinstance(part, QTabWidget):
        yield from (part.tabText(row) for row in range(part.count()))
    if isinstance(part, QGroupBox):
        yield part.title()
    if isinstance(part, QHeaderView) and part.model() is not None:
        yield from _heads(part)
    if isinstance(part, QAbstractItemView) and not isinstance(part, QHeaderView) and part.model() is not None:
        yield from _cells(part)


def _heads(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        yield str(header.model().headerData(section, header.orientation()) or "")


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    for row in range(min(model.rowCount(), 30)):
        for column in range(columns):
            yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "")
