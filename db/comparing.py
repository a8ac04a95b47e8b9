"""From files as read to a plan: every cell against what was sent and what the ledger holds now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.merge import NOTHING, Answer, Blank, Outcome, Sides, Value, lowers, merge_row
from db.models import Assignment, ProgressEntry, ReturnedFile
from db.outgoing import FIELDS
from db.returns import FoundCell, PlanCell, PlanFile, ReadFile, ReturnPlan, Rule, Target
from db.script import fold
from db.sentrows import Sent, SentRow, SentSheet
from db.terms import ReturnState, TaskState, Verdict

_EMPTY_PHRASES = re.compile(
    r"(?:正在)?(?:有序|稳步|正常|持续|积极|全力|按计划|按序时)?(?:推进|落实|办理|进行|开展)(?:之?中)?|同上|正常|已落实"
)
_TEXTS = ("text", "problem", "next_step")
same = lru_cache(maxsize=50_000)(fold)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the clerk decides for one import: who wins a conflict, what blank cells mean, the day it is."""

    prefer: str = "ask"
    blank: Blank = Blank.KEEP
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The unit's entry for the period as the ledger has it; ``entry`` is 0 where there is none."""

    entry: int
    values: Mapping[str, Any]

    @property
    def token(self) -> str:
        """Return what changes whenever the row moves."""
        return f"{self.entry}:{'|'.join(str(self.values.get(key)) for key in FIELDS)}"


_NONE = Standing(0, {})


def standings(session: Session, periods: Iterable[str]) -> dict[Target, Standing]:
    """Return what the ledger holds for all units in these periods."""
    one = ProgressEntry
    query = (
        select(
            *(one.id, one.assignment_id, one.unit_id, one.period),
            *(one.percent, one.state, one.text, one.problem, one.next_step, one.finished_on),
        )
        .where(one.period.in_(sorted(set(periods))), one.unit_id.is_not(None))
        .order_by(one.id)
    )
    found = {}
    for entry, task, unit, period, percent, state, *texts, day in session.execute(query):
        plain = (percent, state.value if state else None, *(text or None for text in texts), day and day.isoformat())
        found[Target(task, unit, period)] = Standing(entry, dict(zip(FIELDS, plain, strict=True)))
    return found


def compare(
    session: Session, sent: Sent, files: Sequence[ReadFile], policy: Policy, tick: Callable[[], None] | None = None
) -> ReturnPlan:
    """Return the plan for files as read. Nothing is changed. ``tick`` is called after each file."""
    work = _Comparison(session, sent, files, policy)
    cells: list[PlanCell] = []
    for place, file in enumerate(files):
        cells += work.cells_of(place, file)
        if tick is not None:
            tick()
    cells = list(_one_answer_each(cells, files))
    totals: list[Counter[Verdict]] = [Counter() for _ in files]
    for cell in cells:
        totals[cell.file][cell.verdict] += 1
    return ReturnPlan(
        files=tuple(work.file_of(file, dict(totals[place])) for place, file in enumerate(files)),
        cells=tuple(cells),
        missing=tuple(work.missing()),
        not_returned=tuple(work.not_returned()),
        tokens={target: work.now.get(target, _NONE).token for target in work.targets},
    )


