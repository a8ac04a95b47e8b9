"""The versions of a policy in time: choosing one, its days, a new one from a day on, how its postings are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.subsidylist import PolicyBook, PolicyLine
from db.terms import PostingProfile
from desktop import theme
from desktop.desk import Desk

Operation = Callable[[Database], Changes]


def span(line: PolicyLine, say: Callable[[str], str]) -> str:
    """Return from when to when a version holds: ``2024-01-01 至 今後``."""
    first = line.valid_from.isoformat() if line.valid_from else say("最初")
    last = line.valid_to.isoformat() if line.valid_to else say("今後")
    return f"{first} {say('至')} {last}"


class VersionStrip(QWidget):
    """``chosen`` carries the id of a version, ``changed`` an operation; ``begun`` asks for a new version."""

    chosen = Signal(int)
    changed = Signal(object)
    begun = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._book: PolicyBook | None = None
        self._line: PolicyLine | None = None
        self.versions, self.profile = QComboBox(), QComboBox()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.new_button, self.remove_button = QPushButton(), QPushButton()
        self._build()
        self.versions.activated.connect(lambda _row: self.chosen.emit(self.versions.currentData()))
        self.profile.activated.connect(lambda _row: self._set_profile())
        for field in (self.first, self.last):
            field.editingFinished.connect(self._set_days)
        self.new_button.clicked.connect(self.begun)
        self.remove_button.clicked.connect(self._remove)
        desk.words.changed.connect(self._fill)

    def _build(self) -> None:
        words = self._desk.words
        words.put(self.new_button, "新版本…")
        words.put(self.new_button, "從某一天起執行的新內容；以前的內容留着，按日期查印", setter="setToolTip")
        words.put(self.remove_button, "刪除版本")
        for one in PostingProfile:
            self.profile.addItem("", one.value)
            words.put(self.profile, one.label, setter="setItemText", before=(self.profile.count() - 1,))
        told = "從嚴：低保、殘疾、疾病、未成年人等，公示時少列個人情況"
        words.put(self.profile, told, setter="setToolTip")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.STEP)
        grid.setVerticalSpacing(theme.STEP)
        fields: tuple[tuple[str, QWidget, int, int], ...] = (
            ("版本", self.versions, 0, 0),
            ("執行起日", self.first, 1, 0),
            ("執行止日", self.last, 1, 2),
            ("公示方式", self.profile, 2, 0),
        )
        for name, field, row, column in fields:
            label = QLabel()
            label.setBuddy(field)
            words.put(label, name)
            words.put(field, name, setter="setAccessibleName")
            grid.addWidget(label, row, column)
            grid.addWidget(field, row, column + 1, 1, 3 if field is self.versions else 1)
        words.put(self.first, "空着：最初", setter="setPlaceholderText")
        words.put(self.last, "空着：今後", setter="setPlaceholderText")
        grid.addWidget(self.new_button, 2, 2)
        grid.addWidget(self.remove_button, 2, 3, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def show_version(self, book: PolicyBook, line: PolicyLine) -> None:
        """Show the versions of a policy with one of them chosen."""
        self._book, self._line = book, line
        self._fill()

    def _fill(self) -> None:
        book, line = self._book, self._line
        if book is None or line is None:
            return
        say, today = self._desk.say, date.today()
        self.versions.clear()
        for one in book.versions:
            told = span(one, say) + (say("（現行）") if one.holds_on(today) else "")
            self.versions.addItem(told, one.version)
        self.versions.setCurrentIndex(self.versions.findData(line.version))
        for field, day in ((self.first, line.valid_from), (self.last, line.valid_to)):
            field.setText(day.isoformat() if day else "")
        self.profile.setCurrentIndex(self.profile.findData(book.profile.value))
        self.remove_button.setEnabled(len(book.versions) > 1)

    def _set_days(self) -> None:
        line = self._line
        if line is None:
            return
        try:
            first, last = _day(self.first.text()), _day(self.last.text())
        except Refused as error:
            self._desk.troubled.emit(error)
            return
        if (first, last) != (line.valid_from, line.valid_to):
            from db import subsidies

            version = line.version
            self.changed.emit(
                lambda database: subsidies.set_validity(database, version=version, valid_from=first, valid_to=last)
            )

    def _set_profile(self) -> None:
        book = self._book
        wanted = PostingProfile(self.profile.currentData())
        if book is not None and wanted is not book.profile:
            from db import subsidies

            self.changed.emit(lambda database: subsidies.set_profile(database, policies=[book.id], profile=wanted))

    def _remove(self) -> None:
        line = self._line
        if line is not None:
            from db import subsidies

            version = line.version
            self.changed.emit(lambda database: subsidies.remove_version(database, version=version))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise Refused("日期「{text}」應寫成 2024-01-01 的樣子。", text=text) from error
