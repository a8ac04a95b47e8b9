"""The page 使用手冊 (F1): contents with search at the left, the topic at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from db.script import fold
from desktop import theme
from desktop.desk import Desk
from desktop.manual import FIRST, Topic, folder, topics
from desktop.pages.manual_text import ManualText
from desktop.pages.page import Page
from desktop.script import Script


class ManualPage(Page):
    """It stands behind the pages of the navigation; ``left`` says that the user goes back to what was done."""

    name = "使用手冊"
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.topics: list[Topic] = []
        self.topic: Topic | None = None
        self.search, self.contents, self.text = QLineEdit(), QListWidget(), ManualText()
        self.back_button = self.add_action("返回")
        desk.words.put(self.back_button, "返回（Esc）", setter="setToolTip")
        desk.words.put(self.search, "在手冊中查找（Ctrl+F）", setter="setPlaceholderText")
        desk.words.put(self.search, "在手冊中查找", setter="setAccessibleName")
        desk.words.put(self.contents, "目錄", setter="setAccessibleName")
        desk.words.put(self.text, "手冊正文", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2 * theme.STEP)
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        row = QHBoxLayout()
        row.setSpacing(4 * theme.STEP)
        row.addLayout(left, 1)
        row.addWidget(self.text, 4)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.contents.currentItemChanged.connect(self._on_item)
        self.text.anchorClicked.connect(self._follow)
        self.desk.words.changed.connect(self._reword)
        self.desk.scaled.connect(lambda _scale: self._show())
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def open(self, name: str) -> None:
        """Show a topic by its name."""
        self.topics = self.topics or topics()
        wanted = {topic.name: topic for topic in self.topics}
        self.topic = wanted.get(name) or wanted[FIRST]
        self.search.clear()
        self._fill()
        self._show()
        self.text.setFocus()

    def _fill(self) -> None:
        """List the topics that contain every word sought."""
        words = [fold(word).lower() for word in self.search.text().split()]
        fitting = [topic for topic in self.topics if all(word in fold(topic.text).lower() for word in words)]
        self.contents.blockSignals(True)
        self.contents.clear()
        for topic in fitting:
            item = QListWidgetItem(self.desk.say(topic.title))
            item.setData(Qt.ItemDataRole.UserRole, topic)
            self.contents.addItem(item)
        if self.topic not in fitting and fitting:
            self.topic = fitting[0]
            self._show()
        if self.topic in fitting:
            self.contents.setCurrentRow(fitting.index(self.topic))
        self.contents.blockSignals(False)
        self._find()

    def _on_item(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None:
            self.topic = now.data(Qt.ItemDataRole.UserRole)
            self._show()

    def _follow(self, link: QUrl) -> None:
        self.open(link.toString())

    def _show(self) -> None:
        if self.topic is not None:
            script = "hans" if self.desk.words.script is Script.SIMPLIFIED else "hant"
            self.text.show_markdown(self.desk.say(self.topic.text), folder() / "pictures" / script)
            self._find()

    def _find(self) -> None:
        """Go to the first of the words sought."""
        words = self.search.text().split()
        if words:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(self.desk.say(words[0]))

    def _reword(self) -> None:
        self._fill()
        self._show()