class _Comparison:
    """One comparison with what it needs of the database, read once."""

    def __init__(self, session: Session, sent: Sent, files: Sequence[ReadFile], policy: Policy) -> None:
        self.sent, self.files, self.policy = sent, files, policy
        besides = [file.against for file in files if file.against is not None]
        self.sheets = dict(sent.sheets)
        for one in besides:
            self.sheets |= one.sheets
        answered = [sent.sheets[file.sheet_id] for file in files if file.sheet_id in sent.sheets]
        self.dispatches = {sheet.dispatch_id for sheet in answered}
        rows = [row for dispatch in self.dispatches for row in sent.rows_of_dispatch(dispatch)]
        rows += [row for one in besides for row in one.all_rows()]
        self.rows: dict[int, SentRow] = {row.id: row for row in rows}
        self.now = standings(session, {self.sheets[row.sheet_id].period for row in rows})
        self.before = _returned_before(session, {row.sheet_id for row in rows}) if rows else {}
        self.targets: set[Target] = set()
        gone = select(Assignment.id).where(Assignment.task_state == TaskState.WITHDRAWN)
        self.withdrawn = set(session.scalars(gone)) if rows else set()

    def cells_of(self, place: int, file: ReadFile) -> list[PlanCell]:
        """Return the cells of one file."""
        plain: list[PlanCell] = []
        by_row: dict[int, dict[str, FoundCell]] = {}
        for cell in file.cells:
            if cell.row_id is None or cell.verdict is not None or cell.answer is None or cell.field not in FIELDS:
                plain.append(self._fixed(place, cell))
            else:
                by_row.setdefault(cell.row_id, {})[cell.field] = cell
        for row_id, cells in by_row.items():
            plain += self._row(place, file, self.rows[row_id], cells)
        return plain

    def _target(self, row: SentRow) -> Target:
        sheet = self.sheets[row.sheet_id]
        return Target(row.assignment_id, sheet.unit_id, sheet.period)

    def _base(self, row: SentRow) -> dict[str, Any]:
        """Return what both sides started from: what the unit returned last, else what it was sent."""
        return row.base | self.before.get((row.sheet_id, row.code), {})

    def _fixed(self, place: int, cell: FoundCell) -> PlanCell:
        row = self.rows.get(cell.row_id or 0)
        known = row is not None and cell.field in FIELDS
        target = self._target(row) if row is not None and known else None
        if target is not None:
            self.targets.add(target)
        returned = _plain(cell.answer.value) if cell.answer is not None else None
        base: Value = self._base(row).get(cell.field) if row is not None and known else None
        if row is not None and not known:
            base = row.sent.get(cell.field)
        return PlanCell(
            file=place,
            sheet=cell.sheet,
            cell=cell.cell,
            code=cell.code,
            field=cell.field,
            sent=base or None,
            ledger=self.now.get(target, _NONE).values.get(cell.field) if target is not None else None,
            found=cell.found,
            returned=returned,
            verdict=cell.verdict or Verdict.INVALID,
            problem=cell.problem,
            rules=cell.rules,
            row_id=_stored(row),
            target=target if cell.answer is not None else None,
            deadline=cell.deadline,
        )

    def _row(self, place: int, file: ReadFile, row: SentRow, cells: Mapping[str, FoundCell]) -> list[PlanCell]:
        target = self._target(row)
        self.targets.add(target)
        now = self.now.get(target, _NONE).values
        base = self._base(row)
        sides = {}
        for key in FIELDS:
            cell = cells.get(key)
            answer = _plain_answer(cell.answer) if cell is not None and cell.answer is not None else NOTHING
            sides[key] = Sides(base.get(key), now.get(key), _as_written(answer, base.get(key), now.get(key)))
        outcome = merge_row(sides, blank=self.policy.blank)
        return [self._judged(place, file, row, cell, sides[key], outcome[key], cells) for key, cell in cells.items()]

    def _judged(
        self,
        place: int,
        file: ReadFile,
        row: SentRow,
        cell: FoundCell,
        sides: Sides,
        outcome: Outcome,
        cells: Mapping[str, FoundCell],
    ) -> PlanCell:
        verdict = outcome.verdict
        problems = [cell.problem] if cell.problem else []
        rules = list(cell.rules)
        if verdict is Verdict.TAKEN and row.assignment_id in self.withdrawn:
            verdict = Verdict.CONFLICT
            rules.append(Rule.WITHDRAWN)
            problems.append("任務已經撤銷")
        elif verdict is Verdict.TAKEN:
            if Rule.UNSURE in rules:
                verdict = Verdict.CONFLICT
            for rule, problem in _doubts(cell, row, sides, outcome, cells):
                rules.append(rule)
                problems.append(problem)
                if rule is Rule.LOWER:
                    verdict = Verdict.CONFLICT
        return PlanCell(
            file=place,
            sheet=cell.sheet,
            cell=cell.cell,
            code=row.code,
            field=cell.field,
            sent=sides.base or None if sides.base == "" else sides.base,
            ledger=sides.ledger,
            found=cell.found,
            returned=outcome.returned,
            verdict=verdict,
            problem="；".join(problems),
            parallel=outcome.parallel,
            rules=tuple(rules),
            accepted=self._accepted(file, verdict, rules),
            row_id=_stored(row),
            target=self._target(row),
        )

    def _accepted(self, file: ReadFile, verdict: Verdict, rules: Sequence[Rule]) -> bool:
        if file.state is not ReturnState.RECOGNISED or Rule.UNSURE in rules:
            return False
        return verdict is Verdict.TAKEN or (verdict is Verdict.CONFLICT and self.policy.prefer == "theirs")

    def file_of(self, file: ReadFile, totals: dict[Verdict, int]) -> PlanFile:
        """Return one file of the plan with its totals."""
        sheet = self.sheets[file.sheet_id] if file.sheet_id is not None else None
        received = file.received or datetime.now().replace(microsecond=0)
        on = self.policy.on or received.date()
        return PlanFile(
            path=file.path,
            name=file.name,
            sha256=file.sha256,
            content=file.content,
            state=file.state,
            late=sheet is not None and on > sheet.due_on,
            detail=file.detail,
            sheet_id=file.sheet_id if sheet and sheet.stored else None,
            unit_id=sheet.unit_id if sheet else None,
            unit=sheet.unit if sheet else "",
            dispatch=sheet.dispatch if sheet else "",
            received=received,
            modified=file.modified,
            totals=totals,
            period=file.period or (sheet.period if sheet else ""),
        )

    def missing(self) -> Iterable[tuple[int, str]]:
        """Yield file and code of each row that a recognised file lacks; nothing is ever deleted for it."""
        for place, file in enumerate(self.files):
            if file.sheet_id in self.sent.sheets and file.state is ReturnState.RECOGNISED:
                yield from ((place, r.code) for r in self.sent.rows(file.sheet_id) if r.id not in file.rows_met)

    def not_returned(self) -> Iterable[str]:
        """Yield the units of the sendings concerned (of the newest one where none is) that have not answered."""
        if not self.dispatches and any(file.against is not None for file in self.files):
            return
        said = {c.row_id for f in self.files for c in f.cells if c.row_id and c.answer and c.answer.given}
        here = {row.sheet_id for id_ in said if (row := self.rows.get(id_)) is not None}
        for dispatch in sorted(self.dispatches) or self.sent.dispatches()[:1]:
            for sheet in self.sent.sheets_of(dispatch):
                if sheet.id not in here and sheet.returned_at is None:
                    yield sheet.unit


