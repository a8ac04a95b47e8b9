"""Returned files as a whole: each is read and told what it is, then they are told apart from each other."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from db.comparing import Policy, compare
from db.errors import UnreadableInput
from db.returns import FoundCell, ReadFile, ReturnPlan, Rule
from db.sentrows import Sent, SentSheet, known_hashes, last_returns, sent, taken_back
from db.terms import ReturnState, Verdict
from exports.workbook.collect import identity
from exports.workbook.collect.cells import Book, Sheet
from exports.workbook.collect.foreign import settled
from exports.workbook.collect.foreignread import Choice, read_foreign
from exports.workbook.collect.opening import Source, read_book, sources, state_of
from exports.workbook.collect.reading import SheetReader, at
from exports.workbook.collect.rows import RowFinder

Progress = Callable[[int, str], None]
Mapped = Mapping[str, Mapping[int, str]]
"""Columns the clerk has settled, by the fingerprint of their headings."""


def plan_returns(
    session: Session,
    paths: Sequence[Path],
    policy: Policy | None = None,
    progress: Progress | None = None,
    foreign: Choice | None = None,
) -> ReturnPlan:
    """Return what collecting these files and folders would change; ``progress`` is told the count and the name.

    ``foreign`` says how sheets that are none of ours are to be read; without it they are only named.
    Raises :class:`UnreadableInput` where a path does not exist.
    """
    known = sent(session)
    with _nothing_swept():
        files = read_files(session, known, paths, progress, keep_foreign=foreign is not None)
        if foreign is not None:
            files = read_foreign(session, files, foreign)
        return compare(session, known, files, policy or Policy())


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """Let the collector of garbage rest: many cells are made and none is garbage, a tenth of the time is saved."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def read_files(
    session: Session,
    known: Sent,
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    keep_foreign: bool = False,
) -> list[ReadFile]:
    """Return all files under paths as read, told apart from each other and from those of earlier times.

    The content of foreign ones is only kept where they are to be read by ``foreignread`` next, or where the clerk may
    say what their columns are.
    """
    seen = known_hashes(session)
    finders: dict[int, RowFinder] = {}
    mapped = settled(session)
    files: list[ReadFile] = []
    here: dict[str, str] = {}
    for count, source in enumerate(sources(paths), start=1):
        if progress is not None:
            progress(count, source.name)
        digest = source.sha256
        before = f"已在 {seen[digest][1]:%Y-%m-%d %H:%M} 收回" if digest in seen else ""
        before = before or (f"與「{here[digest]}」相同" if digest in here else "")
        if before and source.content:
            files.append(_blank(source, ReturnState.DUPLICATE, before))
            continue
        here[digest] = source.name
        files.append(_read(source, known, finders, mapped))
        if files[-1].state is ReturnState.FOREIGN and not keep_foreign:
            files[-1].content = b""
    _tell_versions(files)
    _tell_late_versions(files, last_returns(session))
    return files


def _blank(source: Source, state: ReturnState, detail: str) -> ReadFile:
    """Return a file of which nothing is read, nor kept, however large it is."""
    return ReadFile(source.path, source.name, source.sha256, b"", state, detail, received=source.received)


def _read(source: Source, known: Sent, finders: dict[int, RowFinder], mapped: Mapped) -> ReadFile:
    try:
        book = read_book(source)
    except UnreadableInput as error:
        return _blank(source, state_of(error), str(error))
    file = _blank(source, ReturnState.FOREIGN, "")
    file.content = source.content
    file.modified = book.modified
    _FileReader(file, book, known, finders, mapped).read()
    return file


