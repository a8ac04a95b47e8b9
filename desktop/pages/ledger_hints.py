"""What in the ledger waits for the clerk: proposals to accept, plans to divide."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from db.filters import LedgerFilter
from db.terms import Light
from desktop.desk import Desk
from desktop.models.ledger_book import Book
from desktop.pages.ledger_actions import accepting

WAITING = LedgerFilter(lights=(Light.PROPOSED, Light.NO_LEAD))


class Hints(QFrame):
    """One line, shown only where something waits. ``asked`` carries an operation, ``only`` a filter."""

    asked = Signal(object)
    only = Signal(object)
    propose = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self._ready: list[int] = []
        self._waits = False
        self.setObjectName("notice")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.only_button, self.accept_button, self.propose_button = QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.label, 1)
        for button, word, act in (
            (self.only_button, "只看擬辦", lambda: self.only.emit(WAITING)),
            (self.accept_button, "採納全部", self._accept),
            (self.propose_button, "擬出分工", self.propose.emit),
        ):
            self._words.put(button, word)
            button.clicked.connect(act)
            row.addWidget(button)
        self.hide()

    def show_book(self, book: Book) -> None:
        """Say what waits."""
        self._ready = book.ready
        undivided = book.undivided if book.rows else []
        unled, waiting = book.unled, len(book.ready) + book.unled
        if waiting:
            template = "擬辦 {waiting} 項待核" + ("，其中 {unled} 項要先指定牽頭單位。" if unled else "。")
            self._words.put(self.label, template, waiting=waiting, unled=unled)
        elif undivided:
            titles = {plan: title for plan, title, _ in book.plans}
            self._words.put(
                self.label, "「{title}」還沒有分解成任務。", title="」「".join(titles[one] for one in undivided)
            )
        self.only_button.setVisible(bool(waiting))
        self.accept_button.setVisible(bool(self._ready))
        self.propose_button.setVisible(bool(undivided) and not waiting)
        self._waits = bool(waiting or undivided)
        self.setVisible(self._waits)

    def give_way(self, away: bool) -> None:  # noqa: FBT001 - a switch
        """Leave the room to the bar for several rows, or take it again."""
        self.setVisible(self._waits and not away)

    def _accept(self) -> None:
        self.asked.emit(accepting(self._ready))
