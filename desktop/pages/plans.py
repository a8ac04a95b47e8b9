"""The page 要點: is the notice read rightly? Reading, checking, storing, and on to dividing the tasks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from db.drafts import DocumentDraft
from db.shipped import shipped
from desktop.desk import Desk
from desktop.drafting import Entry, History, Spot
from desktop.pages.page import Page
from desktop.pages.plans_bench import Bench
from desktop.pages.plans_chooser import DRAFT, START, Chooser
from desktop.pages.plans_correcting import TABLES, Corrector
from desktop.pages.plans_outline import Kind
from desktop.pages.plans_reading import ProgressLine, put_behind, read_files, read_words, told
from desktop.pages.plans_start import PastePane, StartPane
from desktop.pages.plans_storing import Answer, ask, first_gap, name_of

if TYPE_CHECKING:
    from db.changes import Changes
    from db.plans import PlanLine
    from desktop.pages.plans_stored import Stored

SAMPLE = ("plans", "hunan-2022-16.txt")


class PlansPage(Page):
    """The page 要點. A draft stays on it, in memory, until it is stored or dropped."""

    name = "要點"
    icon = "mdi6.file-document-outline"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.history = History()
        self.shown: int | None = None  # START, DRAFT or the id of a plan; None before the first arrival
        self._lines: Sequence[PlanLine] = ()
        self._kept: dict[int, Entry] = {}  # what was stored from here, by plan: an undone import comes back
        self._place = (Kind.DOCUMENT, Spot(0))
        self._storing = False
        self._build()
        self.corrector = Corrector(desk, self.bench)
        self._connect()

    @property
    def stored(self) -> Stored | None:
        """Return the stored notice that is shown."""
        return self.corrector.stored

    def _build(self) -> None:
        words = self.desk.words
        self.chooser = Chooser(words)
        self.side_actions.addWidget(self.chooser)
        self.revise_button = self.add_action("讀入更正稿…")
        words.put(self.revise_button, "通知有更正時，讀入新稿，逐條對照後套用；任務都保留", setter="setToolTip")
        self.open_button = self.add_action("打開文件…")
        self.paste_button = self.add_action("粘貼文字…")
        words.put(self.open_button, "打開通知文件（Ctrl+O）", setter="setToolTip")
        words.put(self.paste_button, "讀取粘貼的文字或表格（Ctrl+Shift+V）", setter="setToolTip")
        self.start, self.paste, self.bench = StartPane(words), PastePane(words), Bench(self.desk)
        self.views = QStackedWidget()
        for view in (self.start, self.paste, self.bench):
            self.views.addWidget(view)
        self.body.addWidget(self.views, 1)
        self.progress = ProgressLine(words)
        self.body.addWidget(self.progress)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        for button in (self.open_button, self.start.open_button):
            button.clicked.connect(self.choose_files)
        for button in (self.paste_button, self.start.paste_button):
            button.clicked.connect(self.begin_pasting)
        self.start.sample_button.clicked.connect(lambda: self.read([shipped(*SAMPLE)]))
        self.paste.pasted.connect(self.read_pasted)
        self.paste.left.connect(lambda: self.show_what(DRAFT if self.history.now else START))
        self.chooser.picked.connect(self.show_what)
        self.bench.changed.connect(self._on_edit)
        self.main_action.clicked.connect(self._act)
        self.revise_button.clicked.connect(self._revise)
        self.desk.changed.connect(self._on_change)
        self.desk.jobs.busy.connect(self._on_busy)
        QShortcut(QKeySequence.StandardKey.Open, self, self.choose_files)
        QShortcut(QKeySequence("Ctrl+Shift+V"), self, self.begin_pasting)
        QShortcut(QKeySequence.StandardKey.Save, self, self._save)

    # what is shown

    def arrived(self) -> None:
        """Bring the list of stored plans up to date."""
        from db import plans

        self.desk.ask(self, plans.listed, self._on_lines)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns("plan", "work_point", "assignment"):
            self.arrived()
        if self.shown is None or self.shown <= 0:
            return
        if changes.concerns("document_revision"):
            self.show_what(self.shown)
        elif changes.concerns(*TABLES):
            self.corrector.renew()

    def _on_lines(self, lines: list[PlanLine]) -> None:
        self._lines = lines
        here = {line.id for line in lines}
        back = {id(entry): entry for plan, entry in self._kept.items() if plan not in here}
        self._kept = {plan: entry for plan, entry in self._kept.items() if plan in here}
        if back:
            self.history.push((*self.history.now, *back.values()))
            self.show_what(DRAFT)
        elif self.shown is None and not self.history.now:
            self.show_what(lines[0].id if lines else START)
        elif self.shown and self.shown > 0 and self.shown not in here:
            self.show_what(DRAFT if self.history.now else START)
        self._refresh()

    def show_what(self, what: int, *, point: int | None = None) -> None:
        """Show the first pane (START), the draft (DRAFT) or a stored plan by its id, at a point of it."""
        if what > 0:
            from desktop.pages import plans_stored

            def opened(stored: Stored) -> None:
                self._open(what, stored, point)

            self.shown = what if self.shown is None else self.shown  # the first arrival need choose no plan itself
            self.desk.ask(self, lambda session: plans_stored.load(session, what), opened)
            return
        self._leave_draft()
        self.shown, self.corrector.stored = what, None
        if what == DRAFT:
            kind, spot = self._place
            self.bench.open(self.history, editable=True, kind=kind, spot=spot)
        self.views.setCurrentWidget(self.bench if what == DRAFT else self.start)
        self._refresh()

    def _open(self, plan: int, stored: Stored, point: int | None) -> None:
        self._leave_draft()
        self.shown, self.corrector.stored = plan, stored
        history = History((Entry(stored.document, stored.year),))
        place = stored.plans.index(plan)
        kind, spot = Kind.PLAN, Spot(0, place)
        if point in stored.points[place]:
            kind, spot = Kind.POINT, Spot(0, place, stored.points[place].index(point))
        self.bench.open(history, editable=False, kind=kind, spot=spot)
        self.views.setCurrentWidget(self.bench)
        self._refresh()

    def _leave_draft(self) -> None:
        """Remember where in the draft the clerk was."""
        if self.shown == DRAFT and self.bench.steps.history is self.history and self.history.now:
            self.bench.finish()
            self._place = self.bench.kind, self.bench.spot

    def _on_edit(self) -> None:
        if not self.history.now:
            self.show_what(START)
        elif self.shown != DRAFT:
            self.show_what(DRAFT)
        else:
            self._refresh()

    def _refresh(self) -> None:
        name = name_of(self.history.now) if self.history.now else None
        shown = START if self.shown is None else self.shown
        self.chooser.offer(draft=name, lines=self._lines, shown=shown)
        waiting = bool(self._undivided())
        template = "存入" if shown == DRAFT else "下一步：分解任務" if waiting else "查看臺賬"
        self.set_main_action(template).setVisible(shown != START)
        self.revise_button.setVisible(shown > 0)
        hint = "存入數據庫（Ctrl+S）" if shown == DRAFT else "為每條要點擬出縣裏的牽頭單位和時限" if waiting else ""
        self.desk.words.put(self.main_action, hint, setter="setToolTip")

    def _revise(self) -> None:
        from desktop.pages import plans_revising

        path = plans_revising.choose(self, self.desk)
        if path is not None:
            self.revise(path)

    def revise(self, path: Path) -> None:
        """Read a corrected notice of the stored plan shown and let the clerk see what it changes."""
        from desktop.pages import plans_revising

        if self.shown is not None and self.shown > 0:
            plans_revising.begin(self, self.desk, self.shown, path)
            self.progress.say("正在讀取「{name}」…", name=path.name)

    def _undivided(self) -> list[int]:
        """Return the plans of the shown document that have no tasks yet."""
        mine = self.stored.plans if self.stored else ()
        return [line.id for line in self._lines if line.id in mine and not line.assignments]

    # reading

    def choose_files(self) -> None:
        """Ask for files and read them."""
        say = self.desk.say
        kinds = f"{say('通知')} (*.txt *.docx *.html *.htm *.xlsx);;{say('所有文件')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self, say("打開通知文件"), "", kinds)
        self.read([Path(name) for name in names])

    def begin_pasting(self) -> None:
        """Show the place for pasted text."""
        self._leave_draft()
        self.shown = START
        self.views.setCurrentWidget(self.paste)
        self._refresh()
        self.paste.begin()

    def read(self, paths: Sequence[Path]) -> None:
        """Read files in a job and put what they hold into the draft."""
        if paths:
            job = self.desk.work(self, lambda progress: read_files(paths, progress, self.desk.database), self.take)
            names = "」「".join(path.name for path in paths)
            self.progress.say("正在讀取「{name}」…", name=names, job=job if len(paths) > 1 else None)

    def read_pasted(self, text: str) -> None:
        """Read pasted text in a job."""
        self.desk.work(self, lambda _progress: read_words(text, self.desk.database), self.take)
        self.progress.say("正在讀取粘貼的文字…")

    def take(self, documents: Sequence[DocumentDraft]) -> None:
        """Put read documents into the draft, behind what is there; one that is there already only shows."""
        self._leave_draft()
        before = self.history.now
        draft, place = put_behind(before, documents)
        if len(draft) > len(before):
            self.history.push(draft)
        if draft:
            self._place, self.shown = (Kind.DOCUMENT, Spot(place)), None
            self.show_what(DRAFT)
        self.desk.told.emit(told(self.desk, draft[len(before) :], len(documents)), None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        mime = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.read(paths)
        elif mime.hasText():
            self.read_pasted(mime.text())

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        if not busy:
            self.progress.hide()
            self._storing = False
            self.bench.setEnabled(True)
            self.main_action.setEnabled(True)

    # storing and dividing

    def _save(self) -> None:
        if self.shown == DRAFT:
            self.store()
        else:
            self.bench.finish()

    def _act(self) -> None:
        if self.shown == DRAFT:
            self.store()
        elif self._undivided():
            self._divide(self._undivided())
        else:
            self._go_to_ledger()

    def store(self, *, closing: bool = False) -> None:
        """Store the draft, one document after the other; what cannot be stored stays."""
        self.bench.finish()
        if self._storing or not self.history.now:
            return
        gap = first_gap(self.history.now)
        if gap is None:
            self._store_next(closing=closing)
            return
        self._place, self.shown = gap[:2], None
        self.show_what(DRAFT)
        self.desk.troubled.emit(gap[2])

    def _store_next(self, *, closing: bool) -> None:
        entry, *rest = self.history.now

        def work() -> Changes:
            from db import planstore

            return planstore.store(self.desk.database, draft=entry.document, year=entry.year)

        def done(changes: Changes) -> None:
            self.history = History(tuple(rest))
            self._kept.update(dict.fromkeys(changes.ids("plan"), entry))
            self._place, self.shown = (Kind.DOCUMENT, Spot(0)), None
            if rest:
                self.show_what(DRAFT)
                self._store_next(closing=closing)
            elif closing:
                self.window().close()
            else:
                self.show_what(changes.ids("plan")[0])
                self.main_action.setFocus()

        self._storing = True
        self.bench.setEnabled(False)
        self.main_action.setEnabled(False)
        self.progress.say("正在存入「{name}」…", name=name_of(self.history.now))
        self.desk.perform(self, work, done)

    def _divide(self, plans: Sequence[int]) -> None:
        def work() -> Changes:
            from db import proposals

            return proposals.propose_all(self.desk.database, plans=plans)

        self.main_action.setEnabled(False)
        self.progress.say("正在分解任務…")
        self.desk.perform(self, work, lambda _changes: self._go_to_ledger())

    def _go_to_ledger(self) -> None:
        from desktop.pages.ledger import LedgerPage
        from desktop.window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.go_to(LedgerPage)

    # the draft and the window

    def undo_own(self) -> bool:
        """Take back the last edit of the draft."""
        mine = self.bench.steps.history is self.history and (self.shown == DRAFT or not self.history.now)
        return mine and not self._storing and self.bench.undo()

    def _close(self) -> None:
        self.window().close()

    def may_close(self) -> bool:
        """Ask what is to become of a draft: store it, drop it, or stay. A correction that is half typed is stored."""
        if self.corrector.finish():
            self.desk.jobs.run(self, lambda _job: None, lambda _none: self._close(), self.desk.troubled.emit)
            return False
        self._leave_draft()
        if self._storing:
            self.desk.told.emit(self.desk.say("正在存入，請稍候再關閉。"), None)
            return False
        if not self.history.now:
            return True
        answer = ask(self, self.desk, self.history.now)
        if answer is Answer.STORE:
            self.store(closing=True)  # closes the window again when all is stored
        return answer is Answer.DROP
