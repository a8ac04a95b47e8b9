"""The card of one policy: what it is called like, its versions, its items, and ending it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.changes import Changes
from db.database import Database
from db.subsidylist import PolicyLine
from desktop import theme
from desktop.desk import Desk
from desktop.pages.subsidies_fields import PolicyFields
from desktop.pages.subsidies_rows import PolicyRow, lacking, meter
from desktop.pages.subsidies_versions import VersionStrip
from desktop.widgets.askday import AskDay


class PolicyCard(QScrollArea):
    """``changed`` carries an operation to perform; ``version_added`` one after which the new version is shown."""

    changed = Signal(object)
    version_added = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.row: PolicyRow | None = None
        self._line: PolicyLine | None = None
        self.head, self.state, self.twins = QLabel(), QLabel(), QLabel()
        self.end_button, self.remove_button = QPushButton(), QPushButton()
        self.ask = AskDay(desk.words)
        self.strip, self.fields = VersionStrip(desk), PolicyFields(desk)
        self._build()
        for part in (self.strip, self.fields):
            part.changed.connect(self.changed)
        self.strip.chosen.connect(self.show_version)
        self.strip.begun.connect(self._begin_version)
        self.end_button.clicked.connect(self._end)
        self.remove_button.clicked.connect(self._remove)
        desk.words.changed.connect(self._say)

    def _build(self) -> None:
        words = self._desk.words
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.head.setProperty("role", "head")
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.twins.setWordWrap(True)
        self.twins.setProperty("role", "doubt")
        words.put(self.remove_button, "刪除政策")
        words.put(self.remove_button, "連同各個版本一起刪除，可以撤銷；已有發放或公示的不能刪", setter="setToolTip")
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.end_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * theme.STEP, 2 * theme.STEP, 2 * theme.STEP, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        for part in (self.state, self.twins, self.ask, self.strip, self.fields):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        for ground in (inside, self.viewport()):  # the page's own ground
            ground.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the card, for it does not scroll sideways."""
        inside = self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(inside, super().minimumSizeHint().height())

    def show_row(self, row: PolicyRow) -> None:
        """Show a policy: the version that was shown if it is the same policy, else the one of today."""
        same = self.row is not None and self.row.id == row.id
        kept = self._line.version if same and self._line is not None else None
        if not same:
            self.ask.hide()
            self.verticalScrollBar().setValue(0)
        self.row = row
        self._show_line(next((one for one in row.book.versions if one.version == kept), row.line))

    def show_version(self, version: int) -> None:
        """Show a version of the policy."""
        if self.row is not None:
            self.fields.finish()
            self._show_line(next(one for one in self.row.book.versions if one.version == version))

    def _show_line(self, line: PolicyLine) -> None:
        assert self.row is not None
        self._line = line
        self.strip.show_version(self.row.book, line)
        self.fields.show_version(
            line.version, self.row.book.texts[line.version], self.row.doubts[line.version], line.values
        )
        self._say()

    def _say(self) -> None:
        row, line, words = self.row, self._line, self._desk.words
        if row is None or line is None:
            return
        self.head.setText(row.book.name)
        say = self._desk.say
        lacks = lacking(line)
        told = f"{meter(line)}　" + (say("缺{items}", items=say(lacks)) if lacks else say("七項齊全"))
        if row.book.ended_on is not None:
            told += "　" + say("自 {on} 起停止執行", on=row.book.ended_on.isoformat())
        self.state.setText(told)
        words.put(self.end_button, "停止執行…" if row.book.ended_on is None else "恢復執行")
        self.twins.setVisible(bool(row.same or row.alike))
        twins = [say("與「{name}」同名，請核對是不是同一項。", name=name) for name in row.same]
        twins += [say("名稱與「{name}」相近，請核對是不是同一項。", name=name) for name in row.alike]
        self.twins.setText("\n".join(twins))

    # changing

    def finish(self) -> bool:
        """Commit what was typed and not yet left; tell whether there was anything."""
        return self.fields.finish()

    def _begin_version(self) -> None:
        row = self.row
        if row is None:
            return
        self.finish()
        policy = row.id

        def add(day: date) -> None:
            def operation(database: Database) -> Changes:
                from db import subsidies

                return subsidies.add_version(database, policy=policy, valid_from=day)

            self.version_added.emit(operation)

        self.ask.begin("新版本從這一天起執行；上一版本到前一天為止。內容先照上一版本，再逐項修改。", "添加版本", add)
        self.ensureWidgetVisible(self.ask)

    def _end(self) -> None:
        row = self.row
        if row is None:
            return
        policy = row.id

        def end(day: date | None) -> None:
            from db import subsidies

            self.changed.emit(lambda database: subsidies.end(database, policies=[policy], on=day))

        if row.book.ended_on is not None:
            end(None)
        else:
            self.ask.begin("從這一天起停止執行；目錄裏不再列出，以前的內容和發放記錄都留着。", "停止執行", end)
            self.ensureWidgetVisible(self.ask)

    def _remove(self) -> None:
        row = self.row
        if row is not None:
            from db import subsidies

            policy = row.id
            self.changed.emit(lambda database: subsidies.remove(database, policies=[policy]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape bring back what is stored."""
        if event.key() == Qt.Key.Key_Escape:
            self.fields.restore()
        super().keyPressEvent(event)
