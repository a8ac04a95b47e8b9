"""The page 填報: one report after the other, with the last one beside, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QStackedWidget

from db.errors import Trouble
from desktop.desk import Desk
from desktop.evidence import Opener
from desktop.pages.entry_beside import BesidePane
from desktop.pages.entry_list import ListPane
from desktop.pages.entry_rows import Card, Line, Scope
from desktop.pages.entry_sheet import Sheet
from desktop.pages.page import Page

if TYPE_CHECKING:
    from db.changes import Changes

TABLES = ("progress_entry", "evidence", "assignment", "assignment_unit", "course_step", "unit", "plan")
NOTHING = {
    Scope.MISSING: "{period} 沒有未報的任務。要補報或更正，請在左上選「全部在辦」，或在臺賬裏選中任務按回車。",
    Scope.RETURNED: "{period} 這一年度沒有退回補正的填報。要退回，請在臺賬裏選中任務，點「變動」裏的「退回補正」。",
    Scope.ALL: "{period} 這一年度還沒有在辦的任務。請先在「要點」導入通知並分解，或換一個報送期。",
    Scope.DRAFTS: "沒有草稿：寫過的都已保存。要填報，請在左上選「未報」。",
    Scope.GIVEN: "臺賬裏選中的任務已不存在。請在左上選「未報」，或回到臺賬再選。",
}
HEADED_UP_TO = 1.5  # of the usual size of type: beyond that the form needs the room
DRAFT_AFTER = 400  # ms without typing until the draft is kept


class EntryPage(Page):
    """The page 填報. What is typed is kept as a draft at once; leaving a task therefore never asks."""

    name = "填報"
    icon = "mdi6.pencil-box-outline"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list, self.sheet, self.beside = ListPane(desk), Sheet(desk), BesidePane(desk)
        self.form = self.sheet.form
        self.opener = Opener(desk)
        self.nothing = QLabel()
        self.views = QStackedWidget()
        self.card: Card | None = None
        self.given: tuple[int, ...] = ()
        self.period = ""
        self._saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER)
        self._build()
        self._connect()

    def _build(self) -> None:
        words = self.desk.words
        self.save_button = self.add_action("保存")
        words.put(self.save_button, "保存這一項（Ctrl+S）", setter="setToolTip")
        self.set_main_action("保存，下一項")
        words.put(self.main_action, "保存並到下一項（Ctrl+回車）；不保存去下一項：Alt+→", setter="setToolTip")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for view in (self.nothing, self.sheet):
            self.views.addWidget(view)
        self.splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for place, (part, weight) in enumerate(((self.list, 0), (self.views, 3), (self.beside, 2))):
            splitter.addWidget(part)
            splitter.setStretchFactor(place, weight)
        self.body.addWidget(splitter, 1)
        self._share(self.desk.scale)

    def _share(self, scale: float) -> None:
        """Share the width; the larger the type, the more of it the form needs."""
        self.beside.head.setVisible(scale <= HEADED_UP_TO)
        beside = round(370 - 130 * (scale - 1))
        self.splitter.setSizes([230, 960 - beside, beside])

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.main_action.clicked.connect(self.save_and_go_on)
        self.list.asked.connect(self._on_asked)
        self.list.picked.connect(self.show_task)
        self.list.typed.connect(self._type_percent)
        self.list.marked.connect(self.mark_missing)
        self.list.view.activated.connect(lambda _index: self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason))
        self.form.edited.connect(self._timer.start)
        self.form.author_changed.connect(lambda: self.beside.show_card(self.card, self.form.author()))
        self.form.files.asked.connect(self.paste_report)
        self.sheet.discarded.connect(self.discard_draft)
        self.sheet.agreed.connect(self._save_agreed)
        self.beside.copied.connect(self.copy_last)
        self.beside.opened.connect(self.opener.open)
        self._timer.timeout.connect(self.keep_draft)
        self.desk.changed.connect(self._on_change)
        self.desk.scaled.connect(self._share)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.save_and_go_on),
            ("Ctrl+Enter", self.save_and_go_on),
            ("Alt+Right", lambda: self.step(1)),
            ("Alt+Left", lambda: self.step(-1)),
            ("Ctrl+D", self.copy_last),
            ("Ctrl+O", self.form.files.choose),
            ("Ctrl+Shift+V", self.paste_report),
            ("Ctrl+E", self.open_evidence),
        )
        for key, action in keys:
            QShortcut(QKeySequence(key), self, action, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # the list and the task

    def arrived(self) -> None:
        """Read the list; on the first arrival also which period is running."""
        if self.period:
            self._load()
            return
        from desktop.pages import entry_rows

        self.desk.ask(self, lambda session: entry_rows.beginning(session, date.today()), self._begin)

    def _begin(self, found: tuple[str, int]) -> None:
        period, drafts = found
        if not self.period:
            self._set_period(period)
        if drafts:
            told = "有 {n} 份沒有保存的草稿，打開那項任務就能接着寫；在左上選「有草稿」可以只看它們。"
            self.desk.told.emit(self.desk.say(told, n=drafts), None)
        self._load()

    def _set_period(self, period: str) -> None:
        self.period = period
        self.list.keep_period(period)

    def open_on(self, assignment: int, following: Sequence[int] = (), *, period: str | None = None) -> None:
        """Show a task to report on; ``following`` are the ids of the list to go through, in its order."""
        self.given = tuple(dict.fromkeys(following)) if assignment in following else (assignment, *following)
        self.list.offer_given(given=True)
        self.list.choose_scope(Scope.GIVEN)
        if period is not None:
            self._set_period(period)
        self.keep_draft()
        self.card = None
        self._wanted = assignment
        self.arrived()

    _wanted: int | None = None  # the task to show once the list is there

    def _on_asked(self) -> None:
        from desktop.pages import entry_values

        self.keep_draft()
        self._set_period(entry_values.period(self.list.period.text()))
        self.card = None
        self._load()

    def _load(self) -> None:
        from desktop.pages import entry_rows

        scope, period, given = self.list.chosen_scope(), self.period, self.given
        self.desk.ask(
            self, lambda session: entry_rows.lines(session, scope=scope, period=period, given=given), self._take_lines
        )

    def _refresh(self) -> None:
        """Say anew what is known of the same tasks: the list stays while it is gone through."""
        from desktop.pages import entry_rows

        ids, period = [line.id for line in self.list.model.lines], self.period
        scope = Scope.GIVEN if self.card is not None else self.list.chosen_scope()
        given = ids if self.card is not None else self.given
        self.desk.ask(
            self, lambda session: entry_rows.lines(session, scope=scope, period=period, given=given), self._take_lines
        )

    def _take_lines(self, lines: list[Line]) -> None:
        shown = self._wanted or (self.card.id if self.card else None)
        self._wanted = None
        ids = [line.id for line in lines]
        if shown not in ids and not (self.card and shown == self.card.id):
            shown = ids[0] if ids else None
        self.list.show_lines(lines, shown)
        if shown is None:
            self._show_nothing()
        elif self.card is None or self.card.id != shown:
            self.show_task(shown)

    def _show_nothing(self) -> None:
        self.card = None
        self.beside.show_card(None, None)
        self.desk.words.put(self.nothing, NOTHING[self.list.chosen_scope()], period=self.period)
        self.views.setCurrentWidget(self.nothing)
        self._enable()

    def show_task(self, assignment: int) -> None:
        """Show a task; what was typed about the one before is kept."""
        from desktop.pages import entry_rows

        self.keep_draft()
        self.desk.ask(self, lambda session: entry_rows.card(session, assignment), self._take_card)

    def _take_card(self, card: Card | None) -> None:
        if card is None:
            self._load()
            return
        self.card = card
        self.sheet.show_card(card, self.period)
        self.list.choose(card.id)
        self.beside.show_card(card, self.form.author())
        self.views.setCurrentWidget(self.sheet)
        self._enable()
        if self.isVisible() and not self.list.view.hasFocus():
            self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        for button in (self.save_button, self.main_action):
            button.setEnabled(self.card is not None and not self._saving)

    def step(self, by: int) -> None:
        """Go to the next task (1) or the one before (-1) without saving."""
        there = self.list.neighbour(self.card.id if self.card else None, by)
        if there is None:
            self.desk.told.emit(self.desk.say("名單到頭了。"), None)
        else:
            self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_task(there)

    def _on_change(self, changes: Changes) -> None:
        if not changes.concerns(*TABLES) or self._saving:
            return
        if self.isVisible():
            self._refresh()
            if self.card is not None:
                self.keep_draft()
                self.show_task(self.card.id)

    # the draft

    def keep_draft(self) -> None:
        """Keep what is typed about the task shown, if anything."""
        self._timer.stop()
        if self.card is None or self._saving:
            return
        from db import entrydrafts

        assignment, content, period = self.card.id, self.form.content(), self.period
        kept = self.card.draft
        if self.form.dirty() and content != kept:
            self.card = self.sheet.noted(content)
            self.list.model.mark_draft(assignment, draft=True)
            self._write(
                lambda: entrydrafts.save(self.desk.database, assignment=assignment, period=period, content=content)
            )
        elif kept is not None and not self.form.dirty():
            self.card = self.sheet.noted(None)
            self.list.model.mark_draft(assignment, draft=False)
            self._write(lambda: entrydrafts.discard(self.desk.database, assignment=assignment))

    def _write(self, work: Callable[[], None]) -> None:
        self.desk.jobs.run(self, lambda _progress: work(), lambda _none: None, self.desk.troubled.emit)

    def discard_draft(self) -> None:
        """Throw the draft of the task shown away."""
        self.form.clear()
        self.keep_draft()
        self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self) -> bool:
        """Keep the draft; nothing is lost."""
        self.keep_draft()
        return True

    def may_close(self) -> bool:
        """Keep the draft; the window waits for it."""
        self.keep_draft()
        return True

    # saving

    def _type_percent(self, digit: str) -> None:
        if self.card is not None:
            self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.percent.insert(digit)

    def save_and_go_on(self) -> None:
        """Enter the report and show the next task; only the latter where this one is just entered."""
        last = self.card.last(self.form.author()) if self.card is not None else None
        if last is not None and last.period == self.period and not self.form.dirty():
            self.step(1)
        else:
            self.save(go_on=True)

    def save(self, *, go_on: bool = False, lower_agreed: bool = False) -> None:
        """Enter the report; with ``go_on`` show the next task then."""
        card, report = self.card, None if self._saving or self.card is None else self.form.report()
        if card is None or report is None:
            return
        self._timer.stop()
        unit, files = self.form.author(), tuple(self.form.files.files)
        self.sheet.ask_nothing()
        self._saving = True
        self._enable()

        def work() -> Changes:
            from db import progress

            return progress.add(
                self.desk.database,
                code=card.code,
                report=report,
                unit=unit,
                lower_agreed=lower_agreed,
                files=[file.read() for file in files],
            )

        self.desk.perform(
            self, work, lambda _changes: self._saved(card, go_on=go_on), lambda error: self._refused(error, go_on=go_on)
        )

    def _saved(self, card: Card, *, go_on: bool) -> None:
        self._saving = False
        there = self.list.neighbour(card.id, 1) if go_on else card.id
        self.card = None  # what is in the form is entered and no draft any more
        self.form.clear()
        self._refresh_marks()
        if there is None:
            self.desk.told.emit(self.desk.say("名單到頭了，最後一項已保存。"), None)
        self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_task(card.id if there is None else there)

    def _refresh_marks(self) -> None:
        from desktop.pages import entry_rows

        ids, period = [line.id for line in self.list.model.lines], self.period
        self.desk.ask(
            self,
            lambda session: entry_rows.lines(session, scope=Scope.GIVEN, period=period, given=ids),
            lambda lines: self.list.show_lines(lines, self.card.id if self.card else None),
        )

    def _refused(self, error: BaseException, *, go_on: bool) -> None:
        from db.progress import LowerPercent

        self._saving = False
        self._enable()
        if isinstance(error, LowerPercent):
            self.sheet.ask_lower(error, go_on=go_on)
        elif isinstance(error, Trouble):
            self.form.tell("text", error.template, **error.facts)
        else:
            self.desk.troubled.emit(error)
        self._timer.start()

    def _save_agreed(self, go_on: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        self.save(go_on=go_on, lower_agreed=True)

    # helps

    def mark_missing(self) -> None:
        """Say in the ledger that the reports of the period are missing where they are."""
        from db import progress

        period = self.period
        self.desk.perform(self, lambda: progress.mark_missing(self.desk.database, period=period))

    def copy_last(self) -> None:
        """Fill the form with what the unit reported last."""
        last = self.beside.last()
        if last is not None:
            self.form.copy(last)
            self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.percent.selectAll()

    def paste_report(self) -> None:
        """Put the words on the clipboard into the form and keep them as evidence."""
        message = QApplication.clipboard().text().strip()
        if self.card is None:
            return
        if not message:
            self.desk.told.emit(self.desk.say("剪貼板裏沒有文字。請先在微信、郵件裏複製。"), None)
            return
        self.form.take_message(
            message, self.desk.say("{code} {period} 原文.txt", code=self.card.code, period=self.period)
        )

    def open_evidence(self) -> None:
        """Show the newest evidence of the task."""
        first = self.beside.first_evidence()
        if first is not None:
            self.opener.open(first)
        else:
            self.desk.told.emit(self.desk.say("這項任務還沒有佐證材料。"), None)
