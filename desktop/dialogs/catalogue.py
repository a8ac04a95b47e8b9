"""Publishing the catalogue (七公開目錄) or the cards (明白卡): by which day, on what paper, and what is not stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from db.errors import Trouble
from db.subsidyitems import FURTHER
from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog, day_of
from desktop.widgets.ticks import TickRoom

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.settings import Office
    from exports.catalogue.content import Catalogue
    from exports.pdf import Print
    from exports.pdf.press import Tick

T = TypeVar("T")
_CATALOGUE, _CARDS = "七公開目錄", "補貼政策明白卡"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be published. ``cards`` asks for the cards; they show every further item that is stated."""

    on: date
    cards: bool
    further: tuple[str, ...]
    paper: str

    def content(self, session: Session) -> tuple[Catalogue, Office]:
        """Return what will stand there; raises ``Refused`` where no policy held on that day."""
        from db import settings, subsidylist
        from exports.catalogue.content import catalogue_of

        further = tuple(item.key for item in FURTHER) if self.cards else self.further
        office = settings.office(session)
        lines = subsidylist.catalogue(session, on=self.on)
        return catalogue_of(lines, office=office, on=self.on, further=further), office

    def printed(self, session: Session, tick: Tick) -> Print:
        """Print it, to be looked at; raises ``PrivateDataFound`` where something private is in it."""
        from exports.catalogue.card import print_cards
        from exports.catalogue.paper import print_catalogue
        from exports.privacy import require_clean

        content, office = self.content(session)
        if self.cards:
            made = print_cards(content, office=office)
        else:
            made = print_catalogue(content, office=office, paper=self.paper, tick=tick)
        require_clean(made.content, name=content.title, allowed=content.public)
        return made

    def written(self, session: Session, path: Path) -> Path:
        """Write it to a file of the kind that its name says."""
        from exports.catalogue.writing import write_cards, write_catalogue

        content, office = self.content(session)
        if self.cards:
            return write_cards(content, path, office=office)[0]
        return write_catalogue(content, path, office=office, paper=self.paper)[0]


