"""The half 收回 of the page 收發: what came back, file by file and cell by cell, until it is applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.merge import Blank
from db.terms import Verdict
from desktop import theme
from desktop.desk import Desk
from desktop.pages.exchange_collect_back import send_back
from desktop.pages.exchange_collect_cells import CellsPane
from desktop.pages.exchange_collect_files import FilesPane
from desktop.pages.exchange_collect_mapping import MappingPane
from desktop.pages.exchange_collect_read import Collected, collect, compared
from desktop.pages.exchange_collect_side import SidePane
from desktop.widgets.flow import FlowLayout
from desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.changes import Changes
    from db.comparing import Policy
    from db.returns import ReturnPlan
    from desktop.jobs import Progress
    from exports.workbook.collect.foreign import Proposal

_PREFER = (("ask", "衝突：逐格核對"), ("ours", "衝突：以臺賬為準"), ("theirs", "衝突：以收回為準"))
MOST_STEPS = 50
_BLANK = ((Blank.KEEP, "空白格：不報"), (Blank.ERASE, "空白格：清除"))


class CollectPane(QWidget):
    """``ready`` says that files were read, ``changed`` that a choice is made, ``left`` that the clerk goes back."""

    ready = Signal()
    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.collected: Collected | None = None
        self.plan: ReturnPlan | None = None
        self._past: list[ReturnPlan] = []  # before each choice
        self.batch: int | None = None  # of the plan shown, once it is applied
        self.files, self.cells, self.side = FilesPane(desk), CellsPane(desk), SidePane(desk)
        self.mapping, self.beside = MappingPane(desk), QStackedWidget()
        self._mapping_area = scrolled(self.mapping)
        self.head, self.told = QLabel(), QLabel()
        self.prefer, self.blank = QComboBox(), QComboBox()
        self.banner, self.banner_button = QLabel(), QPushButton()
        self.back_button, self.clear_button, self.errors_button = QPushButton(), QPushButton(), QPushButton()
        self.map_button, self.matters_button = QPushButton(), QPushButton()
        self._on_banner: Callable[[], None] = lambda: None
        self._build()
        self._connect()

    # building

    def _build(self) -> None:
        words = self._desk.words
        words.put(self.back_button, "返回分發")
        words.put(self.clear_button, "全部採納無衝突項")
        words.put(self.clear_button, "採納所有沒有衝突的格，也包括剛才不採納的", setter="setToolTip")
        words.put(self.matters_button, "把各單位新增的事項都列為任務（臨時交辦），或都不列", setter="setToolTip")
        words.put(self.map_button, "對應列…")
        words.put(self.map_button, "單位自己的表：指定所選文件每一列是什麼，記住後重新讀取", setter="setToolTip")
        words.put(self.errors_button, "退回單位…")
        words.put(self.errors_button, "把要補正的內容寫成各單位的表，錯處有批註；先套用再退回", setter="setToolTip")
        for box, name in ((self.prefer, "衝突以誰為準"), (self.blank, "空白格的意思")):
            words.put(box, name, setter="setAccessibleName")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._say_policies()
        self.head.setProperty("role", "head")
        top = FlowLayout(2 * theme.STEP)
        decide = (self.prefer, self.blank, self.clear_button, self.matters_button)
        for part in (self.head, *decide, self.map_button, self.errors_button, self.back_button):
            top.addWidget(part)
        for pane in (self.side, self._mapping_area):
            self.beside.addWidget(pane)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.cells)
        below.addWidget(self.beside)
        below.setSizes([820, 340])
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.files)
        self.splitter.addWidget(below)
        self.splitter.setSizes([190, 360])
        for splitter in (below, self.splitter):
            splitter.setChildrenCollapsible(False)
        inside = QWidget()
        column, whole = QVBoxLayout(inside), QVBoxLayout(self)
        for one in (column, whole):
            one.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        column.addWidget(self._build_banner())
        column.addWidget(self.splitter, 1)
        whole.addWidget(scrolled(inside))

    def _build_banner(self) -> QWidget:
        self.notice = QWidget()
        self.banner.setWordWrap(True)
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.banner, 1)
        row.addWidget(self.banner_button)
        self.banner.setProperty("role", "error")
        self.notice.hide()
        return self.notice

    def _say_policies(self) -> None:
        for box, choices in ((self.prefer, _PREFER), (self.blank, _BLANK)):
            here = max(0, box.currentIndex())
            box.clear()
            for value, word in choices:
                box.addItem(self._desk.say(word), value)
            box.setCurrentIndex(here)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.clear_button.clicked.connect(self._accept_clear)
        self.matters_button.clicked.connect(self._choose_matters)
        self.errors_button.clicked.connect(self._choose_folder)
        self.banner_button.clicked.connect(self._act_on_banner)
        self.prefer.activated.connect(lambda _row: self._replan())
        self.blank.activated.connect(lambda _row: self._replan())
        self.files.chosen.connect(self._show_files)
        self.files.doubleClicked.connect(lambda _index: self.begin_mapping())
        self.map_button.clicked.connect(self.begin_mapping)
        self.mapping.left.connect(lambda: self.beside.setCurrentWidget(self.side))
        self.mapping.kept.connect(self.again)
        self.cells.decided.connect(self.choose)
        self.cells.moved.connect(self._show_side)
        self.side.decided.connect(lambda accept: self.cells.accept(accept=accept))
        self._desk.words.changed.connect(self._say_policies)
        self._desk.changed.connect(self._on_change)

    # reading

    def policy(self) -> Policy:
        """Return what the clerk has decided for this import."""
        from db.comparing import Policy

        return Policy(prefer=self.prefer.currentData(), blank=Blank(self.blank.currentData()))

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders on the worker and show what would change."""
        policy = self.policy()

        def work(progress: Progress) -> Collected:
            with self._desk.database.reading() as session:
                return collect(session, paths, policy, progress)

        self._run(work, "正在讀取收回的文件…")

    def again(self) -> None:
        """Read the same files anew, since the ledger or they have changed."""
        if self.collected is not None:
            self.read(self.collected.paths)

    def _replan(self) -> None:
        """Compare the files as read by another policy."""
        if self.collected is None or self.batch is not None:
            return
        known, policy = self.collected, self.policy()

        def work(progress: Progress) -> Collected:
            with self._desk.database.reading() as session:
                return compared(session, known.paths, known.files, policy, progress)

        self._run(work, "正在重新比對…")

    def _run(self, work: Callable[[Progress], Collected], told: str) -> None:
        self._desk.jobs.run(self, work, self._take, self._desk.troubled.emit, what=told)

    def _take(self, collected: Collected) -> None:
        self.collected, self.plan, self.batch = collected, collected.plan, None
        self._past = []
        self.cells.open = True
        self.side.forget()
        self.files.show_plan(self.plan)  # which chooses all of them
        if collected.versions:
            told = "有單位報了幾個版本，{count} 格前後不同。以最新的為準？也可以逐格選擇。"
            self._ask(told, "採用最新版本", self._take_newest, count=collected.versions)
        else:
            self.notice.hide()
        self._say()
        self.ready.emit()

    # strange tables

    def _show_files(self, files: frozenset[int] | None) -> None:
        self.cells.show_plan(self.plan, files)
        self.beside.setCurrentWidget(self.side)
        self.map_button.setEnabled(self._may_map())

    def _may_map(self) -> bool:
        """Tell whether the file with the cursor is a table whose columns can be told."""
        from db.terms import ReturnState

        place = self.files.current_file()
        readable = (ReturnState.FOREIGN, ReturnState.RECOGNISED)
        return (
            self.batch is None
            and place is not None
            and self.plan is not None
            and (self.plan.files[place].state in readable)
        )

    def begin_mapping(self) -> None:
        """Show what the columns of the chosen file would be taken for."""
        place = self.files.current_file()
        if self.plan is None or place is None or not self._may_map():
            return
        file = self.plan.files[place]

        def work(_session: Session) -> list[Proposal]:
            from db.errors import UnreadableInput
            from exports.workbook.collect.foreign import proposals
            from exports.workbook.collect.opening import Source

            found = proposals(Source(file.path, file.name, file.content, file.received))
            if not found:
                raise UnreadableInput("「{name}」裏沒有找到表頭。請在表的上方補一行列名，再收回。", name=file.name)
            return found

        def done(found: list[Proposal]) -> None:
            self.beside.setCurrentWidget(self._mapping_area)
            self.mapping.begin(file.name, found)

        self._desk.ask(self, work, done)

    # choosing

    def choose(self, plan: ReturnPlan) -> None:
        """Show the plan after a choice."""
        if self.plan is not None:
            self._past = [*self._past[1 - MOST_STEPS :], self.plan]
        self._show_choice(plan)

    def undo(self) -> bool:
        """Take the last choice back; False where there is none."""
        if self.batch is not None or not self._past:
            return False
        self._show_choice(self._past.pop())
        return True

    def _show_choice(self, plan: ReturnPlan) -> None:
        self.plan = plan
        self.files.choose(plan)
        self.cells.choose(plan)
        self._show_side()
        self._say()

    def _accept_clear(self) -> None:
        if self.plan is not None:
            self.choose(self.plan.choose_all_clear())

    def _choose_matters(self) -> None:
        if self.plan is not None:
            self.choose(self.plan.choose_proposals(accept=self.plan.matters_left > 0))

    def _take_newest(self) -> None:
        self.notice.hide()
        if self.plan is not None:
            self.choose(self.plan.settle_versions(newest=True))

    def _show_side(self) -> None:
        self.side.show_cell(self.plan, self.cells.current(), choice=self.batch is None)

    def _ask(self, told: str, word: str, action: Callable[[], None], *, count: int = 0) -> None:
        """Show a sentence above the tables, with what can be done about it."""
        self._desk.words.put(self.banner, told, count=count)
        self._desk.words.put(self.banner_button, word)
        self._on_banner = action
        self.notice.show()

    def _act_on_banner(self) -> None:
        self._on_banner()

    def accepted(self) -> int:
        """Return how many cells applying would write for tasks that are there."""
        return sum(one.verdict is not Verdict.PROPOSAL for one in self.plan.accepted) if self.plan is not None else 0

    def matters(self) -> int:
        """Return how many tasks applying would add."""
        return self.plan.matters if self.plan is not None else 0

    def may_apply(self) -> bool:
        """Tell whether there is anything to apply: cells, or files to be noted as returned."""
        from db.terms import ReturnState

        known = (ReturnState.RECOGNISED, ReturnState.SUPERSEDED)
        return self.plan is not None and self.batch is None and any(one.state in known for one in self.plan.files)

    def _say(self) -> None:
        plan = self.plan
        if plan is not None:
            told = "收回 {files} 份" + ("，還有 {left} 個單位未回" if plan.not_returned else "")
            self._desk.words.put(self.head, told, files=len(plan.files), left=len(plan.not_returned))
        still, left = self.may_apply(), plan.matters_left if plan is not None else 0
        self._desk.words.put(self.matters_button, "提議都列為任務" if left else "提議都不列")
        self.matters_button.setVisible(left > 0 or self.matters() > 0)
        for part in (self.clear_button, self.matters_button, self.prefer, self.blank):
            part.setEnabled(still)
        self.errors_button.setEnabled(self.batch is not None)
        self.map_button.setEnabled(self._may_map())
        self.changed.emit()

    # applying

    def apply(self) -> None:
        """Write exactly what is shown as accepted."""
        plan = self.plan
        if plan is None or not self.may_apply():
            return
        from db import collect as returns

        self._desk.perform(self, lambda: returns.apply(self._desk.database, plan=plan), self._applied, self._refused)

    def _applied(self, changes: Changes) -> None:
        self.batch, self.cells.open = changes.batch, False
        self.side.forget()
        self.notice.hide()
        self._show_side()
        self._say()

    def _refused(self, error: BaseException) -> None:
        self._desk.troubled.emit(error)
        self._ask("沒有套用：預覽之後數據有變。請重新讀取，再核對一次。", "重新讀取", self.again)

    def _on_change(self, changes: Changes) -> None:
        """Notice when what was applied is undone: then it can be applied again."""
        if self.batch is None or changes.batch == self.batch or not changes.concerns("returned_file"):
            return
        from db.undo import PastBatch, history

        def found(past: list[PastBatch]) -> None:
            if any(one.id == self.batch and one.undone for one in past):
                self.batch, self.cells.open = None, True
                self._show_side()
                self._say()

        self._desk.ask(self, history, found)

    # sending back

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._desk.say("退回單位的表寫到哪個文件夾"))
        if name:
            self.write_errors(Path(name))

    def write_errors(self, folder: Path) -> None:
        """Write what units have to mend, a workbook for each."""
        if self.batch is not None:
            send_back(self, self._desk, self.batch, folder)
