"""What every tab of the page 補貼 is: its word, its buttons in the page's head while it is in front, its body."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.desk import Desk


class SubsidyTab(QWidget):
    """A tab of the page 補貼. Subclasses lay themselves out, and may set a main action and add further ones.

    The page shows the actions of the tab in front in its head, the main one at the place it has on every page.
    Shortcuts with the tab as parent work only while it is in front.
    """

    name = ""  # the word on the tab
    turned_to = Signal(str)  # the next step is taken in the tab of this name
    retold = Signal()  # the main action has other words, or may be used now or no longer

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.actions_in_head: list[QPushButton] = []
        self.main_word, self.main_tip = "", ""
        self.main_facts: dict[str, object] = {}
        self.main_enabled = True

    def add_action(self, template: str, tip: str = "") -> QPushButton:
        """Add a secondary button to the page's head and return it."""
        button = QPushButton()
        self.desk.words.put(button, template)
        if tip:
            self.desk.words.put(button, tip, setter="setToolTip")
        self.actions_in_head.append(button)
        return button

    def set_main(self, template: str, tip: str = "", *, enabled: bool = True, **facts: object) -> None:
        """Give the page's main action these words while the tab is in front; it then calls :meth:`act`."""
        self.main_word, self.main_tip, self.main_facts, self.main_enabled = template, tip, facts, enabled
        self.retold.emit()

    def act(self) -> None:
        """Do what the main action says."""

    def arrived(self) -> None:
        """Load what the tab shows; called whenever the user comes to it."""

    def undo_own(self) -> bool:
        """Take back the last step of a draft of the tab's own; False where there is none."""
        return False

    def may_close(self) -> bool:
        """Tell whether the window may close without losing anything of this tab."""
        return True

    def may_leave(self) -> bool:
        """Tell whether the user may leave without losing anything of this tab."""
        return True
