"""Saved views (視圖) of the page 臺賬: a menu to take one up, save what is shown, or remove one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from db.changes import Changes
from db.database import Database
from db.views import READY, View
from desktop.desk import Desk
from desktop.pages.ledger_values import Operation


class ViewsButton(QPushButton):
    """``taken`` carries a :class:`View` to show, ``asked`` an operation; ``saving`` asks for the view as it stands."""

    taken = Signal(object)
    asked = Signal(object)
    saving = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._saved: dict[str, View] = {}
        desk.words.put(self, "視圖…")
        desk.words.put(self, "換一種看法：篩選、排序、分組和欄目的組合", setter="setToolTip")
        self.clicked.connect(lambda: self.made_menu().popup(self.mapToGlobal(QPoint(0, self.height()))))
        desk.changed.connect(self._on_change)
        self.load()

    def load(self) -> None:
        """Read the saved views."""
        from db.views import saved

        self._desk.ask(self, saved, self._take)

    def _take(self, saved: dict[str, View]) -> None:
        self._saved = saved

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("setting"):
            self.load()

    def made_menu(self) -> QMenu:
        """Return the menu: the office's own views first, then those every office has."""
        say, menu = self._desk.say, QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name, view in self._saved.items():
            menu.addAction(name.replace("&", "&&")).triggered.connect(lambda _on, view=view: self.taken.emit(view))
        if self._saved:
            menu.addSeparator()
        for name, view in READY.items():
            menu.addAction(say(name)).triggered.connect(lambda _on, view=view: self.taken.emit(view))
        menu.addSeparator()
        menu.addAction(say("把現在的樣子存為視圖…")).triggered.connect(self.ask_name)
        if self._saved:
            removing = menu.addMenu(say("刪除視圖"))
            for name in self._saved:
                action = removing.addAction(name.replace("&", "&&"))
                action.triggered.connect(lambda _on, name=name: self.asked.emit(removing_view(name)))
        return menu

    def ask_name(self) -> None:
        """Ask for the name of the view to save."""
        say = self._desk.say
        name, agreed = QInputDialog.getText(self, say("存為視圖"), say("視圖名稱（同名的會被替換）："))
        if agreed:
            self.saving.emit(name)


def saving_view(name: str, view: View) -> Operation:
    """Return the operation that saves a view."""

    def operation(database: Database) -> Changes:
        from db import views

        return views.save(database, name=name, view=view)

    return operation


def removing_view(name: str) -> Operation:
    """Return the operation that removes a view."""

    def operation(database: Database) -> Changes:
        from db import views

        return views.remove(database, name=name)

    return operation
