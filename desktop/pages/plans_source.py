"""The source text of a notice, with the chosen point, the doubts and the damaged runs marked in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from desktop import theme


class Offsets:
    """Turns places in a Python string into places in a Qt document, which counts UTF-16 units."""

    def __init__(self, text: str) -> None:
        # Without rare characters (𠮷) the two are the same.
        self._wide = [] if text.isascii() or max(text) <= "\uffff" else [i for i, c in enumerate(text) if c > "\uffff"]
        self._wide_in_qt = [place + i for i, place in enumerate(self._wide)]

    def to_qt(self, offset: int) -> int:
        """Return the place in Qt's text."""
        return offset + bisect_left(self._wide, offset)

    def from_qt(self, place: int) -> int:
        """Return the place in Python's text."""
        return place - bisect_left(self._wide_in_qt, place)


class SourceView(QPlainTextEdit):
    """Read-only text; ``placed`` says where the user has put the cursor."""

    placed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self._text = ""
        self._offsets = Offsets("")
        self._quiet = False
        self._damage: set[tuple[int, int]] = set()
        self._doubts: list[tuple[int, int, QTextEdit.ExtraSelection]] = []
        self.cursorPositionChanged.connect(self._on_cursor)

    def show_text(self, text: str) -> None:
        """Show another text, without marks."""
        if text == self._text:
            return
        from exports.plandoc.review import damaged_runs

        self._quiet = True
        self._text, self._offsets, self._doubts = text, Offsets(text), []
        self._damage = {(run.start, run.end) for run in damaged_runs(text)}
        self.setPlainText(text)
        self._quiet = False

    def mark(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark the spans of doubts; those over lost characters as damage."""
        self._doubts = []
        for start, end in spans:
            look = QTextCharFormat()
            damaged = (start, end) in self._damage
            look.setBackground(theme.colour(theme.DAMAGE if damaged else theme.DOUBT))
            if damaged:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(theme.colour(theme.INK))
            self._doubts.append((start, end, self._selection(start, end, look)))

    def choose(self, start: int, end: int, *, scroll: bool = True) -> None:
        """Highlight a point's span and bring it into view; a doubt about all of it gives way, one in it stays."""
        look = QTextCharFormat()
        look.setBackground(theme.colour(theme.CHOSEN))
        chosen = [self._selection(start, end, look)] if end > start else []
        whole = [mark for a, b, mark in self._doubts if a <= start and end <= b]
        parts = [mark for a, b, mark in self._doubts if not (a <= start and end <= b)]
        self.setExtraSelections([*whole, *chosen, *parts])
        if scroll and end > start:
            self.go_to(start, end)

    def go_to(self, start: int, end: int) -> None:
        """Scroll so that the whole span is seen where it fits, its beginning where not."""
        self._quiet = True
        cursor = self.textCursor()
        for offset in (end, start):
            cursor.setPosition(self._offsets.to_qt(offset))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        self._quiet = False

    def selected(self) -> tuple[int, int]:
        """Return the span the user has selected, both ends equal where nothing is."""
        cursor = self.textCursor()
        return self._offsets.from_qt(cursor.selectionStart()), self._offsets.from_qt(cursor.selectionEnd())

    def marks(self) -> list[tuple[int, int, str]]:
        """Return what is highlighted: start, end, colour."""
        return [
            (
                self._offsets.from_qt(one.cursor.selectionStart()),  # type: ignore[attr-defined]
                self._offsets.from_qt(one.cursor.selectionEnd()),  # type: ignore[attr-defined]
                one.format.background().color().name(),  # type: ignore[attr-defined]
            )
            for one in self.extraSelections()
        ]

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_qt(start))
        cursor.setPosition(self._offsets.to_qt(min(end, len(self._text))), QTextCursor.MoveMode.KeepAnchor)
        made = QTextEdit.ExtraSelection()
        made.cursor = cursor  # type: ignore[attr-defined]
        made.format = look  # type: ignore[attr-defined]
        return made

    def _on_cursor(self) -> None:
        if not self._quiet and not self.textCursor().hasSelection():
            self.placed.emit(self._offsets.from_qt(self.textCursor().position()))
