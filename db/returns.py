"""What came back as plain values: files as read, then the plan of what would change, as shown and as applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from db.drafts import DeadlineDraft
from db.merge import Answer, Value
from db.terms import ReturnState, Term, Verdict

if TYPE_CHECKING:
    from db.sentrows import Sent


class Rule(Term):
    """Why a cell deserves a look (標記); cells can be accepted or refused by it."""

    ASSUMED = "assumed", "按推斷讀取"
    BY_TEXT = "by_text", "按文字認出"
    BY_PLACE = "by_place", "按位置認出"
    MERGED = "merged", "合併單元格"
    LOWER = "lower", "進度變低"
    COPIED = "copied", "照抄上期"
    EMPTY_PHRASE = "empty_phrase", "空話"
    NO_DATE = "no_date", "沒有完成日期"
    OTHER_UNIT = "other_unit", "其他單位的行"
    TWICE = "twice", "填了不止一次"
    OLDER = "older", "只在較舊版本"
    LOCKED = "locked", "改了鎖定的格"
    OUTSIDE = "outside", "填報欄目以外"
    CODE = "code", "編號不對"
    WITHDRAWN = "withdrawn", "任務已撤銷"
    UNSURE = "unsure", "請確認"


@dataclass(slots=True)
class FoundCell:
    """A cell as a reader found it. ``row_id`` is the dispatched row it belongs to, None where none was found.

    ``answer`` is None where the content cannot be taken; ``problem`` then says what was expected, else what was
    assumed. ``verdict`` is set where no comparison can change it. ``found`` is the cell as it stood. ``deadline`` is
    what the wording of a new matter's deadline means.
    """

    sheet: str
    cell: str
    field: str
    found: str
    row_id: int | None = None
    code: str = ""
    answer: Answer | None = None
    problem: str = ""
    rules: tuple[Rule, ...] = ()
    verdict: Verdict | None = None
    deadline: DeadlineDraft | None = None


@dataclass(slots=True)
class ReadFile:
    """A file as read: what it is, and its cells. ``sheet_id`` is the dispatched sheet it answers.

    ``received`` is when the file reached this machine, ``modified`` when it was last saved by its program.
    ``marked`` is False where only texts tell that it answers a sheet of ours. A foreign sheet that the clerk has had
    read for ``period`` is compared with the rows of ``against``, see ``db.unsent``.
    """

    path: str
    name: str
    sha256: str
    content: bytes
    state: ReturnState
    detail: str = ""
    sheet_id: int | None = None
    received: datetime | None = None
    modified: datetime | None = None
    cells: list[FoundCell] = field(default_factory=list)
    rows_met: set[int] = field(default_factory=set)
    marked: bool = True
    against: Sent | None = None
    period: str = ""


@dataclass(slots=True)  # not frozen, which takes four times as long to make, and a plan has thousands
class PlanCell:
    """One cell of the plan, never changed once made. ``accepted`` cells are written when the plan is applied.

    Values are plain: percent a whole number, status the stored value of a task's state, days ISO texts.
    """

    file: int
    sheet: str
    cell: str
    code: str
    field: str
    sent: Value
    ledger: Value
    found: str
    returned: Value
    verdict: Verdict
    problem: str = ""
    parallel: bool = False
    rules: tuple[Rule, ...] = ()
    accepted: bool = False
    row_id: int | None = None
    target: Target | None = None
    deadline: DeadlineDraft | None = None

    @property
    def open_to_choice(self) -> bool:
        """Tell whether the clerk can accept the returned value for a task that is there."""
        return self.target is not None and (self.verdict is Verdict.TAKEN or self.verdict is Verdict.CONFLICT)

    @property
    def matter(self) -> tuple[int, str, str]:
        """Return what tells the row of a new matter from others: its file, sheet and line."""
        return (self.file, self.sheet, self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    def decided(self, *, accepted: bool) -> PlanCell:
        """Return the cell with another choice; ``replace`` takes several times as long, and there are thousands."""
        return PlanCell(
            *(self.file, self.sheet, self.cell, self.code, self.field, self.sent, self.ledger, self.found),
            *(self.returned, self.verdict, self.problem, self.parallel, self.rules, accepted, self.row_id),
            *(self.target, self.deadline),
        )


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a row's report is on: assignment, reporting unit, period."""

    assignment: int
    unit: int
    period: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One file of the plan. ``totals`` count its cells by verdict."""

    path: str
    name: str
    sha256: str
    content: bytes
    state: ReturnState
    late: bool
    detail: str
    sheet_id: int | None
    unit_id: int | None
    unit: str
    dispatch: str
    received: datetime
    modified: datetime | None
    totals: dict[Verdict, int]
    period: str = ""


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """Everything that applying would do. ``tokens`` are the states of the rows the plan was made from."""

    files: tuple[PlanFile, ...]
    cells: tuple[PlanCell, ...]
    missing: tuple[tuple[int, str], ...]
    not_returned: tuple[str, ...]
    tokens: dict[Target, str]

    @property
    def accepted(self) -> list[PlanCell]:
        """Return the cells that applying would write."""
        return [cell for cell in self.cells if cell.accepted]

    @property
    def matters(self) -> int:
        """Return how many new matters applying would make tasks of."""
        return len({cell.matter for cell in self.accepted if cell.verdict is Verdict.PROPOSAL})

    @property
    def matters_left(self) -> int:
        """Return how many new matters could be accepted and are not."""
        open_ = (cell for cell in self.cells if cell.verdict is Verdict.PROPOSAL and not cell.accepted)
        return len({cell.matter for cell in open_ if self.may_choose(cell)})

    def may_choose(self, cell: PlanCell) -> bool:
        """Tell whether the clerk can accept a cell: a value for a task, or a new matter of a recognised file."""
        return cell.open_to_choice or (cell.verdict is Verdict.PROPOSAL and self._can_propose(self.files[cell.file]))

    def row_of(self, cell: PlanCell) -> list[PlanCell]:
        """Return all cells of the row of a new matter, also those that cannot be read."""
        return [one for one in self.cells if one.file == cell.file and one.matter == cell.matter]

    def choose(self, which: Callable[[PlanCell], bool], *, accept: bool) -> ReturnPlan:
        """Return the plan with the chosen cells accepted or refused; of one place only one answer can be accepted.

        A new matter is accepted or refused as a whole.
        """
        chosen = {place for place, cell in enumerate(self.cells) if which(cell) and self.may_choose(cell)}
        first: dict[tuple[Target | None, str], int] = {}
        matters = {self.cells[place].matter for place in chosen if self.cells[place].verdict is Verdict.PROPOSAL}
        if accept:
            for place in sorted(chosen):
                first.setdefault((self.cells[place].target, self.cells[place].field), place)
        cells = list(self.cells)
        for place, cell in enumerate(self.cells):
            if cell.verdict is Verdict.PROPOSAL:
                wanted = accept if matters and cell.matter in matters else cell.accepted
            elif place in chosen or cell.accepted:
                answer = first.get((cell.target, cell.field))
                wanted = answer == place if answer is not None else cell.accepted and place not in chosen
            else:
                continue
            if wanted != cell.accepted:
                cells[place] = cell.decided(accepted=wanted)
        return replace(self, cells=tuple(cells))

    def choose_cells(self, places: Iterable[int], *, accept: bool) -> ReturnPlan:
        """Accept or refuse cells by their place in :attr:`cells`."""
        chosen = {id(self.cells[place]) for place in places}
        return self.choose(lambda cell: id(cell) in chosen, accept=accept)

    def choose_row(self, target: Target, *, accept: bool) -> ReturnPlan:
        """Accept or refuse all cells of one row."""
        return self.choose(lambda cell: cell.target == target, accept=accept)

    def choose_file(self, file: int, *, accept: bool) -> ReturnPlan:
        """Accept or refuse all cells of one file; its new matters are accepted only when asked for by themselves."""
        return self.choose(lambda cell: cell.file == file and (cell.open_to_choice or not accept), accept=accept)

    def choose_rule(self, rule: Rule | Verdict, *, accept: bool) -> ReturnPlan:
        """Accept or refuse all cells that a rule marks or that have a verdict."""
        return self.choose(lambda cell: rule in cell.rules or cell.verdict == rule, accept=accept)

    def choose_proposals(self, *, accept: bool) -> ReturnPlan:
        """Accept or refuse the new matters of recognised files; each row accepted becomes a task on applying."""
        return self.choose_rule(Verdict.PROPOSAL, accept=accept)

    @staticmethod
    def _can_propose(file: PlanFile) -> bool:
        return file.state is ReturnState.RECOGNISED and file.unit_id is not None and bool(file.period)

    def choose_all_clear(self) -> ReturnPlan:
        """Accept whatever is no conflict (全部採納無衝突項)."""
        return self.choose_rule(Verdict.TAKEN, accept=True)

    def contested_versions(self) -> frozenset[int]:
        """Return the places in :attr:`cells` of what a newest file says otherwise than an older version of it.

        The newest wins only if the clerk agrees: see :meth:`settle_versions`.
        """
        older: dict[tuple[Target | None, str], set[Value]] = {}
        for cell in self.cells:
            if cell.open_to_choice and self.files[cell.file].state is ReturnState.SUPERSEDED:
                older.setdefault((cell.target, cell.field), set()).add(cell.returned)
        return frozenset(
            place
            for place, cell in enumerate(self.cells)
            if cell.verdict is Verdict.TAKEN
            and self.files[cell.file].state is ReturnState.RECOGNISED
            and older.get((cell.target, cell.field), set()) - {cell.returned}
        )

    def settle_versions(self, *, newest: bool) -> ReturnPlan:
        """Accept what the newest files say where versions differ, or leave it open."""
        return self.choose_cells(self.contested_versions(), accept=newest)
