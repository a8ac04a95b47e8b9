"""The button that says who works (操作人) and lets another of the office take over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from db.changes import Changes
from desktop.desk import Desk


class OperatorButton(QPushButton):
    """Shows the operator; its menu offers those of the office's settings. ``took_over`` carries the new name."""

    took_over = Signal(str)
    managed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._names: list[str] = []
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        desk.words.put(self, "換一個操作人", setter="setToolTip")
        desk.changed.connect(self._on_change)
        self._say()
        self._load()

    def _say(self) -> None:
        self._desk.words.put(self, "操作人：{name}", name=self._desk.database.operator or "—")

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("setting"):
            self._load()

    def _load(self) -> None:
        from db.settings import office

        self._desk.ask(self, lambda session: office(session).operators, self._take)

    def _take(self, names: list[str]) -> None:
        self._names = names

    def _fill(self) -> None:
        menu, now = self.menu(), self._desk.database.operator
        menu.clear()
        for name in dict.fromkeys([*filter(None, (now,)), *self._names]):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == now)
            action.triggered.connect(lambda _checked, name=name: self.take_over(name))
        menu.addSeparator()
        menu.addAction(self._desk.say("管理操作人…")).triggered.connect(self.managed)

    def take_over(self, name: str) -> None:
        """Sign what follows with another name."""
        self._desk.database.operator = name
        self._say()
        self.took_over.emit(name)
