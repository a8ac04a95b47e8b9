"""The hits of a search as a list: what it is, its code and title, and below the place where the words stand."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextDocument, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from db.find import Hit
from db.snippets import Snippet, spans
from desktop import theme
from desktop.words import Words

_Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole


class HitList(QAbstractListModel):
    """Rows of :class:`Hit`; the display text is what a screen reader says. ``sought`` are the folded words."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.hits: tuple[Hit, ...] = ()
        self.sought: list[str] = []
        words.changed.connect(lambda: self.show_hits(self.hits, self.sought))

    def show_hits(self, hits: tuple[Hit, ...], sought: list[str]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.hits, self.sought = hits, sought
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of hits."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a hit as one line of text, or itself."""
        hit = self.hits[index.row()]
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return "　".join(filter(None, (self.kind(hit), hit.code, hit.title, hit.snippet.text)))
        return None

    def kind(self, hit: Hit) -> str:
        """Return the word for what a hit is."""
        return self._words.say(hit.kind.label)

    def html(self, hit: Hit) -> str:
        """Return a hit in two lines, with what was found standing out."""
        title = Snippet(hit.title, tuple(spans(hit.title, self.sought)))
        code = Snippet(hit.code, tuple(spans(hit.code, self.sought)))
        place = f'<br><span style="color:{theme.FAINT}">{_marked(hit.snippet)}</span>' if hit.snippet.text else ""
        return f"{_marked(code)}{'&nbsp;&nbsp;' if hit.code else ''}<b>{_marked(title)}</b>{place}"


def _marked(snippet: Snippet) -> str:
    """Return a text as HTML with its marks on a ground of their own."""
    told, end = "", 0
    for start, stop in snippet.marks:
        found = escape(snippet.text[start:stop])
        told += f'{escape(snippet.text[end:start])}<span style="background-color:{theme.DOUBT}">{found}</span>'
        end = stop
    return told + escape(snippet.text[end:])


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: the kind in a column of its own, then the two lines, cut off at the right edge."""

    def __init__(self, model: HitList) -> None:
        super().__init__()
        self._model = model

    def _document(self, hit: Hit, font: QFont) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setDefaultTextOption(_unwrapped())
        document.setDefaultStyleSheet(f"body {{ color: {theme.INK}; }}")
        document.setHtml(f"<body>{self._model.html(hit)}</body>")
        return document

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:  # noqa: ANN401 - its stub has no fields
        """Draw one hit."""
        hit: Hit = index.data(HIT)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour(theme.CHOSEN))
        place = option.rect.adjusted(3 * theme.STEP, 2 * theme.STEP, -2 * theme.STEP, -2 * theme.STEP)
        painter.setPen(theme.colour(theme.ACCENT))
        painter.setFont(option.font)
        painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._model.kind(hit))
        place.adjust(option.fontMetrics.horizontalAdvance("字") * 3, 0, 0, 0)
        painter.translate(place.topLeft())
        document = self._document(hit, option.font)  # has to outlive its drawing
        document.drawContents(painter, QRectF(0, 0, place.width(), place.height()))
        painter.restore()

    def sizeHint(self, option: Any, _index: _Index) -> QSize:  # noqa: ANN401
        """Return room for two lines."""
        return QSize(0, round(option.fontMetrics.lineSpacing() * 2.3) + 4 * theme.STEP)


def _unwrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option
