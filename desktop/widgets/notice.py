"""The bar that says what just happened: where a dialog would only be in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from desktop.words import Words


class Notice(QFrame):
    """One sentence with up to one action; stays until the next one or until it is closed."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._action: Callable[[], None] | None = None
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        self.closer = QPushButton()
        words.put(self.closer, "知道了")
        self.closer.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        row.addWidget(self.closer)
        self.hide()

    def show_words(
        self, text: str, *, trouble: bool = False, action: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a sentence, optionally with a button."""
        self.setProperty("tone", "trouble" if trouble else "done")
        self.style().unpolish(self)
        self.style().polish(self)
        self.label.setText(text)
        self._action = action[1] if action else None
        self.button.setVisible(action is not None)
        if action:
            self.button.setText(action[0])
        self.show()

    def _act(self) -> None:
        if self._action is not None:
            action, self._action = self._action, None
            self.hide()
            action()
