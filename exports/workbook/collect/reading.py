"""One returned sheet, row by row: every cell that was filled in becomes a found cell, or is reported with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from db.merge import Answer
from db.returns import FoundCell, Rule
from db.script import fold
from db.sentrows import SentRow, SentSheet
from db.terms import UnitRole, Verdict
from exports.plandoc.deadlines import read_line
from exports.workbook import travel
from exports.workbook.collect.bycontent import column_told, heading_by_content
from exports.workbook.collect.cells import Cell, Sheet, inherited
from exports.workbook.collect.foreign import settled_heading
from exports.workbook.collect.formlines import is_form_line
from exports.workbook.collect.headings import Heading, heading_at, is_heading
from exports.workbook.collect.rows import Match, RowFinder, code_key, folded, same_text
from exports.workbook.collect.swapped import ask_about_swapped
from exports.workbook.collect.values import Reading, Setting, read
from exports.workbook.grid import address

LOCKED = ("task", "measure", "lead", "others", "deadline", "last_percent", "last_text")
_IGNORED = ("sequence", "code", "deadline_on")
_SINCE = re.compile("之日起")
_CATEGORY = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[章节部]")
_LONGEST_CATEGORY = 40
_OWN_LINES = tuple(
    folded(text)
    for text in (*travel.BANDS.values(), travel.NEW_BAND, travel.NOTE_START, *(group.value for group in travel.Group))
)
_GROUP_TITLES = tuple(folded(group.value) for group in travel.Group)
_SEQUENCE = re.compile(r"[\d０-９]{1,5}[.、．]?")
_NOTE_LINE = re.compile(r"\d[.．。]")
_BAND_ROLE = {folded(text): role for role, text in travel.BANDS.items()}
at = lru_cache(maxsize=50_000)(address)


class SheetReader:
    """Reads one sheet that answers ``own``; what it finds lies in ``cells``, the rows that are there in ``met``."""

    def __init__(
        self, sheet: Sheet, own: SentSheet, finder: RowFinder, settled: Mapping[str, Mapping[int, str]]
    ) -> None:
        self.sheet, self.own, self.finder, self.settled = sheet, own, finder, settled
        self.cells: list[FoundCell] = []
        self.met: set[int] = set()
        self.notes: list[str] = []  # lines of the form outside the table: no reports, but told with the file
        self.by_text = 0
        self._setting = Setting(int(own.period[:4]), mac_dates=sheet.mac_dates)
        self._order = _order_of(finder.rows)
        self._role: UnitRole | None = None
        self._new = self._notes = False
        self._from: dict[tuple[int, int], tuple[int, int]] = {}
        self._later: list[tuple[int, Heading, bool]] = []

    def read(self) -> bool:
        """Read the sheet; False where it has nothing that could be recognised."""
        heading: Heading | None = None
        rows = sorted(self.sheet.rows)
        skip = -1
        for row in rows:
            if row <= skip:
                continue
            here = self._heading_at(row)
            if here is not None:
                heading = self._taken(here)
                skip = heading.row
            elif heading is None:
                continue
            else:
                self._line(row, heading)
        if heading is None:
            heading = heading_by_content(self.sheet, self.finder, self._order)
            if heading is None:
                return False
            self._taken(heading)
            for row in rows:
                self._line(row, heading)
        else:
            self._above(rows)
        for row, its, new in self._later:
            self._uncoded(row, its, new=new)
        return True

    def _heading_at(self, row: int) -> Heading | None:
        """Return the heading that a row is: as the clerk settled it, else by its titles; None where it is none."""
        settled = settled_heading(self.sheet, row, self.settled) if self.settled else None
        if settled is not None or not is_heading(self.sheet, row):
            return settled
        return heading_at(self.sheet, row, self._order)

    def _taken(self, heading: Heading) -> Heading:
        if "task" not in heading.columns:
            heading.add("task", column_told(self.sheet, self.finder, "task"))
        self._from = inherited(self.sheet, [*heading.inputs.values(), *_some(heading, "task", "measure")])
        return heading

    def _above(self, rows: list[int]) -> None:
        """Report what was written above the first heading that is not ours."""
        first = next(row for row in rows if self._heading_at(row) is not None)
        for row in (one for one in rows if one < first):
            for column, cell in self.sheet.rows[row].items():
                if cell.text and not self._ours(folded(cell.text)):
                    self._outside(row, column, cell)

    def _ours(self, text: str) -> bool:
        """Tell whether a folded text above the table is our title, our line under it, or a group of columns."""
        title = folded(self.own.title)
        marks = ("填报单位", "识别码", folded(travel.SHEET), *([title] if title else ()))
        return text.startswith(_OWN_LINES) or any(mark in text for mark in marks)

    def _line(self, row: int, heading: Heading) -> None:
        if self._own_line(row):
            return
        match = self._code_of(row, heading)
        if match is None:
            self._later.append((row, heading, self._new))
        elif match.row is None:
            self._unplaced(row, heading, match)
        else:
            self._notes = self._new = False
            self._report(row, heading, match.row, ())

    def _own_line(self, row: int) -> bool:
        """Tell whether a row is one of our bands or notes; remember what it says of the rows under it."""
        only = ""
        for cell in self.sheet.rows[row].values():
            shown = cell.text
            if shown and only and shown != only:
                return self._is_group_row(row)
            only = only or shown
        if not only:
            return True
        text = folded(only)
        role = next((role for start, role in _BAND_ROLE.items() if text.startswith(start)), None)
        if role is not None and len(text) <= LONGEST_BAND:
            self._role, self._new = role, False
            return True
        if text.startswith(folded(travel.NEW_BAND)):
            self._new = True
        elif text.startswith(folded(travel.NOTE_START)):
            self._notes, self._new = True, False
        else:
            ours = (not self.met and self._ours(text)) or (self._notes and _NOTE_LINE.match(text) is not None)
            return ours or (_CATEGORY.match(text) is not None and len(text) <= _LONGEST_CATEGORY)
        return True

    def _is_group_row(self, row: int) -> bool:
        texts = [folded(cell.text) for cell in self.sheet.rows[row].values() if len(cell.text) <= LONGEST_BAND]
        return len(texts) == len(self.sheet.rows[row]) and set(texts) - {""} <= set(_GROUP_TITLES)

    def _code_of(self, row: int, heading: Heading) -> Match | None:
        """Return the row that a code in this line names, its own column first."""
        cells = self.sheet.rows[row]
        column = heading.columns.get("code")
        cell = cells.get(column) if column is not None else None
        if cell is not None:
            match = self.finder.by_code(cell.text, self._role)
            if match is not None:
                return match
        inputs = set(heading.inputs.values())
        for place, other in cells.items():
            if place != column and place not in inputs and isinstance(other.value, str) and "-" in other.value:
                match = self.finder.by_code(other.text, self._role) if len(other.text) <= _LONGEST_CATEGORY else None
                if match is not None and match.row is not None:
                    return match
        return None

    def _cell(self, row: int, column: int) -> tuple[Cell | None, bool]:
        """Return a cell, or the one it is merged with; the latter is marked."""
        cell = self.sheet.rows[row].get(column)
        if cell is None and (row, column) in self._from:
            top, left = self._from[row, column]
            return self.sheet.rows[top].get(left), True
        return cell, False

    def _report(self, row: int, heading: Heading, sent: SentRow, rules: tuple[Rule, ...], problem: str = "") -> None:
        """Add the cells of a row whose task is known."""
        self.met.add(sent.id)
        if self._strange(sent):
            rules = (*rules, Rule.OTHER_UNIT)
            name = self.finder.unit_names.get(sent.sheet_id, "")
            problem = "；".join(part for part in (problem, f"這一行屬於「{name}」") if part)
        before = len(self.cells)
        for key, column in heading.inputs.items():
            cell, merged = self._cell(row, column)
            reading = read(cell, travel.BY_KEY[key].kind, self._setting)
            self.cells.append(self._found(row, column, key, cell, sent, reading, rules, problem))
            found = self.cells[-1]
            if cell is not None and merged:
                _add(found, Rule.MERGED, f"與 {at(*self._from[row, column])} 合併，按其內容讀取")
            if cell is not None and key in heading.placed:
                _add(found, Rule.BY_PLACE, f"這一列沒有認得的表頭，按位置認作「{travel.BY_KEY[key].title}」")
            if cell is not None and key in heading.doubtful:
                _add(found, Rule.UNSURE, "內容不能證明是這一欄，請確認")
        ask_about_swapped(self.cells[before:], self._setting)
        if Rule.BY_TEXT not in rules:
            self._locked(row, heading, sent)
        self._beside_code(row, heading, sent)
        self._beside(row, heading, sent.code, sent)

    def _strange(self, sent: SentRow) -> bool:
        """Tell whether a row is another unit's than the sheet."""
        return sent.sheet_id != self.own.id

    def _found(
        self,
        row: int,
        column: int,
        key: str,
        cell: Cell | None,
        sent: SentRow,
        reading: Reading,
        rules: tuple[Rule, ...],
        problem: str,
    ) -> FoundCell:
        found = FoundCell(self.sheet.name, at(row, column), key, cell.text if cell else "", sent.id, sent.code)
        found.answer = reading.answer
        if reading.answer is None:
            found.problem = reading.expected
            return found
        if reading.assumed:
            _add(found, Rule.ASSUMED, reading.assumed)
        if rules and cell is not None:
            found.rules = (*found.rules, *rules)
            found.problem = "；".join(part for part in (found.problem, problem) if part)
        return found

    def _locked(self, row: int, heading: Heading, sent: SentRow) -> None:
        """Report cells that are the office's and were changed; an emptied one says nothing."""
        for key in LOCKED:
            column = heading.columns.get(key)
            if column is None:
                continue
            cell = self.sheet.rows[row].get(column)
            if cell is not None and cell.text and not same_text(cell.text, sent.sent.get(key)):
                title = travel.BY_KEY[key].title
                problem = f"「{title}」由辦公室填寫，單位的改動沒有採用"
                self._add_fixed(row, column, key, cell, sent.code, problem, Rule.LOCKED).row_id = sent.id

    def _beside_code(self, row: int, heading: Heading, sent: SentRow) -> None:
        """Report what was written into the cell of a code."""
        column = heading.columns.get("code", -1)
        cell = self.sheet.rows[row].get(column)
        if cell is not None and cell.text and code_key(cell.text) != code_key(sent.code):
            self._add_fixed(row, column, "code", cell, sent.code, "編號格裏另有文字，沒有採用", Rule.LOCKED)

    def _beside(self, row: int, heading: Heading, code: str, sent: SentRow | None = None) -> None:
        """Report what stands in columns that are none of ours, unless it is what was sent."""
        known = set(heading.columns.values())
        for column, cell in self.sheet.rows[row].items():
            if column not in known and cell.text and not _as_sent(cell.text, sent):
                title = heading.unknown.get(column, "")
                where = f"「{title}」不是填報欄目" if title else "在填報欄目以外"
                self._add_fixed(row, column, "", cell, code, f"{where}，內容沒有採用", Rule.OUTSIDE)

    def _add_fixed(self, row: int, column: int, key: str, cell: Cell, code: str, problem: str, rule: Rule) -> FoundCell:
        """Report a cell that no comparison can make good."""
        found = FoundCell(self.sheet.name, at(row, column), key, cell.text, None, code)
        found.problem, found.rules, found.verdict = problem, (rule,), Verdict.INVALID
        self.cells.append(found)
        return found

    def _outside(self, row: int, column: int, cell: Cell) -> None:
        if is_form_line(folded(cell.text)):
            self.notes.append(f"{at(row, column)}「{cell.text[:40]}」")
            return
        self._add_fixed(row, column, "", cell, "", "在填報的行列以外，內容沒有採用", Rule.OUTSIDE)

    def _unplaced(self, row: int, heading: Heading, match: Match) -> None:
        """Report every filled cell of a row whose code leads nowhere."""
        for key, column in heading.inputs.items():
            cell = self.sheet.rows[row].get(column)
            if cell is not None and cell.text:
                self._add_fixed(row, column, key, cell, match.code, match.problem, Rule.CODE)
        at_code = heading.columns.get("code", -1)
        written = self.sheet.rows[row].get(at_code)
        if written is not None:
            self._add_fixed(row, at_code, "code", written, match.code, match.problem, Rule.CODE)
        self._beside(row, heading, match.code)

    def _uncoded(self, row: int, heading: Heading, *, new: bool) -> None:
        """Take a row without a code: a task known by its text, a new matter, or something outside the table."""
        cells = {column: cell for column, cell in self.sheet.rows[row].items() if cell.text}
        named = {
            key: cell.text
            for key, column in heading.columns.items()
            if (cell := self._cell(row, column)[0]) is not None
        }
        about = bool(named.get("task") or named.get("measure"))
        filled = any(column in cells for column in heading.inputs.values())
        if about and not new:
            match = self.finder.by_text(named, taken=self.met)
            if match.row is not None or match.problem:
                self._by_text(row, heading, match)
                return
        if len(cells) == 1 and is_form_line(folded(*(cell.text for cell in cells.values()))):
            for column, cell in cells.items():
                self._outside(row, column, cell)
            return
        fields = {column: key for key, column in heading.columns.items()}
        proposal = about and (filled or new or len(cells) > 1)
        for column, cell in sorted(cells.items()):
            key = fields.get(column, "")
            if key == "sequence" and _SEQUENCE.fullmatch(cell.text):
                continue
            if proposal:
                self._proposed(row, column, key, cell)
            elif key in travel.INPUTS:
                problem = "這一行沒有編號，也沒有任務文字，不知是哪一項"
                self._add_fixed(row, column, key, cell, "", problem, Rule.CODE)
            else:
                self._outside(row, column, cell)

    def _by_text(self, row: int, heading: Heading, match: Match) -> None:
        """Take a row that was known by its text, or say why it is not certain."""
        if match.row is None:
            self._unplaced(row, heading, match)
            return
        self.by_text += 1
        problem = match.problem or f"沒有編號，按文字認作「{match.code}」，請核對"
        self._report(row, heading, match.row, (Rule.BY_TEXT, *([] if match.sure else [Rule.UNSURE])), problem)

    def _proposed(self, row: int, column: int, key: str, cell: Cell) -> None:
        """Add a cell of a new matter; what it reports and cannot be read is reported as everywhere."""
        found = self._add_fixed(row, column, key, cell, "", "新增事項，請決定是否列為任務", Rule.OUTSIDE)
        found.verdict, found.answer = Verdict.PROPOSAL, Answer(cell.text)
        if key in travel.INPUTS:
            reading = read(cell, travel.BY_KEY[key].kind, self._setting)
            found.answer = reading.answer
            if reading.answer is None:
                found.verdict, found.problem = Verdict.INVALID, reading.expected
        elif key in ("deadline", "deadline_on"):
            self._by_when(found, cell.text)

    def _by_when(self, found: FoundCell, text: str) -> None:
        """Read the deadline of a new matter and say how; 印發之日起 counts from a paper that is not known here."""
        year = int(self.own.period[:4])
        told = read_line(text, base=None if _SINCE.search(fold(text)) else date(year, 1, 1))
        found.deadline = told
        meant = f"時限讀作 {told.date.isoformat()}" if told.date else f"時限讀作「{told.kind.label}」，沒有日期"
        found.problem = f"{found.problem}；{meant}"


LONGEST_BAND = 20


def _some(heading: Heading, *keys: str) -> list[int]:
    return [heading.columns[key] for key in keys if key in heading.columns]


def _order_of(rows: Iterable[SentRow]) -> list[str]:
    """Return the fields in the order of the columns the sheet went out with."""
    some = list(rows)
    return [
        column.key for column in travel.COLUMNS if not column.optional or any(row.sent.get(column.key) for row in some)
    ]


def _as_sent(text: str, sent: SentRow | None) -> bool:
    """Tell whether a cell holds a text that went out in this row; a bare number may be an answer that is like it."""
    if sent is None or _SEQUENCE.fullmatch(text) is not None:
        return False
    return any(value and same_text(text, value) for value in sent.sent.values())


def _add(found: FoundCell, rule: Rule, problem: str) -> None:
    found.rules = (*found.rules, rule)
    found.problem = "；".join(part for part in (found.problem, problem) if part)
