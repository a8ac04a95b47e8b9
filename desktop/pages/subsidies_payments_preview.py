"""What an import of payment sheets would take, before it is stored: sums, findings by cell, columns, open questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.errors import Cancelled, PrivateLocked, Trouble
from db.money import figures
from desktop import theme
from desktop.desk import Desk
from desktop.pages.subsidies_payments_asked import AskedTable, ColumnsTable
from desktop.pages.subsidies_payments_told import ToldForm
from desktop.widgets.chips import add_chips
from desktop.widgets.flow import FlowLayout
from desktop.widgets.jobline import JobLine
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from db.changes import Changes
    from desktop.jobs import Progress
    from exports.payments.choices import Choices
    from exports.payments.importing import Preview

T = TypeVar("T")
_VIEWS = ("核對結果", "各村合計", "列的對應", "要指明的")
_MOST_LISTED = 1_000
_NO_IDENTITY = (
    "沒有設置密碼：身份證號和賬號只留掩碼，不同發放表之間按身份證號查重做不到。要查重，請先在「設置 → 安全」設置密碼。"
)


class PreviewPane(QWidget):
    """``left`` says that the import is given up, ``stored`` that it is through, ``ready`` that other rows are shown."""

    left = Signal()
    stored = Signal()
    ready = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shown: Preview | None = None
        self._paths: list[Path] = []
        self.told, self.hint, self.job = QLabel(), QLabel(), JobLine(desk.words, desk.jobs)
        self.form = ToldForm(desk)
        self.findings = ReadTable(desk.words, "核對結果", ("工作表", "單元格", "內容", "核對結果"), wide=3)
        sums = ("村", "補貼政策", "發放期", "行數", "金額（元）", "表中合計（元）")
        self.sums = ReadTable(desk.words, "各村合計", sums, wide=1)
        self.columns, self.asked = ColumnsTable(desk), AskedTable(desk)
        self.chips, self.stack = QButtonGroup(self), QStackedWidget()
        self.again_button, self.places_button, self.cancel_button = QPushButton(), QPushButton(), QPushButton()
        self._build()
        self.again_button.clicked.connect(self._again)
        self.cancel_button.clicked.connect(self._give_up)
        self.places_button.clicked.connect(self._add_places)
        self.chips.idClicked.connect(self.stack.setCurrentIndex)
        for part in (self.form, self.columns, self.asked):
            part.changed.connect(self._again)
        desk.words.changed.connect(self._show)
        desk.scaled.connect(lambda _scale: self._fit())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.store)
        QShortcut(QKeySequence.StandardKey.Cancel, self, self._give_up)

    def _build(self) -> None:
        words = self.desk.words
        for button, word in (
            (self.places_button, "把這些村加入區劃"),
            (self.again_button, "重新核對"),
            (self.cancel_button, "取消"),
        ):
            words.put(button, word)
        self.told.setProperty("role", "head")
        self.hint.setProperty("role", "faint")
        for label in (self.told, self.hint):
            label.setWordWrap(True)
        bar, views, acts = QHBoxLayout(), FlowLayout(theme.STEP), FlowLayout(theme.STEP, right=True)
        bar.addLayout(views, 1)
        bar.addLayout(acts, 1)
        add_chips(views, self.chips, words, _VIEWS)
        for button in (self.places_button, self.again_button, self.cancel_button):
            acts.addWidget(button)
        for view in (self.findings, self.sums, self.columns, self.asked):
            self.stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * theme.STEP, 0, 0)
        column.setSpacing(2 * theme.STEP)
        for part in (self.told, self.job, self.form, self.hint):
            column.addWidget(part)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)

    def _fit(self) -> None:
        for table in (self.findings, self.sums, self.columns, self.asked):
            table.fit()

    # reading

    def read(self, paths: list[Path]) -> None:
        """Read sheets by what they say themselves."""
        self._paths, self.shown = paths, None
        self.form.begin()
        self.columns.clear_choices()
        self.asked.clear_choices()
        self.chips.button(0).setChecked(True)
        self.stack.setCurrentIndex(0)
        self._again()

    def choices(self) -> Choices:
        """Return what the clerk said so far."""
        return replace(
            self.form.choices(),
            columns=self.columns.choices(),
            places=self.asked.places(),
            policies=self.asked.policies(),
        )

    def _again(self) -> None:
        """Read the sheets once more by what the clerk says now."""
        if self.job.job is not None:
            return
        self._begin_words()
        paths = self._paths
        try:
            choices = self.choices()
        except Trouble as trouble:
            self.desk.troubled.emit(trouble)
            return

        def work(progress: Progress) -> Preview:
            from exports.payments import importing

            return importing.preview(self.desk.database, paths=paths, choices=choices, progress=_steps(progress))

        self._run(work, self._take, "正在讀取發放表…")

    def _begin_words(self) -> None:
        names = "、".join(path.name for path in self._paths)
        self.desk.words.put(self.told, "正在核對「{names}」…", setter="setText", before=(), names=names)

    def _run(self, work: Callable[[Progress], T], then: Callable[[T], None], what: str) -> None:
        def done(found: T) -> None:
            self.job.end()
            then(found)

        job = self.desk.jobs.run(self, work, done, self._failed, what=what)
        self.job.follow(job, what)
        self.ready.emit()

    def _failed(self, error: BaseException) -> None:
        self.job.end()
        if self.shown is None or isinstance(error, PrivateLocked):
            self.left.emit()
        else:
            self._show()
        self.ready.emit()
        if not isinstance(error, Cancelled) or self.shown is not None:
            self.desk.troubled.emit(error)

    def _take(self, shown: Preview) -> None:
        first, self.shown = self.shown is None, shown
        self._show()
        if first:  # the button that asked for the sheet is out of sight
            self.findings.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ready.emit()

    # showing

    def rows(self) -> str:
        """Return how many rows would be stored, for the main action."""
        return f"{self.shown.rows:,}" if self.shown is not None else "0"

    def may_store(self) -> bool:
        """Tell whether there is anything to store."""
        return self.shown is not None and bool(self.shown.rows) and self.job.job is None

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            return
        from exports.payments import told

        say, words = self.desk.say, self.desk.words
        template = "「{names}」：可導入 {rows} 行、{sum} 元"
        template += "；{left} 行不能採用" if shown.left_out else ""
        template += "；{doubts} 處要核對" if shown.doubts else ""
        words.put(
            self.told,
            template + "。",
            setter="setText",
            before=(),
            names="、".join(file.name for file in shown.files),
            rows=f"{shown.rows:,}",
            sum=figures(shown.amount_fen),
            left=f"{shown.left_out:,}",
            doubts=f"{shown.doubts:,}",
        )
        self._hint(shown)
        found = [one for sheet in shown.sheets for one in sheet.findings.told]
        found.sort(key=lambda one: not one.left_out)
        del found[_MOST_LISTED:]
        self.findings.show_rows(
            [
                (
                    one.problem.sheet,
                    say(one.problem.cell),
                    one.problem.found,
                    self.desk.words.say_stored(one.problem.expected),
                )
                for one in found
            ]
        )
        self.sums.show_rows(
            [
                (village, policy, period, f"{rows:,}", figures(fen), figures(own) if own is not None else say("無"))
                for sheet in shown.sheets
                for village, policy, period, rows, fen, own in told.villages(shown, sheet)
            ]
        )
        self.columns.show_preview(shown)
        self.asked.show_preview(shown)
        self.form.show_preview(shown)
        asked = self.asked.asked
        words.put(
            self.chips.button(3), "要指明的（{n}）" if asked else "要指明的", setter="setText", before=(), n=asked
        )
        from exports.payments.importing import missing_places

        self.places_button.setVisible(bool(missing_places(shown)))

    def _hint(self, shown: Preview) -> None:
        from exports.payments.told import known_line, total_line

        say = self.desk.say
        known = [known_line(file) for file in shown.files if file.known]
        lines = [say(sentence, **facts) for sentence, facts in known]
        lines += [
            say("「{name}」隱藏的表沒有讀取：{sheets}。", name=file.name, sheets="、".join(file.hidden))
            for file in shown.files
            if file.hidden
        ]
        lines += [
            say("表「{sheet}」", sheet=sheet.sheet) + say(total_line(sheet)) + "。"
            for sheet in shown.sheets[:3]
            if sheet.totals.own is not None
        ]
        for sheet in shown.sheets[:3]:
            unknown = "、".join(f"「{one.heading}」" for one in sheet.heading.unknown) if sheet.heading else ""
            if unknown:
                lines.append(say("看不出是什麼的列沒有採用：{columns}。", columns=unknown))
        if not shown.sealing:
            lines.append(say(_NO_IDENTITY))
        self.hint.setText("　".join(lines))
        self.hint.setVisible(bool(lines))

    # deciding

    def store(self) -> None:
        """Store what is shown."""
        shown = self.shown
        if shown is None or not self.may_store():
            return

        def work(progress: Progress) -> Changes:
            from exports.payments import importing

            return importing.apply(self.desk.database, shown=shown, progress=_steps(progress))

        self._run(work, self._on_stored, "正在導入發放表…")

    def _on_stored(self, changes: Changes) -> None:
        self.shown = None
        self.stored.emit()
        self.desk.changed.emit(changes)
        self.desk.told.emit(self.desk.sentence(changes), changes)

    def _add_places(self) -> None:
        from exports.payments.importing import missing_places

        if self.shown is None:
            return
        rows, source = missing_places(self.shown), self.shown.files[0].name

        def operation() -> Changes:
            from db import places

            return places.bring_in(self.desk.database, rows=rows, source=source)

        self.desk.perform(self, operation, lambda _changes: self._again())

    def _give_up(self) -> None:
        if self.job.job is not None:
            self.job.stop.click()
        else:
            self.shown = None
            self.left.emit()


def _steps(progress: Progress) -> Callable[[int, int], None]:
    """Return what tells a job's progress in hundredths: sizes of files do not fit into Qt's whole numbers."""

    def tell(done: int, total: int) -> None:
        progress.at(min(100, done * 100 // total), 100)
        progress.breathe()

    return tell
