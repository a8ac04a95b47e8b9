"""Search in the whole database (Ctrl+K): a panel inside the window, for an input method fails in a popup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QStackedLayout, QVBoxLayout, QWidget

from db.terms import HitKind
from desktop import theme
from desktop.desk import Desk
from desktop.widgets.search_hits import HIT, HitDelegate, HitList

if TYPE_CHECKING:
    from db.find import Found

PAUSE = 80  # ms after a key before it is looked for
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}
_KEYS = "　↑↓ 選擇　Enter 打開　Esc 關閉"
_HINT = (
    "在全部年度的單位、任務、要點、文件、進展和補貼政策裏查找。"
    "簡體繁體都可以；幾個詞用空格隔開，都要有；編號寫一部分也行；單位可以寫別名；單位和標題也可以寫拼音，全拼或首字母。"
)


class SearchPanel(QFrame):
    """``opened`` carries the hit that was chosen; the panel has closed by then."""

    opened = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("search")
        self._desk, self._window = desk, window
        self._before: QWidget | None = None  # what had the focus
        self._asking = self._eager = False
        self.line, self.view, self.foot = QLineEdit(), QListView(), QLabel()
        self.hint = QLabel()
        self.model = HitList(desk.words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._build()
        self._timer.timeout.connect(self._look)
        self.line.textChanged.connect(lambda _text: self._timer.start())
        self.line.installEventFilter(self)
        self.view.clicked.connect(lambda _index: self._open())
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self.hide()

    def _build(self) -> None:
        words = self._desk.words
        words.put(self.line, "詞、編號、單位別名、拼音", setter="setPlaceholderText")
        words.put(self.line, "查找", setter="setAccessibleName")
        words.put(self.view, "查找結果", setter="setAccessibleName")
        self.line.setClearButtonEnabled(True)
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitDelegate(self.model))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows move in it while the line keeps the focus
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setUniformItemSizes(True)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMargin(4 * theme.STEP)
        self.foot.setProperty("role", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.STEP, 3 * theme.STEP, 3 * theme.STEP, 2 * theme.STEP)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.line)
        self._middle = QStackedLayout()
        self._middle.addWidget(self.view)
        self._middle.addWidget(self.hint)
        column.addLayout(self._middle, 1)
        column.addWidget(self.foot)

    # opening and closing

    def begin(self) -> None:
        """Show the panel with what was last sought, ready to be typed over."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.selectAll()
        self._look()

    def leave(self) -> None:
        """Hide the panel; the focus goes back to where it was."""
        self._timer.stop()
        before, self._before = self._before, None
        inside = self.line.hasFocus()
        self.hide()
        if inside and before is not None and before.isVisible():
            before.setFocus()

    def _place(self) -> None:
        window = self._window
        width = min(round(760 * max(1.0, self._desk.scale)), window.width() - 8 * theme.STEP)
        height = min(round(480 * max(1.0, self._desk.scale)), window.height() - 16 * theme.STEP)
        self.setGeometry((window.width() - width) // 2, 10 * theme.STEP, width, height)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while the line has the focus; keep the panel in the middle of the window."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._on_key(event)
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in _MOVES:
            self._choose(self.view.currentIndex().row() + _MOVES[key])
        else:
            return False
        return True

    # looking

    def _look(self) -> None:
        """Ask for the words as they stand; while an answer is on its way the next question waits."""
        self._timer.stop()
        if self._asking:
            return
        text = self.line.text()
        self._asking = True

        def work(_progress: object) -> Found:
            from db.find import find

            with self._desk.database.reading() as session:
                return find(session, text)

        self._desk.jobs.run(self, work, lambda found: self._take(text, found), self._fail)

    def _take(self, text: str, found: Found) -> None:
        from db.searchtext import words_of

        self._asking = False
        if text != self.line.text():
            self._look()
            return
        self.model.show_hits(found.hits, words_of(text))
        self._choose(0)
        self._say(text, found)
        if self._eager:
            self._open()

    def _fail(self, error: BaseException) -> None:
        self._asking = self._eager = False
        self._desk.troubled.emit(error)

    def _say(self, text: str, found: Found) -> None:
        """Say how many there are, or what to do where there are none."""
        words = self._desk.words
        self._middle.setCurrentWidget(self.view if found.hits else self.hint)
        if found.hits:
            more = "、".join(kind.label for kind in HitKind if kind in found.more)
            count = "找到 {count} 條"
            words.put(self.foot, count + (f"，{more}還有更多" if more else "") + _KEYS, count=len(found.hits))
        else:
            words.put(self.foot, _KEYS.lstrip("　"))
        if text.strip():
            words.put(
                self.hint,
                "沒有找到「{text}」。換一個詞，或少寫幾個字再試。"
                "拼音只查單位、任務、要點和補貼政策的名稱和第一句，至少三個字母。",
                text=text.strip(),
            )
        else:
            words.put(self.hint, _HINT)

    def _choose(self, row: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            self.view.setCurrentIndex(self.model.index(max(0, min(row, last))))

    def _open(self) -> None:
        """Open the chosen hit; where the answer to what was typed is still on its way, the first one of it."""
        self._eager = self._asking or self._timer.isActive()
        if self._eager:
            self._look()
            return
        index = self.view.currentIndex()
        if index.isValid() and self.model.rowCount():
            hit = index.data(HIT)
            self.leave()
            self.opened.emit(hit)