class _FileReader:
    """Reads the sheets of one workbook, each as the dispatched sheet it answers."""

    def __init__(self, file: ReadFile, book: Book, known: Sent, finders: dict[int, RowFinder], mapped: Mapped) -> None:
        self.file, self.book, self.known, self.finders = file, book, known, finders
        self.settled = mapped
        self.details = list(book.notes)
        self.answered: list[SentSheet] = []
        self.unread: list[Sheet] = []
        self.by_text = 0
        self.marked = False

    def read(self) -> None:
        """Fill in the file's state, cells and details."""
        sheets = [sheet for sheet in identity.data_sheets(self.book) if sheet.rows]
        whole = self.known.by_token.get(identity.marks_of(self.book, self.file.name).best)
        for sheet in sheets:
            own = self.known.by_token.get(identity.visible_token(sheet)) or whole
            self.marked = self.marked or own is not None
            own = own or identity.by_rows(sheet, self.known, self.file.name)
            if own is None or not self._sheet(sheet, own):
                self.unread.append(sheet)
        _settle_twice(self.file.cells)
        self._judge(sheets, whole)
        self.file.detail, self.file.marked = "；".join(dict.fromkeys(self.details)), self.marked

    def _sheet(self, sheet: Sheet, own: SentSheet) -> bool:
        finder = self.finders.setdefault(own.id, RowFinder(self.known, own))
        reader = SheetReader(sheet, own, finder, self.settled)
        if not reader.read():
            return False
        self.file.cells += reader.cells
        self.file.rows_met |= reader.met
        self.by_text += reader.by_text
        self.marked = self.marked or len(reader.met) > reader.by_text
        if reader.notes:
            self.details.append(f"表「{sheet.name}」外附註：{'、'.join(reader.notes)}")
        self.answered.append(own)
        return True

    def _judge(self, sheets: Sequence[Sheet], whole: SentSheet | None) -> None:
        if not self.answered and whole is None:
            self._foreign(sheets)
            return
        own = self.answered[0] if self.answered else whole
        assert own is not None
        self.file.sheet_id, self.file.state = own.id, ReturnState.RECOGNISED
        self._unread()
        if not any(cell.found for cell in self.file.cells):
            self.details.append("沒有填寫任何內容")
        if self.by_text:
            self.details.append(f"{self.by_text} 行沒有編號，按文字對上，請核對")
        own_rows = {row.id for one in {*self.answered, own} for row in self.known.rows(one.id)}
        declared = next((unit for sheet in sheets if (unit := identity.declared_unit(sheet, self.known))), None)
        if self.file.rows_met and not self.file.rows_met & own_rows:
            self.file.state = ReturnState.OTHER_UNIT
            self.details.append(f"表是發給「{own.unit}」的，內容是其他單位的任務")
        elif declared is not None and declared not in {one.unit_id for one in (*self.answered, own)}:
            self.file.state = ReturnState.OTHER_UNIT
            self.details.append(f"表是發給「{own.unit}」的，填報單位寫的是「{self.known.unit_names[declared]}」")
        elif own.year != self.known.year:
            self.file.state = ReturnState.OTHER_YEAR
            self.details.append(f"這是 {own.year} 年度的表")

    def _foreign(self, sheets: Sequence[Sheet]) -> None:
        token = self._token(sheets)
        year = identity.other_year(sheets, self.known)
        if token and taken_back(self.known.session, token):
            self.details.append(f"這次分發已撤銷（識別碼 {token}）；要收回，請先恢復這次分發，或按外來表讀入")
        elif year is not None:
            self.file.state = ReturnState.OTHER_YEAR
            self.details.append(f"編號是 {year} 年度的，本庫沒有這次分發")
        elif token:
            self.details.append(f"識別碼 {token} 不是本庫發出的，可能是別的辦公室或另一個庫的表")
        else:
            self.details.append("不是本庫發出的表，也沒有認得的編號；可用「對應列」讀入")

    def _token(self, sheets: Sequence[Sheet]) -> str:
        """Return the right token that the workbook shows anywhere, empty where it shows none."""
        shown = (identity.visible_token(sheet) for sheet in sheets)
        return identity.marks_of(self.book, self.file.name).best or next(filter(None, shown), "")

    def _unread(self) -> None:
        """Report sheets that nothing was recognised on, with the first cell that holds something."""
        for sheet in self.unread:
            row = min(sheet.rows)
            column = min(sheet.rows[row])
            found = FoundCell(sheet.name, at(row, column), "", sheet.text(row, column))
            found.problem, found.rules = "整張表沒有認出，沒有讀取", (Rule.OUTSIDE,)
            found.verdict = Verdict.INVALID
            self.file.cells.append(found)


def _settle_twice(cells: list[FoundCell]) -> None:
    """Settle cells that answer the same place twice: the same answer counts once, different ones are conflicts."""
    places: dict[tuple[int, str], list[FoundCell]] = {}
    for cell in cells:
        if cell.row_id is not None and cell.answer is not None and cell.verdict is None:
            places.setdefault((cell.row_id, cell.field), []).append(cell)
    dropped: set[int] = set()
    for some in places.values():
        if len(some) < 2:  # noqa: PLR2004
            continue
        given = [cell for cell in some if cell.answer is not None and cell.answer.given]
        kept = (given or some)[0]
        if len({cell.answer.value for cell in given if cell.answer is not None}) > 1:
            told = "、".join(f"{cell.sheet}!{cell.cell}" for cell in given)
            for cell in given:
                cell.verdict, cell.rules = Verdict.CONFLICT, (*cell.rules, Rule.TWICE)
                cell.problem = f"同一編號在文件中出現多次，填的不同：{told}"
            dropped |= {id(cell) for cell in some} - {id(cell) for cell in given}
        else:
            dropped |= {id(cell) for cell in some} - {id(kept)}
    cells[:] = [cell for cell in cells if id(cell) not in dropped]


def _given(file: ReadFile) -> set[tuple[int, str]]:
    return {
        (cell.row_id, cell.field)
        for cell in file.cells
        if cell.row_id is not None and cell.answer is not None and cell.answer.given
    }


def _tell_versions(files: Iterable[ReadFile]) -> None:
    """Of several files that answer one sheet in the same cells, mark all but the newest as older versions."""
    by_sheet: dict[int, list[ReadFile]] = {}
    for file in files:
        if file.sheet_id is not None and file.state is ReturnState.RECOGNISED:
            by_sheet.setdefault(file.sheet_id, []).append(file)
    for some in by_sheet.values():
        newest = max(some, key=_age)
        for file in some:
            if file is newest or _age(file) == _age(newest) or not _given(file) & _given(newest):
                continue  # two files of the same moment are for the clerk to decide; parts of one report are both good
            file.state = ReturnState.SUPERSEDED
            file.detail = "；".join(part for part in (file.detail, f"「{newest.name}」較新") if part)


def _tell_late_versions(files: Iterable[ReadFile], earlier: dict[int, tuple[str, datetime]]) -> None:
    """Mark what is older than what the same sheet brought in before."""
    for file in files:
        if file.sheet_id not in earlier or file.state is not ReturnState.RECOGNISED or file.modified is None:
            continue
        name, moment = earlier[file.sheet_id]
        if file.modified < moment:
            file.state = ReturnState.SUPERSEDED
            file.detail = "；".join(part for part in (file.detail, f"已收回較新的「{name}」") if part)


def _age(file: ReadFile) -> datetime:
    return file.modified or file.received or datetime.min


def states(plan: ReturnPlan) -> Iterator[tuple[str, ReturnState]]:
    """Yield name and state of each file of a plan."""
    yield from ((file.name, file.state) for file in plan.files)
