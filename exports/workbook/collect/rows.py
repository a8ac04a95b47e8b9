"""Which dispatched row a returned row is: by its code, else by its text, never by its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from db.codes import find_codes, is_valid, tidy
from db.script import fold
from db.sentrows import Sent, SentRow, SentSheet
from db.terms import UnitRole

CUT_FROM = "……("
"""How the mark begins that the writer puts where a text was too long for its row, folded."""
LEAST_ALIKE = 84
"""Percent of likeness a text must have to stand for a task."""
LEAST_AHEAD = 4
"""How much more alike it must be than the next one."""
_BESIDE = ("lead", "others", "deadline", "last_percent", "last_text")
_LIKE_CODE = 60
_LONGEST_CODE = 60

folded = lru_cache(maxsize=100_000)(fold)


@dataclass(frozen=True, slots=True)
class Match:
    """A row as found. ``row`` is None where it is not known or not certain; ``problem`` then says why.

    A row that is not ``sure`` waits for the clerk; ``problem`` then says what was gone by.
    """

    row: SentRow | None
    code: str = ""
    problem: str = ""
    sure: bool = True


@lru_cache(maxsize=50_000)
def code_key(text: str) -> str:
    """Return a code as compared: its mark may come back in the other script."""
    return fold(tidy(text))


class RowFinder:
    """Finds rows of one sending, those of the answering sheet first."""

    def __init__(self, sent: Sent, own: SentSheet) -> None:
        self.own = own
        self.unit_names = {sheet.id: sheet.unit for sheet in sent.sheets_of(own.dispatch_id)}
        self.rows = sent.rows(own.id)
        self._by_code = {code_key(row.code): row for row in self.rows}
        self._others: dict[str, list[SentRow]] | None = None
        self._sent = sent

    def by_code(self, text: str, role: UnitRole | None) -> Match | None:
        """Return the row a cell's code names; None where the cell holds nothing like a code."""
        known = self._known(text, role)
        if known is not None or not text or len(text) > _LONGEST_CODE:
            return known
        for code in find_codes(text):
            known = self._known(code, role)
            if known is not None:
                return known
        likely = find_codes(text)
        if not likely and not ("-" in tidy(text) and self._nearest(text)):
            return None
        code = likely[0] if likely else tidy(text)
        if is_valid(code):
            return Match(None, code, f"這次分發裏沒有編號「{code}」")
        nearest = self._nearest(code)
        hint = f"，是不是「{nearest}」？請核對" if nearest else "，請對照臺賬核對"
        return Match(None, code, f"編號「{code}」有錯字（校驗字符不符）{hint}")

    def _known(self, text: str, role: UnitRole | None) -> Match | None:
        key = code_key(text) if text and len(text) <= _LONGEST_CODE else ""
        own = self._by_code.get(key)
        if own is not None:
            return Match(own, own.code)
        found = self._all().get(key, []) if key else []
        if len(found) > 1:
            found = [row for row in found if row.role is (role or UnitRole.LEAD)] or found
        if len(found) == 1:
            return Match(found[0], found[0].code)
        if found:
            return Match(None, found[0].code, "這是多個單位共有的任務，分不清是哪個單位填的")
        return None

    def _all(self) -> dict[str, list[SentRow]]:
        if self._others is None:
            self._others = {}
            for row in self._sent.rows_of_dispatch(self.own.dispatch_id):
                self._others.setdefault(code_key(row.code), []).append(row)
        return self._others

    def _nearest(self, code: str) -> str:
        """Return the code of this sheet most like a wrong one, empty where two are as like or none is."""
        from rapidfuzz import fuzz, process

        ranked = process.extract(code_key(code), list(self._by_code), scorer=fuzz.ratio, limit=2)
        if not ranked or ranked[0][1] < _LIKE_CODE or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return ""
        return self._by_code[ranked[0][0]].code

    def by_text(self, named: Mapping[str, str], *, taken: Collection[int]) -> Match:
        """Return the row that reads like this one; rows that have their own line already are left out.

        ``named`` are the texts of a line by field; those beside task and measure tell rows of one text apart.
        """
        free = [row for row in self.rows if row.id not in taken]
        return nearest_text(free, named)


def row_text(task: str, measure: str) -> str:
    """Return what two rows are compared by."""
    text = folded(task)
    cut = text.rfind(CUT_FROM)
    return (text[:cut] if cut > 0 else text) + folded(measure)


def nearest_text(rows: Sequence[SentRow], named: Mapping[str, str]) -> Match:
    """Return the one row that reads like this; none where nothing or more than one thing does."""
    from rapidfuzz import fuzz, process

    task = named.get("task", "")
    wanted = row_text(task, named.get("measure", ""))
    texts = [_sent_text(row, len(folded(task)) if CUT_FROM in folded(task) else None) for row in rows]
    same = [row for row, text in zip(rows, texts, strict=True) if text == wanted]
    if len(same) > 1:
        same = told_apart(same, named)
    if len(same) == 1:
        return Match(same[0], same[0].code)
    if same:
        return Match(None, "", f"與 {same[0].code} 等 {len(same)} 項任務文字相同，分不清是哪一項；請補上編號")
    if not wanted or not texts:
        return Match(None)
    ranked = process.extract(wanted, texts, scorer=fuzz.ratio, limit=2)
    if ranked and ranked[0][1] >= LEAST_ALIKE and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= LEAST_AHEAD):
        row = rows[ranked[0][2]]
        return Match(row, row.code)
    return Match(None)


def told_apart(rows: list[SentRow], named: Mapping[str, str]) -> list[SentRow]:
    """Return those of several rows with one text that also agree in what stands beside it.

    The band above a row says nothing here: rows may have been sorted.
    """
    for key in _BESIDE:
        if named.get(key):
            rows = [row for row in rows if same_text(named[key], row.sent.get(key))] or rows
    return rows


def _sent_text(row: SentRow, cut_at: int | None) -> str:
    task = folded(row.sent.get("task") or "")
    if cut_at is not None and len(task) > cut_at:
        task = task[:cut_at]
    return row_text(task, row.sent.get("measure") or "")


def same_text(found: str, sent: object) -> bool:
    """Tell whether a locked cell still says what was sent, whatever the script, the spaces and the cut."""
    told = "" if sent is None else str(sent)
    if found == told:
        return True
    one, other = folded(found), folded(told)
    if one == other:
        return True
    cut = one.rfind(CUT_FROM)
    return cut > 0 and other.startswith(one[:cut])


def count_codes(texts: Iterable[str]) -> list[str]:
    """Return all codes that occur in short texts."""
    return [code for text in texts if "-" in text or "－" in text for code in find_codes(text)]