class CatalogueDialog(StepDialog):
    """Lists what the policies do not state before anything is printed; shows, writes or copies the catalogue."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, desk, "公布補貼政策", "預覽")
        desk.words.put(self.head, "七項裏沒有載明的列在下面，公布時印「未載明」。補齊後再公布更好。")
        self.kind, self.paper = QComboBox(), QComboBox()
        for place, word in enumerate((_CATALOGUE, _CARDS)):
            self.kind.addItem("")
            desk.words.put(self.kind, word, setter="setItemText", before=(place,))
        self.paper.addItems(["A3", "A4"])
        self.form.put(self.kind, "內容", 0, 0)
        self.on = self.date_field("執行日期", 1)
        self.form.put(self.paper, "紙張", 2, 0)
        self.further, self.lacking = QListWidget(), QListWidget()
        self.further.setItemDelegate(TickRoom(self.further))
        self.form.put(self.further, "另加的欄目", 3, 0)
        self.form.put(self.lacking, "沒有載明的", 4, 0)
        self._fill_further()
        self.save_button, self.copy_button = QPushButton(), QPushButton()
        desk.words.put(self.save_button, "存為文件…")
        desk.words.put(self.copy_button, "複製網頁表格")
        self._add_buttons()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.on.dateChanged.connect(lambda _day: self._look())
        self.save_button.clicked.connect(self._ask_where)
        self.copy_button.clicked.connect(self._copy)
        desk.words.changed.connect(self._say_again)
        self._say_again()

    def _add_buttons(self) -> None:
        whole = self.layout()
        assert whole is not None
        last = whole.itemAt(whole.count() - 1)
        assert last is not None
        buttons = last.layout()
        assert isinstance(buttons, QHBoxLayout)
        for place, button in enumerate((self.save_button, self.copy_button)):
            buttons.insertWidget(place, button)

    def _fill_further(self) -> None:
        for item in FURTHER:
            line = QListWidgetItem()
            line.setData(Qt.ItemDataRole.UserRole, item.key)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Unchecked)
            self.further.addItem(line)
        for part, lines in ((self.further, 3), (self.lacking, 4)):
            part.setFixedHeight(lines * self.fontMetrics().height() + 2 * theme.STEP)
        self.lacking.setWordWrap(True)

    def show_first(self) -> None:
        """Open with the cursor in the first field."""
        self.begin(self.kind)

    def chosen(self) -> Chosen:
        """Return what stands in the fields."""
        lines = [self.further.item(place) for place in range(self.further.count())]
        ticked = [line for line in lines if line.checkState() is Qt.CheckState.Checked]
        further = tuple(str(line.data(Qt.ItemDataRole.UserRole)) for line in ticked)
        return Chosen(day_of(self.on), self.kind.currentIndex() == 1, further, self.paper.currentText())

    def _on_kind(self) -> None:
        cards = self.kind.currentIndex() == 1
        for part in (self.paper, self.further, self.copy_button):
            part.setEnabled(not cards)

    def _say_again(self) -> None:
        """Say the words that no widget repeats by itself in the current script."""
        for place, item in enumerate(FURTHER):
            self.further.item(place).setText(self.desk.say(item.label))
        self._look()

    def _look(self) -> None:
        """Read what the policies of the day do not state."""
        self._ask(self.chosen().content, lambda found: self._list(found[0]))

    def _list(self, content: Catalogue) -> None:
        say = self.desk.say
        self.error.hide()
        self.lacking.clear()
        for one in content.lacking:
            self.lacking.addItem(f"{one.policy}：{say('、'.join(one.items))}")
        if not content.lacking:
            self.lacking.addItem(say("{n} 項政策的七項都已載明。", n=len(content.rows)))

    def _ask(self, question: Callable[[Session], T], then: Callable[[T], None]) -> None:
        """Read on the worker; a trouble is said in the dialog."""

        def work(_progress: object) -> T:
            with self.desk.database.reading() as session:
                return question(session)

        def failed(error: BaseException) -> None:
            if isinstance(error, Trouble):
                self.lacking.clear()
                self.say_trouble(error)
            else:
                self.desk.troubled.emit(error)

        self.desk.jobs.run(self, work, then, failed)

    def decide(self) -> None:
        """Show it as it would be printed."""
        chosen = self.chosen()
        self.desk.preview(self.parent(), chosen.printed, _CARDS if chosen.cards else _CATALOGUE)
        self.accept()

    def _ask_where(self) -> None:
        say, chosen = self.desk.say, self.chosen()
        kinds = ["PDF (*.pdf)", f"{say('Excel 工作簿')} (*.xlsx)"]
        if not chosen.cards:
            kinds.append(f"{say('網頁')} (*.html)")
        name, _ = QFileDialog.getSaveFileName(
            self, say("存為文件…"), say(_CARDS if chosen.cards else _CATALOGUE) + ".pdf", ";;".join(kinds)
        )
        if name:
            self._ask(lambda session: chosen.written(session, Path(name)), self._told)

    def _told(self, path: Path) -> None:
        self.desk.told.emit(self.desk.say("已寫入：{path}", path=path), None)
        self.accept()

    def _copy(self) -> None:
        from exports.catalogue.web import table_html

        chosen = self.chosen()
        self._ask(lambda session: table_html(chosen.content(session)[0]), self._put_on_clipboard)

    def _put_on_clipboard(self, html: str) -> None:
        data = QMimeData()
        data.setHtml(html)
        data.setText(html)  # the editors of web sites take the source
        QApplication.clipboard().setMimeData(data)
        self.desk.told.emit(self.desk.say("網頁表格已複製，可粘貼到網站編輯器。"), None)
        self.accept()
