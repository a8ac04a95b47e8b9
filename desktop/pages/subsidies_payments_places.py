"""The view 區劃: towns and villages as a tree, with what is printed under their postings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.script import fold
from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.place import PlaceDialog
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing

if TYPE_CHECKING:
    from db.changes import Changes
    from db.places import PlaceRow
    from db.placetree import TownLine, VillageLine
    from exports.problems import Problem

_TITLES = ("鄉鎮、村", "區劃代碼", "落款", "電話")
_FEW = 60  # villages that are all shown at first
_LINE = Qt.ItemDataRole.UserRole


class PlacesPane(QWidget):
    """Every change is an operation of its own and can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tree, self.search, self.count = QTreeWidget(), QLineEdit(), QLabel()
        self.empty, self.stack = Nothing(desk.words), QStackedWidget()
        self._towns: list[TownLine] = []
        self._buttons: dict[str, QPushButton] = {}
        self.empty.say("還沒有鄉鎮和村。可從 .xlsx 導入（鄉鎮、村兩欄），或逐個添加。", "導入區劃…")
        self._build()
        self.search.textChanged.connect(lambda _text: self._filter())
        self.tree.itemActivated.connect(lambda *_item: self.edit())
        self.tree.itemSelectionChanged.connect(self._enable)
        self.empty.button.clicked.connect(self.choose_import)
        desk.words.changed.connect(self._say_titles)
        desk.scaled.connect(lambda _scale: self._fit())
        self._say_titles()

    def _build(self) -> None:
        words, tree = self.desk.words, self.tree
        words.put(self.search, "鄉鎮或村（Ctrl+F）", setter="setPlaceholderText")
        words.put(self.search, "篩選區劃", setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        tree.setColumnCount(len(_TITLES))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAlternatingRowColors(True)
        tree.setTabKeyNavigation(False)
        words.put(tree, "鄉鎮和村", setter="setAccessibleName")
        self.stack.addWidget(tree)
        self.stack.addWidget(self.empty)
        self.count.setProperty("role", "faint")
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("添加鄉鎮…", lambda: self._open(None, None)),
            ("添加村…", self._add_village),
            ("修改…", self.edit),
            ("刪除", self.remove),
            ("導入區劃…", self.choose_import),
            ("導出區劃…", self._choose_export),
        )
        buttons = FlowLayout(theme.STEP)
        for word, act in acts:
            button = self._buttons[word] = QPushButton()
            words.put(button, word)
            button.clicked.connect(lambda _checked=False, act=act: act())
            buttons.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addWidget(self.search)
        column.addWidget(self.stack, 1)
        column.addLayout(buttons)
        column.addLayout(foot)

    def _say_titles(self) -> None:
        self.tree.setHeaderLabels([self.desk.say(title) for title in _TITLES])

    def _fit(self) -> None:
        wide = self.tree.fontMetrics().horizontalAdvance("字")
        for column, width in enumerate((16, 9, 16)):
            self.tree.setColumnWidth(column, wide * width)

    def seek(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load(self) -> None:
        """Read the tree."""
        from db import placetree

        self.desk.ask(self, placetree.tree, self._take)

    def _take(self, towns: list[TownLine]) -> None:
        here = self.chosen()
        opened = {self._line(item).id for item in self._tops() if item.isExpanded()}
        villages = sum(len(town.villages) for town in towns)
        few = not opened and villages <= _FEW
        self._towns = towns
        self.tree.clear()
        for town in towns:
            top = self._item(town)
            self.tree.addTopLevelItem(top)
            top.setExpanded(town.id in opened or few)
            for village in town.villages:
                item = self._item(village)
                top.addChild(item)
                if here is not None and here.id == village.id:
                    self.tree.setCurrentItem(item)
            if here is not None and here.id == town.id:
                self.tree.setCurrentItem(top)
        self.desk.words.put(self.count, "鄉鎮 {towns} 個，村 {villages} 個", towns=len(towns), villages=villages)
        self.stack.setCurrentIndex(0 if towns else 1)
        self._fit()
        self._filter()
        self._enable()

    def _item(self, line: TownLine | VillageLine) -> QTreeWidgetItem:
        item = QTreeWidgetItem([line.name, line.code, line.committee, line.telephone])
        item.setData(0, _LINE, line)
        return item

    def _tops(self) -> list[QTreeWidgetItem]:
        return [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]

    @staticmethod
    def _line(item: QTreeWidgetItem) -> TownLine | VillageLine:
        line: TownLine | VillageLine = item.data(0, _LINE)
        return line

    def _filter(self) -> None:
        words = fold(self.search.text())
        for top in self._tops():
            own = words in fold(top.text(0))
            hits = 0
            for place in range(top.childCount()):
                found = own or words in fold(top.child(place).text(0))
                top.child(place).setHidden(not found)
                hits += found
            top.setHidden(not (own or hits))
            if words and hits:
                top.setExpanded(True)

    def chosen(self) -> TownLine | VillageLine | None:
        """Return the place with the cursor."""
        chosen = self.tree.selectedItems()
        return self._line(chosen[0]) if chosen else None

    def _enable(self) -> None:
        for word in ("添加村…", "修改…", "刪除"):
            self._buttons[word].setEnabled(self.chosen() is not None)
        self._buttons["導出區劃…"].setEnabled(bool(self._towns))

    def _town_here(self) -> TownLine | None:
        line = self.chosen()
        town = getattr(line, "town", None) if line is not None else None
        wanted = town if town is not None else line.id if line is not None else None
        return next((one for one in self._towns if one.id == wanted), None)

    def _add_village(self) -> None:
        town = self._town_here()
        if town is not None:
            self._open(None, town)

    def edit(self) -> None:
        """Change the place with the cursor."""
        line = self.chosen()
        if line is not None:
            self._open(line, None)

    def _open(self, line: TownLine | VillageLine | None, town: TownLine | None) -> None:
        PlaceDialog(self.window(), self.desk, line, town).show_first()

    def remove(self) -> None:
        """Take out the place with the cursor; the undo of it is offered."""
        line = self.chosen()
        if line is None:
            return
        number = line.id

        def operation() -> Changes:
            from db import places

            return places.remove(self.desk.database, places=[number])

        self.desk.perform(self, operation)

    # sheets

    def choose_import(self) -> None:
        """Ask for a list to bring in."""
        say = self.desk.say
        name, _ = QFileDialog.getOpenFileName(self, say("導入區劃"), "", f"{say('電子表格')} (*.xlsx *.xls *.et *.ods)")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a list; bring it in at once, or after what could not be taken was shown."""

        def work(_progress: object) -> tuple[list[PlaceRow], list[Problem]]:
            from exports.workbook.places import read_places

            return read_places(path)

        self.desk.work(self, work, lambda found: self._bring_in(path, *found))

    def _bring_in(self, path: Path, rows: list[PlaceRow], problems: list[Problem]) -> None:
        from desktop.dialogs.problems import ProblemsDialog

        def tell(head: QLabel) -> None:
            self.desk.words.put(
                head,
                "「{name}」有 {n} 處沒有採用，列在下面。其餘 {rows} 行可以導入。",
                name=path.name,
                n=len(problems),
                rows=len(rows),
            )

        if problems and not ProblemsDialog(self.window(), self.desk.words, tell, problems, rest=bool(rows)).exec():
            return

        def operation() -> Changes:
            from db import places

            return places.bring_in(self.desk.database, rows=rows, source=path.name)

        self.desk.perform(self, operation)

    def _choose_export(self) -> None:
        say = self.desk.say
        kinds = f"{say('Excel 工作簿')} (*.xlsx)"
        name, _ = QFileDialog.getSaveFileName(self, say("導出區劃"), say("區劃") + ".xlsx", kinds)
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the places as a workbook."""
        from db import settings
        from exports.workbook.places import write_places

        def told(written: Path) -> None:
            self.desk.told.emit(self.desk.say("區劃已寫入：{path}", path=written), None)

        self.desk.ask(self, lambda session: write_places(session, path, office=settings.office(session)), told)
