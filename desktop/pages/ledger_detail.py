"""Beside the table of the ledger: the chosen assignment with its fields, reports, evidence and records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.ledger import LedgerRow
from db.terms import CourseKind, ReportState
from desktop import theme
from desktop.desk import Desk
from desktop.evidence import Opener
from desktop.models.ledger_book import Book
from desktop.pages import ledger_told
from desktop.pages.ledger_actions import accepting, adding, dropping
from desktop.pages.ledger_evidence import EvidencePane
from desktop.pages.ledger_fields import TaskFields
from desktop.pages.ledger_told import Story
from desktop.pages.ledger_values import Operation
from desktop.widgets.course import begin_step
from desktop.widgets.flow import FlowLayout
from desktop.widgets.nothing import Nothing

_PAUSE_MS = 120  # an arrow held down runs over rows without reading each one's story
FIELDS, REPORTS, EVIDENCE, RECORDS = range(4)


class DetailPane(QStackedWidget):
    """``asked`` carries an operation; ``entry`` and ``second`` ask for the form 填報 and for one more assignment."""

    asked = Signal(object)
    entry = Signal(int)
    second = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._words = desk, desk.words
        self.row: LedgerRow | None = None
        self._story: Story | None = None
        self._opener = Opener(desk)
        self.nothing = Nothing(desk.words)
        self.nothing.say("選擇一項任務，在這裏查看和修改。")
        self.head, self.light = QLabel(), QLabel()
        self.fields = TaskFields(desk)
        self.tabs = QTabWidget()
        self.reports, self.records = QTextBrowser(), QTextBrowser()
        self.evidence = EvidencePane(desk, self._opener)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._load)
        self._build()
        self.fields.changed.connect(self.asked)
        self.tabs.currentChanged.connect(lambda _tab: self._load())
        self.evidence.asked.connect(self.asked)
        desk.changed.connect(self._on_change)
        self._words.changed.connect(self._reword)

    def _build(self) -> None:
        self.head.setProperty("role", "head")
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.accept_button, self.drop_button = QPushButton(), QPushButton()
        self.entry_button, self.second_button, self.back_button = QPushButton(), QPushButton(), QPushButton()
        buttons = FlowLayout(theme.STEP)
        for button, word, tip, act in (
            (self.entry_button, "填報", "填報這項任務的進展（Enter）", self._ask_entry),
            (self.accept_button, "採納", "採納這項擬辦任務", lambda: self._ask(accepting)),
            (self.drop_button, "刪除擬辦", "刪除這項擬辦任務（可撤銷）", lambda: self._ask(dropping)),
            (self.back_button, "退回補正…", "把最近一期填報退回單位補正，寫明原因", self._ask_back),
            (self.second_button, "再分一項", "同一要點再添加一項任務，交給另一個單位", self._ask_second),
        ):
            self._words.put(button, word)
            self._words.put(button, tip, setter="setToolTip")
            button.clicked.connect(act)
            buttons.addWidget(button)
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.light)
        self._fill_tabs()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(2 * theme.STEP, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        column.addLayout(buttons)
        column.addWidget(self.tabs, 1)
        self.addWidget(self.nothing)
        self.addWidget(whole)

    def _fill_tabs(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.fields)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        self.fields.setAutoFillBackground(False)
        self.tabs.setDocumentMode(True)
        self.fields.setContentsMargins(*[theme.STEP] * 4)
        for browser in (self.reports, self.records):
            browser.setOpenLinks(False)
            browser.anchorClicked.connect(self._on_link)
        for place, (widget, name) in enumerate(
            ((area, "內容"), (self.reports, "進展"), (self.evidence, "佐證"), (self.records, "記錄"))
        ):
            self.tabs.addTab(widget, "")
            self._words.put(self.tabs, name, setter="setTabText", before=(place,))
            self._words.put(widget, name, setter="setAccessibleName")

    # what is shown

    def offer(self, book: Book) -> None:
        """Offer the units of the county."""
        self.fields.offer(book.units)

    def show_row(self, row: LedgerRow | None) -> None:
        """Show an assignment, or that none is chosen."""
        if row is None:
            self.fields.finish()
        other = self.row is None or row is None or row.id != self.row.id
        self.row = row
        self.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        self.head.setText(row.code)
        self.accept_button.setVisible(not row.confirmed)
        self.accept_button.setEnabled(row.lead_id is not None)
        self.drop_button.setVisible(not row.confirmed)
        self.entry_button.setVisible(row.confirmed)
        self.back_button.setVisible(bool(row.period) and row.report_state is not ReportState.RETURNED)
        self.second_button.setVisible(row.point_id is not None)
        self._say_light()
        self.fields.show_row(row)
        if other:
            self._story = None
            self.reports.clear()
            self.records.clear()
            self.evidence.show_entries(())
        self._pause.start()

    def _say_light(self) -> None:
        if self.row is None:
            return
        light = theme.LIGHTS[self.row.light]
        self.light.setText(f"{light.shape} {self._words.say(light.word)}")
        self.light.setStyleSheet(f"color: {light.colour}; font-weight: bold;")

    def _load(self) -> None:
        """Read the story of the assignment once one of its tabs is to be seen."""
        if self.row is not None and self.tabs.currentIndex() != FIELDS and not self._pause.isActive():
            assignment = self.row.id
            self._desk.ask(self, lambda session: ledger_told.load(session, assignment), self._take)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("evidence", "course_step"):
            self._pause.start()

    def _take(self, story: Story) -> None:
        if self.row is not None and story.assignment == self.row.id:
            self._story = story
            self._tell()

    def _tell(self) -> None:
        story = self._story
        if story is None:
            return
        self.reports.setHtml(ledger_told.timeline(story, self._words))
        self.records.setHtml(ledger_told.deeds(story, self._words))
        self.evidence.show_entries(story.entries)

    def _reword(self) -> None:
        self._say_light()
        self._tell()

    # what is asked for

    def _on_link(self, link: QUrl) -> None:
        self._opener.open(int(link.path()))

    def _ask(self, made: Callable[[Sequence[int]], Operation]) -> None:
        if self.row is not None:
            self.asked.emit(made([self.row.id]))

    def _ask_entry(self) -> None:
        if self.row is not None:
            self.entry.emit(self.row.id)

    def _ask_back(self) -> None:
        if self.row is not None:
            row = self.row.id
            begin_step(self._desk, self, CourseKind.SENT_BACK, lambda: [row])

    def _ask_second(self) -> None:
        if self.row is not None and self.row.point_id is not None:
            self.second.emit(adding(self.row.point_id))
