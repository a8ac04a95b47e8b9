"""The page 補貼: policies, payments and postings, a tab for each."""

from __future__ import annotations

from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.pages.page import Page
from desktop.pages.subsidies_payments import PaymentTab
from desktop.pages.subsidies_policies import PolicyTab
from desktop.pages.subsidies_postings import PostingTab
from desktop.pages.subsidies_tab import SubsidyTab

TABS: tuple[type[SubsidyTab], ...] = (PolicyTab, PaymentTab, PostingTab)
"""The tabs in their order: 政策, 發放, 公示."""
T = TypeVar("T", bound=SubsidyTab)


class SubsidiesPage(Page):
    """The page 補貼. Its head belongs to the tab in front."""

    name = "補貼"
    icon = "mdi6.hand-coin-outline"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._panes: dict[int, SubsidyTab] = {}  # made when first looked at: the window starts without them
        for place, kind in enumerate(TABS):
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, "")
            desk.words.put(self.tabs, kind.name, setter="setTabText", before=(place,))
        desk.words.put(self.tabs, "政策、發放和公示", setter="setAccessibleName")
        self.body.addWidget(self.tabs, 1)
        self.main_action.clicked.connect(lambda: self.front().act())
        self.tabs.currentChanged.connect(lambda _place: self._turn())

    def front(self) -> SubsidyTab:
        """Return the tab in front."""
        return self._pane(self.tabs.currentIndex())

    def show_tab(self, kind: type[T]) -> T:
        """Bring a tab to the front and return it."""
        place = TABS.index(kind)
        self.tabs.setCurrentIndex(place)
        return cast("T", self._pane(place))

    def _pane(self, place: int) -> SubsidyTab:
        """Return a tab, made now where it was not needed before."""
        if place not in self._panes:
            pane = self._panes[place] = TABS[place](self.desk)
            inside = self.tabs.widget(place).layout()
            assert inside is not None
            inside.addWidget(pane)
            pane.show()  # at once, not when the event loop comes to it: keys and the cursor may follow
            for button in pane.actions_in_head:
                self.side_actions.addWidget(button)
            pane.retold.connect(self._say_head)
            pane.turned_to.connect(self._turn_to)
        return self._panes[place]

    def _turn_to(self, name: str) -> None:
        self.tabs.setCurrentIndex(next(place for place, kind in enumerate(TABS) if kind.name == name))
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)  # what was pressed is out of sight

    def _turn(self) -> None:
        if self.isVisible():
            self.arrived()

    def _say_head(self) -> None:
        """Show the actions of the tab in front."""
        front = self.front()
        for pane in self._panes.values():
            for button in pane.actions_in_head:
                button.setVisible(pane is front)
        self.main_action.setVisible(bool(front.main_word))
        self.main_action.setEnabled(front.main_enabled)
        if front.main_word:
            self.desk.words.put(self.main_action, front.main_word, setter="setText", before=(), **front.main_facts)
            self.desk.words.put(self.main_action, front.main_tip or front.main_word, setter="setToolTip")

    def arrived(self) -> None:
        """Show the actions of the tab in front, and load it."""
        self._say_head()
        self.front().arrived()

    def undo_own(self) -> bool:
        """Take back a step of the draft of the tab in front."""
        return self.front().undo_own()

    def may_close(self) -> bool:
        """Ask every tab."""
        return all(pane.may_close() for pane in self._panes.values())

    def may_leave(self) -> bool:
        """Ask every tab."""
        return all(pane.may_leave() for pane in self._panes.values())
