"""The tab 公示: where the postings of every village stand, making them, and the register of what hangs where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout

from db.errors import Trouble
from db.postinglist import Matrix, PostingLine
from desktop.desk import Desk
from desktop.models.postings import PostingTable, Shown
from desktop.pages.subsidies_payments import PaymentTab
from desktop.pages.subsidies_postings_register import Folder, RegisterPane
from desktop.pages.subsidies_postings_table import PostingPane
from desktop.pages.subsidies_tab import SubsidyTab
from desktop.widgets.jobline import JobLine
from desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.database import Database
    from db.evidence import Attachment
    from desktop.dialogs.postings import Choice, Job
    from desktop.jobs import Progress
    from exports.posting.run import Result

TABLES = (
    *("posting", "posting_run", "posting_photo", "posting_objection", "payment", "payment_import", "place"),
    *("subsidy_policy", "policy_version", "calendar_day"),
)
_TOLD = 3


class PostingTab(SubsidyTab):
    """The tab 公示. Every change is an operation of its own, so nothing waits to be saved."""

    name = "公示"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = PostingTable(desk.words)
        self.pane, self.register = PostingPane(desk, self.table), RegisterPane(desk)
        self.job = JobLine(desk.words, desk.jobs)
        self.due_button = self.add_action("到期待撤", "只看今天可以撤下的公示")
        self.set_main("製作公示…", "製作公示：先預檢，再選文件夾（Ctrl+N）")
        self._stale = True
        self._choice: Choice | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.pane)
        splitter.addWidget(scrolled(self.register))
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([700, 460])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.job)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        side = self.register
        self.desk.changed.connect(self._on_change)
        self.pane.chosen.connect(self._read_register)
        self.pane.began.connect(lambda: self.turned_to.emit(PaymentTab.name))
        self.due_button.clicked.connect(lambda: self.pane.show_only(Shown.DUE_DOWN))
        side.post_button.clicked.connect(self._post)
        side.down_button.clicked.connect(self._take_down)
        side.preview_button.clicked.connect(self._preview)
        side.folder_button.clicked.connect(self._open_folder)
        side.drop_button.clicked.connect(self._drop)
        side.photo_button.clicked.connect(self._add_photos)
        side.save_photo_button.clicked.connect(self._save_photo)
        side.unphoto_button.clicked.connect(self._remove_photo)
        side.object_button.clicked.connect(self._object)
        side.handle_button.clicked.connect(self._handle)
        QShortcut(QKeySequence.StandardKey.Find, self, self.pane.search.setFocus)
        QShortcut(QKeySequence.StandardKey.New, self, self.act)

    # reading

    def arrived(self) -> None:
        """Read where everything stands if it may have changed."""
        if self._stale:
            self._stale = False
            self.desk.ask(self, _load, self._take)

    def _on_change(self, changes: Changes) -> None:
        if changes.concerns(*TABLES):
            self._stale = True
            if self.isVisible():
                self.arrived()

    def _take(self, found: tuple[Matrix, Choice]) -> None:
        matrix, self._choice = found
        here = self.pane.place()
        self.table.set_matrix(matrix)
        self.pane.refresh()
        self.pane.go(here)
        self.set_main(self.main_word, self.main_tip, enabled=bool(matrix.rows))
        due = self.table.count(Shown.DUE_DOWN)
        self.desk.words.put(self.due_button, "到期待撤 {n}" if due else "到期待撤", n=due)
        self._read_register()

    def _read_register(self) -> None:
        cells = self.pane.cells()
        here = self.pane.place()
        if here is None or not cells:
            self.register.show_folder(None, (), Folder())
            return
        ids = {number for _, _, cell in cells for number in cell.postings}
        village = next((row for row, _, _ in cells if row.place == here[0]), cells[0][0])
        single = len(cells) == 1

        def read(session: Session) -> Folder:
            return _folder(session, here if single else None, ids)

        shown = (village.town + village.village, here[1])
        self.desk.ask(self, read, lambda folder: self._show(shown, here, folder))

    def _show(self, shown: tuple[str, str], here: tuple[int, str], folder: Folder) -> None:
        if self.pane.place() == here:
            self.register.show_folder(shown, self.pane.cells(), folder)

    # making

    def act(self) -> None:
        """Begin to make postings."""
        from dataclasses import replace

        from desktop.dialogs.postings import MakeDialog

        if self._choice is None or not self._choice.periods or self.job.job is not None:
            return
        places: dict[str, tuple[int, ...]] = {}
        for row, period, _ in self.pane.cells():
            places[period] = (*places.get(period, ()), row.place)
        here = self.pane.place()
        first = here[1] if here else self._choice.periods[0]
        periods = tuple(sorted(self._choice.periods, key=lambda one: one != first))
        dialog = MakeDialog(self, self.desk, replace(self._choice, periods=periods, places=places), self._last_folder())
        dialog.decided.connect(self._make)
        dialog.show_first()

    def _last_folder(self) -> Path:
        lines = self.register.lines()
        return Path(lines[0].folder) if lines and Path(lines[0].folder).is_dir() else self.desk.database.path.parent

    def _make(self, job: Job) -> None:
        from exports.posting.run import run
        from exports.posting.secrets import secrets_of

        database = self.desk.database

        def work(progress: Progress) -> Result:
            return run(
                database,
                wanted=job.wanted,
                options=job.options,
                folder=job.folder,
                confirmed=job.confirmed,
                secrets=secrets_of(database),
                tick=progress.at,
            )

        running = self.desk.jobs.run(self, work, self._made, self._failed, what="正在製作公示…")
        self.job.follow(running, "正在製作公示…")

    def _failed(self, error: BaseException) -> None:
        self.job.end()
        self.desk.troubled.emit(error)

    def _made(self, result: Result) -> None:
        self.job.end()
        say, told = self.desk.say, self.desk.words.say_stored
        if result.changes is not None and result.changes.batch is not None:
            self.desk.changed.emit(result.changes)
        made, kept = len(result.made), result.kept
        sentence = say("公示製作 {made} 份，沿用 {kept} 份：{folder}", made=made, kept=kept, folder=result.folder)
        if result.stopped:
            sentence += say("　已停下，再次製作到同一文件夾會接着做。")
        lines = [say("沒有製作「{title}」：{why}", title=title, why=told(why)) for title, why in result.failures]
        lines += [one.told(say) for one in result.missing]
        rest = [say("還有 {n} 處，見目錄。", n=len(lines) - _TOLD)] if len(lines) > _TOLD else []
        self.desk.told.emit("\n".join([sentence, *lines[:_TOLD], *rest]), result.changes)

    # the register

    def _ids(self, wanted: Callable[[PostingLine], bool]) -> tuple[list[int], str]:
        """Return the postings that a step is for, and what they are called: the one under the cursor, or all chosen."""
        many = len(self.pane.cells()) > 1
        line = self.register.line()
        some = [one for one in self.register.lines() if wanted(one)] if many else [line] if line else []
        title = some[0].title if len(some) == 1 else self.desk.say("{n} 份公示", n=len(some))
        return [one.id for one in some], title

    def _post(self) -> None:
        from desktop.dialogs.posting_steps import PostDialog

        ids, title = self._ids(lambda line: line.posted_on is None and not line.superseded)
        if ids:
            dialog = PostDialog(self, self.desk, ids, title)
            dialog.begin(dialog.on)

    def _take_down(self) -> None:
        from desktop.dialogs.posting_steps import DownDialog

        ids, title = self._ids(lambda line: line.posted_on is not None and line.taken_down_on is None)
        if ids:
            dialog = DownDialog(self, self.desk, ids, title)
            dialog.begin(dialog.on)

    def _preview(self) -> None:
        from desktop.dialogs.postings import printed
        from exports.posting.options import Options
        from exports.posting.wanted import Wanted

        line = self.register.line()
        if line is not None:
            policies = (line.policy_id,) if line.policy_id else ()
            wanted = Wanted(line.period, policies, (line.place,))
            options = Options(days=line.days, working_days=line.working_days, profile=line.profile)
            self.desk.preview(self, lambda session, tick: printed(session, tick, wanted, options), "公示")

    def _open_folder(self) -> None:
        line = self.register.line()
        if line is None:
            return
        file = next((Path(line.folder) / name for name in line.files), Path(line.folder))
        if file.parent.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
        else:
            self.desk.troubled.emit(Trouble("文件夾「{folder}」不在了。可以重新製作。", folder=file.parent))

    def _drop(self) -> None:
        from db import postings

        line = self.register.line()
        if line is not None:
            self._perform(lambda database: postings.drop(database, postings=[line.id]))

    def _perform(self, operation: Callable[[Database], Changes]) -> None:
        self.desk.perform(self, lambda: operation(self.desk.database))

    # photos and objections

    def _add_photos(self) -> None:
        line = self.register.line()
        if line is not None:
            kinds = self.desk.say("照片") + " (*.jpg *.jpeg *.png *.webp *.heic *.bmp *.tif *.tiff)"
            names, _ = QFileDialog.getOpenFileNames(self, self.desk.say("附照片…"), "", kinds)
            if names:
                self.add_photos(line.id, [Path(name) for name in names])

    def add_photos(self, posting: int, paths: Sequence[Path]) -> None:
        """Keep photos with a posting."""
        from db import postingphotos

        def add(database: Database) -> Changes:
            return postingphotos.add(database, posting=posting, files=[_attachment(path) for path in paths])

        self._perform(add)

    def _save_photo(self) -> None:
        from db import postingphotos
        from exports.safewrite import safe_write_bytes

        photo, say = self.register.photo(), self.desk.say
        if photo is None:
            return

        def save(kept: Attachment) -> None:
            name, _ = QFileDialog.getSaveFileName(self, say("照片另存…"), kept.name)
            if name:
                try:
                    path = safe_write_bytes(Path(name), kept.content)
                except Trouble as trouble:
                    self.desk.troubled.emit(trouble)
                else:
                    self.desk.told.emit(say("已寫入：{path}", path=path), None)

        self.desk.ask(self, lambda session: postingphotos.content(session, photo), save)

    def _remove_photo(self) -> None:
        from db import postingphotos

        photo = self.register.photo()
        if photo is not None:
            self._perform(lambda database: postingphotos.remove(database, photo=photo))

    def _object(self) -> None:
        from desktop.dialogs.posting_steps import ObjectionDialog

        line = self.register.line()
        if line is not None:
            dialog = ObjectionDialog(self, self.desk, line.id, line.title)
            dialog.begin(dialog.text)

    def _handle(self) -> None:
        from desktop.dialogs.posting_steps import HandlingDialog

        objection = self.register.objection()
        if objection is not None:
            dialog = HandlingDialog(self, self.desk, objection.id, objection.text)
            dialog.begin(dialog.text)


def _load(session: Session) -> tuple[Matrix, Choice]:
    """Read where all postings stand, and what can be made."""
    from db import paymentlist, postingfacts, postinglist
    from desktop.dialogs.postings import Choice

    matrix = postinglist.matrix(session)
    periods = tuple(paymentlist.periods(session))
    policies = {
        period: tuple((one.id, one.name) for one in postingfacts.paid_policies(session, period=period))
        for period in periods
    }
    return matrix, Choice(periods, policies, {})


def _folder(session: Session, here: tuple[int, str] | None, ids: set[int]) -> Folder:
    """Read the postings of one village and period, or the current ones of several."""
    from db import postinglist

    if here is None:
        return Folder(tuple(line for line in postinglist.listed(session) if line.id in ids))
    lines = tuple(postinglist.listed(session, place=here[0], period=here[1]))
    known = {line.id: postinglist.particulars(session, line.id) for line in lines}
    return Folder(
        lines,
        {number: photos for number, (photos, _) in known.items()},
        {number: objections for number, (_, objections) in known.items()},
    )


def _attachment(path: Path) -> Attachment:
    from db.evidence import Attachment
    from db.postingphotos import refuse_large

    refuse_large(path.name, path.stat().st_size)
    return Attachment(path.name, path.read_bytes())