def _returned_before(session: Session, sheets: set[int]) -> dict[tuple[int, str], dict[str, Any]]:
    """Return what units returned earlier on these sheets, by sheet and code; the last return stands."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    query = select(ReturnedFile.sheet_id, ReturnedFile.report).order_by(ReturnedFile.id)
    for sheet, report in session.execute(query.where(ReturnedFile.sheet_id.is_not(None))):
        for row in report.get("returned", ()):
            if row["sheet"] in sheets:
                found.setdefault((row["sheet"], row["code"]), {}).update(row["values"])
        del sheet
    return found


def _stored(row: SentRow | None) -> int | None:
    """Return the id of a row that went out."""
    return row.id if row is not None and row.id > 0 else None


def _plain(value: Value) -> Value:
    """Return a value as it is stored in plain form."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, TaskState) else value


def _plain_answer(answer: Answer) -> Answer:
    return Answer(_plain(answer.value), given=answer.given)


def _as_written(answer: Answer, base: Value, ledger: Value) -> Answer:
    """Return the answer in the writing that is there already where it says the same in the other script."""
    if not isinstance(answer.value, str):
        return answer
    for known in (ledger, base):
        if isinstance(known, str) and known != answer.value and same(known) == same(answer.value):
            return Answer(known)
    return answer


def _doubts(
    cell: FoundCell, row: SentRow, sides: Sides, outcome: Outcome, cells: Mapping[str, FoundCell]
) -> Iterable[tuple[Rule, str]]:
    """Yield what deserves a look about a value that is about to be taken."""
    value = outcome.returned
    last = row.sent.get("last_percent")
    before = sides.ledger if isinstance(sides.ledger, int) else last
    if cell.field == "percent" and isinstance(before, int) and lowers(before, value):
        yield Rule.LOWER, f"比原來的 {before}% 低"
    if cell.field == "text" and isinstance(value, str):
        if same(value) == same(row.sent.get("last_text") or ""):
            yield Rule.COPIED, "與上期填報相同"
        elif _EMPTY_PHRASES.fullmatch(same(value).rstrip("。.;；,，!！")):
            yield Rule.EMPTY_PHRASE, "只有空話，沒有寫明進展"
    if cell.field == "status" and value == TaskState.DONE.value:
        day = cells.get("finished_on")
        if day is None or day.answer is None or not day.answer.given:
            yield Rule.NO_DATE, "已完成而沒有填完成日期"


def _one_answer_each(cells: list[PlanCell], files: Sequence[ReadFile]) -> Iterable[PlanCell]:
    """Yield the cells; where two files answer the same cell differently, both are conflicts that the clerk decides.

    A file that is not to be merged as it is (an older version, another unit's) loses to one that is.
    """
    answers: dict[tuple[Target, str], list[PlanCell]] = {}
    for cell in cells:
        if cell.target is not None and cell.verdict in (Verdict.TAKEN, Verdict.CONFLICT):
            answers.setdefault((cell.target, cell.field), []).append(cell)
    for cell in cells:
        if cell.target is None or cell.verdict not in (Verdict.TAKEN, Verdict.CONFLICT):
            yield cell
            continue
        others = [one for one in answers[cell.target, cell.field] if one.file != cell.file]
        if files[cell.file].state is ReturnState.RECOGNISED:
            others = [one for one in others if files[one.file].state is ReturnState.RECOGNISED]
        rivals = [one for one in others if one.returned != cell.returned]
        if rivals:
            problem = f"「{files[rivals[0].file].name}」{rivals[0].cell} 填的不同"
            yield _contested(cell, problem, Rule.TWICE)
        elif files[cell.file].state is ReturnState.RECOGNISED:
            yield cell
        elif others:
            yield replace(cell, verdict=Verdict.SAME, accepted=False)
        else:
            yield _contested(cell, f"{files[cell.file].state.label}，沒有採用，請核對", Rule.OLDER)


def _contested(cell: PlanCell, problem: str, rule: Rule) -> PlanCell:
    told = "；".join(part for part in (cell.problem, problem) if part)
    return replace(cell, verdict=Verdict.CONFLICT, accepted=False, problem=told, rules=(*cell.rules, rule))


def sheet_of(sent: Sent, file: PlanFile) -> SentSheet | None:
    """Return the dispatched sheet that a file of a plan answers."""
    return sent.sheets.get(file.sheet_id) if file.sheet_id is not None else None
