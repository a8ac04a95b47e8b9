"""Making postings (製作公示): which, how, and what is wrong in them, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from db.errors import Trouble
from db.terms import PostingProfile
from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog
from exports.posting.options import KINDS, PDF, XLSX, Options
from exports.posting.wanted import Report, Wanted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.jobs import Progress
    from exports.pdf import Print
    from exports.pdf.press import Tick

_FILES = {"PDF 和 Excel": KINDS, "只要 PDF": (PDF,), "只要 Excel": (XLSX,)}
_PROFILES = {"按各項補貼的設置": None, "一般": PostingProfile.PLAIN, "從嚴": PostingProfile.STRICT}
_EACH, _TOGETHER = "每項補貼各一份", "各項補貼合成一份"
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be made: the periods, the policies paid in each, and the villages that are chosen in each."""

    periods: tuple[str, ...]
    policies: dict[str, tuple[tuple[int, str], ...]]
    places: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Job:
    """What the clerk has decided on."""

    wanted: Wanted
    options: Options
    folder: Path
    confirmed: bool


class MakeDialog(StepDialog):
    """``decided`` carries a :class:`Job`. The report is read anew whenever a field changes."""

    decided = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, choice: Choice, folder: Path) -> None:
        super().__init__(parent, desk, "製作公示", "選擇文件夾並製作…")
        self._choice, self._folder = choice, folder
        self._survey: Progress | None = None
        self._reports: list[Report] = []
        desk.words.put(self.head, "先看下面的預檢結果：有個人信息的不會製作；印不出的字要先換。")
        self.period, self.subject, self.range = QComboBox(), QComboBox(), QComboBox()
        self.days, self.unit, self.profile = QSpinBox(), QComboBox(), QComboBox()
        self.paper, self.files = QComboBox(), QComboBox()
        self.notes, self.groups, self.confirm = QCheckBox(), QCheckBox(), QCheckBox()
        self.question, self.report = QLabel(), QListWidget()
        self.preview_button = QPushButton()
        self._build()
        self._connect()
        self._on_period()

    def _build(self) -> None:
        words, form = self.desk.words, self.form
        for period in self._choice.periods:
            self.period.addItem(period, period)
        for part, options in (
            (self.unit, ("天", "個工作日")),
            (self.profile, _PROFILES),
            (self.files, _FILES),
            (self.range, ("全部村", "選中的 {n} 個村")),
        ):
            for place, word in enumerate(options):
                part.addItem("")
                words.put(part, word, setter="setItemText", before=(place,), n=0)
        self.paper.addItems(["A4", "A3"])
        self.days.setRange(1, 60)
        self.days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.days.setValue(7)
        self.groups.setChecked(True)
        for tick, word in (
            (self.notes, "印出備註"),
            (self.groups, "印出組別"),
            (self.confirm, "我已核對，可以這樣公示"),
        ):
            words.put(tick, word)
        self.question.setWordWrap(True)
        self.question.setProperty("role", "error")
        span, extras = QWidget(), QWidget()
        _side_by_side(span, self.days, self.unit)
        _side_by_side(extras, self.groups, self.notes)
        fields = ((self.period, "發放期"), (self.subject, "補貼"), (self.range, "範圍"), (span, "公示期"))
        others = ((self.profile, "公示方式"), (self.paper, "紙張"), (self.files, "文件"), (extras, "欄目"))
        for row, ((left, one), (right, other)) in enumerate(zip(fields, others, strict=True)):
            form.put(left, one, row, 0)
            form.put(right, other, row, 2)
        form.grid.setColumnStretch(3, 1)
        words.put(self.days, "公示期", setter="setAccessibleName")
        form.put(self.report, "預檢", 4, 0, 3)
        form.grid.addWidget(self.question, 5, 1, 1, 3)
        form.grid.addWidget(self.confirm, 6, 1, 1, 3)
        self.report.setWordWrap(True)
        self.report.setMinimumHeight(5 * self.fontMetrics().height())
        words.put(self.preview_button, "預覽第一份")
        self._buttons().insertWidget(0, self.preview_button)

    def sizeHint(self) -> QSize:
        """Give the two columns of fields their room, as far as the window has it."""
        usual, parent = super().sizeHint(), self.parentWidget()
        wide = 46 * self.fontMetrics().height()
        if parent is not None:
            wide = min(wide, parent.window().width() - 8 * theme.STEP)
        return QSize(max(usual.width(), wide), usual.height())

    def _buttons(self) -> QHBoxLayout:
        whole = self.layout()
        assert whole is not None
        last = whole.itemAt(whole.count() - 1)
        assert last is not None
        row = last.layout()
        assert isinstance(row, QHBoxLayout)
        return row

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(lambda _place: self._on_period())
        for part in (self.subject, self.range, self.unit, self.profile, self.paper, self.files):
            part.currentIndexChanged.connect(lambda _place: self._look())
        self.days.valueChanged.connect(lambda _days: self._look())
        for tick in (self.notes, self.groups):
            tick.toggled.connect(lambda _on: self._look())
        self.confirm.toggled.connect(lambda _on: self._enable())
        self.preview_button.clicked.connect(self._preview)
        self.desk.words.changed.connect(self._list)
        self.finished.connect(lambda _code: self._stop())

    def show_first(self) -> None:
        """Open with the cursor in the first field."""
        self.begin(self.period)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as two columns of fields need."""
        self.resize(max(self.width(), self.sizeHint().width()), self.height())
        super().showEvent(event)

    # what is chosen

    def _on_period(self) -> None:
        period, words = str(self.period.currentData() or ""), self.desk.words
        self.subject.blockSignals(True)
        self.subject.clear()
        for place, word in enumerate((_EACH, _TOGETHER)):
            self.subject.addItem("")
            words.put(self.subject, word, setter="setItemText", before=(place,))
        for policy, name in self._choice.policies.get(period, ()):
            self.subject.addItem(name, policy)
        self.subject.blockSignals(False)
        chosen = self._choice.places.get(period, ())
        self.range.blockSignals(True)
        words.put(self.range, "選中的 {n} 個村", setter="setItemText", before=(1,), n=len(chosen))
        self.range.setCurrentIndex(1 if len(chosen) > 1 else 0)
        self.range.setEnabled(bool(chosen))
        self.range.blockSignals(False)
        self._look()

    def wanted(self) -> Wanted:
        """Return which postings the fields ask for."""
        period, policy = str(self.period.currentData() or ""), self.subject.currentData()
        paid = self._choice.policies.get(period, ())
        each = tuple(number for number, _ in paid) if self.subject.currentIndex() == 0 else ()
        places = self._choice.places.get(period, ()) if self.range.currentIndex() == 1 else None
        return Wanted(period, each if policy is None else (int(policy),), places)

    def options(self) -> Options:
        """Return how they are to look."""
        return Options(
            days=self.days.value(),
            working_days=self.unit.currentIndex() == 1,
            profile=list(_PROFILES.values())[self.profile.currentIndex()],
            paper=self.paper.currentText(),
            kinds=list(_FILES.values())[self.files.currentIndex()],
            with_notes=self.notes.isChecked(),
            with_groups=self.groups.isChecked(),
        )

    # the report

    def _stop(self) -> None:
        if self._survey is not None:
            self._survey.stopped = True
            self._survey = None

    def _look(self) -> None:
        """Read the report for what the fields ask for; one that is being read is given up."""
        from db import settings
        from exports.posting import wanted as asking

        self._stop()
        wanted, options, say = self.wanted(), self.options(), self.desk.say
        self.error.hide()
        self.report.clear()
        self.report.addItem(say("正在預檢…"))

        def work(progress: Progress) -> tuple[Trouble | None, list[Report]]:
            def tick(done: int, total: int) -> None:
                progress.at(done, total)
                progress.breathe()

            with self.desk.database.reading() as session:
                question = asking.question(session, wanted, options=options)
                office = settings.office(session)
                return question, asking.survey(session, wanted, options=options, office=office, tick=tick)

        def then(found: tuple[Trouble | None, list[Report]]) -> None:
            self._take(running, *found)

        running = self.desk.jobs.run(self, work, then, self._failed, what="正在預檢…")
        self._survey = running
        self._enable()

    def _failed(self, error: BaseException) -> None:
        from db.errors import Cancelled

        if isinstance(error, Cancelled):
            return
        if isinstance(error, Trouble):
            self.report.clear()
            self.say_trouble(error)
        else:
            self.desk.troubled.emit(error)

    def _take(self, running: Progress, question: Trouble | None, reports: list[Report]) -> None:
        if self._survey is not running:
            return
        self._survey, self._reports = None, reports
        if question is not None:
            self.desk.words.put(self.question, question.template, setter="setText", before=(), **question.facts)
        self.question.setVisible(question is not None)
        self.confirm.setVisible(question is not None)
        self.confirm.setChecked(False)
        self._list()
        self._enable()
        self.fit()

    def _list(self) -> None:
        say = self.desk.say
        if self._survey is not None:
            return
        self.report.clear()
        reports = self._reports
        rows, stopped = sum(one.rows for one in reports), sum(bool(one.private) for one in reports)
        self.report.addItem(
            say("共 {n} 份，{rows} 筆；不能製作 {stopped} 份。", n=len(reports), rows=rows, stopped=stopped)
        )
        lines = [line for one in reports for line in self._lines(one)]
        for line in lines[:_MOST_LISTED]:
            self.report.addItem(line)
        if len(lines) > _MOST_LISTED:
            self.report.addItem(say("還有 {n} 處。", n=len(lines) - _MOST_LISTED))
        if reports and not lines:
            self.report.addItem(say("沒有發現個人信息，字都印得出。"))

    def _lines(self, one: Report) -> list[str]:
        say = self.desk.say
        lines = [say("■ 不能製作「{title}」：{what}", title=one.title, what=found.told(say)) for found in one.private]
        lines += [say("▲「{title}」{what}", title=one.title, what=missing.told(say)) for missing in one.missing]
        told = self.desk.words.say_stored
        return lines + [say("▲「{title}」：{what}", title=one.title, what=told(warning)) for warning in one.warnings]

    def _enable(self) -> None:
        ready = self._survey is None and any(not one.private for one in self._reports)
        self.preview_button.setEnabled(ready)
        self.ok_button.setEnabled(ready and (self.confirm.isHidden() or self.confirm.isChecked()))

    # what comes of it

    def _preview(self) -> None:
        first = next(one for one in self._reports if not one.private)
        wanted = Wanted(self.wanted().period, (first.policy,) if first.policy else (), (first.place,))
        options = self.options()
        self.desk.preview(self.parent(), lambda session, tick: printed(session, tick, wanted, options), "公示")
        self.reject()

    def decide(self) -> None:
        """Ask for the folder and hand on what was decided."""
        folder = QFileDialog.getExistingDirectory(self, self.desk.say("公示放在哪個文件夾"), str(self._folder))
        if folder:
            self.decided.emit(Job(self.wanted(), self.options(), Path(folder), confirmed=self.confirm.isChecked()))
            self.accept()


def printed(session: Session, tick: Tick, wanted: Wanted, options: Options) -> Print:
    """Print the first posting that is wanted, to be looked at; raises where anything private would be on it."""
    from db import settings
    from exports.posting.paper import print_posting
    from exports.posting.scan import refuse_private
    from exports.posting.wanted import posted
    from exports.privacy import require_clean

    first = next(posted(session, wanted, options=options, office=settings.office(session)))
    content = first.composed.content
    refuse_private(content)
    made = print_posting(content, paper=options.paper, tick=tick)
    require_clean(made.content, name=content.title, allowed=content.public_numbers)
    return made


def _side_by_side(holder: QWidget, *parts: QWidget) -> None:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.STEP)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
