"""What every page is: a title, one main action at the same place, and a body."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.theme import STEP


class Page(QWidget):
    """A page of the window. Subclasses fill ``body`` and may show ``main_action``.

    ``rows`` is the table in which who comes to the page by key wants to be. A focus proxy would do that too, but the
    Tab key then passes over everything above the table.
    """

    name = ""  # the word in the navigation
    icon = ""  # a qtawesome name

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: QWidget | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "title")
        desk.words.put(self.heading, self.name)
        self.side_actions = QHBoxLayout()
        self.main_action = QPushButton()
        self.main_action.setProperty("role", "main")
        self.main_action.hide()
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addLayout(self.side_actions)
        top.addWidget(self.main_action)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 2 * STEP)
        self.body.setSpacing(2 * STEP)
        self.body.addLayout(top)

    def add_action(self, template: str) -> QPushButton:
        """Add a secondary button beside the main action and return it."""
        button = QPushButton()
        self.desk.words.put(button, template)
        self.side_actions.addWidget(button)
        return button

    def set_main_action(self, template: str) -> QPushButton:
        """Show the main action with these words and return its button."""
        self.desk.words.put(self.main_action, template)
        self.main_action.show()
        return self.main_action

    def take_focus(self) -> None:
        """Put the cursor where who came by key goes on."""
        (self.rows or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def arrived(self) -> None:
        """Load what the page shows; called whenever the user comes to it."""

    def undo_own(self) -> bool:
        """Take back the last step of a draft of the page's own; False where there is none and the data's turn comes."""
        return False

    def may_close(self) -> bool:
        """Tell whether the window may close without losing anything; a page with a draft asks here."""
        return True

    def may_leave(self) -> bool:
        """Tell whether the user may leave without losing anything; a page with a draft asks here."""
        return True
